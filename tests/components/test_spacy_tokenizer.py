from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from components.spacy_tokenizer import BlankSpacyTokenizer


def _tokens(workshop, text):
    (message,) = workshop.create(BlankSpacyTokenizer).process([Message({TEXT: text})])
    return [(token.text, token.start) for token in message.get(TOKENS_NAMES[TEXT])]


def test_words_are_split_as_english_is(workshop):
    assert _tokens(workshop, "can't hurt, right?") == [
        ("ca", 0),
        ("n't", 2),
        ("hurt", 6),
        (",", 10),
        ("right", 12),
        ("?", 17),
    ]


def test_numbers_and_comparisons_stay_readable(workshop):
    assert [text for text, _ in _tokens(workshop, "15 days, > 3 months")] == [
        "15",
        "days",
        ",",
        ">",
        "3",
        "months",
    ]


def test_an_empty_message_has_no_tokens(workshop):
    assert _tokens(workshop, "") == []

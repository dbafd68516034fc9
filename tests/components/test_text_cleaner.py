import pytest
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.text_cleaner import TextCleaner


def test_messages_and_training_questions_are_cleaned_alike(workshop):
    cleaner = workshop.create(TextCleaner)
    (message,) = cleaner.process([Message({TEXT: "  <b>does it\nhurt</b> "})])
    data = cleaner.process_training_data(TrainingData([Message({TEXT: "does  it hurt"})]))
    assert message.get(TEXT) == data.training_examples[0].get(TEXT) == "does it hurt"


@pytest.mark.parametrize(
    "typed", ["/restart", ' /greet{"a": 1}', "/faq", "//restart", "\u200b/restart", "/ restart@1.0"]
)
def test_what_rasa_would_take_for_a_command_reaches_it_as_plain_text(workshop, typed):
    domain = Domain.from_dict({"intents": ["restart", "greet", "faq"]})
    messages = workshop.create(TextCleaner).process([Message({TEXT: typed})])
    (message,) = RegexMessageHandler().process(messages, domain)
    assert message.get("intent") is None
    assert not message.get(TEXT).startswith("/")


def test_a_message_without_text_is_left_alone(workshop):
    (message,) = workshop.create(TextCleaner).process([Message({"intent": "greet"})])
    assert message.get(TEXT) is None

import re

import pytest

from assistant.forbidden import found, phrases


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("So you qualify for it.", "you qualify"),
        ("You are not a candidate.", "You are not a candidate"),
        ("You probably have chronic migraine.", "You probably have chronic migraine"),
        ("It will help.", "will help"),
        ("It is risk-free.", "risk-free"),
        ("It costs $ 5.", "$ 5"),
        ("It fell by 8.4 days.", "8.4"),
        ("Take 50 mg of sumatriptan twice a day.", "50 mg"),
        ("Take two tablets at once.", "Take two tablets"),
        ("You may take up to 3 more pills.", "take up to 3 more pills"),
        ("Inject 20 units yourself.", "Inject 20 units"),
        ("You may take ibuprofen every six hours.", "every six hours"),
        ("You may take ibuprofen.", "You may take ibuprofen"),
        ("You should take one every day.", "You should take one"),
        ("Ask first. Stop your blood thinner.", "Stop your blood thinner"),
        ("The pain will definitely go.", "will definitely"),
        ("You'll be fine.", "'ll be fine"),
        ("I promise that it helps.", "I promise"),
    ],
)
def test_what_is_never_said_is_found_where_it_stands(text, said):
    first = next(found(text))
    assert first.said == said
    assert text[first.start :].startswith(said)


def test_the_same_words_are_found_once():
    assert [one.said for one in found("It will help. It WILL HELP. It will work.")] == ["will help", "will work"]


@pytest.mark.parametrize(
    "text",
    [
        "It may help.",
        "Ask who can have it.",
        "About 15 in 100 did.",
        "Some have migraine.",
        "Do not stop your medicine by yourself.",
        "We cannot promise that.",
        "That makes 155 units in all.",
        "If you take pills on 10 days a month, say so.",
    ],
)
def test_careful_words_are_left_alone(text):
    assert list(found(text)) == []


def test_each_phrase_says_why_and_what_to_write_instead():
    for phrase in phrases():
        assert re.match(r"[a-z]", phrase.why)
        assert re.match(r"[a-z]", phrase.instead)
        assert not (phrase.why + phrase.instead).endswith(".")

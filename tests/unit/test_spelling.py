import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.spelling import Spelling

TAUGHT = [
    f"{question} {number}"
    for question in (
        "do the injections hurt",
        "my neurologist gave me injections",
        "does it really hurt my neck",
        "botx hurts",
    )
    for number in range(5)
]
SPELLING = Spelling.learn([*TAUGHT, "rare wording"])


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("do teh injecitons hrut", "do teh injections hurt"),
        ("my nuerologsit", "my neurologist"),
        ("INJECTONS?!", "injections?!"),
        ("reallly", "really"),
        ("my xylophone", "my xylophone"),
        ("wording worfing", "wording worfing"),
        ("15 or 20ish", "15 or 20ish"),
        ("", ""),
    ],
)
def test_an_unknown_word_near_a_frequent_one_is_mended(typed, mended):
    assert SPELLING.mend(typed) == mended


def test_the_first_letter_is_trusted_and_short_words_stay():
    assert SPELLING.mend("njections nek") == "njections nek"


def test_a_common_word_is_no_slip_even_if_no_training_question_has_it():
    assert {"hunt", "game"}.isdisjoint(SPELLING.counts)
    assert SPELLING.mend("a game of hunt") == "a game of hunt"


@given(st.lists(st.sampled_from(sorted(SPELLING.counts))).map(" ".join))
def test_what_was_taught_is_read_as_it_was_taught(text):
    assert SPELLING.mend(text) == text


@given(st.text())
def test_nothing_but_letters_is_touched(text):
    def rest(string):
        return [character for character in string if not character.isalpha()]

    assert rest(SPELLING.mend(text)) == rest(text)


def test_without_training_questions_nothing_is_mended():
    assert Spelling.learn([]).mend("injecitons") == "injecitons"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.plain_words import PlainWords

PLAIN = PlainWords(
    chat={"rn": ["right", "now"], "cnt": ["cant"]},
    vocabulary=frozenset({"swallow", "breathe", "hand", "hes", "cant"}),
    spelled_right=frozenset({"shallow", "breather"}),
    contractions=frozenset({"hes"}),
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("rn", ["right", "now"]),
        ("cnt", ["cant"]),
        ("can't", ["cant"]),
        ("he's", ["hes"]),
        ("hand's", ["hand"]),
        ("swalow", ["swallow"]),
        ("swallowww", ["swallow"]),
        ("breather", ["breather"]),
        ("shallow", ["shallow"]),
        ("hant", ["hant"]),
        ("xyzzy", ["xyzzy"]),
    ],
)
def test_a_typed_word_is_read_as_it_was_meant(typed, words):
    assert list(PLAIN.of(typed)) == words


@given(st.text(min_size=1))
def test_a_word_stands_for_at_least_one(typed):
    assert PLAIN.of(typed)

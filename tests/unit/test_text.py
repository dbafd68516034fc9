import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import clean, key, words


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  does it\thurt?\n\n", "does it hurt?"),
        ("<b>side effects</b><script>alert(1)</script>", "side effects alert(1)"),
        ("fewer than <15 days, > 3 months", "fewer than <15 days, > 3 months"),
        ("a < b and c > d", "a < b and c > d"),
        ("/restart", "restart"),
        (' //faq{"a": 1}', 'faq{"a": 1}'),
        ("\u200b/restart", "restart"),
        ("can’t sleep", "can't sleep"),
        ("bo\u200btox\x00 \x1b[31mred", "botox [31mred"),
        ("ｂｏｔｏｘ", "botox"),
        ("", ""),
        ("////", ""),
    ],
)
def test_a_message_is_cleaned_without_changing_what_it_says(typed, cleaned):
    assert clean(typed) == cleaned


@given(st.text())
def test_a_cleaned_message_is_one_printable_line_that_is_no_command(text):
    cleaned = clean(text)
    assert not cleaned.startswith("/")
    assert cleaned == cleaned.strip()
    assert "\n" not in cleaned
    assert cleaned.isprintable()


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_words_are_lower_case_and_without_punctuation():
    assert words("Will my EYELID droop?? I can't see") == [
        "will",
        "my",
        "eyelid",
        "droop",
        "i",
        "can't",
        "see",
    ]


def test_two_spellings_of_a_question_share_a_key():
    assert key("Side effects?!") == key("  side   EFFECTS") != key("effects side")

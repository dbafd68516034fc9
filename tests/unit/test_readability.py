import pytest

from assistant.readability import HIGHEST, grade, hardest_sentence

HARD = "Postponement of intercontinental transportation is considered advisable pending symptomatic resolution."


def test_plain_words_in_short_sentences_read_at_a_low_grade():
    assert grade("You can go home. Take it easy for a day.") < 4 < HIGHEST < grade(HARD)


def test_a_list_item_is_a_sentence_of_its_own():
    items = "Ask about:\n\n- how it feels\n- what it costs\n- who can give it"
    assert grade(items) < grade(items.replace("\n", " "))


def test_what_is_filled_in_counts_as_a_short_word():
    assert grade("Call {emergency_numbers} now.") == grade("Call this now.")


@pytest.mark.parametrize("joined", [" ", "\n\n", "\n- "])
def test_the_hardest_sentence_is_named(joined):
    text = f"Rest a while.{joined}{HARD}{joined}Then go home."
    assert hardest_sentence(text).removeprefix("- ") == HARD


def test_no_text_has_no_hardest_sentence():
    assert hardest_sentence("\n") == ""

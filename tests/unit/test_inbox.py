import numpy as np
import pytest

from assistant.encoder import SentenceEncoder
from assistant.inbox import groups
from assistant.inbox_store import Asked

KNOWN = {"is", "there", "at", "the", "clinic", "can", "i", "my", "do", "you", "have", "where", "to", "a", "for", "does"}
PARKING = [
    "is there parking at the clinic",
    "where can i park my car",
    "do you have parking for my car",
    "does parking at the clinic cost anything",
]


@pytest.fixture(scope="module")
def encode():
    return SentenceEncoder().encode


def _asked(*questions, conversations=None):
    names = conversations or [f"c{number}" for number in range(len(questions))]
    return [
        Asked(number, name, 0.0, text)
        for number, (name, text) in enumerate(zip(names, questions, strict=True), start=1)
    ]


def test_questions_that_mean_the_same_are_one_group_and_a_question_asked_once_is_not_shown(encode):
    (group,) = groups(_asked("do you sell gift cards", *PARKING), [], encode, KNOWN, least=3)
    assert group.conversations == 4
    assert set(group.ids) == {2, 3, 4, 5}
    assert group.id == 2


def test_one_conversation_that_asks_again_and_again_counts_once(encode):
    asked = _asked(*PARKING, conversations=["one", "one", "one", "two"])
    assert groups(asked, [], encode, KNOWN, least=3) == []
    (group,) = groups(asked, [], encode, KNOWN, least=2)
    assert group.conversations == 2


def test_what_most_conversations_asked_comes_first(encode):
    gifts = ["do you sell gift cards", "can i buy a gift card", "gift cards for my mum"]
    first, second = groups(_asked(*gifts, *PARKING), [], encode, KNOWN, least=3)
    assert (first.conversations, second.conversations) == (4, 3)
    assert "parking" in " ".join(first.questions)


def test_the_same_words_are_shown_once_and_counted_each_time(encode):
    (group,) = groups(_asked("Is there parking?", "is there parking", "is there PARKING!!"), [], encode, KNOWN, least=3)
    assert group.conversations == 3
    assert group.questions == ("Is there parking?",)


def test_a_word_that_only_one_person_used_and_nobody_taught_is_hidden(encode):
    (group,) = groups(_asked("is there parking for Xanthippe", *PARKING[:2]), [], encode, KNOWN, least=3)
    assert not [question for question in group.questions if "xanthippe" in question.lower()]
    assert "is there parking for [...]" in group.questions
    assert set(group.whole) <= set(PARKING)


def test_masks_stay_and_what_is_masked_teaches_nothing(encode):
    asked = _asked("is there parking at the clinic [number]", *PARKING[1:3])
    (group,) = groups(asked, [], encode, {*KNOWN, "parking", "park", "car"}, least=3)
    assert "is there parking at the clinic [number]" in group.questions
    assert set(group.whole) == {*PARKING[1:3]}


def test_a_group_that_was_dealt_with_is_not_shown_again_in_other_words(encode):
    (group,) = groups(_asked(*PARKING), [], encode, KNOWN, least=3)
    again = _asked("is there a parking space at the clinic", "can i park my car at the clinic", "where to park the car")
    assert groups(again, [], encode, KNOWN, least=3)
    assert groups(again, [group.meaning], encode, KNOWN, least=3) == []
    assert np.linalg.norm(group.meaning) == pytest.approx(1, abs=1e-5)


def test_an_empty_inbox_has_no_groups(encode):
    assert groups([], [], encode, KNOWN, least=2) == []
    assert groups(_asked(PARKING[0]), [], encode, KNOWN, least=2) == []

import pytest

from assistant.unanswered import ASKED_BACK, REFUSED, question

HARMLESS = {"emergency": 0.01, "urgent": 0.005, "crisis": 0.001, "crisis_now": 0.0}


def _said(text="can my dog come along", **parsed):
    return {
        "event": "user",
        "text": text,
        "parse_data": {
            "intent": {"name": "out_of_scope"},
            "intent_ranking": [
                {"name": "out_of_scope", "confidence": 0.6},
                {"name": "faq/aftercare", "confidence": 0.2},
            ],
            "alarm_probabilities": HARMLESS,
            "red_flag": None,
            "figure_of_speech": False,
            **parsed,
        },
    }


@pytest.mark.parametrize("action", [REFUSED, ASKED_BACK])
def test_a_question_that_was_refused_or_asked_back_is_kept(action):
    assert question(_said(), action) == "can my dog come along"


@pytest.mark.parametrize("action", ["utter_faq", "action_check", "utter_after_crisis", "utter_personal_advice"])
def test_what_was_answered_or_belongs_to_the_check_or_to_an_alarm_is_not(action):
    assert question(_said(), action) is None


@pytest.mark.parametrize(
    "parsed",
    [
        {"intent": {"name": "emergency"}},
        {"intent": {"name": "crisis"}},
        {"red_flag": {"sign": "thunderclap", "level": "E"}},
        {"figure_of_speech": True},
        {"alarm_probabilities": {"emergency": 0.02, "urgent": 0.02, "crisis": 0.02}},
        {"alarm_probabilities": {}},
        {"alarm_probabilities": None},
    ],
)
def test_nothing_that_sounds_like_danger_is_kept_and_in_doubt_it_does(parsed):
    assert question(_said(**parsed), REFUSED) is None


def test_what_may_ask_for_a_decision_about_a_person_is_not_kept():
    for likely, kept in ((0.9, False), (0.1, False), (0.05, True)):
        ranking = [{"name": "out_of_scope", "confidence": 0.1}, {"name": "personal_advice", "confidence": likely}]
        assert bool(question(_said(intent_ranking=ranking), ASKED_BACK)) is kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("can you call me on 020 7946 0958 about parking", "can you call me on [number] about parking"),
        ("send it to anna.lee@example.org please", "send it to [email] please"),
        ("my name is anna lee, may i park", "my name is [name], may i park"),
        ("my name is anna and i need a car park", "my name is [name] and i need a car park"),
        ("is Dr Patel in today", "is Dr [name] in today"),
        ("I'm Anna May, can i bring <b>my</b> dog", "I'm [name], can i bring my dog"),
    ],
)
def test_numbers_addresses_and_announced_names_are_masked(typed, kept):
    assert question(_said(typed), REFUSED) == kept


@pytest.mark.parametrize("typed", ["", "  ?!", "word " * 31, None])
def test_no_words_and_a_whole_story_are_not_kept(typed):
    assert question(_said(typed), REFUSED) is None


def test_a_message_that_was_never_understood_is_not_kept():
    assert question({"event": "user", "text": "hello", "parse_data": {}}, REFUSED) is None
    assert question({"event": "user", "text": "hello"}, ASKED_BACK) is None

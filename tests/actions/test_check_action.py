from datetime import date

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.check import Check, VisitSummary
from actions.wording import answer
from cli.paths import PROJECT

DOMAIN = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
FULL = {"adult": True, "diagnosed": "yes", "headache_days": 20, "migraine_days": 10, "duration_months": 6}


def _run(action, text="yes", intent="affirm", **slots):
    message = {"text": text, "intent": {"name": intent}}
    if intent == "faq":
        message["response_selector"] = {"faq": {"response": {"intent_response_key": "faq/does_it_hurt"}}}
    tracker = Tracker("someone", slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, DOMAIN)
    set_slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return [message["response"] for message in dispatcher.messages], set_slots, dispatcher.messages


def test_the_first_message_begins_the_check_with_what_it_tells():
    said, slots, _ = _run(Check(), "do i qualify, 15-20 headache days, 3.5 months", "check_eligibility", checking=True)
    assert said == ["utter_check_intro", "utter_check_ask_adult"]
    assert (slots["headache_days"], slots["duration_months"]) == ("15-20", 3.5)
    assert (slots["checking"], slots["check_question"]) == (True, "adult")


def test_an_answer_sets_its_slot_as_a_number():
    said, slots, _ = _run(Check(), "20", "nlu_fallback", check_question="headache_days", adult=True, diagnosed="no")
    assert said == ["utter_check_ask_migraine_days"]
    assert slots["headache_days"] == 20


def test_an_faq_question_is_answered_by_its_response():
    said, slots, _ = _run(Check(), "does it hurt?", "faq", check_question="adult")
    assert said == ["utter_faq/does_it_hurt", "utter_check_ask_adult"]
    assert slots["checking"] is True


def test_a_confirmed_summary_is_told_its_outcome_and_ends_the_check():
    said, slots, messages = _run(Check(), check_question="confirm", **FULL)
    assert said == ["utter_eligibility_match_diagnosed", "utter_eligibility_next"]
    assert slots["eligibility_outcome"] == "match_diagnosed"
    assert slots["checking"] is False
    assert slots["headache_days"] == 20
    assert "you said 20. The pattern: 15 or more. Like the pattern." in messages[0]["comparison"]


def test_a_new_check_takes_back_the_outcome_of_the_last():
    _, slots, _ = _run(Check(), "do i qualify", "check_eligibility", eligibility_outcome="below", **FULL)
    assert slots["eligibility_outcome"] is None
    assert slots["headache_days"] is None


def test_after_an_interruption_the_check_begins_anew():
    said, _, _ = _run(Check(), "do i qualify", "check_eligibility", check_question="interrupted", **FULL)
    assert said[0] == "utter_check_intro"


def test_the_visit_summary_is_dated_and_needs_a_finished_check():
    assert _run(VisitSummary())[0] == ["utter_visit_summary_none"]
    said, _, (message,) = _run(VisitSummary(), eligibility_outcome="match_diagnosed", **FULL)
    assert said == ["utter_visit_summary"]
    assert message["date"] == date.today().isoformat()
    assert "Like the pattern" not in message["answers"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("adult", True, "18 or older"),
        ("diagnosed", "unsure", "not sure"),
        ("headache_days", 18, "18"),
        ("headache_days", "15-20", "15 to 20"),
        ("headache_days", "at least 15", "at least 15"),
        ("headache_days", "unknown", "not sure"),
        ("duration_months", 1, "1 month"),
        ("duration_months", 3.5, "3.5 months"),
        ("duration_months", 18, "18 months"),
        ("duration_months", 2.76, "12 weeks"),
        ("duration_months", "more than 2.76", "more than 12 weeks"),
        ("duration_months", 24, "2 years"),
        ("duration_months", "more than 24", "more than 2 years"),
        ("duration_months", "24-36", "2 to 3 years"),
    ],
)
def test_an_answer_is_put_into_words(name, value, words):
    assert answer(DOMAIN, name, value) == words

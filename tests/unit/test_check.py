"""One step of the check at a time, without servers: what is understood, what is asked next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import check
from assistant.check import State, Turn, begin, go_on
from assistant.quantity import Quantity

TODAY = date(2026, 11, 24)
FULL = {"adult": True, "diagnosed": "yes", "headache_days": "20", "migraine_days": "10", "duration_months": "6"}


def _at(question, **answers):
    return State(answers, question)


def _go(state, text, intent="nlu_fallback", response=None):
    return go_on(state, Turn(text, intent, response), TODAY)


@pytest.mark.parametrize(
    ("said", "adult"),
    [
        ("yes", True), ("yep im 34", True), ("34", True), ("i'm 62", True), ("over 18", True), ("nearly 40", True),
        ("older than that!", True), ("of course", True), ("no", False), ("17", False), ("im 15", False),
        ("nearly 18", False), ("not yet", False), ("nope", False), ("she is still at school", False),
    ],
)  # fmt: skip
def test_an_age_is_understood(said, adult):
    assert _go(_at("adult"), said).state.answers["adult"] is adult


def test_an_age_on_both_sides_of_the_limit_is_asked_again():
    step = _go(_at("adult"), "about 18")
    assert "adult" not in step.state.answers
    assert step.say[-1] == "utter_check_ask_adult"


@pytest.mark.parametrize(
    ("said", "intent", "diagnosed"),
    [
        ("yes", "affirm", "yes"),
        ("yes my neurologist did, last year", "faq", "yes"),
        ("my gp says it is", "faq", "yes"),
        ("it's on my records", "faq", "yes"),
        ("oh well she says its chronic, the neurologist", "faq", "yes"),
        ("no", "deny", "no"),
        ("not officially", "nlu_fallback", "no"),
        ("nope, haven't seen anyone", "nlu_fallback", "no"),
        ("just migraine, not chronic", "faq", "no"),
        ("i am on the waiting list", "faq", "no"),
        ("not sure", "dont_know", "unsure"),
        ("i think so", "affirm", "unsure"),
        ("yes but not officially", "affirm", "unsure"),
        ("maybe?", "nlu_fallback", "unsure"),
    ],
)
def test_a_diagnosis_is_understood_and_doubt_stays_doubt(said, intent, diagnosed):
    assert _go(_at("diagnosed", adult=True), said, intent).state.answers["diagnosed"] == diagnosed


def test_the_questions_come_in_their_order():
    state = begin(State(), Turn("do i qualify", "check_eligibility"), TODAY).state
    asked = [state.question]
    for said in ("yes", "yes", "20", "10", "a year"):
        state = _go(state, said).state
        asked.append(state.question)
    assert asked == [*check.ORDER, "confirm"]


def test_an_answer_that_reads_like_a_topic_is_still_an_answer():
    step = _go(_at("headache_days", adult=True, diagnosed="no"), "it hurts every single day", "faq", "utter_faq/x")
    assert step.state.answers["headache_days"] == "30"


def test_a_question_with_a_number_in_it_is_a_question():
    step = _go(_at("headache_days", adult=True, diagnosed="no"), "is 15 days enough?", "faq", "utter_faq/x")
    assert step.say == ("utter_faq/x", "utter_check_ask_headache_days")
    assert "headache_days" not in step.state.answers


def test_asking_back_does_not_forget_that_a_vague_answer_was_asked_again():
    state = _go(_at("headache_days", adult=True, diagnosed="no"), "a lot").state
    state = _go(state, "does it hurt?", "faq", "utter_faq/does_it_hurt").state
    assert _go(state, "loads").state.answers["headache_days"] == "unknown"


def test_sorry_i_meant_no_corrects_the_diagnosis():
    step = _go(_at("headache_days", adult=True, diagnosed="yes"), "sorry, i meant no", "deny")
    assert step.state.answers["diagnosed"] == "no"
    assert step.state.question == "headache_days"


def test_sorry_with_an_answer_to_the_present_question_is_that_answer():
    step = _go(_at("headache_days", adult=True, diagnosed="yes"), "sorry, 14 days")
    assert step.state.answers["headache_days"] == "14"
    assert step.state.answers["diagnosed"] == "yes"


def test_yes_to_the_summary_finishes_it():
    step = _go(_at("confirm", **FULL), "yes", "affirm")
    assert step.finished == "result"
    assert step.state.answers == FULL


def test_an_interrupted_check_is_kept_only_for_who_asks():
    kept = State({"adult": True, "diagnosed": "no"}, "interrupted")
    assert begin(kept, Turn("continue the check", "check_eligibility"), TODAY).state.question == "headache_days"
    assert begin(kept, Turn("do i qualify", "check_eligibility"), TODAY).state.answers == {}


def test_a_small_number_is_no_age():
    step = _go(_at("adult"), "3")
    assert "adult" not in step.state.answers
    assert step.say == ("utter_check_not_understood", "utter_check_ask_adult")


def test_no_to_something_else_is_not_no_to_the_diagnosis():
    step = _go(_at("diagnosed", adult=True, duration_months="4"), "No, the duration is 48 months")
    assert "diagnosed" not in step.state.answers
    step = _go(_at("diagnosed", adult=True, headache_days="15"), "the bad attacks, the migraine, maybe once a week")
    assert "diagnosed" not in step.state.answers
    assert step.state.answers["migraine_days"] == "about 4"


def test_a_diagnosis_told_in_the_opening_is_not_asked_again():
    told = begin(State(), Turn("im 40, chronic migraine was diagnosed, do i qualify", "check_eligibility"), TODAY)
    assert told.state.answers == {"adult": True, "diagnosed": "yes"}
    told = begin(State(), Turn("i was never diagnosed with chronic migraine, do i qualify", "check_eligibility"), TODAY)
    assert "diagnosed" not in told.state.answers


def test_attacks_are_asked_for_as_days_once():
    step = _go(_at("headache_days", adult=True, diagnosed="no"), "6 attacks")
    assert step.say == ("utter_check_attacks", "utter_check_ask_headache_days")
    assert _go(step.state, "18").state.answers["headache_days"] == "18"


def test_a_long_time_is_an_answer_even_if_it_sounds_like_a_goodbye():
    answers = {name: FULL[name] for name in ("adult", "diagnosed", "headache_days", "migraine_days")}
    assert _go(_at("duration_months", **answers), "long time", "goodbye").say[0] == "utter_check_vague_duration_months"
    assert _go(_at("duration_months", **answers), "stop", "stop").finished == "stopped"


def test_what_was_answered_is_only_changed_by_who_amends_it():
    answers = {name: FULL[name] for name in ("adult", "diagnosed", "headache_days")}
    step = _go(_at("migraine_days", **answers), "9 migraine days, and 12 headache days")
    assert step.state.answers["headache_days"] == "20"
    step = _go(_at("migraine_days", **answers), "actually 12 headache days")
    assert step.state.answers["headache_days"] == "12"


def test_a_number_changed_after_the_result_leads_back_to_the_summary():
    for said in ("sorry, i miscounted, it is 13 headache days", "what if i had 14 headache days?"):
        step = begin(State(FULL), Turn(said, "check_eligibility"), TODAY)
        assert step.state.question == "confirm"
        assert step.state.answers["migraine_days"] == "10"


def test_a_plea_for_a_verdict_is_declined_and_the_check_goes_on():
    step = _go(_at("adult"), "just tell me i qualify", "check_eligibility")
    assert step.say == ("utter_check_no_verdict", "utter_check_ask_adult")


def test_an_impossible_change_is_refused_with_the_reason():
    assert _go(_at("change", **FULL), "actually make it 40 days").say[0] == "utter_check_invalid_days"


def test_slots_are_read_as_the_contract_writes_them():
    counts = State({"headache_days": 18, "migraine_days": "10-12", "duration_months": "unknown"}).counts
    assert counts.headache_days == Quantity(18)
    assert counts.migraine_days == Quantity(10, 12)
    assert counts.duration_months is None


intents = st.sampled_from(["faq", "affirm", "deny", "dont_know", "stop", "go_back", "repeat", "nlu_fallback", "thank"])
said = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["yes", "no", "20", "10-15", "a lot", "about 8", "half of them", "6 months", "sorry i meant 12", "age"]
    ),
)


@given(st.lists(st.tuples(said, intents), max_size=25))
def test_whatever_is_said_something_is_asked_or_it_ends_and_no_answer_is_impossible(turns):
    step = begin(State(), Turn("do i qualify", "check_eligibility"), TODAY)
    for text, intent in turns:
        if step.finished:
            return
        step = go_on(step.state, Turn(text, intent, "utter_faq/x" if intent == "faq" else None), TODAY)
        assert step.say or step.finished
        for name in check.COUNTS:
            amount = getattr(step.state.counts, name)
            assert amount is None or 0 <= amount.bounds(1)[0] <= 1200
        assert not check.eligibility.conflict(step.state.counts)

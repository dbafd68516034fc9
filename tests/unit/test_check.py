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

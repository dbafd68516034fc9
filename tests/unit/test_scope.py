import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scope import Alarm, Decision, Thresholds, alarm, decide, higher, sureness

THRESHOLDS = Thresholds(refuse=0.2, answer=0.4, alarm=0.3, alarm_if_sure=0.6)
SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("sure", "decision"),
    [
        (1.0, Decision.ANSWER),
        (0.4, Decision.ANSWER),
        (0.39, Decision.ASK_BACK),
        (0.2, Decision.ASK_BACK),
        (0.19, Decision.REFUSE),
        (0.0, Decision.REFUSE),
    ],
)
def test_between_sure_and_no_idea_it_asks_back(sure, decision):
    assert decide(sure, THRESHOLDS) is decision


@given(SHARES, st.floats(-1, 1))
def test_sureness_needs_both_a_likely_label_and_a_near_question(probability, nearness):
    assert 0 <= sureness(probability, nearness) <= min(probability, max(nearness, 0))


@given(SHARES, SHARES)
def test_being_surer_never_turns_an_answer_into_a_refusal(one, other):
    order = [Decision.REFUSE, Decision.ASK_BACK, Decision.ANSWER]
    low, high = sorted([one, other])
    assert order.index(decide(low, THRESHOLDS)) <= order.index(decide(high, THRESHOLDS))


def test_kinds_of_alarm_add_up_and_the_likelier_is_raised():
    assert alarm({"emergency": 0.3}, 0, THRESHOLDS) == Alarm("emergency", "E")
    assert alarm({"crisis": 0.18, "emergency": 0.12}, 0, THRESHOLDS) == Alarm("crisis", "C")
    assert alarm({"emergency": 0.29}, 0, THRESHOLDS) is None
    assert alarm({}, 0, THRESHOLDS) is None


def test_against_a_sure_answer_an_alarm_needs_more():
    assert alarm({"emergency": 0.5}, 0.39, THRESHOLDS) is not None
    assert alarm({"emergency": 0.5}, 0.4, THRESHOLDS) is None
    assert alarm({"emergency": 0.6}, 0.4, THRESHOLDS) is not None


@pytest.mark.parametrize(
    ("probabilities", "level"),
    [
        ({"urgent": 0.6, "emergency": 0.1}, "U"),
        ({"urgent": 0.4, "emergency": 0.3}, "E"),
        ({"urgent": 0.1, "emergency": 0.6}, "E"),
        ({"crisis": 0.6, "crisis_now": 0.1}, "C"),
        ({"crisis": 0.4, "crisis_now": 0.3}, "E"),
    ],
)
def test_the_lower_level_needs_to_be_the_likelier_by_far(probabilities, level):
    raised = alarm(probabilities, 0, THRESHOLDS)
    assert raised is not None
    assert raised.level == level


def test_of_two_alarms_the_more_urgent_is_raised():
    now, today, crisis = Alarm("emergency", "E"), Alarm("emergency", "U"), Alarm("crisis", "C")
    assert higher(today, now) == higher(now, today) == higher(now, crisis) == now
    assert higher(today, crisis) == crisis
    assert higher(None, today) == today
    assert higher(None, None) is None

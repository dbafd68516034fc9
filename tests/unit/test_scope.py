import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scope import Alarm, Decision, Thresholds, alarm, decide, higher, sureness

THRESHOLDS = Thresholds(refuse=0.2, answer=0.4, alarm=0.3)
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


def test_an_alarm_wins_from_its_threshold_on_even_when_it_is_not_the_likeliest():
    ranking = [("faq/side_effects", 0.6), ("emergency", 0.3), ("greet", 0.1)]
    assert alarm(ranking, THRESHOLDS) == Alarm("emergency", "E")


def test_all_kinds_of_alarm_add_up_and_the_likelier_is_raised():
    ranking = [("faq/side_effects", 0.6), ("crisis", 0.22), ("emergency", 0.18)]
    assert alarm(ranking, THRESHOLDS) == Alarm("crisis", "C")


@pytest.mark.parametrize(
    ("urgent", "emergency", "level"), [(0.6, 0.1, "U"), (0.4, 0.3, "E"), (0.1, 0.6, "E"), (0.5, 0, "U")]
)
def test_the_lower_level_needs_to_be_the_likelier_by_far(urgent, emergency, level):
    assert alarm([("urgent", urgent), ("emergency", emergency)], THRESHOLDS) == Alarm("emergency", level)


def test_below_the_threshold_there_is_no_alarm():
    assert alarm([("greet", 0.71), ("emergency", 0.29)], THRESHOLDS) is None


def test_without_alarm_labels_in_the_ranking_there_is_no_alarm():
    assert alarm([("greet", 1.0)], THRESHOLDS) is None


def test_of_two_alarms_the_more_urgent_is_raised():
    now, today, crisis = Alarm("emergency", "E"), Alarm("emergency", "U"), Alarm("crisis", "C")
    assert higher(today, now) == higher(now, today) == higher(now, crisis) == now
    assert higher(today, crisis) == crisis
    assert higher(None, today) == today
    assert higher(None, None) is None

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scope import Alarm, Danger, Decision, Thresholds, alarm, decide, higher, judge, missing, sureness

THRESHOLDS = Thresholds(refuse=0.2, answer=0.4, alarm=0.3, alarm_if_sure=0.6, crisis=2, red_flag=8)
FLAG = Alarm("emergency", "E")
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
    assert alarm(None, {"emergency": 0.3}, 0, THRESHOLDS) == Alarm("emergency", "E")
    assert alarm(None, {"crisis": 0.18, "emergency": 0.12}, 0, THRESHOLDS) == Alarm("crisis", "C")
    assert alarm(None, {"emergency": 0.29}, 0, THRESHOLDS) is None


def test_a_crisis_is_heard_at_half_the_odds():
    assert alarm(None, {"crisis": 0.18}, 0, THRESHOLDS) == Alarm("crisis", "C")
    assert alarm(None, {"crisis": 0.17}, 0, THRESHOLDS) is None


def test_the_surer_it_is_of_an_answer_the_likelier_an_alarm_needs_to_be():
    assert alarm(None, {"emergency": 0.44}, 0.4, THRESHOLDS) is not None
    assert alarm(None, {"emergency": 0.44}, 0.6, THRESHOLDS) is None
    assert alarm(None, {"emergency": 0.61}, 1.0, THRESHOLDS) is not None


@given(SHARES, SHARES, st.sampled_from([None, FLAG]))
def test_nothing_is_missing_where_an_alarm_is_raised_and_something_where_not(probability, sure, seen):
    for label in ("emergency", "crisis"):
        read = (seen, {label: probability}, sure, THRESHOLDS)
        assert (missing(*read) <= 0) == (alarm(*read) is not None)


def test_without_a_classifier_nothing_is_missing_where_a_pattern_saw_a_sign():
    assert missing(FLAG, {}, 0, THRESHOLDS) == 0
    assert missing(None, {}, 0, THRESHOLDS) == 1


def test_a_red_flag_needs_far_less():
    assert alarm(FLAG, {"emergency": 0.06}, 0, THRESHOLDS) == FLAG
    assert alarm(FLAG, {"crisis": 0.03}, 0, THRESHOLDS) == FLAG


def test_a_red_flag_is_overruled_where_harmlessness_is_all_but_certain():
    assert alarm(FLAG, {"emergency": 0.01}, 0, THRESHOLDS) is None
    assert alarm(FLAG, {"emergency": 0.06}, 0.9, THRESHOLDS) is None


@given(SHARES, SHARES)
def test_a_red_flag_never_lowers_an_alarm(likely, sure):
    without, with_flag = (alarm(seen, {"emergency": likely}, sure, THRESHOLDS) for seen in (None, FLAG))
    assert with_flag == FLAG or without is None


def test_without_the_classifier_the_patterns_decide():
    assert alarm(FLAG, {}, 1.0, THRESHOLDS) == FLAG
    assert alarm(None, {}, 0, THRESHOLDS) is None


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
    raised = alarm(None, probabilities, 0, THRESHOLDS)
    assert raised is not None
    assert raised.level == level


def test_of_two_alarms_the_more_urgent_is_raised():
    now, today, crisis = Alarm("emergency", "E"), Alarm("emergency", "U"), Alarm("crisis", "C")
    assert higher(today, now) == higher(now, today) == higher(now, crisis) == now
    assert higher(today, crisis) == crisis
    assert higher(None, today) == today
    assert higher(None, None) is None


@pytest.mark.parametrize(
    ("label", "probability", "nearness", "decision"),
    [
        ("faq/a", 0.9, 0.9, Decision.ANSWER),
        ("faq/a", 0.5, 0.6, Decision.ASK_BACK),
        ("faq/a", 0.9, 0.1, Decision.REFUSE),
        ("out_of_scope", 0.99, 0.9, Decision.REFUSE),
    ],
)
def test_without_danger_the_likeliest_label_decides(label, probability, nearness, decision):
    verdict = judge(label, probability, nearness, Danger(None, False, {}), THRESHOLDS)
    assert verdict.alarm is None
    assert verdict.decision is decision


def test_a_figure_of_speech_raises_no_alarm_unless_a_pattern_saw_a_sign():
    likely = {"emergency": 0.99}
    flag = Alarm("emergency", "E")
    assert judge("faq/a", 0.5, 0.5, Danger(None, True, likely), THRESHOLDS).alarm is None
    assert judge("faq/a", 0.5, 0.5, Danger(flag, True, likely), THRESHOLDS).alarm == flag
    assert judge("faq/a", 0.5, 0.5, Danger(None, False, likely), THRESHOLDS).alarm == flag

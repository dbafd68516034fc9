import pytest

from assistant.safety_evaluation import Case, Judged
from cli import guards
from cli.guards import Tried

CASES = [Case(f"danger {number}", "E", "overdose") for number in range(200)]
SAME: dict[str, bytes] = {}


def _verdict(missing):
    """Compare with a live model that raised every alarm: now each of the first messages misses so much likelihood."""
    before = Tried([], [Judged(case, "E") for case in CASES]).readings
    judged = [
        Judged(case, None, missing[place]) if place < len(missing) else Judged(case, "E")
        for place, case in enumerate(CASES)
    ]
    return guards.compare(before, Tried([], judged), SAME, SAME, may_lose=10)


@pytest.mark.parametrize("missing", [[0.01], [0.1, 0.05]])
def test_a_danger_or_two_at_the_limit_are_told_and_hold_nothing_back(missing):
    verdict = _verdict(missing)
    assert verdict.problems == []
    assert "at the limit" in verdict.notes[0]


@pytest.mark.parametrize("missing", [[0.11], [0.01, 0.5], [0.01, 0.01, 0.01]])
def test_a_clear_danger_or_more_than_two_hold_it_back(missing):
    assert 'would not be recognized any more ("danger 0"' in _verdict(missing).problems[0]


def test_where_many_dangers_are_missed_already_none_more_may_be():
    before = Tried([], [Judged(CASES[0], "E"), *(Judged(case, None, 0.5) for case in CASES[1:])]).readings
    now = Tried([], [Judged(case, None, 0.05) for case in CASES])
    assert guards.compare(before, now, SAME, SAME, may_lose=10).problems

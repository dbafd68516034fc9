"""The rule, against an independent statement of it, and by its properties."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant import eligibility, sources
from assistant.eligibility import COUNTS, Answers, Outcome, Status, assess
from assistant.quantity import Qualifier, Quantity
from cli.paths import PROJECT

DAYS = range(32)
MONTHS = [0, 1, 2, 2.76, 2.99, 3, 3.01, 3.22, 4, 6, 12, 240]
ORDER = list(Outcome)


def _answers(headache=20, migraine=10, months=6, adult=True, diagnosed="yes"):
    def amount(value):
        if value is None or isinstance(value, Quantity):
            return value
        return Quantity.parse(value) if isinstance(value, str) else Quantity(value)

    return Answers(adult, diagnosed, amount(headache), amount(migraine), amount(months))


def _stated_anew(headache, migraine, months, adult, diagnosed):
    """The contract, written down a second time as plain comparisons."""
    if not adult:
        return "under_18"
    if headache <= 14:
        return "below"
    if migraine <= 7:
        return "frequent_few_migraine"
    if months <= 3:
        return "short_history"
    return "match_diagnosed" if diagnosed == "yes" else "match_not_diagnosed"


@pytest.mark.parametrize("adult", [True, False])
@pytest.mark.parametrize("diagnosed", ["yes", "no", "unsure"])
@pytest.mark.parametrize("months", MONTHS)
def test_every_combination_of_exact_answers_has_the_stated_outcome(months, diagnosed, adult):
    for headache, migraine in itertools.product(DAYS, DAYS):
        answers = _answers(headache, migraine, months, adult, diagnosed)
        if migraine > headache:
            with pytest.raises(ValueError, match="more migraine days than headache days"):
                assess(answers)
        else:
            expected = _stated_anew(headache, migraine, months, adult, diagnosed)
            assert assess(answers).outcome.value == expected, (headache, migraine)


@pytest.mark.parametrize(
    ("headache", "migraine", "months", "outcome"),
    [
        ("15-20", 8, 4, "match_diagnosed"),
        ("10-20", 8, 4, "unclear"),
        ("10-14", 8, 4, "below"),
        ("about 15", 8, 4, "unclear"),
        ("about 18", "about 10", "about 6", "match_diagnosed"),
        ("more than 14", 8, 4, "match_diagnosed"),
        ("less than 15", 8, 4, "below"),
        ("nearly 15", 8, 4, "below"),
        ("at least 12", 8, 4, "unclear"),
        (20, "6-9", 4, "unclear"),
        (20, 10, "nearly 3", "short_history"),
        (20, 10, "about 3", "unclear"),
        (20, 10, "more than 3", "match_diagnosed"),
        (20, 10, "2-4", "unclear"),
        (None, 10, 6, "unclear"),
        (None, 5, 6, "frequent_few_migraine"),
        (10, None, None, "below"),
        (20, None, 2, "short_history"),
    ],
)
def test_a_qualifier_a_range_or_a_gap_decides_only_what_is_certain(headache, migraine, months, outcome):
    assert assess(_answers(headache, migraine, months)).outcome.value == outcome


@pytest.mark.parametrize(
    ("answers", "near"),
    [
        (_answers(13, 8), True),
        (_answers(14, 8), True),
        (_answers(12, 8), False),
        (_answers("nearly 15", 8), True),
        (_answers("less than 15", 8), False),
        (_answers(20, 7), True),
        (_answers(20, 6), True),
        (_answers(20, 5), False),
        (_answers(20, 10, 3), True),
        (_answers(20, 10, 2), False),
        (_answers(20, 10, "nearly 3"), True),
        (_answers(15, 8, 4), True),
        (_answers(20, 12, 4), False),
        (_answers(5, 2, 3), False),
        (_answers(14, 8, adult=False), False),
    ],
)
def test_a_deciding_number_near_its_limit_is_told(answers, near):
    assert assess(answers).near_limit is near


def test_each_criterion_has_its_own_reason():
    assert assess(_answers(20, None, 2)).criteria == {
        "adult": Status.MET,
        "headache_days": Status.MET,
        "migraine_days": Status.UNCLEAR,
        "duration_months": Status.NOT_MET,
    }


def test_the_limits_are_those_of_the_founding_rule_with_known_sources():
    limits = eligibility.limits()
    assert {name: (limit.number, limit.exclusive) for name, limit in limits.items()} == {
        "adult": (18, False),
        "headache_days": (15, False),
        "migraine_days": (8, False),
        "duration_months": (3, True),
    }
    assert set(eligibility.sources()) <= set(sources.load(PROJECT / sources.FILE))


amounts = st.one_of(
    st.builds(Quantity, st.integers(0, 31).map(float), st.none(), st.one_of(st.none(), st.sampled_from(Qualifier))),
    st.tuples(st.integers(0, 25), st.integers(1, 6)).map(lambda pair: Quantity(pair[0], sum(pair))),
)
answered = st.builds(
    Answers,
    adult=st.one_of(st.none(), st.booleans()),
    diagnosed=st.sampled_from(["yes", "no", "unsure"]),
    headache_days=st.one_of(st.none(), amounts),
    migraine_days=st.one_of(st.none(), amounts),
    duration_months=st.one_of(st.none(), amounts),
)


@given(answered, st.sampled_from(COUNTS), st.integers(0, 31), st.integers(0, 31))
def test_more_of_anything_never_moves_an_outcome_backwards(answers, name, one, other):
    fewer, more = (replace(answers, **{name: Quantity(number)}) for number in sorted([one, other]))
    assume(not eligibility.conflict(fewer) and not eligibility.conflict(more))
    assert ORDER.index(assess(fewer).outcome) <= ORDER.index(assess(more).outcome)


@given(answered, st.sampled_from(COUNTS), st.integers(0, 20), st.integers(1, 11))
def test_a_range_is_no_luckier_than_its_lower_end(answers, name, low, width):
    at_low, ranged = (replace(answers, **{name: amount}) for amount in (Quantity(low), Quantity(low, low + width)))
    assume(not eligibility.conflict(at_low) and not eligibility.conflict(ranged))
    matched = {Outcome.MATCH_DIAGNOSED, Outcome.MATCH_NOT_DIAGNOSED}
    assert assess(ranged).outcome not in matched or assess(at_low).outcome in matched
    assert assess(at_low).criteria[name] is Status.MET or assess(ranged).criteria[name] is not Status.MET


@given(answered)
def test_the_unknown_never_yields_a_match(answers):
    assume(not eligibility.conflict(answers))
    if None in {answers.adult, answers.headache_days, answers.migraine_days, answers.duration_months}:
        assert not assess(answers).outcome.value.startswith("match")

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quantities import Kind, read
from assistant.quantity import Quantity, Unclear

TODAY = date(2026, 11, 24)


def _found(text, today=TODAY):
    return [
        (one.kind, str(one.amount) if isinstance(one.amount, Quantity) else one.amount)
        for one in read(text, today).found
    ]


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("twice a week", Kind.DAYS, "9"),
        ("3-4 times a week", Kind.DAYS, "13-17"),
        ("every other day", Kind.DAYS, "15"),
        ("100 days a year", Kind.DAYS, "8-9"),
        ("95 days a year", Kind.DAYS, "7-8"),
        ("3.4 days a week", Kind.DAYS, "14-15"),
        ("only 5 clear days a month", Kind.DAYS, "25"),
        ("about three quarters of the month", Kind.DAYS, "22-23"),
        ("a year and a half", Kind.MONTHS, "18"),
        ("nearly 3 months", Kind.MONTHS, "nearly 3"),
        ("i'm 34", Kind.AGE, "34"),
        ("17", Kind.BARE, "17"),
    ],
)
def test_an_amount_is_found_with_what_it_measures(text, kind, amount):
    assert _found(text) == [(kind, amount)]


@pytest.mark.parametrize("text", ["32 days a month", "8 days a week", "-3 days a month", "a million days a month"])
def test_what_is_impossible_is_told_apart(text):
    assert _found(text) == [(Kind.DAYS, Unclear.INVALID)]


@pytest.mark.parametrize("text", ["50mg", "4 hours", "8 out of 10", "2 tablets a day", "week 9", "5 december"])
def test_what_is_no_answer_is_something_else(text):
    assert {kind for kind, _ in _found(text)} <= {Kind.OTHER}


def test_since_counts_from_today():
    assert _found("since march", date(2026, 11, 24)) == [(Kind.MONTHS, "about 8")]
    assert _found("since march", date(2027, 2, 1)) == [(Kind.MONTHS, "about 11")]
    assert _found("since 24 may", TODAY) == [(Kind.MONTHS, "6")]
    assert _found("since 2030", TODAY) == [(Kind.MONTHS, Unclear.INVALID)]


def test_a_week_without_a_number_is_not_one_week():
    assert _found("several times a week") == []


@given(st.integers(1, 6))
def test_a_count_a_week_is_rounded_to_days_a_month(count):
    assert _found(f"{count} days a week") == [(Kind.DAYS, str(round(count * 30 / 7)))]


@given(st.integers(0, 31), st.sampled_from(["at least", "more than", "at most", "less than", "nearly", "about"]))
def test_a_qualifier_is_kept(count, qualifier):
    assert _found(f"{qualifier} {count} days a month") == [(Kind.DAYS, f"{qualifier} {count}")]


@given(st.integers(0, 30), st.integers(1, 10), st.sampled_from(["-", " to ", " or ", " - "]))
def test_both_ends_of_a_range_are_kept_in_order(low, width, to):
    high = min(low + width, 31)
    for text in (f"{low}{to}{high} days a month", f"{high}{to}{low} days a month"):
        assert _found(text) == [(Kind.DAYS, f"{low}-{high}")]


@given(st.floats(0, 31, allow_nan=False).map(lambda number: round(number, 1)))
def test_a_fraction_of_a_day_is_never_rounded_up_to_a_limit(count):
    ((_, amount),) = _found(f"{count} days a month")
    assert Quantity.parse(amount).whole_bounds()[0] <= count


@given(st.text(max_size=200))
def test_no_text_crashes_it(text):
    read(text, TODAY)


def test_a_very_long_text_is_read_for_what_stands_first():
    assert read("18 headaches a month " + "and so on " * 50_000, TODAY).found[0].amount == Quantity(18)

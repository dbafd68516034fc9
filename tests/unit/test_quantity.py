import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quantity import Qualifier, Quantity

amounts = st.one_of(
    st.builds(Quantity, st.integers(0, 40).map(float), st.none(), st.one_of(st.none(), st.sampled_from(Qualifier))),
    st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: Quantity(pair[0], pair[0] + pair[1])),
)


@pytest.mark.parametrize(
    "text",
    ["15", "0", "2.76", "15-20", "2.5-3", "at least 15", "more than 3", "at most 10", "less than 10", "nearly 3"],
)
def test_the_notation_of_slots_is_read_as_it_was_written(text):
    assert str(Quantity.parse(text)) == text


@given(amounts)
def test_every_amount_survives_its_notation(amount):
    assert Quantity.parse(str(amount)) == amount


@pytest.mark.parametrize("text", ["", "unknown", "-3", "15 to 20", "20-15", "at least 3-4", "1e3", "nan", "about"])
def test_any_other_notation_is_refused(text):
    with pytest.raises(ValueError, match=r"amount|range"):
        Quantity.parse(text)


@pytest.mark.parametrize("number", [-1, math.nan, math.inf])
def test_what_is_no_amount_is_refused(number):
    with pytest.raises(ValueError, match="no amount"):
        Quantity(number)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("15", (15, 15)),
        ("14.5", (14, 15)),
        ("12-16", (12, 16)),
        ("at least 15", (15, math.inf)),
        ("more than 14", (15, math.inf)),
        ("less than 15", (0, 14)),
        ("at most 15", (0, 15)),
        ("nearly 15", (13, 14)),
        ("about 15", (13, 17)),
        ("about 20", (18, 22)),
    ],
)
def test_days_are_whole_and_never_rounded_up_to_a_limit(text, days):
    assert Quantity.parse(text).whole_bounds() == days


def test_a_qualifier_keeps_months_on_their_side_of_a_limit():
    assert Quantity.parse("more than 3").bounds(0.5)[0] > 3
    assert Quantity.parse("nearly 3").bounds(0.5)[1] < 3
    assert Quantity.parse("about 3").bounds(0.5) == (2.5, 3.5)


@given(amounts)
def test_the_bounds_enclose_the_number_or_border_on_it(amount):
    low, high = amount.bounds(leeway=1)
    assert low >= 0
    assert low <= amount.number + 1e-9
    assert high >= amount.number - 1e-9


def test_a_change_of_unit_keeps_the_qualifier_and_the_range():
    assert str(Quantity.parse("at least 2").scaled(12)) == "at least 24"
    assert str(Quantity.parse("1-2").scaled(12)) == "12-24"

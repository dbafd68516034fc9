"""The table of phrases (phrases.yml), written apart from the reader, and what it cannot hold."""

import random
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant import lexemes
from assistant.quantity import Quantity, Unclear
from assistant.statements import account
from cli.paths import PROJECT

PHRASES = yaml.safe_load((PROJECT / "tests/unit/phrases.yml").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(PHRASES["today"])
ASKED = {"days": "headache_days", "durations": "duration_months"}
ANSWERS = [(ASKED[group], case["text"], case["value"]) for group in ASKED for case in PHRASES[group]] + [
    (case["asked"], case["text"], case["value"]) for case in PHRASES["answers"]
]


def _told(answers):
    return {name: answer.value if isinstance(answer, Unclear) else str(answer) for name, answer in answers.items()}


@pytest.mark.parametrize(("asked", "text", "value"), ANSWERS)
def test_an_answer_is_read_as_it_was_meant(asked, text, value):
    assert _told(account(text, TODAY, [asked])).get(asked) == value


@pytest.mark.parametrize("case", PHRASES["statements"], ids=lambda case: case["text"])
def test_each_number_of_an_account_goes_to_its_place(case):
    assert _told(account(case["text"], TODAY)) == case["value"]


@given(
    st.permutations(["18 headaches a month", "10 of them migraine", "for 6 months"]).filter(
        # "Of them" needs something before it.
        lambda parts: parts.index("18 headaches a month") < parts.index("10 of them migraine")
    ),
    st.sampled_from([(), ("headache_days",), ("migraine_days",), ("duration_months",)]),
)
def test_three_numbers_fill_three_answers_in_any_order_whatever_was_asked(parts, asked):
    told = _told(account(", ".join(parts), TODAY, asked))
    assert told == {"headache_days": "18", "migraine_days": "10", "duration_months": "6"}


def test_asked_for_both_counts_two_numbers_answer_in_order():
    both = ["headache_days", "migraine_days"]
    assert _told(account("16 and 9", TODAY, both)) == {"headache_days": "16", "migraine_days": "9"}
    assert _told(account("9 migraine, 16 in all", TODAY, both)) == {"headache_days": "16", "migraine_days": "9"}


def test_half_of_them_counts_from_what_was_said_before():
    assert _told(account("half of them", TODAY, ["migraine_days"], Quantity(18))) == {"migraine_days": "9"}
    assert _told(account("half of them", TODAY, ["migraine_days"], Quantity(15))) == {"migraine_days": "7-8"}
    assert _told(account("all of them", TODAY, ["migraine_days"], Quantity(12, 16))) == {"migraine_days": "12-16"}
    assert account("half of them", TODAY, ["migraine_days"]) == {}


@pytest.mark.parametrize(
    "text",
    [
        "i only have 4 headaches a month but they last 3 days each",
        "3 attacks a week, each two days long",
        "5 migraines a month lasting 72 hours",
    ],
)
def test_attacks_of_several_days_are_not_taken_for_days(text):
    assert account(text, TODAY) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("used to be 5 a month, now 17 headaches a month", {"headache_days": "17"}),
        ("migraine 10 days a month and other headaches another 8", {"migraine_days": "10"}),
        ("sumatriptan on 10 days a month", {}),
        ("im at 17 a month", {"headache_days": "17"}),
        ("i had botox 3 weeks ago", {}),
        ("maybe a week of clear days in the month", {"headache_days": "about 23"}),
        ("it hurts other days too", {}),
    ],
)
def test_what_is_past_on_top_or_about_medicine_is_left_out(text, told):
    assert _told(account(text, TODAY)) == told


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("duration_months", "shes two so two years", "24"),
        ("headache_days", "every week 4 day", "17"),
        (
            "headache_days",
            "i have 3 cats and 2 jobs, drink 2 litres, 400mg of magnesium, headache about 17 days a month",
            "about 17",
        ),
        ("headache_days", "18, scratch that, 13", "13"),
        ("migraine_days", "half the month it hurts, the bad attacks, the real migraine, maybe once a week", "about 4"),
        ("duration_months", "i kept a diary for 3 months", None),
        ("duration_months", "since university", "vague"),
        ("duration_months", "her whole life", "at least 60"),
        ("duration_months", "long time", "vague"),
        ("duration_months", "from 2019", "at least 82"),
        ("headache_days", "6 attacks, each two days", "attacks"),
        ("headache_days", "4 attacks", "attacks"),
        ("migraine_days", "3 attacks and one lasts 3 days", "attacks"),
        ("migraine_days", "16 is for the migraine days in the last two months together, so 8 per month", "8"),
        ("age", "i have 35 year", "35"),
        ("age", "52 years", "52"),
        ("age", "she is 39. i am 17 years older haha", "39"),
    ],
)
def test_what_a_person_who_tried_it_said_is_read_as_meant(asked, text, told):
    assert _told(account(text, TODAY, [asked])).get(asked) == told


@given(st.randoms(use_true_random=False), st.sampled_from([(), ("headache_days",), ("duration_months",)]))
def test_no_mixture_of_the_words_it_knows_crashes_it(source: random.Random, asked):
    words = [*lexemes.phrases(), "15", "-3", "2.5", "2019", "99999999999999999999", "½", "٣", "²", "1e9"]
    account(" ".join(source.choice(words) for _ in range(source.randint(0, 15))), TODAY, asked)

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import redact


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("write to jane.o'neill+clinic@mail.example.co.uk please", "write to [email] please"),
        ("call me on 555-123-4567", "call me on [number]"),
        ("call me on (555) 123-4567 today", "call me on [number] today"),
        ("+1 555 123 4567", "[number]"),
        ("+44 20 7946 0000.", "[number]."),
        ("020 7946 0000", "[number]"),
        ("07700 900123", "[number]"),
        ("06 12 34 56 78", "[number]"),
        ("555-1234", "[number]"),
        ("5551234567", "[number]"),
        ("0049 30 901820", "[number]"),
        ("my nhs number is 943 476 5919", "my nhs number is [number]"),
        ("NHS no. 9434765919", "NHS no. [number]"),
        ("my mrn is 48213", "my mrn is [number]"),
        ("policy number: AB-12345", "policy number: [number]"),
        ("ssn 123-45-6789", "ssn [number]"),
        ("123 456 789", "[number]"),
        ("card 4111 1111 1111 1111 exp 12/27", "card [number] exp 12/27"),
        ("3782 822463 10005", "[number]"),
        ("passport C01234567", "passport [number]"),
        ("QQ 12 34 56 C is mine", "[number] is mine"),
        ("12345678", "[number]"),
        ("15 headaches, born 01/02/1980, call 555 123 4567", "15 headaches, born 01/02/1980, call [number]"),
    ],
)
def test_what_tells_who_somebody_is_is_masked(typed, kept):
    assert redact(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "18 headaches a month, 10 of them migraine, for 6 months",
        "15-20",
        "15 - 20 days, 10-15 of them bad, for 12-18 months",
        "2019",
        "since 2019, 2019-2021, 2019 2020 2021",
        "911",
        "999 or 112 or 988",
        "911 999 112",
        "116 123",
        "should i call 116 123 or 111",
        "50mg 3x",
        "topiramate 100 150 200 mg",
        "25mg, 50mg and 100 mg twice a day",
        "155 units in 31 sites every 12 weeks, 155-195 units",
        "0.5 1.5 2.5 3.5 mg",
        "10 15 20 25 30",
        "1 2 3 4 5 6 7 8 9 10",
        "100,000 people or 1,000,000 dollars",
        "it began on 12/03/2019, then 2020-01-15 15 headaches",
        "01/02/2019 15 headaches 8 migraines",
        "from 3.5.2021 15 a month",
        "10/10 pain at 10:30 pm for 72 hours",
        "pain 8/10 to 10/10, 4-72 hours",
        "G43.709",
        "COVID-19 and B12 and B2 400mg",
        "in my case 15 days, id say 18",
        "what is @botox",
    ],
)
def test_what_tells_about_headaches_is_kept(typed):
    assert redact(typed) == typed


@given(st.lists(st.integers(0, 365), max_size=6), st.sampled_from([" days, ", " mg and ", " headaches; ", " of "]))
def test_counts_among_words_are_never_touched(counts, between):
    typed = between.join(str(count) for count in counts)
    assert redact(typed) == typed


@given(
    st.from_regex(r"\+[1-9]\d{0,2}[ -]?\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}", fullmatch=True),
    st.sampled_from(["call {} now", "{}", "my number: {}, thanks", "({})"]),
)
def test_no_international_number_is_left(number, sentence):
    left = redact(sentence.format(number))
    assert len(re.sub(r"\D", "", left)) == 0


@given(st.emails(), st.text(max_size=20))
def test_no_ordinary_address_is_left(address, around):
    if re.fullmatch(r"[\w.+-]+@[\w.-]+", address):
        assert address not in redact(f"{around} {address} {around}")


@given(st.text(max_size=1000))
def test_any_text_is_redacted_once_and_for_all(typed):
    once = redact(typed)
    assert redact(once) == once


@given(st.text(alphabet="0123456789 .-()+/@a", max_size=300))
def test_no_long_run_of_digits_is_left(typed):
    assert not re.search(r"\d{8}", redact(typed))

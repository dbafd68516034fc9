"""Which number is which: read a person's own account into the answers of the check."""

from collections.abc import Sequence
from datetime import date

from assistant.quantities import MONTHS_IN_A_DAY, MOST_DAYS, Found, Kind, Reading, read
from assistant.quantity import Quantity, Unclear

Answer = Quantity | Unclear

HEADACHE, MIGRAINE, DURATION, AGE = "headache_days", "migraine_days", "duration_months", "age"
_NAMED = {"H": HEADACHE, "G": MIGRAINE}
_FEW_WORDS = 8


def account(
    text: str, today: date, asked: Sequence[str] = (), headache_days: Quantity | None = None
) -> dict[str, Answer]:
    """Return the answers that `text` gives, by name: headache_days, migraine_days, duration_months, age.

    Args:
        text: what the person wrote.
        today: what "since March" counts from.
        asked: what was asked, if anything: bare numbers answer it, in this order.
        headache_days: what they said before; "half of them" counts from it.

    Amounts are days a month, months and years of age. Where the text gives no number for what was asked, but says that
    it is not known or is vague, that is the answer. What the text does not tell is absent.
    """
    reading = read(text, today)
    answers: dict[str, Answer] = {}
    ends: dict[str, int] = {}
    # What says what it counts comes first, a number alone last: "three cats, and headache on 17 days" is 17.
    for index in sorted(range(len(reading.found)), key=lambda index: _vagueness(reading, index, asked)):
        name = _name(reading, index, asked, answers)
        found = reading.found[index]
        if name is not None and (name not in answers or _takes_back(reading, ends[name], found)):
            base = answers.get(HEADACHE, headache_days)
            amount = _amount(reading, found, name, base if isinstance(base, Quantity) else None)
            if amount is not None:
                answers[name], ends[name] = amount, found.end
    for name in asked:
        unclear = None if name in answers else _without_number(reading, name)
        if unclear is not None:
            answers[name] = unclear
    if not asked:
        return {name: answer for name, answer in answers.items() if answer is not Unclear.ATTACKS}
    return answers


def _vagueness(reading: Reading, index: int, asked: Sequence[str]) -> tuple[int, int]:
    """Return how little the amount at `index` says about what it counts, and then its place."""
    found = reading.found[index]
    if found.kind is Kind.BARE:
        return 2, index
    labelled = found.kind is not Kind.DAYS or any(role in reading.roles[found.start : found.end] for role in "HGc")
    return (0 if labelled or _adjacent(reading, index) else 1), index


def _takes_back(reading: Reading, end: int, found: Found) -> bool:
    """Return whether the person corrects an amount that ended at `end`: "18, no wait, 13"."""
    return found.start >= end and "J" in reading.roles[end : found.start]


def _name(reading: Reading, index: int, asked: Sequence[str], answers: dict[str, Answer]) -> str | None:
    """Return which answer the amount at `index` belongs to, None for something else (a dose, an attack's length)."""
    found = reading.found[index]
    if found.kind is Kind.AGE:
        return AGE
    if found.kind is Kind.OTHER or _of_medicine(reading, index) or _of_the_past(reading, index):
        return None
    if found.kind is Kind.SHARE:
        return MIGRAINE
    if found.kind is Kind.MONTHS:
        return _of_length(reading, index, asked)
    if not asked and _on_top(reading, index, answers):
        return None
    subject = _subject(reading, index, asked, answers)
    if found.kind is Kind.BARE:
        if asked and not _stands_alone(reading, index):
            return None
        return subject if subject in asked else _open(asked, answers, reading, index) or _adjacent(reading, index)
    days = [name for name in asked if name in (HEADACHE, MIGRAINE)]
    if subject is None and asked and not days:
        # Asked for how long, days without a word of what they count may be anything.
        return None
    return subject or _open(days, answers, reading, index) or (None if asked else HEADACHE)


def _stands_alone(reading: Reading, index: int) -> bool:
    """Return whether a bare number is an answer by itself: not the "3" of "3 cats" in a long story."""
    short = len(reading.roles) <= _FEW_WORDS and sum(found.kind is Kind.BARE for found in reading.found) == 1
    return short or not _after(reading, index).startswith("_")


def _of_length(reading: Reading, index: int, asked: Sequence[str]) -> str | None:
    """A length of time answers "for how long", unless days were asked and a person counts them in weeks.

    Out of nowhere, days and weeks need a word such as "for": "a week" may be anything.
    """
    found = reading.found[index]
    if "O" in reading.roles[: found.start].rpartition(".")[2]:
        return None
    if AGE in asked and found.unit == "Y":
        return AGE
    days = [name for name in asked if name in (HEADACHE, MIGRAINE)]
    weeks = isinstance(found.amount, Quantity) and found.unit in {"W", "F"} and found.amount.number < 1
    if days and weeks:
        return days[0]
    if not asked and found.unit in {"D", "W", "F"}:
        near = _before(reading, index)[-2:] + reading.roles[found.start : found.end] + _after(reading, index)[:1]
        return DURATION if any(role in near for role in "fsTg") else None
    return DURATION


def _open(asked: Sequence[str], answers: dict[str, Answer], reading: Reading, index: int) -> str | None:
    """Return the first of `asked` that has no answer yet, or whose answer is just being taken back."""
    end = reading.found[index - 1].end if index else 0
    taken_back = _takes_back(reading, end, reading.found[index])
    return next((name for name in asked if name not in answers or taken_back), None)


def _before(reading: Reading, index: int) -> str:
    """Return the roles before the amount at `index`, back to the amount or the clause before it."""
    start = reading.found[index - 1].end if index else 0
    return reading.roles[start : reading.found[index].start].rpartition(".")[2]


def _after(reading: Reading, index: int) -> str:
    """Return the roles after the amount at `index`, up to the next amount or clause."""
    following = reading.found[index + 1].start if index + 1 < len(reading.found) else len(reading.roles)
    return reading.roles[reading.found[index].end : following].partition(".")[0]


def _of_medicine(reading: Reading, index: int) -> bool:
    """Return whether the amount counts medicine days, or months of waiting and working."""
    before = reading.roles[: reading.found[index].start].rpartition(".")[2]
    inside = reading.roles[reading.found[index].start : reading.found[index].end]
    if any(role in inside for role in "HG"):
        return False
    return before.rfind("R") > max(before.rfind("H"), before.rfind("G")) or _after(reading, index).startswith(
        ("R", "pR", "_R")
    )


def _of_the_past(reading: Reading, index: int) -> bool:
    """Return whether the amount is how things used to be."""
    return "P" in _before(reading, index)


def _on_top(reading: Reading, index: int, answers: dict[str, Answer]) -> bool:
    """Return whether the amount is counted on top of another: the sum is for the person to say."""
    inside = reading.roles[reading.found[index].start : reading.found[index].end]
    return bool(answers) and "E" in _before(reading, index) + inside + _after(reading, index)[:1]


def _in_attacks(reading: Reading, found: Found) -> bool:
    """Return whether attacks are counted, not days: how many days they are is for the person to say."""
    inside = reading.roles[found.start : found.end]
    long_attacks = any(other.kind is Kind.OTHER and other.unit == "D" for other in reading.found)
    return ("Q" in inside or long_attacks) and not any(role in inside for role in "DK")


def _adjacent(reading: Reading, index: int) -> str | None:
    """Return what a bare number in running text counts: the headache or migraine just before it."""
    before = _before(reading, index)
    return next((name for role, name in _NAMED.items() if role in before[-3:]), None)


def _subject(reading: Reading, index: int, asked: Sequence[str], answers: dict[str, Answer]) -> str | None:
    """Return whether days are headache days or migraine days, by the words in and around the amount."""
    found = reading.found[index]
    inside = reading.roles[found.start : found.end]
    before, after = _before(reading, index), _after(reading, index)
    counted = HEADACHE in answers or list(asked) == [MIGRAINE]
    if "G" in inside:
        return MIGRAINE
    if counted and ("c" in inside or "c" in before[-3:] or after.startswith("c")):
        return MIGRAINE
    if "H" in inside:
        return HEADACHE
    for near in (before[::-1], after[:5], reading.roles[: found.start][::-1] if not asked else ""):
        nearest = min((near.find(role) for role in _NAMED if role in near), default=None)
        if nearest is not None:
            return _NAMED[near[nearest]]
    return None


def _amount(reading: Reading, found: Found, name: str, headache_days: Quantity | None) -> Answer | None:
    if name in {HEADACHE, MIGRAINE} and found.kind in {Kind.DAYS, Kind.BARE} and _in_attacks(reading, found):
        return Unclear.ATTACKS
    if found.kind is Kind.SHARE:
        return _share_of(headache_days, found.share or 0.0)
    if not isinstance(found.amount, Quantity):
        return found.amount
    if name == AGE:
        return found.amount.scaled(1 / 12) if found.kind is Kind.MONTHS else found.amount
    if name in {HEADACHE, MIGRAINE}:
        if found.kind is Kind.MONTHS:
            return _whole(found.amount.scaled(1 / MONTHS_IN_A_DAY))
        return _whole(found.amount)
    if name == DURATION and found.kind is Kind.DAYS:
        return None
    return found.amount


def _whole(days: Quantity) -> Answer:
    """Return a count of days in whole days: a fraction lies between two of them."""
    if max(days.number, days.upper or 0) > MOST_DAYS:
        return Unclear.INVALID
    low, high = int(days.number), int(days.upper or days.number)
    if days.upper is None and days.number != low and days.qualifier is None:
        return Quantity(float(low), float(low + 1))
    if days.upper is not None:
        return Quantity(float(low), float(high)) if low < high else Quantity(float(low))
    return Quantity(float(low), qualifier=days.qualifier)


def _share_of(days: Quantity | None, share: float) -> Answer | None:
    return None if days is None else _whole(days.scaled(share))


def _without_number(reading: Reading, name: str) -> Answer | None:
    """Return what the text says about `name` instead of a number."""
    roles = reading.roles
    if "u" in roles:
        return Unclear.UNKNOWN
    if "V" in roles or (name == DURATION and "w" in roles):
        return Unclear.VAGUE
    if name != DURATION and "0" in roles:
        return Quantity(0.0)
    return None

"""Which number is which: read a person's own account into the answers of the check."""

from collections.abc import Sequence
from datetime import date

from assistant.quantities import MONTHS_IN_A_DAY, Found, Kind, Reading, read
from assistant.quantity import Quantity, Unclear

Answer = Quantity | Unclear

HEADACHE, MIGRAINE, DURATION, AGE = "headache_days", "migraine_days", "duration_months", "age"
_NAMED = {"H": HEADACHE, "G": MIGRAINE}
_MOST_MONTH_DAYS = 31


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
    for index, found in enumerate(reading.found):
        name = _name(reading, index, asked, answers)
        if name is not None and name not in answers:
            base = answers.get(HEADACHE, headache_days)
            amount = _amount(found, name, base if isinstance(base, Quantity) else None)
            if amount is not None:
                answers[name] = amount
    for name in asked:
        unclear = None if name in answers else _without_number(reading, name)
        if unclear is not None:
            answers[name] = unclear
    return answers


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
    if not asked and (_on_top(reading, index, answers) or _in_attacks(reading, index)):
        return None
    subject = _subject(reading, index, asked, answers)
    if found.kind is Kind.BARE:
        return subject if subject in asked else _open(asked, answers) or _adjacent(reading, index)
    if DURATION in asked and HEADACHE in answers and MIGRAINE in answers:
        return None
    return subject or _open([name for name in asked if name != DURATION], answers) or HEADACHE


def _of_length(reading: Reading, index: int, asked: Sequence[str]) -> str | None:
    """A length of time answers "for how long", unless days were asked and a person counts them in weeks.

    Out of nowhere, days and weeks need a word such as "for": "a week" may be anything.
    """
    found = reading.found[index]
    days = [name for name in asked if name != DURATION]
    weeks = isinstance(found.amount, Quantity) and found.unit in {"W", "F"} and found.amount.number < 1
    if days and weeks:
        return days[0]
    if not asked and found.unit in {"D", "W", "F"}:
        near = _before(reading, index)[-2:] + reading.roles[found.start : found.end] + _after(reading, index)[:1]
        return DURATION if any(role in near for role in "fsTg") else None
    return DURATION


def _open(asked: Sequence[str], answers: dict[str, Answer]) -> str | None:
    return next((name for name in asked if name not in answers), None)


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


def _in_attacks(reading: Reading, index: int) -> bool:
    """Return whether attacks of several days are counted: how many days they are is for the person to say."""
    found = reading.found[index]
    long_attacks = any(other.kind is Kind.OTHER and other.unit == "D" for other in reading.found)
    return long_attacks and not any(role in reading.roles[found.start : found.end] for role in "DK")


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


def _amount(found: Found, name: str, headache_days: Quantity | None) -> Answer | None:
    if found.kind is Kind.SHARE:
        return _share_of(headache_days, found.share or 0.0)
    if not isinstance(found.amount, Quantity):
        return found.amount
    if name in {HEADACHE, MIGRAINE}:
        if found.kind is Kind.MONTHS:
            return _whole(found.amount.scaled(1 / MONTHS_IN_A_DAY))
        return _whole(found.amount)
    if name == DURATION and found.kind is Kind.DAYS:
        return None
    return found.amount


def _whole(days: Quantity) -> Answer:
    """Return a count of days in whole days: a fraction lies between two of them."""
    if max(days.number, days.upper or 0) > _MOST_MONTH_DAYS:
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

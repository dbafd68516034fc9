"""Put amounts and answers into words: the parts of sentences that stand in the domain as utter_part_..."""

from typing import Any

from assistant.quantities import WEEKS_A_MONTH
from assistant.quantity import Quantity, Unclear

Domain = dict[str, Any]

_MONTHS_A_YEAR = 12
# Slots hold months with two decimals.
_ROUNDED = 0.03


def part(domain: Domain, name: str, **values: Any) -> str:
    """Return the part of a sentence `name`, with its values filled in."""
    text: str = domain["responses"][f"utter_part_{name}"][0]["text"]
    return text.format(**values)


def answer(domain: Domain, name: str, value: Any) -> str:
    """Return the answer `value` to the question `name` in words."""
    if name == "adult":
        return part(domain, "adult" if value else "minor")
    if value is None or value == Unclear.UNKNOWN.value:
        return part(domain, "said_unknown")
    if name == "diagnosed":
        return part(domain, f"said_{value}")
    amount = Quantity.parse(str(value))
    return _months(domain, amount) if name == "duration_months" else _number(domain, amount)


def _months(domain: Domain, months: Quantity) -> str:
    """Return a length of time in weeks or in years where it is whole weeks or two or more whole years."""
    ends = [months.number, months.upper or months.number]
    weeks = months.scaled(WEEKS_A_MONTH)
    if not months.number.is_integer() and abs(weeks.number - round(weeks.number)) < _ROUNDED and months.upper is None:
        return part(domain, "weeks", number=Quantity(float(round(weeks.number)), qualifier=weeks.qualifier))
    if min(ends) >= 2 * _MONTHS_A_YEAR and all(end % _MONTHS_A_YEAR == 0 for end in ends):
        return part(domain, "years", number=_number(domain, months.scaled(1 / _MONTHS_A_YEAR)))
    unit = "month" if months.number == 1 and months.upper is None else "months"
    return part(domain, unit, number=_number(domain, months))


def _number(domain: Domain, amount: Quantity) -> str:
    if amount.upper is None:
        return str(amount)
    return part(domain, "range", low=Quantity(amount.number), high=Quantity(amount.upper))

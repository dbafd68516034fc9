"""Find the amounts in what a person writes: days a month, lengths of time, ages and bare numbers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from assistant.lexemes import Lexeme, lexemes
from assistant.quantity import Qualifier, Quantity, Unclear

DAYS_A_MONTH = 30
WEEKS_A_MONTH = 4.345
MONTHS_IN_A_DAY = 12 / 365.25
MOST_DAYS = 31
_MOST_MONTHS = 1200


class Kind(Enum):
    """What an amount measures."""

    DAYS = "days a month"
    MONTHS = "months"
    AGE = "years of age"
    BARE = "a number alone"
    SHARE = "a share of the headache days"
    OTHER = "something else"


@dataclass(frozen=True)
class Found:
    """An amount at lexemes `start` to `end`. `share`: 0 to 1 for Kind.SHARE; `unit`: that of a length, as a role."""

    kind: Kind
    start: int
    end: int
    amount: Quantity | Unclear | None = None
    share: float | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Reading:
    """A message: the roles of its lexemes, a letter each, and its amounts in order."""

    roles: str
    found: tuple[Found, ...]


def read(text: str, today: date) -> Reading:
    """Return every amount in `text`; `today` is what "since March" counts from. Any text can be read."""
    cut = lexemes(text)
    roles = "".join(lexeme.role for lexeme in cut)
    return Reading(roles, tuple(_amounts(cut, roles, today)))


_AMOUNT = r"[qk]*(?:Bn[&-][qk]*n|nx?[-/][qk]*n|n)v?[tk]*"
_FILL = r"[_HGcltk]{0,3}"
_PER = r"[ipe/]+"


def _amounts(cut: tuple[Lexeme, ...], roles: str, today: date) -> Iterator[Found]:
    """Yield the amounts from left to right; where several patterns fit, the longest."""
    position = 0
    while position < len(roles):
        matches = [(match, build) for pattern, build in _GRAMMAR if (match := pattern.match(roles, position))]
        if not matches:
            position += 1
            continue
        match, build = max(matches, key=lambda candidate: candidate[0].end())
        found = build(_Match(cut, match, today))
        if found is not None:
            yield found
        position = match.end()


@dataclass(frozen=True)
class _Match:
    """A pattern's match: access to the lexemes under its named groups."""

    lexemes: tuple[Lexeme, ...]
    match: "re.Match[str]"
    today: date

    def values(self, group: str, role: str = "n") -> list[float]:
        """Return the values of the lexemes of `role` in `group`."""
        return [lexeme.value for lexeme in self.within(group) if lexeme.role == role]

    def value(self, group: str, role: str = "n", otherwise: float = 1.0) -> float:
        """Return the first of `values`."""
        return next(iter(self.values(group, role)), otherwise)

    def has(self, roles: str) -> bool:
        """Return whether one of `roles` occurs in the match."""
        return any(role in roles for role in self.match[0])

    def amount(self, group: str = "amount") -> tuple[float, float | None, Qualifier | None]:
        """Return the number, the upper end of a range, and the qualifier in `group`; an article is 1."""
        half = 0.5 if any(lexeme.role == "v" for lexeme in self.within(group)) else 0.0
        numbers = self.values(group) or [1.0]
        if len(numbers) > 1 and numbers[0] != numbers[-1]:
            low, high = sorted((numbers[0], numbers[-1]))
            return low, high + half, None
        return numbers[0] + half, None, self.qualifier()

    def qualifier(self) -> Qualifier | None:
        """Return how the amount is qualified; "maybe at least 15": the bound says more than the doubt."""
        names = [Qualifier(lexeme.value) for lexeme in self.all() if lexeme.role in "qtk"]
        return min(names, key=lambda name: name is Qualifier.ABOUT, default=None)

    def found(self, kind: Kind, amount: Quantity | Unclear | None = None, share: float | None = None) -> Found:
        """Return what was found, with its place."""
        return Found(kind, self.match.start(), self.match.end(), amount, share)

    def all(self) -> tuple[Lexeme, ...]:
        """Return the lexemes of the match."""
        return self.lexemes[self.match.start() : self.match.end()]

    def within(self, group: str) -> tuple[Lexeme, ...]:
        """Return the lexemes of `group`; none where the pattern has no such group."""
        start, end = self.match.span(group) if group in self.match.groupdict() else (-1, -1)
        return self.lexemes[start:end] if start >= 0 else ()


def _days(match: _Match, factor: float = 1.0) -> Found:
    """Days a month: a count, times `factor`. Weeks are rounded; fractions and days a year stay a range."""
    low, high, qualifier = match.amount()
    return match.found(Kind.DAYS, _whole_days(low, high, qualifier, factor))


def _whole_days(low: float, high: float | None, qualifier: Qualifier | None, factor: float) -> Quantity | Unclear:
    if low < 0 or (high or low) * factor > MOST_DAYS:
        return Unclear.INVALID
    if high is not None:
        return _range(round(low * factor), round(high * factor))
    days = low * factor
    if days.is_integer() or (low.is_integer() and factor >= 1):
        return Quantity(float(round(days)), qualifier=qualifier)
    return _range(int(days), int(days) + 1)


def _range(low: float, high: float) -> Quantity:
    return Quantity(float(low), float(high)) if low < high else Quantity(float(low))


def _weekly(match: _Match) -> Found:
    low, high, _ = match.amount()
    if any(lexeme.text in {"this", "that"} for lexeme in match.all()):
        # "Three this week" tells nothing of a typical one.
        return match.found(Kind.OTHER)
    if (high or low) > 7:
        return match.found(Kind.DAYS, Unclear.INVALID)
    return _days(match, DAYS_A_MONTH / 7)


_FLIPPED = {
    Qualifier.AT_LEAST: Qualifier.AT_MOST,
    Qualifier.MORE_THAN: Qualifier.LESS_THAN,
    Qualifier.AT_MOST: Qualifier.AT_LEAST,
    Qualifier.LESS_THAN: Qualifier.MORE_THAN,
    Qualifier.NEARLY: Qualifier.ABOUT,
    Qualifier.ABOUT: Qualifier.ABOUT,
}


def _all_but(match: _Match) -> Found:
    """Days without a headache count the other way."""
    low, high, qualifier = match.amount()
    period = 7 if match.has("W") else DAYS_A_MONTH
    if low < 0 or (high or low) > period:
        return match.found(Kind.DAYS, Unclear.INVALID)
    flipped = None if qualifier is None else _FLIPPED[qualifier]
    least, most = (period - low, None) if high is None else (period - high, period - low)
    return match.found(Kind.DAYS, _whole_days(least, most, flipped, DAYS_A_MONTH / period))


def _weeks_clear(match: _Match) -> Found:
    low, high, qualifier = match.amount()
    if high is not None or not 0 <= low <= 4:
        return match.found(Kind.OTHER)
    return match.found(
        Kind.DAYS, Quantity(DAYS_A_MONTH - low * 7, qualifier=_FLIPPED[qualifier] if qualifier else None)
    )


def _out_of(match: _Match) -> Found:
    """Return the days for "20 out of 30", "4 days out of 7", "1 in 3 days"; a score out of 10 is something else."""
    total = match.value("total")
    if match.has("W") and total == 4:
        return _days(match, 7)
    if total in {7, 28, 29, 30, 31}:
        return _days(match, 1 if total > 7 else DAYS_A_MONTH / total)
    if match.has("D") and 0 < total <= DAYS_A_MONTH and total != 10:
        return _days(match, DAYS_A_MONTH / total)
    # "10 out of the 18": of the headache days told before.
    return _bare(match) if 10 < total < DAYS_A_MONTH else match.found(Kind.OTHER)


def _every_days(match: _Match) -> Found:
    every = match.value("ordinal", "r", 0) or match.value("amount")
    if match.has("Q") or any(lexeme.text == "each" for lexeme in match.all()):
        # "Six attacks, each two days": how long one lasts.
        return _attack(match)
    numbers = match.values("amount")
    if len(numbers) == 2:
        return match.found(Kind.DAYS, _range(round(DAYS_A_MONTH / numbers[1]), round(DAYS_A_MONTH / numbers[0])))
    if every <= 0 or every > DAYS_A_MONTH:
        return match.found(Kind.DAYS, Unclear.INVALID)
    low, _, qualifier = match.amount("times")
    return match.found(Kind.DAYS, _whole_days(float(round(low * DAYS_A_MONTH / every)), None, qualifier, 1))


def _every_weeks(match: _Match) -> Found:
    weeks = match.value("weeks") * (2 if match.has("F") else 1)
    # "31 injections every 12 weeks" is a treatment, not a headache.
    if not 0 < weeks <= 4:
        return match.found(Kind.OTHER)
    low, high, qualifier = match.amount("times")
    return match.found(Kind.DAYS, _whole_days(low, high, qualifier, DAYS_A_MONTH / 7 / weeks))


def _alternate(match: _Match) -> Found:
    return match.found(Kind.DAYS, Quantity(DAYS_A_MONTH / 2, qualifier=match.qualifier()))


def _part(match: _Match) -> Found:
    """Return the days for "half the month", "a third of the days", "two thirds of the time"."""
    parts = match.value("part", "r", 2.0)
    share = DAYS_A_MONTH * match.value("count") / parts
    return match.found(Kind.DAYS, _whole_days(share, None, match.qualifier(), 1))


def _fixed(match: _Match) -> Found:
    return match.found(Kind.DAYS, Quantity(float(match.value("days", "K")), qualifier=match.qualifier()))


def _months(match: _Match, group: str = "amount", unit: str = "unit") -> tuple[float, float | None, Qualifier | None]:
    low, high, qualifier = match.amount(group)
    factor = _months_in(match.within(unit)[0])
    return low * factor, None if high is None else high * factor, qualifier


def _months_in(unit: Lexeme) -> float:
    return {"Y": 12.0 if unit.value == 365 else 120.0, "M": 1.0, "W": 1 / WEEKS_A_MONTH, "F": 2 / WEEKS_A_MONTH}.get(
        unit.role, MONTHS_IN_A_DAY
    )


def _length(match: _Match) -> Found:
    """Return a length of time in months, exact: weeks / 4.345, years x 12."""
    low, high, qualifier = _months(match)
    low += _half(match)
    low += match.value("more", otherwise=0)
    found = _checked_months(low, high, qualifier)
    return Found(Kind.MONTHS, match.match.start(), match.match.end(), found, unit=match.within("unit")[0].role)


def _half(match: _Match) -> float:
    """Return what "a year and a half" adds."""
    return 0.5 * _months_in(match.within("unit")[0]) if match.within("half") else 0.0


def _checked_months(low: float, high: float | None, qualifier: Qualifier | None) -> Quantity | Unclear:
    if low < 0 or (high or low) > _MOST_MONTHS:
        return Unclear.INVALID
    return Quantity(low, high, qualifier) if high is None or low < high else Quantity(low)


def _part_of_year(match: _Match) -> Found:
    part = match.value("count") / match.value("part", "r", 2.0) * _months_in(match.within("unit")[0])
    return match.found(Kind.MONTHS, Quantity(part, qualifier=match.qualifier()))


def _between_lengths(match: _Match) -> Found:
    low, _, _ = _months(match, "amount", "unit")
    high, _, _ = _months(match, "upto", "upto_unit")
    return match.found(Kind.MONTHS, _checked_months(low, high, None) if low < high else Quantity(low))


def _year_or_two(match: _Match) -> Found:
    factor = _months_in(match.within("unit")[0])
    return match.found(Kind.MONTHS, _checked_months(factor, match.value("upto") * factor, None))


def _years(match: _Match) -> Found:
    """Return what "for years" says at least: two of them."""
    return match.found(Kind.MONTHS, Quantity(24.0, qualifier=Qualifier.AT_LEAST))


def _long_ago(match: _Match) -> Found:
    """Return a bound for "since I was a kid": an adult has had it for five years at the very least."""
    return match.found(Kind.MONTHS, Quantity(60.0, qualifier=Qualifier.AT_LEAST))


def _since_month(match: _Match) -> Found:
    """Return the months since a month, about; or since a day of it, exactly."""
    month = int(match.value("month", "j"))
    today = match.today
    year = int(match.value("year", "z", 0))
    back = (today.year - year if year else int(month > today.month)) * 12 + today.month - month
    # "Last November", said in November, is a year ago.
    if match.has("T") and not year and back == 0:
        back = 12
    day = int(match.value("day", "n", 0) or match.value("day", "r", 0))
    if back < 0:
        return match.found(Kind.MONTHS, Unclear.INVALID)
    if not 1 <= day <= 31:
        return match.found(Kind.MONTHS, Quantity(float(back), qualifier=Qualifier.ABOUT))
    months = back + (today.day - day) * MONTHS_IN_A_DAY
    return match.found(Kind.MONTHS, Quantity(round(months, 2)) if months >= 0 else Unclear.INVALID)


def _since_year(match: _Match) -> Found:
    """Return the months since the end of a year: at least so many."""
    year = int(match.value("year", "z", match.today.year - 1))
    months = (match.today.year - year - 1) * 12 + match.today.month - 1
    if year > match.today.year:
        return match.found(Kind.MONTHS, Unclear.INVALID)
    return match.found(Kind.MONTHS, Quantity(float(max(months, 0)), qualifier=Qualifier.AT_LEAST))


def _age(match: _Match) -> Found:
    number = match.value("age")
    return match.found(Kind.AGE, Quantity(number) if 0 <= number <= 120 else Unclear.INVALID)


def _bare(match: _Match) -> Found:
    low, high, qualifier = match.amount()
    if low < 0:
        return match.found(Kind.BARE, Unclear.INVALID)
    return match.found(Kind.BARE, Quantity(low, high, qualifier))


def _other(match: _Match) -> Found:
    return match.found(Kind.OTHER)


def _attack(match: _Match) -> Found:
    """Return how long one attack lasts; `unit` is "D" where it is more than a day: attacks then count several days."""
    low, high, _ = match.amount()
    hours = any(lexeme.text.startswith("h") for lexeme in match.all() if lexeme.role == "I")
    days = (high or low) / (24 if hours else 1) if hours or match.has("D") else 0.0
    return Found(Kind.OTHER, match.match.start(), match.match.end(), unit="D" if days > 1 else None)


def _share(share: float) -> Callable[[_Match], Found]:
    return lambda match: match.found(Kind.SHARE, share=share)


_GRAMMAR: list[tuple["re.Pattern[str]", Callable[[_Match], Found | None]]] = [
    (re.compile(pattern), build)
    for pattern, build in (
        # days a month
        (rf"(?P<amount>{_AMOUNT}){_FILL}l+[_H]?[ D]?[tk]*(?:{_PER}[MW]|D)?", _all_but),
        (rf"(?P<amount>{_AMOUNT})D(?:{_PER}M)?l+", _all_but),
        (rf"(?P<amount>{_AMOUNT}|[qk]*i)Wp?l+D", _weeks_clear),
        (rf"X(?P<amount>{_AMOUNT})D?", _all_but),
        (rf"(?P<amount>{_AMOUNT}){_FILL}[DxQW]?[p/]+i?(?P<total>n)[MD]*", _out_of),
        (rf"(?P<amount>{_AMOUNT}){_FILL}[DxQW]?(?P<them>c)(?P<total>n)[MD]*", _out_of),
        (rf"(?P<amount>{_AMOUNT}|[qk]*i)W[_Hcp]?{_PER}M", lambda match: _days(match, 7)),
        (rf"(?P<amount>{_AMOUNT}){_FILL}[DxQHGtk]*{_FILL}{_PER}M", _days),
        (rf"(?P<amount>{_AMOUNT}){_FILL}[DxQHGtk]*{_FILL}{_PER}W", _weekly),
        (rf"(?P<amount>{_AMOUNT}){_FILL}[DxQHGtk]*{_FILL}{_PER}F", lambda match: _days(match, DAYS_A_MONTH / 14)),
        (rf"(?P<amount>{_AMOUNT}){_FILL}[DxQHGtk]*{_FILL}{_PER}Y", lambda match: _days(match, 1 / 12)),
        (rf"(?P<amount>{_AMOUNT}){_FILL}[DxQHG](?:{_FILL}[DHG])*[tk]*", _days),
        (rf"(?P<amount>{_AMOUNT})[_c]{{0,2}}[HG]+", _days),
        (rf"eW[_HGAp]{{0,3}}(?P<amount>{_AMOUNT})[DxQHG]?", _weekly),
        (r"(?P<times>(?:[qk]*nx?[_H]*)?)[qk]*e(?P<amount>n-n|n)D", _every_days),
        (r"(?P<times>(?:[qk]*nx?[_H]*)?)[qk]*e(?P<ordinal>r)D", _every_days),
        (r"(?P<times>(?:[qk]*nx?[_H]*)?)[qk]*e(?P<weeks>n|a)?[WF]", _every_weeks),
        (r"(?P<times>[qk]*)[qk]*ea[DW]", _alternate),
        (r"[qk]*(?P<part>h)[pi]*[MDx]", _part),
        (r"[qk]*(?P<count>n)?i?(?P<part>r)[pi]+[MDx]", _part),
        (r"[qk]*(?P<days>K)", _fixed),
        # lengths of time
        (rf"(?P<amount>{_AMOUNT})_?(?P<unit>[YMWF])&?(?P<more>n)M", _length),
        (rf"(?P<amount>{_AMOUNT}|[qk]*i[p_]?|[qk]*)(?P<unit>[YMWF])(?P<half>v)[tk]*", _length),
        (rf"(?P<amount>{_AMOUNT}|[qk]*i[p_]?)(?P<unit>[YMWF])[tk]*", _length),
        (rf"[fsT]+p*(?P<amount>{_AMOUNT})(?P<unit>D)[tk]*", _length),
        (rf"(?P<amount>{_AMOUNT}|i)(?P<unit>[YMWF])-(?P<upto>n|i)(?P<upto_unit>[YMW])", _between_lengths),
        (r"i(?P<unit>[YMW])-(?P<upto>n)", _year_or_two),
        (r"[qk]*(?P<part>h)i?(?P<unit>Y)[tk]*", _part_of_year),
        (r"[qk]*(?P<count>n)?(?P<part>r)[pi]+(?P<unit>Y)[tk]*", _part_of_year),
        (r"f?(?P<years>Y)", _years),
        (r"s?Z|sS", _long_ago),
        (r"[sp]*[sU][p_T]*(?P<day>[nr])?p?(?P<month>j)[pT]?(?P<year>z)?", _since_month),
        (r"(?:s[p_]*|U)(?P<year>[zy])", _since_year),
        # everything else with a number
        (r"A(?:_?\.)?(?P<age>n)(?=[.&_o]|$)o?", _age),
        (r"A(?P<age>n)Y", _age),
        (r"(?P<age>n)o", _age),
        (r"i?(?P<age>n)Y_?o", _age),
        (rf"N(?P<amount>{_AMOUNT})[DWMY]", _other),
        (rf"A?(?P<amount>{_AMOUNT})_?[IR]", _other),
        (rf"(?P<amount>{_AMOUNT})[_IR]{{0,2}}[pi]D", _other),
        (rf"L(?P<amount>{_AMOUNT})[DWMI]?", _attack),
        (rf"e?(?P<amount>{_AMOUNT})[DI](?:m|e(?=\.|$))", _attack),
        # "Several times a week" has no number; it is not a week.
        (rf"[xQHGD]{_PER}[WMFY]", lambda match: None),
        (r"nj|jn|Wn", _other),
        (r"C", _share(1.0)),
        (r"b", _share(0.5)),
        (rf"(?P<amount>{_AMOUNT})c?", _bare),
    )
]

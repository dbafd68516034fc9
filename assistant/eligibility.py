"""The founding rule: a person's own numbers beside the published pattern. It never diagnoses and never decides."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Literal

from assistant import yaml_file
from assistant.quantity import Qualifier, Quantity

FILE = Path(__file__).with_suffix(".yml")
COUNTS = ("headache_days", "migraine_days", "duration_months")
# Half a month: the least that "about three months" leaves open.
_LEEWAY_MONTHS = 0.5
_OPEN_ENDED = {Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.AT_MOST, Qualifier.LESS_THAN}

Diagnosed = Literal["yes", "no", "unsure"]


class Outcome(Enum):
    """What a comparison can come to, in order of precedence."""

    UNDER_18 = "under_18"
    BELOW = "below"
    FREQUENT_FEW_MIGRAINE = "frequent_few_migraine"
    SHORT_HISTORY = "short_history"
    UNCLEAR = "unclear"
    MATCH_DIAGNOSED = "match_diagnosed"
    MATCH_NOT_DIAGNOSED = "match_not_diagnosed"


class Status(Enum):
    """How an answer stands to one limit."""

    MET = "met"
    NOT_MET = "not met"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Answers:
    """What a person has said; None where they do not know.

    headache_days, migraine_days: in a typical month, the second among the first; duration_months: for how long.
    """

    adult: bool | None = None
    diagnosed: Diagnosed | None = None
    headache_days: Quantity | None = None
    migraine_days: Quantity | None = None
    duration_months: Quantity | None = None


@dataclass(frozen=True)
class Limit:
    """One published limit: at least `number`, or, where `exclusive`, more than it.

    near: from where to where an answer is close to the limit; source: id in data/sources.yml; date: the source's year.
    """

    name: str
    number: float
    exclusive: bool
    unit: str
    near: tuple[float, float] | None
    outcome: Outcome
    source: str
    date: str

    def status(self, amount: Quantity | None) -> Status:
        """Return how `amount` stands to the limit: met or not met only where that is certain."""
        if amount is None:
            return Status.UNCLEAR
        low, high = self._bounds(amount)
        if self._reached_by(low):
            return Status.MET
        return Status.UNCLEAR if self._reached_by(high) else Status.NOT_MET

    def is_near(self, amount: Quantity | None) -> bool:
        """Return whether `amount` may lie close to the limit; "at least" and "less than" reach too far to say."""
        if amount is None or self.near is None or amount.qualifier in _OPEN_ENDED:
            return False
        low, high = self._bounds(amount)
        return low <= self.near[1] and self.near[0] <= high

    def _reached_by(self, number: float) -> bool:
        return number > self.number if self.exclusive else number >= self.number

    def _bounds(self, amount: Quantity) -> tuple[float, float]:
        return amount.bounds(_LEEWAY_MONTHS) if self.unit == "months" else amount.whole_bounds()


@dataclass(frozen=True)
class Assessment:
    """The outcome, how each limit was met (age first, then COUNTS), and whether a deciding number is near its limit."""

    outcome: Outcome
    criteria: dict[str, Status]
    near_limit: bool


@cache
def limits(file: Path = FILE) -> dict[str, Limit]:
    """Return the published limits by name, in the order in which they decide."""
    return {name: _limit(name, entry) for name, entry in yaml_file.read(file).items() if "outcome" in entry}


def sources(file: Path = FILE) -> tuple[str, ...]:
    """Return the ids of the sources behind the rule, each once."""
    entries = yaml_file.read(file).values()
    return tuple(dict.fromkeys(entry["source"] for entry in entries))


def conflict(answers: Answers) -> bool:
    """Return whether the numbers cannot both be true: migraine days are part of the headache days."""
    if answers.headache_days is None or answers.migraine_days is None:
        return False
    most_headache = answers.headache_days.whole_bounds()[1]
    fewest_migraine = answers.migraine_days.whole_bounds()[0]
    return fewest_migraine > most_headache


def assess(answers: Answers) -> Assessment:
    """Compare `answers` with the published pattern.

    The limits and their sources are in eligibility.yml: headache on 15 or more days a month, migraine on 8 or more of
    them, for more than 3 months (ICHD-3 1.3, 2018), in adults (BOTOX Medication Guide) with the diagnosis (NICE TA260).

    Raises:
        ValueError: the numbers contradict each other (see `conflict`); then there is nothing to compare.
    """
    if conflict(answers):
        raise ValueError("there cannot be more migraine days than headache days")
    age = {True: Status.MET, False: Status.NOT_MET, None: Status.UNCLEAR}[answers.adult]
    criteria = {"adult": age} | {name: limits()[name].status(getattr(answers, name)) for name in COUNTS}
    outcome = _outcome(criteria, answers.diagnosed)
    return Assessment(outcome, criteria, _near_limit(outcome, answers))


def _outcome(criteria: dict[str, Status], diagnosed: Diagnosed | None) -> Outcome:
    for name, status in criteria.items():
        if status is Status.NOT_MET:
            return limits()[name].outcome
    if Status.UNCLEAR in criteria.values():
        return Outcome.UNCLEAR
    return Outcome.MATCH_DIAGNOSED if diagnosed == "yes" else Outcome.MATCH_NOT_DIAGNOSED


def _near_limit(outcome: Outcome, answers: Answers) -> bool:
    """A failed limit is near if the failing number is; a match if any number is; `unclear` says so by itself."""
    deciding = [name for name in COUNTS if limits()[name].outcome is outcome]
    if outcome in {Outcome.MATCH_DIAGNOSED, Outcome.MATCH_NOT_DIAGNOSED}:
        deciding = list(COUNTS)
    return any(limits()[name].is_near(getattr(answers, name)) for name in deciding)


def _limit(name: str, entry: dict[str, object]) -> Limit:
    exclusive = "more_than" in entry
    near = entry.get("near")
    assert near is None or isinstance(near, list)
    return Limit(
        name=name,
        number=float(str(entry["more_than" if exclusive else "at_least"])),
        exclusive=exclusive,
        unit=str(entry["unit"]),
        near=(float(near[0]), float(near[1])) if near else None,
        outcome=Outcome(entry["outcome"]),
        source=str(entry["source"]),
        date=str(entry["date"]),
    )

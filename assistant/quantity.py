"""An amount as a person states it: exact, a range, or with its qualifier kept ("at least 15", "nearly 3")."""

import math
import re
from dataclasses import dataclass
from enum import Enum


class Qualifier(Enum):
    """How a person limits a number. The values are the notation in which slots hold it."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    NEARLY = "nearly"
    ABOUT = "about"


class Unclear(Enum):
    """What was said instead of an amount of days or months. UNKNOWN's value is the notation in which slots hold it."""

    UNKNOWN = "unknown"
    VAGUE = "vague"
    INVALID = "invalid"
    ATTACKS = "attacks"


# "About 20" may be 18 to 22, "nearly 20" 18 or 19. No source gives such figures: they only widen what is said, so that
# a number beside a limit is never counted as past it.
_LEEWAY = 0.1


@dataclass(frozen=True)
class Quantity:
    """An amount in days a month or in months: `number`, or `number` to `upper`, or a qualified number."""

    number: float
    upper: float | None = None
    qualifier: Qualifier | None = None

    def __post_init__(self) -> None:
        """Refuse what is no amount."""
        if not math.isfinite(self.number) or self.number < 0:
            raise ValueError(f"{self.number} is no amount")
        if self.upper is not None and (self.qualifier or not self.number < self.upper < math.inf):
            raise ValueError(f"{self.number} to {self.upper} is no range")

    @classmethod
    def parse(cls, text: str) -> "Quantity":
        """Read what `str` wrote.

        Raises:
            ValueError: `text` is in another notation.
        """
        match = _NOTATION.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is no amount such as 15, 15-20 or at least 15")
        upper = match["upper"]
        return cls(
            float(match["number"]),
            float(upper) if upper else None,
            Qualifier(match["qualifier"]) if match["qualifier"] else None,
        )

    def __str__(self) -> str:
        """Return the amount in the notation of slots: 15, 15-20, at least 15."""
        number = _figure(self.number)
        if self.upper is not None:
            return f"{number}-{_figure(self.upper)}"
        return f"{self.qualifier.value} {number}" if self.qualifier else number

    def scaled(self, factor: float) -> "Quantity":
        """Return the amount in another unit: `factor` of the new ones to one of the old."""
        upper = None if self.upper is None else self.upper * factor
        return Quantity(self.number * factor, upper, self.qualifier)

    def bounds(self, leeway: float) -> tuple[float, float]:
        """Return the least and the greatest amount that may be meant; `leeway`: the least width of "about"."""
        around = max(leeway, self.number * _LEEWAY)
        beside = math.ulp(max(self.number, 1.0))
        return {
            None: (self.number, self.number if self.upper is None else self.upper),
            Qualifier.AT_LEAST: (self.number, math.inf),
            Qualifier.MORE_THAN: (self.number + beside, math.inf),
            Qualifier.AT_MOST: (0.0, self.number),
            Qualifier.LESS_THAN: (0.0, self.number - beside),
            Qualifier.NEARLY: (max(0.0, self.number - around), self.number - beside),
            Qualifier.ABOUT: (max(0.0, self.number - around), self.number + around),
        }[self.qualifier]

    def whole_bounds(self) -> tuple[float, float]:
        """Return the least and the greatest whole number that may be meant: more than 14 days is at least 15."""
        low, high = self.bounds(leeway=1)
        loose = self.qualifier in {None, Qualifier.ABOUT}
        # What is loosely said is widened, never rounded up to a limit; a bound is exact.
        least = math.floor(low) if loose or self.qualifier is Qualifier.NEARLY else math.ceil(low)
        if math.isinf(high):
            return float(least), high
        return float(least), float(math.ceil(high) if loose else math.floor(high))


def _figure(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


_NUMBER = r"\d+(?:\.\d+)?"
_NOTATION = re.compile(
    rf"(?:(?P<qualifier>{'|'.join(kind.value for kind in Qualifier)}) )?(?P<number>{_NUMBER})(?:-(?P<upper>{_NUMBER}))?"
)

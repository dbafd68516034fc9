"""The clinic's own settings (clinic.yml), and the numbers to call where it is (data/countries.yml)."""

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from assistant import yaml_file

FILE = Path("clinic.yml")
COUNTRIES = Path("data/countries.yml")
ANYWHERE = "anywhere"
MAY_LOSE = 10
_LONGEST = 120
# The settings that are whole numbers, with their least. What one person alone asked is never shown to staff.
_NUMBERS = {"inbox_from": 2, "may_lose": 0}
_PHONE = re.compile(r"\+?[\d ()/.-]{3,24}")


class ClinicError(Exception):
    """A setting cannot be right; the message names it and says what to write instead."""


@dataclass(frozen=True)
class Clinic:
    """What the clinic says about itself; None where it says nothing.

    phone: as patients dial it; hours: in words; country: US, GB or EU; booking: an https address; inbox_from: from how
    many different conversations on staff see a question that was not answered; two_people: whether publishing needs a
    second name; may_lose: of 100 test questions of a topic, how many a change may take from it.
    """

    name: str | None = None
    phone: str | None = None
    hours: str | None = None
    country: str | None = None
    booking: str | None = None
    inbox_from: int = 3
    two_people: bool = False
    may_lose: int = MAY_LOSE


@dataclass(frozen=True)
class Call:
    """A number to tap: what the button says, and what it dials."""

    title: str
    tel: str


@dataclass(frozen=True)
class Numbers:
    """Whom to call in a country, as words for a sentence and as buttons."""

    emergency: str
    emergency_short: str
    urgent: str
    crisis: str
    sources: tuple[str, ...]
    emergency_calls: tuple[Call, ...]
    urgent_calls: tuple[Call, ...]
    crisis_calls: tuple[Call, ...]

    @property
    def named(self) -> dict[str, str]:
        """The words for a sentence, by the names that texts have for them in braces."""
        return {
            "emergency_numbers": self.emergency,
            "emergency_number": self.emergency_short,
            "urgent_help": self.urgent,
            "crisis_help": self.crisis,
        }


def load(file: Path = FILE) -> Clinic:
    """Return the clinic's settings; a missing file is an empty one.

    Raises:
        ClinicError: the file cannot be read, or a setting cannot be right.
    """
    try:
        content = yaml_file.read(file) if file.exists() else None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ClinicError(f"{file} cannot be read: {error}. Put every value in quotes.") from error
    content = {} if content is None else content
    if not isinstance(content, dict):
        raise ClinicError(f'{file}: each line is a setting, such as phone: "+44 20 7946 0000".')
    known = [field.name for field in fields(Clinic)]
    unknown = [str(name) for name in content if name not in known]
    if unknown:
        raise ClinicError(f"{file}: there is no setting {', '.join(unknown)}. The settings are: {', '.join(known)}.")
    given = {name: value for name, value in content.items() if value not in (None, "")}
    clinic = Clinic(**{name: _value(file, name, value) for name, value in given.items()})
    _check(file, clinic)
    return clinic


def numbers(country: str | None, file: Path = COUNTRIES) -> Numbers:
    """Return whom to call in `country`; where it is None, everywhere that we know of."""
    entry = yaml_file.read(file)[country or ANYWHERE]
    return Numbers(
        emergency=entry["emergency"],
        emergency_short=entry["emergency_short"],
        urgent=entry["urgent"],
        crisis=entry["crisis"],
        sources=tuple(entry["sources"]),
        emergency_calls=_calls(entry["emergency_calls"]),
        urgent_calls=_calls(entry["urgent_calls"]),
        crisis_calls=_calls(entry["crisis_calls"]),
    )


def _calls(entries: list[dict[str, str]]) -> tuple[Call, ...]:
    return tuple(Call(entry["title"], entry["tel"]) for entry in entries)


def _text(file: Path, name: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ClinicError(f'{file}: put the value of {name} in quotes, such as {name}: "{value}".')
    text = value.strip()
    if not text.isprintable() or len(text) > _LONGEST:
        raise ClinicError(f"{file}: {name} must be one line of at most {_LONGEST} characters.")
    return text or None


def _yes_or_no(file: Path, name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ClinicError(f"{file}: {name} is {value!r}. Write yes or no, without quotes.")
    return value


def _number(file: Path, name: str, value: Any) -> int:
    least = _NUMBERS[name]
    if type(value) is not int or not least <= value <= 100:
        raise ClinicError(f"{file}: {name} is {value!r}. Write a whole number from {least} to 100, without quotes.")
    return value


def _value(file: Path, name: str, value: Any) -> Any:
    if name in _NUMBERS:
        return _number(file, name, value)
    return _yes_or_no(file, name, value) if name == "two_people" else _text(file, name, value)


def _check(file: Path, clinic: Clinic) -> None:
    countries = [name for name in yaml_file.read(COUNTRIES) if name != ANYWHERE]
    if clinic.country is not None and clinic.country not in countries:
        raise ClinicError(
            f"{file}: country is {clinic.country!r}. Write one of {', '.join(countries)}, or leave it empty: "
            "then the numbers of all of them are shown."
        )
    if clinic.phone is not None and not _PHONE.fullmatch(clinic.phone):
        raise ClinicError(f'{file}: phone is {clinic.phone!r}. Write it as it is dialed, such as "+44 20 7946 0000".')
    if clinic.booking is not None and not re.fullmatch(r"https://[^\s/]+\.[^\s]+", clinic.booking):
        raise ClinicError(f"{file}: booking is {clinic.booking!r}. Write a whole address that begins with https://")

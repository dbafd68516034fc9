"""What the assistant never says: verdicts, diagnoses, promises, prices, figures without a source (forbidden.yml)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yml")


@dataclass(frozen=True)
class Phrase:
    """A way of speaking that is not ours; `why` and `instead` continue a sentence."""

    pattern: re.Pattern[str]
    why: str
    instead: str


@dataclass(frozen=True)
class Found:
    """A forbidden phrase in a text: what was written, and at which character."""

    phrase: Phrase
    said: str
    start: int


@cache
def phrases(file: Path = FILE) -> tuple[Phrase, ...]:
    """Return every forbidden phrase."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(Phrase(re.compile(entry["pattern"], re.I), entry["why"], entry["instead"]) for entry in entries)


def found(text: str) -> Iterator[Found]:
    """Yield what `text` says that it must not, the same words once."""
    said: set[str] = set()
    for phrase in phrases():
        for match in phrase.pattern.finditer(text):
            if match[0].lower() not in said:
                said.add(match[0].lower())
                yield Found(phrase, match[0], match.start())

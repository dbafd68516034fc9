"""Read the FAQ: one Rasa-native file a topic, with its questions, answer and sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path("data/faq")
PREFIX = "faq/"


class FaqError(Exception):
    """A FAQ file is not as it should be; the message names the file and the fix."""


@dataclass(frozen=True)
class Topic:
    """One FAQ topic. `sources` are ids in data/sources.yml, `related` are ids of other topics."""

    id: str
    title: str
    questions: tuple[str, ...]
    answer: str
    sources: tuple[str, ...]
    reviewed: date
    review_due: date
    related: tuple[str, ...]

    @property
    def label(self) -> str:
        """The topic's full intent, as the classifier knows it: `faq/<id>`."""
        return PREFIX + self.id


def load(folder: Path = FOLDER) -> dict[str, Topic]:
    """Return every topic of `folder` by id.

    Raises:
        FaqError: a file cannot be read as a topic.
    """
    return {file.stem: read(file) for file in sorted(folder.glob("*.yml"))}


def read(file: Path) -> Topic:
    """Return the topic that `file` holds.

    Raises:
        FaqError: the file is not a topic in the documented form.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FaqError(f"{file}: this is not valid YAML: {error}") from error
    try:
        return _topic(file.stem, content)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise FaqError(f"{file}: {error!r} - compare it with another file in {file.parent}.") from error


def questions(examples: str) -> tuple[str, ...]:
    """Return the lines of a Rasa `examples` block without their leading dash."""
    return tuple(line.strip()[1:].strip() for line in examples.splitlines() if line.strip())


def _topic(topic: str, content: Mapping[str, Any]) -> Topic:
    (nlu,) = content["nlu"]
    if nlu["intent"] != PREFIX + topic:
        raise ValueError(f"the intent is {nlu['intent']}, but the file's name asks for {PREFIX}{topic}")
    (response,) = content["responses"][f"utter_{PREFIX}{topic}"]
    metadata = response["metadata"]
    return Topic(
        id=topic,
        title=metadata["title"],
        questions=questions(nlu["examples"]),
        answer=response["text"],
        sources=tuple(metadata["sources"]),
        reviewed=date.fromisoformat(metadata["reviewed"]),
        review_due=date.fromisoformat(metadata["review_due"]),
        related=tuple(metadata["related"]),
    )

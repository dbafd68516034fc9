"""Read the FAQ: one Rasa-native file a topic, with its questions, answer and sources."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant import yaml_file

FOLDER = Path("data/faq")
PREFIX = "faq/"
# What a topic may be called: its file's name.
ID = re.compile(r"[a-z][a-z0-9_]*")
_COMPARE = "CONTRIBUTING.md shows the form; another file in data/faq is a good example."


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
    return parse(file.read_text(encoding="utf-8"), file)


def parse(text: str, file: Path) -> Topic:
    """Return the topic that `text` holds; `file` gives its name, and is not read.

    Raises:
        FaqError: the text is not a topic in the documented form.
    """
    try:
        content = yaml_file.parse(text)
    except yaml.YAMLError as error:
        raise FaqError(f"{file}: this is not valid YAML: {error}") from error
    try:
        return _topic(file.stem, content)
    except KeyError as error:
        raise FaqError(f"{file}: {error.args[0]} is missing or misspelt. {_COMPARE}") from error
    except (IndexError, TypeError, ValueError, AttributeError) as error:
        raise FaqError(f"{file}: {error}. {_COMPARE}") from error


def questions(examples: str) -> tuple[str, ...]:
    """Return the lines of a Rasa `examples` block without their leading dash.

    Raises:
        ValueError: a line does not begin with a dash.
    """
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    for line in lines:
        if not line.startswith("- "):
            raise ValueError(f'each question begins with "- ", but one line is: {line}')
    return tuple(line[2:].strip() for line in lines)


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
        sources=_ids(metadata, "sources"),
        reviewed=_date(metadata, "reviewed"),
        review_due=_date(metadata, "review_due"),
        related=_ids(metadata, "related"),
    )


def _date(metadata: Mapping[str, Any], name: str) -> date:
    """Read a date; YAML turns an unquoted one into something that Rasa cannot store."""
    try:
        return date.fromisoformat(metadata[name])
    except (TypeError, ValueError):
        raise ValueError(f'{name} must be a date in quotes, such as {name}: "2026-11-23"') from None


def _ids(metadata: Mapping[str, Any], name: str) -> tuple[str, ...]:
    if not isinstance(metadata[name], list):
        raise ValueError(f"{name} must be a list in brackets, such as {name}: [one, another]")
    return tuple(metadata[name])

"""What the assistant learns from: the training questions of data/, with their labels."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant import yaml_file
from assistant.faq import questions

FOLDER = Path("data")
# Where training questions are, each file in Rasa's own form: those of the topics, and all others.
TOPICS, OTHERS = "faq", "nlu"
# What the alarms alone learn from; Rasa need not read it.
ALARM_FILES = ("safety.yml", "harmless.yml", "ordinary.yml")


@dataclass(frozen=True)
class Example:
    """A training question and its label in full, such as `faq/side_effects`, `greet` or `emergency`."""

    text: str
    label: str


def load(folder: Path = FOLDER) -> list[Example]:
    """Return every training question of `folder`.

    Raises:
        ValueError: a file cannot be read; the message names it.
    """
    return [example for part in (TOPICS, OTHERS) for example in read_all(folder / part)]


def read_all(folder: Path) -> list[Example]:
    """Return the training questions of the files in one folder.

    Raises:
        ValueError: a file cannot be read; the message names it.
    """
    return [example for file in sorted(folder.glob("*.yml")) for example in read(file)]


def read(file: Path) -> list[Example]:
    """Return the training questions of one file.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        content = yaml_file.read(file)
        entries = content["alarms_only"] if "alarms_only" in content else content["nlu"]
        return [Example(text, entry["intent"]) for entry in entries for text in questions(entry["examples"])]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{file} cannot be read. `migraine faq check` says what is wrong with it.") from error

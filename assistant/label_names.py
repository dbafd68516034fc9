"""What staff call a label: a topic's id, and a few words for what is no topic of theirs (label_names.yml)."""

from functools import cache
from pathlib import Path

from assistant import yaml_file
from assistant.faq import PREFIX

FILE = Path(__file__).with_suffix(".yml")


def called(label: str) -> str:
    """Return a topic's id for its label `faq/<id>`; or "the" and what the label stands for."""
    return label.removeprefix(PREFIX) if label.startswith(PREFIX) else f"the {in_words(label)}"


def in_words(label: str) -> str:
    """Return what a label that is no topic stands for, in a few words that begin small.

    Raises:
        KeyError: it has no name in label_names.yml.
    """
    return _names()[label]


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = yaml_file.read(FILE)
    return names

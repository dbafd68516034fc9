"""Read data/sources.yml: every source an answer cites, once, by id."""

from dataclasses import dataclass
from pathlib import Path

from assistant import yaml_file

FILE = Path("data/sources.yml")


@dataclass(frozen=True)
class Source:
    """Where a fact comes from. `recheck`: compare with the publisher's page before release."""

    id: str
    title: str
    url: str | None
    recheck: bool


def load(file: Path = FILE) -> dict[str, Source]:
    """Return every source of `file` by id."""
    entries = yaml_file.read(file)
    return {
        id_: Source(id_, entry["title"], entry.get("url"), entry.get("recheck", False))
        for id_, entry in entries.items()
    }

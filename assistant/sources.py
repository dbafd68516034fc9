"""Read data/sources.yml: every source an answer cites, once, by id."""

import json
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path("data/sources.yml")


@dataclass(frozen=True)
class Source:
    """Where a fact comes from. `recheck`: compare with the publisher's page before release."""

    id: str
    title: str
    url: str | None
    recheck: bool


def added(text: str, source: Source) -> str:
    """Return the text of the file with one more source at its end; what is there stays to the letter."""
    lines = [f"{source.id}:", f"  title: {json.dumps(source.title, ensure_ascii=False)}"]
    if source.url:
        lines.append(f"  url: {json.dumps(source.url, ensure_ascii=False)}")
    return text.rstrip("\n") + "\n" + "\n".join(lines) + "\n"


def load(file: Path = FILE) -> dict[str, Source]:
    """Return every source of `file` by id."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {
        id_: Source(id_, entry["title"], entry.get("url"), entry.get("recheck", False))
        for id_, entry in entries.items()
    }

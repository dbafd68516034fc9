"""The content both bots are trained on: the project's own, capped, with made-up topics, or with one question more."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant import yaml_file

# Made-up topics: each pairs a thing with a deed, so that a thousand of them are all different.
_THINGS = (
    "parking permit", "waiting room", "lift", "bus stop", "reception desk", "medical record", "blood sample",
    "referral letter", "insurance card", "prescription", "hearing loop", "wheelchair", "interpreter", "changing room",
    "locker", "vending machine", "feedback form", "billing office", "patient portal", "text reminder", "test result",
    "study nurse", "pharmacy counter", "x-ray film", "discharge note", "consent form", "visitor badge", "prayer room",
    "water fountain", "bicycle rack", "taxi stand", "lost property", "phone charger", "guide dog", "baby room",
    "night entrance", "fire exit", "car park barrier", "library trolley", "garden bench",
)  # fmt: skip
_DEEDS = (
    "book", "cancel", "pay for", "find", "change", "renew", "share", "borrow", "return", "report", "clean", "move",
    "photograph", "print", "translate", "insure", "replace", "lock", "label", "order", "inspect", "repair", "swap",
    "reserve", "measure",
)  # fmt: skip
_QUESTIONS = (
    "how do i {deed} the {thing}",
    "can i {deed} a {thing} here",
    "who helps me {deed} my {thing}",
    "i need to {deed} the {thing} today",
    "{thing}: is it possible to {deed} it?",
)


def cap(data: Path, most: int) -> int:
    """Keep the first `most` questions of each intent and topic in the folder `data`; return how many are left.

    Of the ordinary questions that the alarms alone learn from, in place of the topics, as many are kept as the topics
    have then. They are not counted: the other bot does not read them.
    """
    kept: dict[str, int] = {}
    for file, entries, content in _entries(data, "nlu"):
        for entry in entries:
            questions = entry["examples"].splitlines()
            allowed = questions[: most - kept.get(entry["intent"], 0)]
            kept[entry["intent"]] = kept.get(entry["intent"], 0) + len(allowed)
            entry["examples"] = "\n".join(allowed)
        content["nlu"] = [entry for entry in entries if entry["examples"]]
        write(file, content)
    topics = sum(number for intent, number in kept.items() if intent.startswith("faq/"))
    for file, entries, content in _entries(data, "alarms_only"):
        questions = [question for entry in entries for question in entry["examples"].splitlines()]
        examples = "\n".join(questions[:: max(1, len(questions) // topics)])
        write(file, {**content, "alarms_only": [{**entries[0], "examples": examples}]})
    return sum(kept.values())


def count(data: Path) -> int:
    """Return how many questions are in the folder `data`."""
    return sum(len(entry["examples"].splitlines()) for _, entries, _ in _entries(data, "nlu") for entry in entries)


def grow(data: Path, topics: int) -> None:
    """Add made-up topics until the folder `data` has `topics` of them.

    Raises:
        ValueError: there are more already, or not so many can be made up.
    """
    missing = topics - len(list((data / "faq").glob("*.yml")))
    made = list(itertools.islice(_made_up(), max(missing, 0)))
    if len(made) != missing:
        raise ValueError(f"{missing} topics cannot be made up")
    for name, content in made:
        write(data / f"faq/{name}.yml", content)


def change_one_topic(data: Path, number: int) -> None:
    """Add a question to the first topic, another for each `number`."""
    file = min((data / "faq").glob("*.yml"))
    content = yaml_file.read(file)
    entry = content["nlu"][0]
    entry["examples"] = f"{entry['examples'].rstrip()}\n- one more thing i wanted to ask, number {number}"
    write(file, content)


def write(file: Path, content: Any) -> None:
    """Write `content` to `file` as YAML."""
    file.write_text(yaml.dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _entries(data: Path, key: str) -> Iterator[tuple[Path, list[dict[str, str]], dict[str, Any]]]:
    """Yield each file in the folder `data` that has intents under `key`, with these and with its whole content."""
    for file in sorted(data.rglob("*.yml")):
        content = yaml_file.read(file)
        if isinstance(content, dict) and content.get(key):
            yield file, content[key], content


def _made_up() -> Iterator[tuple[str, dict[str, Any]]]:
    for deed, thing in itertools.product(_DEEDS, _THINGS):
        name = f"{deed} {thing}".replace(" ", "_").replace("-", "_")
        questions = [question.format(deed=deed, thing=thing) for question in _QUESTIONS]
        answer = {
            "text": f"Ask at the desk how to {deed} the {thing}. A nurse will help you.",
            "metadata": {
                "title": questions[0],
                "sources": [],
                "reviewed": "2026-01-01",
                "review_due": "2027-01-01",
                "related": [],
            },
        }
        yield (
            name,
            {
                "version": "3.1",
                "nlu": [{"intent": f"faq/{name}", "examples": "\n".join(f"- {question}" for question in questions)}],
                "responses": {f"utter_faq/{name}": [answer]},
            },
        )

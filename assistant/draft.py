"""Unpublished changes: a topic's file that is tried before patients meet it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.classifier import QuestionClassifier
from assistant.faq import PREFIX, Topic
from assistant.text import key
from assistant.training_data import Example


def with_topic(examples: Iterable[Example], topic: Topic) -> list[Example]:
    """Return the training questions with those of `topic` in the place of its present ones."""
    others = [example for example in examples if example.label != topic.label]
    return [*others, *(Example(question, topic.label) for question in topic.questions)]


def with_answer(responses: Mapping[str, Sequence[Mapping[str, Any]]], topic: Topic) -> dict[str, Any]:
    """Return the responses with the answer of `topic` in the place of its present one."""
    return {**responses, f"utter_{topic.label}": [{"text": topic.answer, "metadata": {"title": topic.title}}]}


def unpublished(examples: Iterable[Example], live: QuestionClassifier) -> list[str]:
    """Return the topics whose training questions are others than those that `live` was taught, in order.

    A question that stands in two topics counts for neither: which of them it was taught for is chance.
    """
    labels: dict[str, set[str]] = {}
    for example in examples:
        labels.setdefault(key(example.text), set()).add(example.label)
    written = {(question, next(iter(of))) for question, of in labels.items() if len(of) == 1 and question}
    taught = {(question, label) for question, label in live.keys.items() if len(labels.get(question, ())) < 2}
    changed = {label for _, label in written ^ taught if label.startswith(PREFIX)}
    return sorted(label.removeprefix(PREFIX) for label in changed)


def file_of(name: str, folder: Path) -> Path:
    """Return the draft that staff mean by `name`: a file, or a topic of `folder`."""
    topic = folder / f"{name}.yml"
    return topic if topic.is_file() and not Path(name).is_file() else Path(name)

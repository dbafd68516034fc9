"""Unpublished changes: a topic's file that is tried before patients meet it, finished or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import faq_document
from assistant.alarm_classifier import ORDINARY
from assistant.classifier import QuestionClassifier
from assistant.faq import PREFIX, FaqError
from assistant.text import key
from assistant.training_data import Example


@dataclass(frozen=True)
class Draft:
    """What of a topic is needed to try it. The answer may be missing yet: then it is empty."""

    id: str
    title: str
    questions: tuple[str, ...]
    answer: str

    @property
    def label(self) -> str:
        """The topic's full intent: `faq/<id>`."""
        return PREFIX + self.id


def read(file: Path) -> Draft:
    """Return the draft that `file` holds.

    Raises:
        FaqError: it cannot be read, or has no questions yet; the message says where and what to do.
    """
    document = faq_document.read(file.stem, file.read_text(encoding="utf-8", errors="replace"))
    if not document.questions:
        trouble = document.troubles[0] if document.troubles else None
        why = f"line {trouble.line}: {trouble.message} {trouble.fix}" if trouble else "there are no questions yet."
        raise FaqError(f"{file}, {why}")
    return Draft(
        id=file.stem,
        title=document.title.value if document.title else document.questions[0].value,
        questions=tuple(question.value for question in document.questions),
        answer=document.answer.value if document.answer else "",
    )


def with_questions(examples: Iterable[Example], draft: Draft) -> list[Example]:
    """Return the training questions with those of the draft in the place of its topic's present ones."""
    others = [example for example in examples if example.label != draft.label]
    return [*others, *(Example(question, draft.label) for question in draft.questions)]


def with_answer(responses: Mapping[str, Sequence[Mapping[str, Any]]], draft: Draft) -> dict[str, Any]:
    """Return the responses with the answer of the draft in the place of its topic's present one."""
    return {**responses, f"utter_{draft.label}": [{"text": draft.answer, "metadata": {"title": draft.title}}]}


def unpublished(examples: Iterable[Example], live: QuestionClassifier) -> list[str]:
    """Return the topics whose training questions are others than those that `live` was taught, in order.

    A question that stands in two topics counts for neither: which of them it was taught for is chance.
    """
    labels: dict[str, set[str]] = {}
    for example in examples:
        if example.label != ORDINARY:
            labels.setdefault(key(example.text), set()).add(example.label)
    written = {(question, next(iter(of))) for question, of in labels.items() if len(of) == 1 and question}
    taught = {(question, label) for question, label in live.keys.items() if len(labels.get(question, ())) < 2}
    changed = {label for _, label in written ^ taught if label.startswith(PREFIX)}
    return sorted(label.removeprefix(PREFIX) for label in changed)

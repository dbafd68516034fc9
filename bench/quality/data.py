"""What is taught and what is asked: the project's own questions, and two sets that nobody here wrote."""

import csv
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import evaluation, faq, training_data, yaml_file
from assistant.alarm_classifier import NO_TOPICS
from assistant.classifier import OUT_OF_SCOPE
from assistant.scope import ALARMS
from cli.paths import PROJECT, QUESTIONS

_OTHERS = Path(__file__).parent / "data"
_SEED = 0
# A label and what was said.
Question = tuple[str, str]


@dataclass(frozen=True)
class Task:
    """What is taught, what is asked, and the answers by label (Rasa's ResponseSelector learns from them, too)."""

    taught: Sequence[Question]
    asked: Sequence[Question]
    answers: Mapping[str, str]

    def few(self, a_label: int) -> "Task":
        """Return the task with at most so many questions taught a label, drawn at random, the same each time."""
        by_label: dict[str, list[str]] = defaultdict(list)
        for label, question in self.taught:
            by_label[label].append(question)
        drawn = [
            (label, question)
            for label, questions in by_label.items()
            for question in random.Random(_SEED).sample(questions, min(a_label, len(questions)))  # noqa: S311
        ]
        return Task(drawn, self.asked, self.answers)

    def asking(self, most: int) -> "Task":
        """Return the task with at most so many questions asked, drawn at random, the same each time."""
        drawn = random.Random(_SEED).sample(list(self.asked), min(most, len(self.asked)))  # noqa: S311
        return Task(self.taught, drawn, self.answers)


def own() -> Task:
    """Return the project's own questions and its development set; alarms are measured elsewhere (decision 0007)."""
    examples = training_data.load(PROJECT / training_data.FOLDER)
    taught = [(example.label, example.text) for example in examples if example.label not in NO_TOPICS]
    answers = {
        name.removeprefix("utter_"): variants[0]["text"]
        for file in sorted((PROJECT / faq.FOLDER).glob("*.yml"))
        for name, variants in yaml_file.read(file)["responses"].items()
    }
    asked = [one for one in evaluation.questions(PROJECT / QUESTIONS) if one[0] not in ALARMS]
    return Task(taught, asked, answers)


def banking() -> Task:
    """Return BANKING77 at ten questions a label, with its whole test set."""
    return Task(_read("banking77_train_10shot"), _read("banking77_test"), {})


def clinc() -> Task:
    """Return CLINC150 at ten questions a label, with its whole test sets, in scope and out of scope."""
    outside = [(OUT_OF_SCOPE, question) for _, question in _read("clinc150_oos_test")]
    return Task(_read("clinc150_train_10shot"), [*_read("clinc150_test"), *outside], {})


def _read(name: str) -> list[Question]:
    with (_OTHERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["label"], row["text"]) for row in csv.DictReader(file)]

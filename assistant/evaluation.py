"""How well questions are understood: figures over questions whose label is known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import yaml_file
from assistant.classifier import OUT_OF_SCOPE
from assistant.scope import ALARMS, ASK_BACK, sureness

_MOST_CONFUSIONS = 25
_CURVE = [round(0.02 * step, 2) for step in range(3, 26)]


@dataclass(frozen=True)
class Answered:
    """A question with its right label, and what the pipeline made of it.

    intent: what it decided; ranking: full labels, likeliest first; sure: 0 to 1, as in `assistant.scope`.
    """

    label: str
    question: str
    intent: str
    ranking: tuple[str, ...]
    sure: float

    @classmethod
    def of(cls, label: str, question: str, parsed: Mapping[str, Any]) -> "Answered":
        """Take what is needed from Rasa's parse of the question."""
        ranking = parsed["intent_ranking"]
        intent = parsed["intent"]["name"]
        names = [entry["name"] for entry in ranking]
        # An alarm comes first, whichever reader raised it.
        decided = [intent] if intent in ALARMS else []
        return cls(
            label=label,
            question=question,
            intent=intent,
            ranking=tuple(dict.fromkeys([*decided, *names])),
            sure=sureness(ranking[0]["confidence"], parsed["nearness"]),
        )

    @property
    def right(self) -> bool:
        """Whether the likeliest label is the right one."""
        return self.ranking[0] == self.label

    @property
    def refused(self) -> bool:
        """Whether the assistant says that it cannot help."""
        return self.intent == OUT_OF_SCOPE

    @property
    def asked_back(self) -> bool:
        """Whether the assistant asks what was meant."""
        return self.intent == ASK_BACK


def questions(file: Path) -> list[tuple[str, str]]:
    """Return (label, question) for each question of a YAML file that lists questions by label."""
    content = yaml_file.read(file)
    return [(label, question) for label, listed in content.items() for question in listed]


def report(answered: Sequence[Answered]) -> str:
    """Return the figures as text."""
    inside = [one for one in answered if one.label != OUT_OF_SCOPE]
    outside = [one for one in answered if one.label == OUT_OF_SCOPE]
    return "\n\n".join([_labels(answered), _confusions(inside), _curve(inside, outside), _summary(inside, outside)])


def top(inside: Sequence[Answered], places: int) -> float:
    """Return the share of questions whose right label is among the first `places` of the ranking."""
    return share(one.label in one.ranking[:places] for one in inside)


def f1(label: str, answered: Sequence[Answered]) -> float:
    """Return the harmonic mean of precision and recall of `label`, 0 where it is never right."""
    right = sum(one.right for one in answered if one.label == label)
    named = sum(one.label == label for one in answered) + sum(one.ranking[0] == label for one in answered)
    return 2 * right / named if named else 0.0


def macro_f1(answered: Sequence[Answered]) -> float:
    """Return the mean of the labels' F1."""
    labels = {one.label for one in answered}
    return sum(f1(label, answered) for label in labels) / len(labels)


def false_alarms(answered: Sequence[Answered]) -> float:
    """Return the share of the questions that are no alarm, in scope or out, and raised one."""
    return share(one.intent in ALARMS for one in answered if one.label not in ALARMS)


def share(values: Iterable[bool]) -> float:
    """Return which part of the values is true, 0 to 1; not a number where there are none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else float("nan")


def _labels(answered: Sequence[Answered]) -> str:
    counts = Counter(one.label for one in answered)
    rows = [f"{'label':32} questions   top 1   top 3      F1"]
    for label, count in sorted(counts.items()):
        own = [one for one in answered if one.label == label]
        rows.append(f"{label:32} {count:9}  {top(own, 1):6.1%}  {top(own, 3):6.1%}  {f1(label, answered):6.3f}")
    return "\n".join(rows)


def _confusions(inside: Sequence[Answered]) -> str:
    pairs = Counter((one.label, one.ranking[0]) for one in inside if not one.right)
    rows = ["taken for another label (times: right -> taken)"]
    rows += [f"{times:4}: {right} -> {taken}" for (right, taken), times in pairs.most_common(_MOST_CONFUSIONS)]
    return "\n".join(rows)


def _curve(inside: Sequence[Answered], outside: Sequence[Answered]) -> str:
    rows = [
        "the threshold on sureness, and what it would do",
        "threshold   out of scope refused   in scope refused   wrong among answered",
    ]
    for threshold in _CURVE:
        passed = [one for one in inside if _passes(one, threshold)]
        rows.append(
            f"{threshold:9.2f}   {share(not _passes(one, threshold) for one in outside):20.1%}   "
            f"{1 - len(passed) / len(inside):16.1%}   {share(not one.right for one in passed):20.1%}"
        )
    return "\n".join(rows)


def _passes(one: Answered, threshold: float) -> bool:
    return one.ranking[0] != OUT_OF_SCOPE and one.sure >= threshold


def _summary(inside: Sequence[Answered], outside: Sequence[Answered]) -> str:
    answered = [one for one in inside if not one.refused and not one.asked_back]
    return "\n".join(
        [
            f"in scope       {len(inside)} questions: top 1 {top(inside, 1):.1%}, top 3 {top(inside, 3):.1%}, "
            f"macro-F1 {macro_f1(inside):.3f}",
            f"               refused {share(one.refused for one in inside):.1%}, "
            f"asked back {share(one.asked_back for one in inside):.1%}, "
            f"wrong among answered {share(not one.right for one in answered):.1%}, "
            f"taken for an alarm {false_alarms([*inside, *outside]):.1%}",
            f"out of scope   {len(outside)} questions: refused {share(one.refused for one in outside):.1%}, "
            f"asked back {share(one.asked_back for one in outside):.1%}",
        ]
    )

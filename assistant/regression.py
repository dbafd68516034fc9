"""What a change of the answers does to all else: a candidate's readings of the test sets beside the live model's."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from assistant.classifier import OUT_OF_SCOPE
from assistant.evaluation import Answered
from assistant.label_names import called
from assistant.safety_evaluation import Judged
from assistant.scope import ALARMS, ASK_BACK
from assistant.text import count

_MOST_QUOTED = 3


@dataclass(frozen=True)
class Readings:
    """What a model made of the test sets. No text is kept: the keys are digests.

    questions: where each question led, a full label, `out_of_scope` or `nlu_fallback` (asked back); alarms: the level
    that each message of danger raised, None where it raised none.
    """

    questions: Mapping[str, str]
    alarms: Mapping[str, str | None]

    @classmethod
    def of(cls, answered: Iterable[Answered], judged: Iterable[Judged]) -> "Readings":
        """Take what is needed from what the pipeline made of the sets."""
        return cls(
            {_key(one.label, one.question): _destination(one) for one in answered},
            {_key(one.case.sign, one.case.text): one.raised for one in judged},
        )

    @classmethod
    def from_json(cls, text: str) -> "Readings":
        """Read what `to_json` wrote."""
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """Return the readings as text."""
        return json.dumps(asdict(self))

    def covers(self, other: "Readings") -> bool:
        """Return whether these readings are of the same sets as `other`, or of larger ones."""
        return self.questions.keys() >= other.questions.keys() and self.alarms.keys() >= other.alarms.keys()


@dataclass(frozen=True)
class Loss:
    """Questions of a label that led to it before and do not now.

    of: how many the label has; gained: how many lead to it only now; taken: the lost ones by where they lead.
    """

    label: str
    of: int
    gained: int
    taken: Mapping[str, Sequence[str]]

    @property
    def lost(self) -> int:
        """How many fewer there are now than before."""
        return sum(map(len, self.taken.values())) - self.gained

    def too_many(self, may_lose: int) -> bool:
        """Return whether it is more than `may_lose` of 100."""
        return self.lost * 100 > may_lose * self.of

    def sentences(self) -> list[str]:
        """Say where they go, in plain words, the most first, and name some of them."""
        by_number = sorted(self.taken.items(), key=lambda pair: -len(pair[1]))
        return [f"{_moved(len(questions), self.label, to)} ({_quoted(questions)})" for to, questions in by_number]


def losses(before: Readings, now: Sequence[Answered]) -> list[Loss]:
    """Return the labels that have lost questions, the greatest loss first."""
    found = []
    for label in sorted({one.label for one in now}):
        own = [one for one in now if one.label == label]
        taken: dict[str, list[str]] = {}
        gained = 0
        for one in own:
            was, is_ = before.questions[_key(one.label, one.question)], _destination(one)
            if was == label != is_:
                taken.setdefault(is_, []).append(one.question)
            gained += was != label == is_
        loss = Loss(label, len(own), gained, taken)
        if loss.lost > 0:
            found.append(loss)
    return sorted(found, key=lambda loss: -loss.lost)


def silenced(before: Readings, now: Sequence[Judged]) -> list[Judged]:
    """Return the messages of danger that raised an alarm before and raise none now."""
    return [
        one for one in now if one.case.level and before.alarms[_key(one.case.sign, one.case.text)] and not one.raised
    ]


def figures(answered: Sequence[Answered], judged: Sequence[Judged]) -> dict[str, float]:
    """Return shares from 0 to 1: questions in scope led right, others refused, alarms raised, false alarms."""
    inside = [one for one in answered if one.label != OUT_OF_SCOPE]
    outside = [one for one in answered if one.label == OUT_OF_SCOPE]
    dangers = [one for one in judged if one.case.level]
    harmless = [one for one in judged if not one.case.level]
    return {
        "right": _share(_destination(one) == one.label for one in inside),
        "refused": _share(one.refused for one in outside),
        "alarms": _share(one.raised is not None for one in dangers),
        "false_alarms": _share(one.raised is not None for one in harmless),
    }


def _destination(one: Answered) -> str:
    if one.asked_back:
        return ASK_BACK
    return OUT_OF_SCOPE if one.refused else one.ranking[0]


def _moved(number: int, label: str, to: str) -> str:
    what = f"{count(number, 'question')} of {called(label)}"
    if label == OUT_OF_SCOPE:
        what = f"{count(number, 'question')} that no topic answers"
    if to == ASK_BACK:
        return f"{what} {'is' if number == 1 else 'are'} not clear any more: the assistant asks what was meant"
    if to == OUT_OF_SCOPE:
        return f"{what} now {'gets' if number == 1 else 'get'} no answer"
    if to in ALARMS:
        return f"{what} now {'raises' if number == 1 else 'raise'} an alarm"
    return f"{what} now {'goes' if number == 1 else 'go'} to {called(to)}"


def _quoted(questions: Sequence[str]) -> str:
    more = ", ..." if len(questions) > _MOST_QUOTED else ""
    return ", ".join(f'"{question}"' for question in questions[:_MOST_QUOTED]) + more


def _key(label: str, text: str) -> str:
    return hashlib.sha256(f"{label}\n{text}".encode()).hexdigest()[:16]


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0

"""Decide, from how sure the classifier is, whether to answer, to ask back or to refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

# The intent of a message that is asked back, by Rasa's convention.
ASK_BACK = "nlu_fallback"


class Decision(Enum):
    """What the assistant does with a message."""

    ANSWER = "answer"
    ASK_BACK = "ask back"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Thresholds:
    """Limits between 0 and 1, calibrated on the development set (docs/decisions says how).

    refuse: below this sureness the message is out of scope.
    answer: at or above it the best label is answered; between the two the assistant asks back.
    alarm: probability from which the alarm labels together win over any other.
    """

    refuse: float
    answer: float
    alarm: float


def sureness(probability: float, nearness: float) -> float:
    """Return how sure the assistant is: the probability of the best label times the nearness to a known question.

    Args:
        probability: of the best in-scope label, 0 to 1.
        nearness: cosine similarity to the closest in-scope training question, -1 to 1.
    """
    return probability * max(nearness, 0.0)


def decide(sure: float, thresholds: Thresholds) -> Decision:
    """Return what to do with a message of which the assistant is `sure` (0 to 1)."""
    if sure >= thresholds.answer:
        return Decision.ANSWER
    return Decision.ASK_BACK if sure >= thresholds.refuse else Decision.REFUSE


@dataclass(frozen=True)
class Alarm:
    """An alarm to raise: its intent, and its level.

    level: E (emergency services now), U (medical help today) or C (crisis line).
    """

    intent: str
    level: str


# The intents of a message that raises an alarm.
ALARMS = ("emergency", "crisis")
# The labels that raise an alarm. `urgent` is taught apart, and is the lower level of the intent `emergency`.
_ALARMS = {"emergency": Alarm("emergency", "E"), "urgent": Alarm("emergency", "U"), "crisis": Alarm("crisis", "C")}
_LOWER_NEEDS = 2.0
ALARM_LABELS = frozenset(_ALARMS)
# Most urgent first.
_LEVELS = ("E", "C", "U")


def alarm(ranking: Sequence[tuple[str, float]], thresholds: Thresholds) -> Alarm | None:
    """Return the alarm that the classifier raises, if the alarm labels together are likely enough.

    Between the levels of an emergency the lower one needs to be the likelier by far: in doubt, the higher.
    """
    shares = {label: share for label, share in ranking if label in _ALARMS}
    if sum(shares.values()) < thresholds.alarm:
        return None
    if shares.get("crisis", 0.0) > shares.get("emergency", 0.0) + shares.get("urgent", 0.0):
        return _ALARMS["crisis"]
    urgent = shares.get("urgent", 0.0) > _LOWER_NEEDS * shares.get("emergency", 0.0)
    return _ALARMS["urgent" if urgent else "emergency"]


def higher(one: Alarm | None, other: Alarm | None) -> Alarm | None:
    """Return the more urgent of two alarms; of two alike, `one`."""
    alarms = [alarm for alarm in (one, other) if alarm is not None]
    return min(alarms, key=lambda alarm: _LEVELS.index(alarm.level), default=None)

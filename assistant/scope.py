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
    alarm: probability from which an alarm label wins over any other.
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


def alarm(ranking: Sequence[tuple[str, float]], labels: Sequence[str], thresholds: Thresholds) -> str | None:
    """Return the alarm label to raise, if the alarm `labels` together are likely enough."""
    alarms = [(label, probability) for label, probability in ranking if label in labels]
    if sum(probability for _, probability in alarms) < thresholds.alarm:
        return None
    return max(alarms, key=lambda entry: entry[1])[0]

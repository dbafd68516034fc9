"""Decide, from what the readers make of a message, whether to raise an alarm, to answer, to ask back or to refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from assistant.alarm_classifier import ALARM_LABELS
from assistant.classifier import OUT_OF_SCOPE

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
    alarm: probability from which the alarm labels together raise an alarm, where the assistant is sure of no answer.
    alarm_if_sure: the same where it is certain of one; in between it rises evenly.
    crisis: how many times as likely (in odds) a crisis is taken to be: people speak of it more guardedly than of pain.
    red_flag: how many times as likely (in odds) an alarm is where the patterns have seen a red flag.
    """

    refuse: float
    answer: float
    alarm: float
    alarm_if_sure: float
    crisis: float
    red_flag: float


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
# Most urgent first.
_LEVELS = ("E", "C", "U")
# The lower level needs to be the likelier by far: in doubt, the higher.
_LOWER_NEEDS = 2.0


def alarm(seen: Alarm | None, probabilities: Mapping[str, float], sure: float, thresholds: Thresholds) -> Alarm | None:
    """Return the alarm that both readers together raise, the more urgent one where they differ.

    A red flag is raised unless the classifier is almost certain that the message is harmless: "it is to die for".

    Args:
        seen: what the patterns have seen.
        probabilities: of the labels emergency, urgent, crisis and crisis_now; what is missing is 0. Empty if the
            classifier could not read the message: then the patterns decide.
        sure: how sure the assistant is of an answer (`sureness`), 0 to 1.
        thresholds: where an alarm begins.
    """
    if not probabilities:
        return seen
    likely, needed = _likely(probabilities, thresholds), _needed(sure, thresholds)
    if seen and _times(thresholds.red_flag, likely) < needed:
        seen = None
    return higher(seen, _likeliest(probabilities) if likely >= needed else None)


def missing(seen: Alarm | None, probabilities: Mapping[str, float], sure: float, thresholds: Thresholds) -> float:
    """Return how much likelier an alarm had to be for one to be raised: at most 0 where it is raised, else up to 1.

    Args: as for `alarm`.
    """
    if not probabilities:
        return 0.0 if seen else 1.0
    likely = _likely(probabilities, thresholds)
    return _needed(sure, thresholds) - (_times(thresholds.red_flag, likely) if seen else likely)


def _likely(probabilities: Mapping[str, float], thresholds: Thresholds) -> float:
    likely = sum(probabilities.get(label, 0.0) for label in ALARM_LABELS)
    return _times(thresholds.crisis, likely) if _likeliest(probabilities).intent == "crisis" else likely


def _needed(sure: float, thresholds: Thresholds) -> float:
    return thresholds.alarm + (thresholds.alarm_if_sure - thresholds.alarm) * sure


def _times(factor: float, probability: float) -> float:
    """Return the probability whose odds are `factor` times those of `probability`."""
    return factor * probability / (factor * probability + 1 - probability)


def _likeliest(probabilities: Mapping[str, float]) -> Alarm:
    emergency, urgent, crisis, now = (probabilities.get(label, 0.0) for label in ALARM_LABELS)
    if crisis + now > emergency + urgent:
        return Alarm("crisis", "C" if crisis > _LOWER_NEEDS * now else "E")
    return Alarm("emergency", "U" if urgent > _LOWER_NEEDS * emergency else "E")


def higher(one: Alarm | None, other: Alarm | None) -> Alarm | None:
    """Return the more urgent of two alarms; of two alike, `one`."""
    alarms = [alarm for alarm in (one, other) if alarm is not None]
    return min(alarms, key=lambda alarm: _LEVELS.index(alarm.level), default=None)


@dataclass(frozen=True)
class Danger:
    """What the two readers of danger make of a message.

    flag: the alarm of a pattern; figure_of_speech: nothing but a manner of speaking ("this headache is killing me");
    probabilities: of the alarm labels, as for `alarm`.
    """

    flag: Alarm | None
    figure_of_speech: bool
    probabilities: Mapping[str, float]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a message: its alarm, or else what is done with its likeliest label.

    sure: how sure the assistant is of that label, 0 to 1; missing: how much likelier an alarm had to be for one to be
    raised (see `missing`).
    """

    sure: float
    alarm: Alarm | None
    decision: Decision
    missing: float


def judge(label: str, probability: float, nearness: float, danger: Danger, thresholds: Thresholds) -> Verdict:
    """Return what becomes of a message whose likeliest label is `label`.

    Args:
        label: in full, such as `faq/side_effects`.
        probability: of the label, 0 to 1.
        nearness: cosine similarity to the closest in-scope training question, -1 to 1.
        danger: what the readers of danger make of it.
        thresholds: where answers and alarms begin.
    """
    sure = 0.0 if label == OUT_OF_SCOPE else sureness(probability, nearness)
    decision = Decision.REFUSE if label == OUT_OF_SCOPE else decide(sure, thresholds)
    if danger.figure_of_speech and danger.flag is None:
        # It gets a note of care, but no alarm.
        return Verdict(sure, None, decision, 1.0)
    read = (danger.flag, danger.probabilities, sure, thresholds)
    return Verdict(sure, alarm(*read), decision, missing(*read))

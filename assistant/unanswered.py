"""Which messages the inbox of the staff may hold: questions that were not answered, masked, and nothing else."""

from collections.abc import Mapping
from typing import Any

from assistant.privacy import mask_names, redact
from assistant.scope import ALARMS
from assistant.text import clean, words

# What the assistant does with a question that it cannot answer, and with one that it is unsure about.
REFUSED = "utter_out_of_scope"
ASKED_BACK = "action_ask_back"
_PERSONAL = "personal_advice"
# Far below the probability from which an alarm is raised: what comes near to danger is nobody's to read.
_LEAST_DANGER = 0.05
# Nor what may ask for a decision about one person, even where another label is likelier.
_LEAST_PERSONAL = 0.1
# Whoever writes more tells a story, and it may tell who they are.
_MOST_WORDS = 30


def is_alarm(intent: str | None) -> bool:
    """Return whether a message with this intent raised an alarm."""
    return intent in ALARMS


def question(event: Mapping[str, Any], action: str) -> str | None:
    """Return the masked question of a message; None where it is nothing for the inbox.

    Args:
        event: the person's message as Rasa stores it (a user event), with what the pipeline made of it.
        action: what the assistant did next.
    """
    parsed = event.get("parse_data") or {}
    text = clean(event.get("text") or "")
    if action not in {REFUSED, ASKED_BACK} or _is_danger(parsed) or _is_personal(parsed):
        return None
    return mask_names(redact(text)) if 1 <= len(words(text)) <= _MOST_WORDS else None


def _is_danger(parsed: Mapping[str, Any]) -> bool:
    """Return whether anything in the message sounded like danger, whatever became of it; in doubt, it did."""
    probabilities = parsed.get("alarm_probabilities")
    if not probabilities or parsed.get("red_flag") or parsed.get("figure_of_speech"):
        return True
    return bool(is_alarm((parsed.get("intent") or {}).get("name")) or sum(probabilities.values()) >= _LEAST_DANGER)


def _is_personal(parsed: Mapping[str, Any]) -> bool:
    """Return whether the message may ask for a decision about one person."""
    ranking = parsed.get("intent_ranking") or []
    return any(entry["name"] == _PERSONAL and entry["confidence"] >= _LEAST_PERSONAL for entry in ranking)

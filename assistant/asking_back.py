"""Which topics are offered when the assistant asks what was meant."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.faq import PREFIX

_MOST_TOPICS = 3


def likely_titles(labels: Iterable[str], responses: Mapping[str, Any]) -> list[str]:
    """Return the titles of the first FAQ topics among `labels` (in full, likeliest first) that have an answer."""
    names = (f"utter_{label}" for label in labels if label.startswith(PREFIX))
    titles = [responses[name][0]["metadata"]["title"] for name in names if name in responses]
    return titles[:_MOST_TOPICS]

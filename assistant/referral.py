"""Tell whether a text points the person to a healthcare professional."""

import re

from assistant.text import sentences

_PROFESSIONAL = (
    r"doctors?|nurses?|pharmacists?|clinicians?|neurologists?|GPs?|midwi(?:fe|ves)|prescribers?|specialists?"
    r"|health ?care (?:professionals?|providers?)|(?:headache|migraine) clinics?|maternity team|care team"
)
_CONTACT = (
    r"ask(?:ing)?|talk(?:ing)?|speak(?:ing)?|tell(?:ing)?|see(?:ing)?|show|call|contact|visit|check|discuss|consult"
    r"|bring|share|raise|book|start with|let|say|plan|decide|only|can (?:tell|say|explain|help|advise|weigh|look|go)"
)
_POINTER = re.compile(rf"\b(?:{_CONTACT})\b.*\b(?:{_PROFESSIONAL})\b|\b(?:{_PROFESSIONAL})\b.*\b(?:{_CONTACT})\b", re.I)


def points_to_professional(text: str) -> bool:
    """Return whether one sentence of `text` names a healthcare professional and what to do with them."""
    return any(_POINTER.search(sentence) for sentence in sentences(text))

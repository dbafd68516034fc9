"""How hard a text is to read: the US school grade in which most people can follow it (Flesch and Kincaid)."""

import re

HIGHEST = 8.0
# A list item is a sentence of its own, whatever stands at its end.
_LINE_END = re.compile(r"(?<![.!?:])\n")
_BLANK = re.compile(r"\{\w+\}")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")


def grade(text: str) -> float:
    """Return the grade of `text`; what is filled in later, in {braces}, counts as a short word."""
    import textstat

    return float(textstat.flesch_kincaid_grade(_BLANK.sub("this", _LINE_END.sub(".\n", text))))


def hardest_sentence(text: str) -> str:
    """Return the sentence of `text` that is the hardest to read."""
    return max((sentence for sentence in _SENTENCE.split(text) if sentence.strip()), key=grade, default="")

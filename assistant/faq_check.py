"""Check the FAQ: what must not reach patients, and what could be better, each in one plain sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.encoder import Vectors

# Sentences in, one vector a sentence out: `SentenceEncoder().encode`, or one that remembers.
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Finding:
    """Something about one topic's file.

    line: counted from 1; message: what is wrong; fix: what to do, both one plain sentence; blocking: must be mended
    before the content is published, the others are advice.
    """

    file: Path
    line: int
    message: str
    fix: str
    blocking: bool


def check(
    folder: Path,
    topic: str | None = None,
    *,
    encode: Encode | None = None,
    today: date | None = None,
    drafts: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Return what is to be said about the topics of `folder` (data/faq, with sources.yml and nlu/ beside it).

    topic: only findings about this one, still compared with all others; encode: the sentence encoder, loaded now by
    default; today: the date by which a review is overdue; drafts: the text of files by topic, read instead of what the
    folder holds. Findings are in the order of files and lines, blocking ones first.
    """
    return []

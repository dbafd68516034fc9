"""How something is said: denied, asked about, supposed, long past, as usual, or happening now."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.patterns import Found, Span

# The families of red_flags.yml that this module goes by.
MARKERS = frozenset(
    f"@{name}"
    for name in (
        *("but", "denial", "disclaimer", "generic", "if", "new", "no_denial", "not_if", "noun_frame", "now"),
        *("past", "person", "possible", "question", "reported", "subject", "this", "usual"),
    )
)
# A denial reaches this many words ahead: "no numbness, tingling or weakness".
_DENIAL_REACH = 6
# "Signs of", "scared of" and the like speak of what comes within so many words.
_FRAME_REACH = 8


class Manner(Enum):
    """How a sign is meant."""

    DENIED = "denied"
    ASKED = "asked about, supposed or feared"
    PAST = "long past"
    USUAL = "as usual"
    PRESENT = "happening"


@dataclass(frozen=True)
class Circumstances:
    """A message's words and marks, and where its markers lie.

    sentences, clauses: (words + 1,) how many ends of sentences, and of clauses, come before each word. A clause here is
    a stretch that a question, an "if" or a date at its beginning governs: it ends with "but", and with a comma before
    a new subject.
    """

    sentences: Sequence[int]
    clauses: Sequence[int]
    found: Found
    taken: frozenset[int]

    def manner(self, span: Span, denies: bool, meant: bool, habitual: bool) -> Manner:
        """Tell how the sign at `span` is meant.

        Args:
            span: its first word and the one after its last.
            denies: the sign itself is a denial ("cannot swallow", "no feeling"), so a denial before it is part of it.
            meant: said like this, it is neither a question nor a supposition nor long past.
            habitual: people with migraine may know the sign from their usual attacks.
        """
        if not denies and self._denied(span):
            return Manner.DENIED
        if meant:
            return Manner.PRESENT
        now = self._in_sentence("@now", span)
        if self.found.get("@disclaimer") or (self._asked(span) and not now):
            return Manner.ASKED
        if self._in_clause("@past", span) and not now:
            return Manner.PAST
        if habitual and not now and self._in_clause("@usual", span) and not self.found.get("@new"):
            return Manner.USUAL
        return Manner.PRESENT

    def _denied(self, span: Span) -> bool:
        start, end = span
        for place, after in self.found.get("@denial", ()):
            if place in self.taken or place >= end or self.clauses[place] != self.clauses[start]:
                continue
            if place >= start or start - after < _DENIAL_REACH:
                return True
        return False

    def _asked(self, span: Span) -> bool:
        start, end = span
        if self._supposed(span) or self._framed(span):
            return True
        person = self._count("@person", self._sentence(span)) > 0
        questions = [
            place for place, _ in self.found.get("@question", ()) if self.sentences[place] == self.sentences[start]
        ]
        if not questions:
            return False
        before = [place for place in questions if place < end and self.clauses[place] == self.clauses[start]]
        if before:
            # "is it normal that i cannot swallow" tells of it; "can it make me unable to swallow" does not.
            asked = (before[-1], end)
            return self._count("@possible", (before[0], start)) > 0 or self._count("@person", asked) == 0
        return not person and not self._count("@this", self._sentence(span))

    def _supposed(self, span: Span) -> bool:
        innocent = {place for start, end in self.found.get("@not_if", ()) for place in range(start, end)}
        return any(
            place < span[1] and self.clauses[place] == self.clauses[span[0]] and place not in innocent
            for place, _ in self.found.get("@if", ())
        )

    def _framed(self, span: Span) -> bool:
        start = span[0]
        return any(
            self.sentences[place] == self.sentences[start] and 0 <= start - after <= _FRAME_REACH
            for place, after in self.found.get("@noun_frame", ())
        ) or any(
            self.clauses[place] == self.clauses[start] and place < span[1]
            for name in ("@reported", "@generic")
            for place, _ in self.found.get(name, ())
        )

    def _in_clause(self, name: str, span: Span) -> bool:
        return any(self.clauses[place] == self.clauses[span[0]] for place, _ in self.found.get(name, ()))

    def _in_sentence(self, name: str, span: Span) -> bool:
        return self._count(name, self._sentence(span)) > 0

    def _sentence(self, span: Span) -> Span:
        number = self.sentences[span[0]]
        return bisect_left(self.sentences, number), bisect_left(self.sentences, number + 1)

    def _count(self, name: str, within: Span) -> int:
        return sum(within[0] <= place < within[1] for place, _ in self.found.get(name, ()))

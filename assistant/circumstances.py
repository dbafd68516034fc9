"""How something is said: denied, asked about, supposed, long past, as usual, or happening now."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from assistant.patterns import Found, Span

# The families of red_flags.yml that this module goes by.
MARKERS = frozenset(
    f"@{name}"
    for name in (
        *("affirm", "after", "aged", "ask", "but", "denial", "disclaimer", "fear", "fine", "first_person"),
        "frame_after",
        *(
            "generic",
            "if",
            "long_ago",
            "long_since",
            "new",
            "no_denial",
            "no_question",
            "not_if",
            "not_past",
            "noun_frame",
            "now",
        ),
        *(
            "ongoing",
            "past",
            "person",
            "plea",
            "possible",
            "question",
            "relapse",
            "reported",
            "settled",
            "since",
            "subject",
        ),
        *("thing", "this", "usual"),
    )
)
# A denial reaches this many words ahead: "no numbness, tingling or weakness".
_DENIAL_REACH = 6
_MEANT_REACH = 3
_MYSELF = frozenset(("i", "im", "ill", "ive", "id"))
# "Signs of", "scared of" and the like speak of what comes within so many words.
_FRAME_REACH = 8
# "The printer had a fit": a thing and what befalls it.
_THING_REACH = 3
_NOT_ONE_TIME = frozenset(("at", "for", "than"))
_NO = frozenset(("no", "nope", "nah", "none", "never", "not"))


# Words after which a question may begin: "so can", "about what".
_BEFORE_QUESTIONS = frozenset(
    (
        *("about", "also", "and", "but", "for", "hello", "hey", "hi", "just", "know", "now"),
        *("ok", "okay", "or", "please", "so", "then", "tell", "to", "well"),
    )
)


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

    words: Sequence[str]
    sentences: Sequence[int]
    clauses: Sequence[int]
    commas: Sequence[int]
    found: Found

    def manner(self, span: Span, own: Sequence[str], meant: bool, habitual: bool) -> Manner:
        """Tell how the sign at `span` is meant.

        Args:
            span: its first word and the one after its last.
            own: the elements that make the sign; a denial among them ("cannot swallow", "no feeling") belongs to it.
            meant: said like this, it is neither a question nor a supposition.
            habitual: people with migraine may know the sign from their usual attacks.
        """
        if self._denied(span, own, meant) or self._answered_no(span):
            return Manner.DENIED
        if self._ended_well(span) and (meant or not self._ongoing(span)):
            return Manner.PAST
        if meant:
            return Manner.PAST if self._long_ago(span) else Manner.PRESENT
        now = any(self._in_sentence(name, span) for name in ("@now", "@since", "@after")) or "@affirm" in self.found
        lately = self._in_clause("@now", span) or (
            self._in_clause("@since", span) and not self._in_clause("@long_since", span)
        )
        if self._fine(span):
            return Manner.DENIED
        if self.found.get("@disclaimer") or (not now and (self._supposed(span) or self._framed(span))):
            return Manner.ASKED
        if not now and self._asked(span) and not self._in_sentence("@plea", span):
            return Manner.ASKED
        if not now and "@settled" in self.found and "@relapse" not in self.found and not self._ongoing(span):
            return Manner.PAST
        again = "again" in self.words[span[1] - 1 : span[1] + 1]
        if not lately and not again and self._past(span):
            return Manner.PAST
        if habitual and not now and self._in_clause("@usual", span) and not self.found.get("@new"):
            return Manner.USUAL
        return Manner.PRESENT

    def _denied(self, span: Span, own: Sequence[str], meant: bool) -> bool:
        start, end = span
        reach = _DENIAL_REACH
        if meant:
            # In "if it does not work i am ending my life" the denial is of something else.
            reach = 0 if self.words[start] in _MYSELF else _MEANT_REACH
        denials = [
            place
            for place, after in self.found.get("@denial", ())
            if place < end
            and (place >= start or start - after < reach)
            and (place >= start or self.clauses[place] == self.clauses[start])
        ]
        if not denials:
            return False
        mine = {
            place
            for name in ("@no_denial", *own)
            for first, after in self.found.get(name, ())
            for place in range(first, after)
        }
        return not mine.issuperset(denials)

    def _answered_no(self, span: Span) -> bool:
        """Whether it is asked and answered: "rash? no. fever? also no"."""
        answer = span[1] + (self.words[span[1] : span[1] + 1] == ["also"])
        return (
            self.words[answer : answer + 1] != []
            and self.words[answer] in _NO
            and self._begins(span[1])
            and self.commas[answer + 1] != self.commas[answer]
        )

    def _fine(self, span: Span) -> bool:
        """Whether all is well with it: "breathing is normal"."""
        return any(span[0] < place <= span[1] for place, _ in self._clause("@fine", span))

    def _ended_well(self, span: Span) -> bool:
        """Whether it is told as a story that ended well: "in my twenties i wanted to die, got help, glad i stayed"."""
        if not self._settled:
            return False
        # The "now" of "fine now" is not when the sign was.
        now = set(self._places("@now")) - set(self._places("@settled"))
        return not any(self.clauses[place] == self.clauses[span[0]] for place in now)

    @cached_property
    def _settled(self) -> bool:
        dated = any(name in self.found for name in ("@aged", "@long_ago", "@past"))
        return dated and "@settled" in self.found and "@relapse" not in self.found

    def _past(self, span: Span) -> bool:
        """Whether it was long ago: a date in the clause says so, or one in the sentence if nothing is going on."""
        dates = set(self._places("@past")) - set(self._places("@not_past")) | set(self._onces)
        start = span[0]
        return self._aged(span) or any(
            self.clauses[place] == self.clauses[start]
            or (self.sentences[place] == self.sentences[start] and not self._ongoing(span))
            for place in dates
        )

    @cached_property
    def _onces(self) -> list[int]:
        """Where "once" ends a part of a sentence, and so means one time: "fainted giving blood once"."""
        return [
            place
            for place, word in enumerate(self.words)
            if word == "once" and place and self.words[place - 1] not in _NOT_ONE_TIME and self._begins(place + 1)
        ]

    def _places(self, name: str) -> Iterator[int]:
        """Yield each word of a family in the message."""
        for start, end in self.found.get(name, ()):
            yield from range(start, end)

    def _long_ago(self, span: Span) -> bool:
        dated = self._in_clause("@long_ago", span) and "@relapse" not in self.found and not self._ongoing(span)
        return dated or self._aged(span)

    def _aged(self, span: Span) -> bool:
        """Whether it happened at an age: "had a fit at 17"."""
        happened = self._in_clause("@aged", span) and self._in_clause("@happened", span)
        return happened and "@relapse" not in self.found and not self._ongoing(span)

    def _ongoing(self, span: Span) -> bool:
        return self._in_clause("@ongoing", span)

    def _asked(self, span: Span) -> bool:
        start, end = span
        questions = [place for place in self._questions if self.sentences[place] == self.sentences[start]]
        if not questions:
            return False
        before = [place for place in questions if place < end and self.clauses[place] == self.clauses[start]]
        if before:
            # "is it normal that i cannot swallow" tells of it; "can it make me unable to swallow" does not.
            asked = (before[-1], end)
            return self._count("@possible", (before[0], start)) > 0 or self._count("@person", asked) == 0
        sentence = self._sentence(span)
        return not self._count("@person", sentence) and not self._count("@this", sentence)

    @cached_property
    def _questions(self) -> list[int]:
        """Where a question begins: a question word counts at the beginning of its part of the sentence."""
        told = set(self._places("@no_question"))
        return [place for place, _ in self.found.get("@ask", ())] + [
            place
            for place, _ in self.found.get("@question", ())
            if place not in told and (self._begins(place) or self.words[place - 1] in _BEFORE_QUESTIONS)
        ]

    def _begins(self, place: int) -> bool:
        return place in (0, len(self.words)) or self.commas[place] != self.commas[place - 1]

    def _supposed(self, span: Span) -> bool:
        innocent = set(self._places("@not_if"))
        return any(place < span[1] and place not in innocent for place, _ in self._clause("@if", span))

    def _framed(self, span: Span) -> bool:
        """Whether it is only spoken of: "signs of", "i read that", "people", "afraid of"; or named with its "risk"."""
        start, end = span
        framed = [
            place
            for name, limit in (("@noun_frame", start), ("@fear", end))
            for place, after in self._clause(name, span)
            if place < limit and start - after <= _FRAME_REACH
        ]
        things = [
            after
            for place, after in self._clause("@thing", span)
            if 0 <= start - after <= _THING_REACH
            and self.commas[place] == self.commas[start]
            and not self._count("@person", (after, end))
        ]
        named = [place for place, _ in self._clause("@frame_after", span) if 0 <= place - end <= 1]
        told = [
            place
            for name in ("@reported", "@generic")
            for place, after in self._clause(name, span)
            # "my husband told me my speech is slurred" is about the person.
            if place < end
            and (not self._count("@first_person", (after, end)) or self._count("@possible", (after, end)))
        ]
        return bool(framed or things or named or told)

    def _clause(self, name: str, span: Span) -> list[Span]:
        """Where a family lies in the clause of the sign."""
        return [found for found in self.found.get(name, ()) if self.clauses[found[0]] == self.clauses[span[0]]]

    def _in_clause(self, name: str, span: Span) -> bool:
        return bool(self._clause(name, span))

    def _in_sentence(self, name: str, span: Span) -> bool:
        return self._count(name, self._sentence(span)) > 0

    def _sentence(self, span: Span) -> Span:
        number = self.sentences[span[0]]
        return bisect_left(self.sentences, number), bisect_left(self.sentences, number + 1)

    def _count(self, name: str, within: Span) -> int:
        return sum(within[0] <= place < within[1] for place, _ in self.found.get(name, ()))

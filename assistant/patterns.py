"""A small notation for what people say: families of words, near each other or in order.

red_flags.yml explains the notation to those who write it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

# How far apart (in words) the parts of a pattern may lie: joined by "&", and by ">".
_NEAR = 8
_GAP = 3
_VOWELS = "aeiou"
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+)")

Span = tuple[int, int]
# What was found of each element, by its name.
Found = Mapping[str, Sequence[Span]]
# A phrase: its words after the first, and the elements it belongs to.
_Phrase = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Pattern:
    """Groups of chains of elements; an element is written as the names that may stand for it.

    groups: each somewhere in the message; a group's chains lie near each other, a chain's elements follow each other.
    absent: elements that must not be in the message. meant: it is no question and no supposition, however it is put.
    """

    groups: tuple[tuple[tuple[tuple[str, ...], ...], ...], ...]
    absent: tuple[str, ...]
    meant: bool

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """Read the notation.

        Raises:
            ValueError: the pattern says nothing.
        """
        meant = text.startswith("!")
        wanted, *unwanted = text.removeprefix("!").split(" - ")
        groups = tuple(
            tuple(
                tuple(tuple(name.strip() for name in element.split("|")) for element in chain.split(">"))
                for chain in group.split(" & ")
            )
            for group in wanted.split("&&")
        )
        if not all(name for name in _names(groups)):
            raise ValueError(f"A pattern has an empty place: {text}")
        return cls(groups, tuple(name.strip() for part in unwanted for name in part.split("|")), meant)

    def without(self, names: str) -> "Pattern":
        """Return the pattern with more elements that must not be in the message, separated by "|"."""
        return replace(self, absent=(*self.absent, *(name.strip() for name in names.split("|") if name.strip())))

    @property
    def names(self) -> list[str]:
        """The elements the pattern is made of."""
        return [*_names(self.groups), *self.absent]

    @property
    def required(self) -> list[str]:
        """The elements that make a match."""
        return _names(self.groups)

    @property
    def starts(self) -> tuple[str, ...]:
        """The elements one of which is in every message that matches."""
        return self.groups[0][0][0]

    def matches(self, found: Found, breaks: Sequence[int]) -> Iterator[Span]:
        """Yield where the first group lies, if the other groups are in the message too.

        Args:
            found: where each element lies.
            breaks: (words + 1,) how many commas, "but" and full stops come before each word.
        """
        if any(map(found.__contains__, self.absent)):
            return
        if all(any(True for _ in _near(group, found, breaks)) for group in self.groups[1:]):
            yield from _near(self.groups[0], found, breaks)


class Vocabulary:
    """Which elements (families, words, phrases) a word may begin."""

    def __init__(self, families: Mapping[str, Iterable[str]], patterns: Iterable[Pattern]) -> None:
        """Spread out the families, and take the words that patterns name themselves."""
        entries = {f"@{family}": list(words) for family, words in families.items()}
        for name in sorted({name for pattern in patterns for name in pattern.names} - set(entries)):
            if name.startswith("@"):
                raise ValueError(f"There is no family {name}")
            entries[name] = [name.replace("_", " ")]
        phrases: dict[tuple[str, ...], list[str]] = defaultdict(list)
        all_ = _spread(entries)
        for element, words in all_.items():
            for phrase in words:
                phrases[phrase].append(element)
        # By the first word, then by the second ("" when it is the only one): many phrases begin with "i" or "not".
        self._starts: dict[str, dict[str, list[_Phrase]]] = defaultdict(lambda: defaultdict(list))
        for (first, *rest), elements in phrases.items():
            self._starts[first]["".join(rest[:1])].append((tuple(rest), tuple(elements)))
        self._ranges = [word for word in self._starts if _RANGE.fullmatch(word)]
        self._later_ranges = {
            first: [word for word in seconds if _RANGE.fullmatch(word)] for first, seconds in self._starts.items()
        }
        self.words = frozenset(word for phrase in phrases for word in phrase if word.isalpha())
        self._members = {
            name: frozenset(phrase[0] for phrase in spread if len(phrase) == 1) for name, spread in all_.items()
        }

    def words_of(self, element: str) -> frozenset[str]:
        """Return the single words of an element."""
        return self._members[element]

    def find(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Return where each element lies in `words`."""
        found: dict[str, list[Span]] = {}
        for place in range(len(words)):
            for rest, elements in self._beginning(words, place):
                end = place + 1 + len(rest)
                if len(rest) > 1 and (end > len(words) or not all(map(_fits, rest, words[place + 1 : end]))):
                    continue
                for element in elements:
                    found.setdefault(element, []).append((place, end))
        return found

    def _beginning(self, words: Sequence[str], place: int) -> Iterator[_Phrase]:
        """Yield the phrases that may begin at `place`: their first two words are there."""
        second = words[place + 1] if place + 1 < len(words) else ""
        for first in _keys(words[place], self._starts, self._ranges):
            seconds = self._starts[first]
            yield from seconds.get("", ())
            for key in _keys(second, seconds, self._later_ranges[first]) if second else ():
                yield from seconds[key]


def _keys(word: str, known: Mapping[str, object], ranges: Sequence[str]) -> list[str]:
    """Return the words and ranges of numbers among the known that `word` fits."""
    keys = [word] if word in known else []
    return [*keys, *(key for key in ranges if _fits(key, word))] if word[0].isdigit() else keys


def _names(groups: tuple[tuple[tuple[tuple[str, ...], ...], ...], ...]) -> list[str]:
    return [name for group in groups for chain in group for element in chain for name in element]


def _fits(wanted: str, word: str) -> bool:
    """Whether `word` is the wanted word, or a number in the wanted range."""
    if wanted == word:
        return True
    limits = _RANGE.fullmatch(wanted) if wanted[0].isdigit() and word[0].isdigit() else None
    if limits is None or ("." in word) != ("." in limits[1]):
        return False
    return float(limits[1]) <= float(word) <= float(limits[2])


def _near(group: tuple[tuple[tuple[str, ...], ...], ...], found: Found, breaks: Sequence[int]) -> Iterator[Span]:
    """Yield each place where all chains of a group lie close together, in any order and without sharing words."""
    first, *others = [list(_chain(chain, found, breaks)) for chain in group]
    reach = _NEAR + len(group)
    for span in first:
        chosen = [span]
        start, end = span
        for other in others:
            near = [
                (max(other_start - end, start - other_end), other_start, other_end)
                for other_start, other_end in other
                if max(end, other_end) - min(start, other_start) <= reach
                and all(other_start >= taken_end or other_end <= taken for taken, taken_end in chosen)
            ]
            if not near:
                break
            _, *best = min(near)
            chosen.append((best[0], best[1]))
            start, end = min(start, best[0]), max(end, best[1])
        else:
            yield start, end


def _chain(chain: tuple[tuple[str, ...], ...], found: Found, breaks: Sequence[int]) -> Iterator[Span]:
    """Yield each place where the elements of a chain follow each other, within one clause."""
    spans = [span for name in chain[0] for span in found.get(name, ())]
    for element in chain[1:]:
        nexts = [span for name in element for span in found.get(name, ())]
        spans = [
            (start, after)
            for start, end in spans
            for following, after in nexts
            if 0 <= following - end <= _GAP and breaks[following] == breaks[start]
        ]
        if not spans:
            return
    yield from spans


def _spread(entries: Mapping[str, Iterable[str]]) -> dict[str, set[tuple[str, ...]]]:
    """Write out each element's phrases: inflected words, and families named inside of families."""
    done: dict[str, set[tuple[str, ...]]] = {}

    def spread(element: str) -> set[tuple[str, ...]]:
        if element not in done:
            done[element] = set()
            for entry in entries[element]:
                done[element] |= spread(entry) if entry.startswith("@") else _forms(entry)
        return done[element]

    for element in entries:
        spread(element)
    return done


def _forms(entry: str) -> set[tuple[str, ...]]:
    """Return the phrase, with each word that ends in "+" in all its forms."""
    phrases: set[tuple[str, ...]] = {()}
    for word in entry.split():
        forms = _inflected(word[:-1]) if word.endswith("+") else [word]
        phrases = {(*phrase, form) for phrase in phrases for form in forms}
    return phrases


def _inflected(word: str) -> list[str]:
    """Return the regular forms of a word: faint, faints, fainted, fainting."""
    if word.endswith("e"):
        return [word, f"{word}s", f"{word}d", f"{word[:-1]}ing"]
    if word.endswith("y") and word[-2] not in _VOWELS:
        return [word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    plural = f"{word}es" if word.endswith(("s", "sh", "ch", "x")) else f"{word}s"
    doubled = word[-1] not in f"{_VOWELS}wxy" and word[-2] in _VOWELS and word[-3:-2] not in _VOWELS
    stems = [word, f"{word}{word[-1]}"] if doubled and len(word) <= 5 else [word]
    return [word, plural, *(f"{stem}{ending}" for stem in stems for ending in ("ed", "ing"))]

"""What a typed word stands for: chat forms written out, misspellings mended towards a vocabulary."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# A typed word of four letters may stand for one of five ("hnds"), but no word that short is guessed at; and no word
# this long is mistyped.
_SHORTEST_TYPED = 4
_SHORTEST_MEANT = 5
_LONGEST = 20
# One slip in a word, two in a long one.
_LONG = 8
# "can not" is read as "cant".
NEGATED = {
    **{word: f"{word}nt" for word in ("could", "did", "do", "does", "had", "has", "have", "would")},
    "can": "cant",
    "will": "wont",
}
_REPEATED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class PlainWords:
    """How to read typed words.

    chat: "rn" -> right, now; vocabulary: the words to mend towards; spelled_right: words that look like slips of those,
    but are not; contractions: words that keep their "s" ("hes"), unlike "hand's". Remembers nothing that was typed.
    """

    chat: Mapping[str, Sequence[str]]
    vocabulary: frozenset[str]
    spelled_right: frozenset[str]
    contractions: frozenset[str]

    def of(self, typed: str) -> Sequence[str]:
        """Return the words that `typed`, a word in lower case, stands for: without apostrophes."""
        bare = typed.replace("'", "")
        for form in (typed, bare):
            if form in self.chat:
                return self.chat[form]
        if typed.endswith("'s") and bare not in self.contractions and typed[:-2] in self.vocabulary:
            return [typed[:-2]]
        return [self.mended(_REPEATED.sub(r"\1\1", bare))]

    def mended(self, word: str) -> str:
        """Return `word`, or the word of the vocabulary it is a slip of; the first letter is trusted."""
        if word in self.vocabulary or word in self.spelled_right or not _SHORTEST_TYPED <= len(word) <= _LONGEST:
            return word
        if f"{word}g" in self.vocabulary and word.endswith("in"):
            return f"{word}g"
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= _LONG else 1
        near = process.extractOne(word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near else word

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[str]]:
        """The words to mend towards, by first letter."""
        words: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.vocabulary):
            if len(word) >= _SHORTEST_MEANT:
                words[word[0]].append(word)
        return words

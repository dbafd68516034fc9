"""Mend words that no training question contains, by the nearest word that many contain."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.encoder import common_words

# A word this short has too many neighbors to guess from.
_SHORTEST = 4
# One slip in a word, two in a long one.
_LONG = 8
_MOST_NEIGHBORS = 8
# A word to mend towards is one that people use often.
_OFTEN = 5
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True)
class Spelling:
    """How often each word, in lower case, stands in the training questions."""

    counts: Mapping[str, int]

    @classmethod
    def learn(cls, questions: Iterable[str]) -> "Spelling":
        """Count the words of `questions`, each question once."""
        return cls(Counter(word.lower() for question in dict.fromkeys(questions) for word in _WORD.findall(question)))

    def mend(self, text: str) -> str:
        """Return `text` with its unknown words mended where a frequent word is one slip away (two in a long word).

        A slip is a letter too many, too few, wrong, or swapped with its neighbor. The first letter is trusted. Words
        that stand in a training question stay, so that every training question is read as it was taught. Common English
        words stay, too: few training questions leave out many of those.
        """
        return _WORD.sub(lambda match: self._mended(match[0]), text)

    def _mended(self, word: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        lower = word.lower()
        if len(lower) < _SHORTEST or lower in self.counts or lower in common_words():
            return word
        near = process.extract(
            lower,
            self._frequent[lower[0]],
            scorer=OSA.distance,
            score_cutoff=2 if len(lower) >= _LONG else 1,
            limit=_MOST_NEIGHBORS,
        )
        return min(near, key=lambda found: (found[1], -self.counts[found[0]]))[0] if near else word

    @cached_property
    def _frequent(self) -> Mapping[str, list[str]]:
        """The words to mend towards, by first letter."""
        frequent: dict[str, list[str]] = defaultdict(list)
        for word, count in self.counts.items():
            if count >= _OFTEN and len(word) >= _SHORTEST:
                frequent[word[0]].append(word)
        return frequent

"""What a question is made of: its words, pairs of words and parts of words, each weighted by its rarity."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Parts of words carry misspelt ones: "injecitons" still shares most of its parts with "injections".
_PARTS = {"analyzer": "char_wb", "ngram_range": (3, 5), "min_df": 3}
_WORDS = {"analyzer": "word", "ngram_range": (1, 2), "min_df": 2}


@dataclass(frozen=True)
class Wording:
    """TF-IDF features over a fixed vocabulary.

    words: the vocabulary, parts of words first, each marked by its kind; rarity: (words,) inverse document frequency.
    """

    words: tuple[str, ...]
    rarity: npt.NDArray[np.float32]
    _counters: list[Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the two vectorizers."""
        object.__setattr__(self, "_counters", [self._counter("part", _PARTS), self._counter("word", _WORDS)])

    @classmethod
    def learn(cls, questions: Sequence[str]) -> "Wording":
        """Take the vocabulary of `questions`: what occurs at least a few times."""
        words: list[str] = []
        rarity: list[npt.NDArray[np.float32]] = []
        for kind, options in (("part", _PARTS), ("word", _WORDS)):
            counter = _vectorizer(**options)
            try:
                counter.fit(questions)
            except ValueError:
                # Nothing occurs often enough: a handful of questions.
                continue
            words += [f"{kind}:{word}" for word in counter.get_feature_names_out()]
            rarity.append(counter.idf_.astype(np.float32))
        return cls(tuple(words), np.concatenate([*rarity, np.zeros(0, np.float32)]))

    def features(self, questions: Sequence[str]) -> "csr_matrix":
        """Return the features of `questions`, sparse, shape (questions, words)."""
        from scipy.sparse import csr_matrix, hstack

        blocks = [counter.transform(questions) for counter in self._counters if counter]
        return (
            hstack(blocks).tocsr().astype(np.float32) if blocks else csr_matrix((len(questions), 0), dtype=np.float32)
        )

    def _counter(self, kind: str, options: dict[str, Any]) -> Any:
        places = [place for place, word in enumerate(self.words) if word.startswith(f"{kind}:")]
        if not places:
            return None
        counter = _vectorizer(
            **{**options, "min_df": 1}, vocabulary=[self.words[place].split(":", 1)[1] for place in places]
        )
        counter.idf_ = self.rarity[places]
        return counter


def _vectorizer(**options: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **options)

"""What a question is made of: its words, pairs of words and parts of words, each weighted by its rarity."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from assistant.linear import LinearModel

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_KINDS: dict[str, dict[str, Any]] = {
    # Parts of words carry misspelt ones: "injecitons" still shares most of its parts with "injections".
    "part": {"analyzer": "char_wb", "ngram_range": (3, 5), "min_df": 3},
    "word": {"analyzer": "word", "ngram_range": (1, 2), "min_df": 2},
}
# Keeps what has no known word from being divided by nothing.
_LEAST = 1e-9
_NO_PLACES = np.zeros(0, np.int64)
_NO_VALUES = np.zeros(0, np.float32)


@dataclass(frozen=True)
class Wording:
    """TF-IDF features over a fixed vocabulary.

    words: the vocabulary, parts of words first, each marked by its kind; rarity: (words,) inverse document frequency.
    """

    words: tuple[str, ...]
    rarity: npt.NDArray[np.float32]
    _kinds: list[tuple[Callable[[str], list[str]], dict[str, int]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare how a question is taken apart, and the places of what can come of it."""
        places: dict[str, dict[str, int]] = {kind: {} for kind in _KINDS}
        for place, word in enumerate(self.words):
            kind, _, what = word.partition(":")
            places[kind][what] = place
        kinds = [(_vectorizer(**options).build_analyzer(), places[kind]) for kind, options in _KINDS.items()]
        object.__setattr__(self, "_kinds", kinds)

    @classmethod
    def learn(cls, questions: Sequence[str]) -> "Wording":
        """Take the vocabulary of `questions`: what occurs at least a few times."""
        words: list[str] = []
        rarity: list[npt.NDArray[np.float32]] = []
        for kind, options in _KINDS.items():
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
        from scipy.sparse import csr_matrix

        found = [self.of(question) for question in questions]
        places, values = zip(*found, strict=True) if found else ((), ())
        ends = np.cumsum([0, *map(len, places)])
        shape = len(questions), len(self.words)
        return csr_matrix((np.concatenate([_NO_VALUES, *values]), np.concatenate([_NO_PLACES, *places]), ends), shape)

    def scores(self, model: LinearModel, questions: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the scores by a `model` over these features, shape (questions, labels)."""
        return np.stack([model.over_few(*self.of(question)) for question in questions])

    def of(self, question: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return the places of the features that `question` has, and their values.

        Each kind has unit length by itself. The vectorizer's own way to them takes ten times as long for one question.
        """
        places: list[int] = []
        values = []
        for analyze, known in self._kinds:
            counts = Counter(known[word] for word in analyze(question) if word in known)
            weights = (1 + np.log(np.fromiter(counts.values(), np.float32))) * self.rarity[list(counts)]
            values.append(weights / max(math.sqrt(weights @ weights), _LEAST))
            places += counts
        return np.asarray(places, np.int64), np.concatenate(values)


def _vectorizer(**options: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **options)

"""Which label a question belongs to: by its meaning and by its wording, from few examples a label."""

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.encoder import POOLED, half_way, last_layer, meaning
from assistant.text import key
from assistant.wording import Wording

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float32]

OUT_OF_SCOPE = "out_of_scope"
_MOST_STEPS = 100
# How much the mean, the maximum and the first token of the last layer count. By cross-validation, as the next two.
_PARTS = np.repeat(np.asarray([1.0, 0.5, 0.5], np.float32), POOLED)
# How much the states half way count beside those of the last layer.
_HALF_WAY = 0.3
# With so many questions a label the wording counts half as much as with very many: few questions show few words.
_HALF_THE_WORDS = 35
_WORDING_STRENGTH = 20.0


@dataclass(frozen=True)
class Reading:
    """What the classifier makes of a message.

    ranking: every label with its probability, most likely first.
    nearness: cosine similarity to the closest in-scope training question, -1 to 1.
    """

    ranking: tuple[tuple[str, float], ...]
    nearness: float


@dataclass(frozen=True)
class LinearModel:
    """Log-odds of each label, up to a constant: weights (labels, features), bias (labels,)."""

    weights: Floats
    bias: Floats

    @classmethod
    def of(cls, trained: "LogisticRegression") -> "LinearModel":
        """Take over what scikit-learn learned; with two labels it keeps one row, for the second of them."""
        weights, bias = trained.coef_, trained.intercept_
        if len(weights) == 1:
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        return cls(weights.astype(np.float32), bias.astype(np.float32))

    def scaled(self, parts: Floats) -> "LinearModel":
        """Return the model for features that were multiplied by `parts` where this one was trained."""
        return LinearModel(self.weights * parts, self.bias)


@dataclass(frozen=True)
class QuestionClassifier:
    """A trained classifier: three logistic regressions, each an opinion of its own, and what it was taught.

    by_meaning sees the last layer of the sentence vector, by_half_way the states half way, by_wording the words.

    labels: (labels,); share: how much the wording counts beside the meaning, 0 to 1, with the questions there were;
    known: (in-scope questions, 384) unit vectors; keys: each training question's words -> its label.
    """

    labels: tuple[str, ...]
    by_meaning: LinearModel
    by_half_way: LinearModel
    by_wording: LinearModel
    wording: Wording
    share: float
    known: Floats
    keys: dict[str, str]

    @classmethod
    def train(
        cls, questions: Sequence[str], vectors: Floats, labels: Sequence[str], strength: float, share: float
    ) -> "QuestionClassifier":
        """Learn from questions.

        Args:
            questions: as people type them.
            vectors: their sentence vectors, shape (questions, 1536).
            labels: their labels, at least two different ones.
            strength: inverse of the regularization of what sees the sentence vector (scikit-learn's C).
            share: how much the wording counts beside the meaning with very many questions a label, 0 to 1.

        Raises:
            ValueError: there are fewer than two different labels.
        """
        from sklearn.linear_model import LogisticRegression

        targets = np.asarray(labels)
        weights = _weights(labels)
        labels_of, by_meaning = _regression(last_layer(vectors) * _PARTS, targets, strength, weights)
        _, by_half_way = _regression(half_way(vectors), targets, strength, weights)
        wording = Wording.learn(questions)
        # One against the rest is ten times faster on many sparse features, and measured as good.
        by_wording = LogisticRegression(
            C=_WORDING_STRENGTH, solver="liblinear", multi_class="ovr", class_weight=weights
        )
        by_wording.fit(wording.features(questions), targets)
        in_scope = targets != OUT_OF_SCOPE
        return cls(
            labels=labels_of,
            by_meaning=by_meaning.scaled(_PARTS),
            by_half_way=by_half_way,
            by_wording=LinearModel.of(by_wording),
            wording=wording,
            share=_share(share, labels),
            known=meaning(vectors)[in_scope].astype(np.float32),
            keys={key(question): label for question, label in zip(questions, labels, strict=True) if key(question)},
        )

    def read(self, question: str, vector: Floats) -> Reading:
        """Rank the labels for `question` with its sentence vector, shape (1536,).

        A training question, word for word, belongs to its own label for certain: what staff wrote, and what a button
        says, is understood.
        """
        certain = self.keys.get(key(question))
        if certain is None:
            probabilities = self._probabilities(question, vector)
        else:
            probabilities = np.asarray([float(label == certain) for label in self.labels])
        order = np.argsort(-probabilities, kind="stable")
        return Reading(
            ranking=tuple((self.labels[index], float(probabilities[index])) for index in order),
            nearness=float((self.known @ meaning(vector)).max(initial=-1.0)),
        )

    def _probabilities(self, question: str, vector: Floats) -> npt.NDArray[np.float64]:
        """Pool the opinions: the weighted geometric mean of their probabilities."""
        by_meaning = softmax(self.by_meaning.weights @ last_layer(vector) + self.by_meaning.bias)
        by_half_way = softmax(self.by_half_way.weights @ half_way(vector) + self.by_half_way.bias)
        features = self.wording.features([question])
        scores = (features @ self.by_wording.weights.T)[0] + self.by_wording.bias
        by_wording = shares(1 / (1 + np.exp(-scores)))
        by_vector = by_meaning ** (1 - _HALF_WAY) * by_half_way**_HALF_WAY
        return shares(by_vector ** (1 - self.share) * by_wording**self.share)

    def save(self, file: Path) -> None:
        """Write the classifier to `file` (NumPy archive, nothing executable in it)."""
        np.savez_compressed(
            file,
            labels=np.asarray(self.labels),
            meaning_weights=self.by_meaning.weights,
            meaning_bias=self.by_meaning.bias,
            half_way_weights=self.by_half_way.weights,
            half_way_bias=self.by_half_way.bias,
            wording_weights=self.by_wording.weights,
            wording_bias=self.by_wording.bias,
            words=np.asarray(self.wording.words),
            rarity=self.wording.rarity,
            share=np.asarray(self.share),
            known=self.known,
            questions=np.asarray(list(self.keys)),
            answers=np.asarray([self.labels.index(label) for label in self.keys.values()]),
        )

    @classmethod
    def load(cls, file: Path) -> "QuestionClassifier":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, KeyError: the file is missing or damaged.
        """
        with np.load(file, allow_pickle=False) as stored:
            labels = tuple(stored["labels"].tolist())
            return cls(
                labels=labels,
                by_meaning=LinearModel(stored["meaning_weights"], stored["meaning_bias"]),
                by_half_way=LinearModel(stored["half_way_weights"], stored["half_way_bias"]),
                by_wording=LinearModel(stored["wording_weights"], stored["wording_bias"]),
                wording=Wording(tuple(stored["words"].tolist()), stored["rarity"]),
                share=float(stored["share"]),
                known=stored["known"],
                keys={
                    question: labels[index]
                    for question, index in zip(stored["questions"].tolist(), stored["answers"], strict=True)
                },
            )


def _regression(
    features: Floats, targets: npt.NDArray[np.str_], strength: float, weights: dict[str, float]
) -> tuple[tuple[str, ...], LinearModel]:
    """Return the labels in their order, and the logistic regression that tells them apart."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=strength, max_iter=_MOST_STEPS, class_weight=weights)
    with warnings.catch_warnings():
        # Stopping short of the optimum costs nothing measurable here, and saves half the training time.
        warnings.simplefilter("ignore", ConvergenceWarning)
        regression.fit(features, targets)
    return tuple(str(label) for label in regression.classes_), LinearModel.of(regression)


def _weights(labels: Sequence[str]) -> dict[str, float]:
    """Let a small label count as much as a middling one, so that ten questions are enough."""
    counts = Counter(labels)
    middling = median(counts.values())
    return {label: max(1.0, middling / count) for label, count in counts.items()}


def _share(most: float, labels: Sequence[str]) -> float:
    """Return how much the wording counts with as many questions as the middling label has."""
    middling = median(Counter(labels).values())
    return most * middling / (middling + _HALF_THE_WORDS)


def spoken(label: str) -> str:
    """Return the name of a label in words: one more example of what it is about ("faq/side_effects": side effects)."""
    return label.rpartition("/")[2].replace("_", " ").strip().lower()


def softmax(scores: Floats) -> npt.NDArray[np.float64]:
    """Return the probabilities that go with `scores`."""
    return shares(np.exp(scores.astype(np.float64) - scores.max()))


def shares(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return `values` as shares of their sum."""
    parts: npt.NDArray[np.float64] = values / values.sum()
    return parts

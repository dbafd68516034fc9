"""Which label a question belongs to: by its meaning and by its wording, from few examples a label."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt

from assistant.encoder import POOLED, half_way, last_layer, meaning
from assistant.linear import Floats, LinearModel, principal_axes, softmax
from assistant.text import key
from assistant.weighing import Scores, folds, weigh
from assistant.wording import Wording

OUT_OF_SCOPE = "out_of_scope"
# How many of the likeliest labels a message carries to the dialogue.
RANKED = 10
_SEED = 0
# Where there are so many questions, those directions of the vectors are learned from in which they differ most: in less
# than half the time, at no measurable cost.
_MANY_QUESTIONS = 5000
_MANY_DIMENSIONS = 512
# Enough to tell which opinion to trust; from there it takes as many again to be as near to the optimum as 100 at once.
_STEPS = 60
# How much the mean, the maximum and the first token of the last layer count. By cross-validation.
_PARTS = np.repeat(np.asarray([1.0, 0.5, 0.5], np.float32), POOLED)
_WORDING_STRENGTH = 20.0
# With it the scores (log-odds) differ by 0.007 on average from what they are in the end, in half the time.
_WORDING_TOLERANCE = 0.3
# How much the opinions count before any question is seen: meaning, half way, wording, nearest question of the label.
_FIRST_WEIGHTS = (1.0, 0.5, 0.25, 4.0)
_LEAST_WEIGHT = 0.1


@dataclass(frozen=True)
class Reading:
    """What the classifier makes of a message.

    ranking: every label with its probability, most likely first.
    nearness: cosine similarity to the closest in-scope training question, -1 to 1.
    """

    ranking: tuple[tuple[str, float], ...]
    nearness: float


@dataclass(frozen=True)
class Opinions:
    """Four views of which label a question belongs to, each learned by itself.

    labels: (labels,); by_meaning: a logistic regression over the last layer of the sentence vector; by_half_way: over
    the states half way; by_wording: over the words; known: (questions, 384) unit vectors of what was taught, label by
    label; begins: (labels,) where each label's begin.
    """

    labels: tuple[str, ...]
    by_meaning: LinearModel
    by_half_way: LinearModel
    wording: Wording
    by_wording: LinearModel
    known: Floats
    begins: npt.NDArray[np.int64]

    @classmethod
    def learn(
        cls,
        questions: Sequence[str],
        vectors: Floats,
        targets: Sequence[str],
        strength: float,
        start: "Opinions | None" = None,
    ) -> "Opinions":
        """Learn from questions (see QuestionClassifier.train).

        With a `start`, learned from most of the same questions, it goes on from there.
        """
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression
        from threadpoolctl import threadpool_limits

        weights = _weights(targets)
        wording = Wording.learn(questions)
        # One against the rest is ten times faster on many sparse features, and measured as good.
        over_words = LogisticRegression(
            C=_WORDING_STRENGTH,
            solver="liblinear",
            multi_class="ovr",
            class_weight=weights,
            tol=_WORDING_TOLERANCE,
            dual=True,
            random_state=_SEED,
        )
        begun = LinearModel(start.by_meaning.weights / _PARTS, start.by_meaning.bias) if start else None
        begun_half_way = start.by_half_way if start else None
        # Two threads for the linear algebra of one regression gain a tenth, two regressions side by side nearly half.
        with threadpool_limits(1), warnings.catch_warnings(), ThreadPoolExecutor(2) as pool:
            # Stopping short of the optimum costs nothing measurable here, and saves half the training time.
            warnings.simplefilter("ignore", ConvergenceWarning)
            meaning_learned = pool.submit(_regression, last_layer(vectors) * _PARTS, targets, strength, weights, begun)
            words_learned = pool.submit(over_words.fit, wording.features(questions), targets)
            half_way_learned = pool.submit(_regression, half_way(vectors), targets, strength, weights, begun_half_way)
        labels, by_meaning = meaning_learned.result()
        _, by_half_way = half_way_learned.result()
        by_wording = words_learned.result()
        order = np.argsort(np.asarray(targets), kind="stable")
        return cls(
            labels=labels,
            by_meaning=LinearModel(by_meaning.weights * _PARTS, by_meaning.bias),
            by_half_way=by_half_way,
            wording=wording,
            by_wording=LinearModel.of(by_wording),
            # Rounded as they are stored.
            known=meaning(vectors)[order].astype(np.float16).astype(np.float32),
            begins=np.searchsorted(np.asarray(targets)[order], np.asarray(labels)),
        )

    def of(self, questions: Sequence[str], vectors: Floats) -> Scores:
        """Return a score of each opinion for each question and label, shape (4, questions, labels).

        The first three are logarithms of probabilities, the last the cosine similarity to the label's nearest question.
        """
        words = self.wording.scores(self.by_wording, questions)
        by_wording = 1 / (1 + np.exp(-words.astype(np.float64)))
        return np.stack(
            [
                _log_softmax(last_layer(vectors) @ self.by_meaning.weights.T + self.by_meaning.bias),
                _log_softmax(half_way(vectors) @ self.by_half_way.weights.T + self.by_half_way.bias),
                np.log(by_wording / by_wording.sum(axis=1, keepdims=True)),
                np.maximum.reduceat(meaning(vectors) @ self.known.T, self.begins, axis=1),
            ]
        )


@dataclass(frozen=True)
class QuestionClassifier:
    """A trained classifier: opinions, how much each counts, and what is certain.

    weights: (4,), of the opinions, those of the first three adding up to 1; keys: each training question's words -> its
    label.
    """

    opinions: Opinions
    weights: Scores
    keys: dict[str, str]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the opinions."""
        return self.opinions.labels

    @classmethod
    def train(
        cls,
        questions: Sequence[str],
        vectors: Floats,
        labels: Sequence[str],
        strength: float,
        names: Mapping[str, Floats] | None = None,
    ) -> "QuestionClassifier":
        """Learn from questions; how much each opinion counts is learned by cross-validation on them.

        Args:
            questions: as people type them.
            vectors: their sentence vectors, shape (questions, 1536).
            labels: their labels, at least two different ones.
            strength: inverse of the regularization of what sees the sentence vector (scikit-learn's C).
            names: labels with the sentence vector, shape (1536,), of their name in words (`spoken`): one more example.

        Raises:
            ValueError: there are fewer than two different labels.
        """
        keys = {key(question): label for question, label in zip(questions, labels, strict=True) if key(question)}
        if names:
            questions, labels = [*map(spoken, names), *questions], [*names, *labels]
            vectors = np.vstack([*names.values(), vectors])
        part, judged, right = None, [], []
        for learned, held in folds(labels):
            part = Opinions.learn(
                [questions[place] for place in learned],
                vectors[learned],
                [labels[place] for place in learned],
                strength,
            )
            judged.append(part.of([questions[place] for place in held], vectors[held]))
            right += [part.labels.index(labels[place]) for place in held]
        opinions = Opinions.learn(questions, vectors, labels, strength, part)
        weights = np.asarray(_FIRST_WEIGHTS)
        if right:
            weights = weigh(np.concatenate(judged, axis=1), np.asarray(right), _FIRST_WEIGHTS)
        return cls(
            opinions=opinions,
            # A mean of the first three, not more: doubt stays visible, and tells what is out of scope.
            weights=weights / max(weights[:-1].sum(), _LEAST_WEIGHT),
            keys=keys,
        )

    def read(self, questions: Sequence[str], vectors: Floats) -> list[Reading]:
        """Rank the labels for each of `questions` with their sentence vectors, shape (questions, 1536).

        A training question, word for word, belongs to its own label for certain: what staff wrote, and what a button
        says, is understood.
        """
        scores = self.opinions.of(questions, vectors)
        return [self._reading(question, scores[:, place]) for place, question in enumerate(questions)]

    def _reading(self, question: str, scores: Scores) -> Reading:
        certain = self.keys.get(key(question))
        if certain is None:
            probabilities = softmax(self.weights @ scores)
        else:
            probabilities = np.asarray([float(label == certain) for label in self.labels])
        order = np.argsort(-probabilities, kind="stable")
        ranked = [self.labels[place] for place in order.tolist()]
        near = scores[-1][self._in_scope]
        return Reading(
            ranking=tuple(zip(ranked, probabilities[order].tolist(), strict=True)),
            nearness=float(near.max(initial=-1.0)),
        )

    @cached_property
    def _in_scope(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.labels) != OUT_OF_SCOPE

    def save(self, file: Path) -> None:
        """Write the classifier to `file` (NumPy archive, nothing executable in it)."""
        opinions = self.opinions
        # Compressed here: Rasa's archive of the model would take much longer over it.
        np.savez_compressed(
            file,
            labels=np.asarray(self.labels),
            meaning_weights=opinions.by_meaning.weights,
            meaning_bias=opinions.by_meaning.bias,
            half_way_weights=opinions.by_half_way.weights,
            half_way_bias=opinions.by_half_way.bias,
            wording_weights=opinions.by_wording.weights,
            wording_bias=opinions.by_wording.bias,
            words=np.asarray(opinions.wording.words),
            rarity=opinions.wording.rarity,
            known=opinions.known.astype(np.float16),
            begins=opinions.begins,
            weights=self.weights,
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
            opinions = Opinions(
                labels=labels,
                by_meaning=LinearModel(stored["meaning_weights"], stored["meaning_bias"]),
                by_half_way=LinearModel(stored["half_way_weights"], stored["half_way_bias"]),
                wording=Wording(tuple(stored["words"].tolist()), stored["rarity"]),
                by_wording=LinearModel(stored["wording_weights"], stored["wording_bias"]),
                known=stored["known"].astype(np.float32),
                begins=stored["begins"],
            )
            return cls(
                opinions=opinions,
                weights=stored["weights"],
                keys={
                    question: labels[index]
                    for question, index in zip(stored["questions"].tolist(), stored["answers"], strict=True)
                },
            )


def _regression(
    features: Floats,
    targets: Sequence[str],
    strength: float,
    weights: dict[str, float],
    start: LinearModel | None = None,
) -> tuple[tuple[str, ...], LinearModel]:
    """Return the labels in their order, and the logistic regression that tells them apart."""
    from sklearn.linear_model import LogisticRegression

    many = len(features) > _MANY_QUESTIONS
    axes = principal_axes(features, _MANY_DIMENSIONS) if many else np.eye(features.shape[1], dtype=np.float32)
    regression = LogisticRegression(C=strength, max_iter=_STEPS, class_weight=weights, warm_start=True)
    # With two labels scikit-learn keeps one row, and learns it in no time.
    if start and len(start.bias) > 2:
        regression.coef_, regression.intercept_ = start.weights @ axes, start.bias
    regression.fit(features @ axes, targets)
    learned = LinearModel.of(regression)
    return tuple(str(label) for label in regression.classes_), LinearModel(learned.weights @ axes.T, learned.bias)


def _weights(labels: Sequence[str]) -> dict[str, float]:
    """Let a small label count as much as a middling one, so that ten questions are enough."""
    counts = Counter(labels)
    middling = median(counts.values())
    return {label: max(1.0, middling / count) for label, count in counts.items()}


def spoken(label: str) -> str:
    """Return the name of a label in words: one more example of what it is about ("faq/side_effects": side effects)."""
    return label.rpartition("/")[2].replace("_", " ").strip().lower()


def _log_softmax(scores: Floats) -> Scores:
    """Return the logarithms of the probabilities that go with `scores`, shape (questions, labels)."""
    centred = scores.astype(np.float64) - scores.max(axis=1, keepdims=True)
    logs: Scores = centred - np.log(np.exp(centred).sum(axis=1, keepdims=True))
    return logs

"""How likely a message is to be an alarm, and of which level: learned beside the patterns of red_flags.yml."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant import lead_in
from assistant.encoder import Encode
from assistant.faq import PREFIX
from assistant.linear import Floats, LinearModel, principal_axes, shares, softmax
from assistant.text import key, sentences, words
from assistant.training_data import Example
from assistant.wording import Wording

# The training label of each kind of alarm: an emergency now or today, a crisis, and one with a life in danger.
EMERGENCY, URGENT, CRISIS, CRISIS_NOW = "emergency", "urgent", "crisis", "crisis_now"
ALARM_LABELS = (EMERGENCY, URGENT, CRISIS, CRISIS_NOW)
# What sounds dangerous and is not: it teaches this classifier only, and is the answer to nothing.
HARMLESS = "harmless"
# What people ask on ordinary days. It teaches this classifier only, in place of the topics: those are the clinic's to
# change, and no change of theirs shall move an alarm.
ORDINARY = "ordinary"
_NEAR_DANGER = frozenset({*ALARM_LABELS, HARMLESS})
# What belongs to no topic: this classifier alone learns it.
NO_TOPICS = _NEAR_DANGER | {ORDINARY}
_NONE = "none"
_SEED = 0
# The regression aims at 1 for the right label and 0 for the others; this turns its scores into log-odds. By validation.
_SHARPNESS = 5.0
# Keeps the equations solvable where two landmarks are alike.
_JITTER = 0.1
# So many messages are read together.
_BLOCK = 256
_ONE_BY_ONE = 8
# A sentence of up to so many words says too little alone.
_FEW = 2
# By how much it counts less than a whole message, chosen as the limits were (decision 0007).
_ODDS_OF_A_SENTENCE = 0.4


@dataclass(frozen=True)
class AlarmClassifier:
    """A trained classifier: a ridge regression over likeness to landmark messages, and a logistic one over words.

    labels: (labels,), "none" among them; axes: (1536, dimensions) the directions in which sentence vectors differ most;
    landmarks: (landmarks, dimensions) along them; width: of the Gaussian kernel; by_likeness: over the kernel to the
    landmarks; by_wording: over the words; share: how much the words count, 0 to 1; keys: the words of each training
    message that is an alarm, or sounds like one -> its label.
    """

    labels: tuple[str, ...]
    axes: Floats
    landmarks: Floats
    width: float
    by_likeness: LinearModel
    wording: Wording
    by_wording: LinearModel
    share: float
    keys: dict[str, str]

    @classmethod
    def train(
        cls,
        messages: Sequence[str],
        vectors: Floats,
        labels: Sequence[str],
        dimensions: int,
        landmarks: int,
        width: float,
        strength: float,
        share: float,
    ) -> "AlarmClassifier":
        """Learn from messages: those of ALARM_LABELS against all others but the topics' questions.

        Without any alarm among them it never sees one.

        Args:
            messages: as people type them.
            vectors: their sentence vectors, shape (messages, 1536).
            labels: their labels; what is not in ALARM_LABELS is harmless.
            dimensions: how many directions of the vectors are kept.
            landmarks: how many messages the likeness is measured to, at most.
            width: of the Gaussian kernel exp(-width x squared distance).
            strength: inverse of the regularization of the likeness.
            share: how much the words count beside the likeness, 0 to 1.
        """
        rows = [row for row, label in enumerate(labels) if not label.startswith(PREFIX)]
        messages, labels, vectors = [messages[row] for row in rows], [labels[row] for row in rows], vectors[rows]
        # Rounded as they are stored.
        axes = principal_axes(vectors, dimensions).astype(np.float16).astype(np.float32)
        along = vectors @ axes
        targets = np.asarray([label if label in ALARM_LABELS else _NONE for label in labels])
        close = np.flatnonzero(np.isin(labels, list(_NEAR_DANGER)))
        wording = Wording.learn(messages)
        known, by_wording = _by_wording(wording, messages, targets)
        chosen = _landmarks(along, targets, known, close, landmarks, width, strength)
        # As they are stored, so that what is learned fits what is read.
        marks = along[chosen].astype(np.float16).astype(np.float32)
        return cls(
            labels=known,
            axes=axes,
            landmarks=marks,
            width=width,
            by_likeness=_by_likeness(marks, along, targets, known, width, strength),
            wording=wording,
            by_wording=by_wording,
            share=share,
            keys={key(messages[row]): str(targets[row]) for row in close if key(messages[row])},
        )

    def read(self, message: str, vector: Floats) -> dict[str, float]:
        """Return how likely each of ALARM_LABELS is for `message` with its sentence vector, shape (1536,).

        A training message that is an alarm, or sounds like one, is for certain what it was taught to be, word for word.
        An ordinary question is not: many of them stand among the topics' questions, which are no judgment on danger.
        """
        return self._read([message], vector[None, :])[0]

    def most_alarming(self, messages: Sequence[str], vectors: Floats, encode: Encode) -> list[dict[str, float]]:
        """Return what `read` makes of each of `messages` or of a part of it, whichever is likeliest an alarm.

        Each is read as a whole, without what leads in, and sentence by sentence: a danger must not get lost among other
        matters. What a sentence says alone counts less, since the others may take it back.

        Args:
            messages: as people type them: "no, my face is drooping. when do you open?".
            vectors: their sentence vectors, shape (messages, 1536).
            encode: the sentence encoder, for the other readings.
        """
        parts = [_parts(message) for message in messages]
        others = [part for each in parts for part in each]
        read = self._read([*messages, *others], np.vstack([vectors, encode(others)]) if others else vectors)
        whole, alone = read[: len(messages)], iter(read[len(messages) :])
        return [
            max([reading, *(_with_odds(next(alone), odds) for odds in each.values())], key=_likely)
            for reading, each in zip(whole, parts, strict=True)
        ]

    def _read(self, messages: Sequence[str], vectors: Floats) -> list[dict[str, float]]:
        # A block at a time: a thousand messages' distances would take a hundred megabytes.
        if len(messages) > _BLOCK:
            rest = self._read(messages[_BLOCK:], vectors[_BLOCK:])
            return [*self._read(messages[:_BLOCK], vectors[:_BLOCK]), *rest]
        along = vectors @ self.axes
        # The squared distances, by the product: five times faster than by the differences. Of few messages one by one:
        # a product of matrices would take twice as long.
        few = len(along) <= _ONE_BY_ONE
        likeness = np.stack([self.landmarks @ one for one in along]) if few else along @ self.landmarks.T
        lengths = np.einsum("md,md->m", along, along)
        distances = self._squares + lengths[:, None] - 2 * likeness
        by_likeness = np.exp(-self.width * distances) @ self.by_likeness.weights.T + self.by_likeness.bias
        by_wording = 1 / (1 + np.exp(-self.wording.scores(self.by_wording, messages).astype(np.float64)))
        return [self._pooled(*read) for read in zip(messages, by_likeness, by_wording, strict=True)]

    def _pooled(self, message: str, by_likeness: Floats, by_wording: npt.NDArray[np.float64]) -> dict[str, float]:
        certain = self.keys.get(key(message))
        if certain is not None:
            return {label: float(label == certain) for label in self.labels if label != _NONE}
        pooled = shares(softmax(by_likeness) ** (1 - self.share) * shares(by_wording) ** self.share)
        return {label: float(share) for label, share in zip(self.labels, pooled, strict=True) if label != _NONE}

    @cached_property
    def _squares(self) -> Floats:
        """The squared length of each landmark, shape (landmarks,)."""
        squares: Floats = np.einsum("ld,ld->l", self.landmarks, self.landmarks)
        return squares

    def save(self, file: Path) -> None:
        """Write the classifier to `file` (NumPy archive, nothing executable in it)."""
        # Compressed here: Rasa's archive of the model would take much longer over it.
        np.savez_compressed(
            file,
            labels=np.asarray(self.labels),
            axes=self.axes.astype(np.float16),
            landmarks=self.landmarks.astype(np.float16),
            width=np.asarray(self.width),
            likeness_weights=self.by_likeness.weights,
            likeness_bias=self.by_likeness.bias,
            words=np.asarray(self.wording.words),
            rarity=self.wording.rarity,
            wording_weights=self.by_wording.weights,
            wording_bias=self.by_wording.bias,
            share=np.asarray(self.share),
            messages=np.asarray(list(self.keys)),
            taught=np.asarray([self.labels.index(label) for label in self.keys.values()]),
        )

    @classmethod
    def load(cls, file: Path) -> "AlarmClassifier":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, KeyError: the file is missing or damaged.
        """
        with np.load(file, allow_pickle=False) as stored:
            labels = tuple(stored["labels"].tolist())
            return cls(
                labels=labels,
                axes=stored["axes"].astype(np.float32),
                landmarks=stored["landmarks"].astype(np.float32),
                width=float(stored["width"]),
                by_likeness=LinearModel(stored["likeness_weights"], stored["likeness_bias"]),
                wording=Wording(tuple(stored["words"].tolist()), stored["rarity"]),
                by_wording=LinearModel(stored["wording_weights"], stored["wording_bias"]),
                share=float(stored["share"]),
                keys={
                    message: labels[index]
                    for message, index in zip(stored["messages"].tolist(), stored["taught"], strict=True)
                },
            )


def with_sentences(examples: Sequence[Example]) -> list[Example]:
    """Return the examples and, since sentences are read alone, too, each sentence of the ordinary ones as one.

    Those of what sounds dangerous stay together: "my face drooped" is harmless only where it goes on "in 2012".
    """
    alone = [
        Example(sentence, ORDINARY)
        for example in examples
        if example.label == ORDINARY
        for sentence in _alone(example.text)
    ]
    return [*examples, *alone]


def _alone(message: str) -> list[str]:
    """Return the sentences of `message` that can be read by themselves, if there are others."""
    return [one for one in sentences(message) if one != message and len(words(one)) > _FEW]


def _parts(message: str) -> dict[str, float]:
    """Return what of `message` is read by itself, too, and by how much its odds count."""
    odds = dict.fromkeys(_alone(message), _ODDS_OF_A_SENTENCE)
    odds[lead_in.without(message)] = 1.0
    odds.pop(message, None)
    return odds


def _likely(probabilities: dict[str, float]) -> float:
    return sum(probabilities.values())


def _with_odds(probabilities: dict[str, float], factor: float) -> dict[str, float]:
    """Return the probabilities of alarms with `factor` times the odds that it is any of them."""
    likely = _likely(probabilities)
    share = factor / (factor * likely + 1 - likely)
    return {label: probability * share for label, probability in probabilities.items()}


def _by_wording(
    wording: Wording, messages: Sequence[str], targets: npt.NDArray[np.str_]
) -> tuple[tuple[str, ...], LinearModel]:
    """Return the labels, sorted, and how the words of `messages` speak for each."""
    from sklearn.linear_model import LogisticRegression

    if len(set(targets)) < 2:
        return (_NONE,), LinearModel(np.zeros((1, len(wording.words)), np.float32), np.zeros(1, np.float32))
    model = LogisticRegression(C=20, solver="liblinear", multi_class="ovr")
    model.fit(wording.features(messages), targets)
    return tuple(str(label) for label in model.classes_), LinearModel.of(model)


def _landmarks(
    along: Floats,
    targets: npt.NDArray[np.str_],
    labels: tuple[str, ...],
    close: npt.NDArray[np.intp],
    most: int,
    width: float,
    strength: float,
) -> npt.NDArray[np.intp]:
    """Return the rows of the landmarks: half are drawn from `close`, half are what those alone misjudge most."""
    drawn = np.random.default_rng(_SEED).permutation(close)[: most // 2]
    if not drawn.size:
        return drawn
    model = _by_likeness(along[drawn], along, targets, labels, width, strength)
    scores = _kernel(along, along[drawn], width) @ model.weights.T + model.bias
    aims = _SHARPNESS * (targets[:, None] == np.asarray(labels))
    wrong = np.abs(aims - scores).max(axis=1)
    chosen: npt.NDArray[np.intp] = np.union1d(drawn, np.argsort(-wrong, kind="stable")[: most - most // 2])
    return chosen


def _by_likeness(
    marks: Floats,
    vectors: Floats,
    targets: npt.NDArray[np.str_],
    labels: tuple[str, ...],
    width: float,
    strength: float,
) -> LinearModel:
    """Solve the ridge regression of the labels on the likeness to the landmarks, in closed form."""
    from scipy.linalg import solve
    from scipy.linalg.blas import ssyrk

    if not len(marks):
        return LinearModel(np.zeros((len(labels), 0), np.float32), np.zeros(len(labels), np.float32))
    likeness = _kernel(vectors, marks, width)
    aims = (targets[:, None] == np.asarray(labels)).astype(np.float32)
    # What is like no landmark is an alarm as often as any message is.
    usual = aims.mean(axis=0)
    # Its lower half, at half the work of the whole product.
    products = ssyrk(1.0, likeness.T, lower=True)
    penalty = _kernel(marks, marks, width) / strength + _JITTER * np.eye(len(marks), dtype=np.float32)
    equations = (products + penalty).astype(np.float64)
    weights = solve(equations, likeness.T @ (aims - usual), assume_a="pos", lower=True, overwrite_a=True)
    return LinearModel((_SHARPNESS * weights.T).astype(np.float32), _SHARPNESS * usual)


def _kernel(rows: Floats, columns: Floats, width: float) -> Floats:
    """Return the Gaussian likeness of each of `rows` to each of `columns`."""
    from sklearn.metrics.pairwise import rbf_kernel

    likeness: Floats = rbf_kernel(rows, columns, gamma=width)
    return likeness

"""How likely a message is to be an alarm, and of which level: learned beside the patterns of red_flags.yml."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.classifier import Floats, LinearModel, shares, softmax
from assistant.text import key
from assistant.wording import Wording

if TYPE_CHECKING:
    from sklearn.kernel_approximation import Nystroem

# The training label of each kind of alarm: an emergency now or today, a crisis, and one with a life in danger.
EMERGENCY, URGENT, CRISIS, CRISIS_NOW = "emergency", "urgent", "crisis", "crisis_now"
ALARM_LABELS = (EMERGENCY, URGENT, CRISIS, CRISIS_NOW)
# What sounds dangerous and is not: it teaches this classifier only, and is the answer to nothing.
HARMLESS = "harmless"
_NONE = "none"
_SEED = 0


@dataclass(frozen=True)
class AlarmClassifier:
    """A trained classifier: logistic regressions over likeness to landmark messages and over words.

    labels: (labels,), "none" among them; landmarks: (landmarks, 1152) sentence vectors; width: of the Gaussian kernel;
    by_likeness: over the kernel to the landmarks; by_wording: over the words; share: how much the words count, 0 to 1;
    keys: each training message's words -> its label.
    """

    labels: tuple[str, ...]
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
        landmarks: int,
        width: float,
        strength: float,
        share: float,
    ) -> "AlarmClassifier":
        """Learn from messages: those of ALARM_LABELS against all others.

        Args:
            messages: as people type them.
            vectors: their sentence vectors, shape (messages, 1152).
            labels: their labels; what is not in ALARM_LABELS is harmless.
            landmarks: how many messages the likeness is measured to.
            width: of the Gaussian kernel exp(-width x squared distance).
            strength: inverse of the regularization of the likeness (scikit-learn's C).
            share: how much the words count beside the likeness, 0 to 1.
        """
        from sklearn.kernel_approximation import Nystroem
        from sklearn.linear_model import LogisticRegression

        targets = np.asarray([label if label in ALARM_LABELS else _NONE for label in labels])
        kernel = Nystroem(gamma=width, n_components=min(landmarks, len(messages)), random_state=_SEED).fit(vectors)
        by_likeness = LogisticRegression(C=strength, max_iter=200).fit(kernel.transform(vectors), targets)
        wording = Wording.learn(messages)
        by_wording = LogisticRegression(C=20, solver="liblinear", multi_class="ovr")
        by_wording.fit(wording.features(messages), targets)
        return cls(
            labels=tuple(str(label) for label in by_likeness.classes_),
            landmarks=kernel.components_.astype(np.float32),
            width=width,
            by_likeness=_through(kernel, LinearModel.of(by_likeness)),
            wording=wording,
            by_wording=LinearModel.of(by_wording),
            share=share,
            keys={key(message): str(target) for message, target in zip(messages, targets, strict=True) if key(message)},
        )

    def read(self, message: str, vector: Floats) -> dict[str, float]:
        """Return how likely each of ALARM_LABELS is for `message` with its sentence vector, shape (1152,).

        A training message, word for word, is what it was taught to be for certain.
        """
        certain = self.keys.get(key(message))
        if certain is not None:
            return {label: float(label == certain) for label in self.labels if label != _NONE}
        # The squared distance, by the product: five times faster than by the differences.
        distances = self._squares + float(vector @ vector) - 2 * (self.landmarks @ vector)
        likeness = np.exp(-self.width * distances)
        by_likeness = softmax(self.by_likeness.weights @ likeness + self.by_likeness.bias)
        scores = (self.wording.features([message]) @ self.by_wording.weights.T)[0] + self.by_wording.bias
        by_wording = shares(1 / (1 + np.exp(-scores.astype(np.float64))))
        pooled = shares(by_likeness ** (1 - self.share) * by_wording**self.share)
        return {label: float(share) for label, share in zip(self.labels, pooled, strict=True) if label != _NONE}

    def told_harmless(self, messages: Sequence[str]) -> "AlarmClassifier":
        """Return a classifier that also knows `messages`, word for word, to be no alarm."""
        return replace(self, keys={**self.keys, **{key(message): _NONE for message in messages if key(message)}})

    @cached_property
    def _squares(self) -> Floats:
        """The squared length of each landmark, shape (landmarks,)."""
        squares: Floats = np.einsum("ld,ld->l", self.landmarks, self.landmarks)
        return squares

    def save(self, file: Path) -> None:
        """Write the classifier to `file` (NumPy archive, nothing executable in it)."""
        np.savez_compressed(
            file,
            labels=np.asarray(self.labels),
            landmarks=self.landmarks,
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
                landmarks=stored["landmarks"],
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


def _through(kernel: "Nystroem", model: LinearModel) -> LinearModel:
    """Return `model` as one over plain likenesses: what the kernel does to them is linear, and done here once."""
    weights: npt.NDArray[np.float64] = model.weights.astype(np.float64) @ kernel.normalization_
    return LinearModel(weights.astype(np.float32), model.bias)

"""Linear models over vectors, and what turns their scores into probabilities."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float32]


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

    def over_few(self, places: npt.NDArray[np.int64], values: Floats) -> Floats:
        """Return the scores, shape (labels,), where but few features are not zero: their `places` and `values`."""
        scores: Floats = values @ self._by_feature[places] + self.bias
        return scores

    @cached_property
    def _by_feature(self) -> Floats:
        """The weights, feature by feature: in this order those of a message's words are read, and no others."""
        return np.ascontiguousarray(self.weights.T)


def principal_axes(vectors: Floats, most: int) -> Floats:
    """Return the directions in which `vectors` differ most, not centered, shape (dimensions, at most `most`)."""
    _, axes = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    kept: Floats = axes[:, -most:].astype(np.float32)
    return kept


def softmax(scores: Floats | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the probabilities that go with `scores`."""
    return shares(np.exp(scores.astype(np.float64) - scores.max()))


def shares(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return `values` as shares of their sum."""
    parts: npt.NDArray[np.float64] = values / values.sum()
    return parts

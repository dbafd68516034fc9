"""How much each of several opinions counts: learned by cross-validation, so that it suits the questions there are."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_FOLDS = 5
# So many questions tell the weights well enough; of more, fewer parts are judged, and training stays short.
_ENOUGH = 1500
# The weights to begin with count as much as so many questions: a handful cannot lead far astray.
_PRIOR = 10.0
_SEED = 0


def folds(labels: Sequence[str]) -> Iterator[tuple[Places, Places]]:
    """Yield (to learn from, to judge) as places in `labels`, until enough questions are judged.

    Each label keeps a question to learn from; the only question of a label is never judged.
    """
    order = np.random.default_rng(_SEED).permutation(len(labels))
    counts = Counter(labels)
    seen: Counter[str] = Counter()
    fold = np.full(len(labels), -1)
    for place in order:
        label = labels[place]
        if counts[label] > 1:
            fold[place] = seen[label] % _FOLDS
            seen[label] += 1
    judged = 0
    for number in range(_FOLDS):
        places = np.flatnonzero(fold == number)
        if len(places) and judged < _ENOUGH:
            judged += len(places)
            yield np.flatnonzero(fold != number), places


def weigh(opinions: Scores, right: Places, first: Sequence[float]) -> Scores:
    """Return the weights, none below 0, under which the weighted sum of `opinions` makes the right labels likeliest.

    Args:
        opinions: a score of each opinion for each question and label, shape (opinions, questions, labels).
        right: the place of each question's right label, shape (questions,).
        first: the weights that hold without any question, all above 0.
    """
    from scipy.optimize import minimize

    start = np.asarray(first, np.float64)
    rows = np.arange(len(right))

    def loss(weights: Scores) -> tuple[float, Scores]:
        pooled = np.tensordot(weights, opinions, 1)
        pooled -= pooled.max(axis=1, keepdims=True)
        likely = np.exp(pooled)
        sums = likely.sum(axis=1, keepdims=True)
        surprise = float((np.log(sums[:, 0]) - pooled[rows, right]).sum())
        expected = np.einsum("oql,ql->o", opinions, likely / sums)
        slope = expected - opinions[:, rows, right].sum(axis=1)
        away = (weights - start) / start
        return surprise + _PRIOR / 2 * float(away @ away), slope + _PRIOR * away / start

    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start))
    return np.asarray(found.x, np.float64)

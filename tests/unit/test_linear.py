"""Linear models have a row a label, and their scores become probabilities."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from assistant.linear import LinearModel, principal_axes, shares, softmax

POINTS = np.asarray([[0, 0], [0, 1], [4, 0], [4, 1], [0, 8], [1, 8]], np.float32)


@pytest.mark.parametrize("labels", [["a", "a", "b", "b", "a", "a"], ["a", "a", "b", "b", "c", "c"]])
def test_the_probabilities_are_those_of_scikit_learn_with_two_labels_as_with_more(labels):
    trained = LogisticRegression().fit(POINTS, labels)
    model = LinearModel.of(trained)
    assert len(model.weights) == len(model.bias) == len(set(labels))
    found = [softmax(model.weights @ point + model.bias) for point in POINTS]
    assert np.allclose(found, trained.predict_proba(POINTS), atol=1e-5)


def test_few_features_get_the_same_scores_as_all_with_their_zeros():
    model = LinearModel.of(LogisticRegression().fit(POINTS, list("aabbcc")))
    for point in POINTS:
        places = np.flatnonzero(point)
        found = model.over_few(places, point[places])
        assert np.allclose(found, point @ model.weights.T + model.bias, atol=1e-5)


def test_the_axes_are_at_right_angles_and_the_vectors_reach_farthest_along_them():
    vectors = np.random.default_rng(0).normal(size=(50, 6)).astype(np.float32) * [1, 1, 9, 1, 5, 1]
    axes = principal_axes(vectors.astype(np.float32), 2)
    assert np.allclose(axes.T @ axes, np.eye(2), atol=1e-5)
    assert (np.abs(axes).argmax(axis=0) == [4, 2]).all()


def test_large_scores_do_not_overflow():
    assert softmax(np.asarray([1000.0, 1000.0])).tolist() == [0.5, 0.5]


def test_shares_add_up_to_one():
    assert shares(np.asarray([1.0, 3.0])).tolist() == [0.25, 0.75]

import numpy as np
import pytest

from assistant.weighing import folds, weigh


def _opinions(rng, questions, labels, trust):
    """Opinions that name the right label: with what certainty each does is in `trust`."""
    right = rng.integers(labels, size=questions)
    scores = rng.normal(size=(len(trust), questions, labels))
    for opinion, certainty in zip(scores, trust, strict=True):
        opinion[np.arange(questions), right] += certainty
    return scores, right


def test_the_opinion_that_knows_more_counts_more():
    scores, right = _opinions(np.random.default_rng(0), 400, 5, [3.0, 0.5])
    knowing, guessing = weigh(scores, right, [1.0, 1.0])
    assert knowing > 2 * guessing > 0


def test_an_opinion_that_knows_nothing_hardly_counts():
    scores, right = _opinions(np.random.default_rng(0), 400, 5, [3.0, -1.0])
    assert weigh(scores, right, [1.0, 1.0])[1] == 0


def test_a_handful_of_questions_changes_little():
    scores, right = _opinions(np.random.default_rng(0), 3, 5, [9.0, 0.0])
    assert weigh(scores, right, [1.0, 0.5]) == pytest.approx([1.0, 0.5], abs=0.3)


def test_every_question_is_judged_once_and_never_by_what_learned_it():
    labels = ["a"] * 12 + ["b"] * 7
    parts = list(folds(labels))
    assert sorted(place for _, judged in parts for place in judged) == list(range(19))
    for learned, judged in parts:
        assert not {*learned} & {*judged}
        assert {labels[place] for place in learned} == {"a", "b"}


def test_the_only_question_of_a_label_is_always_learned():
    labels = ["a", *["b"] * 10]
    assert all(0 in learned and 0 not in judged for learned, judged in folds(labels))


def test_of_many_questions_only_enough_are_judged():
    parts = list(folds(["a", "b"] * 5000))
    assert len(parts) == 1
    assert len(parts[0][1]) == 2000


def test_without_two_questions_of_a_label_none_is_judged():
    assert list(folds(["a", "b"])) == []

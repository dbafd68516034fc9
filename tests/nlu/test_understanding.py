"""What `make evaluate` measures of questions stays at least as good as promised."""

import pytest

from assistant.classifier import OUT_OF_SCOPE
from assistant.evaluation import false_alarms, questions, top
from cli.paths import PROJECT
from cli.trained import Trained


@pytest.fixture(scope="module")
def answered(model):
    return Trained(model).answer(questions(PROJECT / "tests/nlu/dev.yml"))


@pytest.fixture(scope="module")
def inside(answered):
    return [one for one in answered if one.label != OUT_OF_SCOPE]


@pytest.fixture(scope="module")
def outside(answered):
    return [one for one in answered if one.label == OUT_OF_SCOPE]


def test_the_right_label_comes_first_or_among_the_first_three(inside):
    assert top(inside, 1) >= 0.92
    assert top(inside, 3) >= 0.98


def test_what_is_out_of_scope_is_refused(outside):
    assert sum(one.refused for one in outside) / len(outside) >= 0.85


def test_what_is_in_scope_is_rarely_refused_even_with_asking_back(inside):
    assert sum(one.refused or one.asked_back for one in inside) / len(inside) <= 0.05


def test_no_topic_is_forgotten(inside):
    # A bare answer of the check is read for its numbers, whatever label it gets.
    for label in {one.label for one in inside} - {"inform"}:
        own = [one for one in inside if one.label == label]
        assert top(own, 3) >= 0.8, label


def test_a_question_is_rarely_taken_for_an_emergency(answered):
    # The goal is 0.5 %; in doubt between an answer and an alarm, it raises the alarm (docs/decisions/0007-alarms.md).
    assert false_alarms(answered) <= 0.02

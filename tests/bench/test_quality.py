"""The quality part: real training and parsing, on a few questions."""

import pytest

from bench import quality, report
from bench.quality import data, measures, pipelines
from bench.quality.measures import interval, separation

_NAMES = (pipelines.OURS, pipelines.BAG, pipelines.NEAREST)


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    few = quality.Size(few=(2,), asked=12, taught=3, whole=False, names=_NAMES, at_a_time=2)
    return {table.name: table for table in quality.measure(few)}


def test_every_table_is_made_and_can_be_shown(tables):
    assert [*tables] == ["others", "components", "own", "curve"]
    assert all(report.table_text(table) for table in tables.values())


def test_each_pipeline_is_measured_on_each_set(tables):
    others = tables["others"]
    assert [(row[0], row[1]) for row in others.rows] == [
        (name, pipeline) for name in ("BANKING77", "CLINC150") for pipeline in _NAMES
    ]
    assert all(0 <= row[others.place("top 1")][0] <= row[others.place("top 3")] <= 1 for row in others.rows)


def test_the_time_of_each_component_of_ours_is_told(tables):
    times = {row[1]: row[2][0] for row in tables["components"].rows}
    assert {"MiniLMFeaturizer", "FullLabelClassifier", "ScopeGate"} <= times.keys()
    assert times["encoding and classifying"] > times["MiniLMFeaturizer"] > 0


def test_topics_are_told_apart_by_pipelines_that_know_no_retrieval_intents():
    answers = {"ranking": [("faq+does_it_hurt", 0.7), ("greet", 0.3)], "selected": [], "nearness": None}
    assert measures._ranking(answers)[0] == ("faq/does_it_hurt", 0.7)


def test_the_default_chooses_among_topics_with_its_selector():
    answers = {
        "ranking": [("faq", 0.8), ("greet", 0.2)],
        "selected": [("faq/a", 0.5), ("faq/b", 0.1)],
        "nearness": None,
    }
    assert measures._ranking(answers) == [("faq/a", 0.4), ("greet", 0.2), ("faq/b", pytest.approx(0.08))]


def test_few_questions_are_the_same_each_time_and_no_more_than_asked_for():
    task = data.own()
    assert task.few(3) == task.few(3)
    labels = [label for label, _ in task.few(3).taught]
    assert max(labels.count(label) for label in labels) == 3


def test_nothing_that_is_asked_is_taught():
    task = data.own()
    assert not {question.lower() for _, question in task.taught} & {question.lower() for _, question in task.asked}


def test_what_is_refused_where_most_is_kept():
    inside = [0.1, *[0.5] * 19]
    assert separation(inside, [0.2, 0.4, 0.6]) == (
        pytest.approx((20 * 2 / 3 * 0.95 + 0) / 20 * 1.0, abs=0.1),
        pytest.approx(2 / 3),
    )


def test_the_interval_holds_the_share_and_narrows_with_more_questions():
    share, low, high = interval(90, 100)
    assert low < share < high
    assert interval(900, 1000)[2] - interval(900, 1000)[1] < high - low


def test_what_rasa_cannot_train_is_a_problem_that_names_the_report():
    from cli.problem import Problem

    task = data.own().few(2).asking(2)
    with pytest.raises(Problem, match=r"bench-quality\.log"):
        measures.judge([{"name": "NoSuchComponent"}], task)

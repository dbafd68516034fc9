"""What both bots learn from: the project's own content, less of it or more."""

import shutil

import pytest
import yaml

from assistant import faq, training_data, yaml_file
from bench.speed import content
from cli.paths import PROJECT


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(PROJECT / "data", tmp_path / "data")


def _by_intent(data):
    counts = {}
    for file in data.rglob("*.yml"):
        for entry in (yaml_file.read(file) or {}).get("nlu", []) if file.name != "sources.yml" else []:
            counts[entry["intent"]] = counts.get(entry["intent"], 0) + len(entry["examples"].splitlines())
    return counts


def test_no_intent_keeps_more_questions_than_the_cap(data):
    before = _by_intent(data)
    left = content.cap(data, 7)
    after = _by_intent(data)
    assert set(after) == set(before)
    assert max(after.values()) == 7
    assert left == sum(after.values()) == content.count(data)


def test_the_alarms_learn_from_as_many_ordinary_questions_as_the_topics_have(data):
    content.cap(data, 7)
    topics = sum(number for intent, number in _by_intent(data).items() if intent.startswith("faq/"))
    ordinary = training_data.read(data / "nlu/ordinary.yml")
    assert topics <= len(ordinary) < 2 * topics


def test_topics_are_made_up_until_there_are_enough(data):
    content.grow(data, 200)
    files = list((data / "faq").glob("*.yml"))
    assert len(files) == 200
    questions = [question for file in files for question in yaml_file.read(file)["nlu"][0]["examples"].splitlines()]
    assert len(set(questions)) == len(questions)


def test_a_made_up_topic_has_the_form_of_a_topic(data):
    known = set((data / "faq").glob("*.yml"))
    content.grow(data, len(known) + 1)
    (made,) = set((data / "faq").glob("*.yml")) - known
    assert faq.read(made).id == made.stem


def test_more_than_can_be_made_up_is_refused(data):
    with pytest.raises(ValueError, match="cannot be made up"):
        content.grow(data, 100_000)


def test_a_change_touches_one_topic_and_is_new_each_time(data):
    file = min((data / "faq").glob("*.yml"))
    before = content.count(data)
    for number in range(2):
        content.change_one_topic(data, number)
    assert content.count(data) == before + 2
    assert yaml.safe_load(file.read_text())["nlu"][0]["examples"].splitlines()[-1].endswith("number 1")

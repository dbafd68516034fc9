"""Every FAQ topic, discovered from its file: nothing in it that `migraine faq check` would block, and our own style."""

import re
from datetime import date
from itertools import pairwise

import pytest

from assistant import faq
from assistant.encoder import SentenceEncoder
from assistant.faq_check import LONGEST_TITLE, MOST_RELATED, MOST_WORDS, Finding, check, sharing_words
from assistant.faq_document import Text
from assistant.text import key
from assistant.vector_cache import VectorCache
from cli.paths import PROJECT, WORK
from tests.content.catalogue import CATALOGUE
from tests.content.conftest import FILES, TOPICS

# A topic of the clinic's own works from a few questions; those we wrote have many more.
FEWEST_OF_OURS = 60
FEWEST_WORDS = 40
# Advice is read only where there is little of it.
MOST_ADVICE = 12

OURS = [topic for topic in TOPICS.values() if topic.id in CATALOGUE]


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    encode = VectorCache(WORK / "faq-vectors.npz", SentenceEncoder()).encode
    return check(PROJECT / faq.FOLDER, encode=encode, today=date.today())


def each_of_ours(function):
    return pytest.mark.parametrize("topic", OURS, ids=lambda topic: topic.id)(function)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_in_it_is_blocked(findings, file):
    assert [str(finding) for finding in findings if finding.blocking and finding.file == file] == []


def test_nothing_else_in_the_folder_is_blocked(findings):
    assert [str(finding) for finding in findings if finding.blocking and finding.file not in FILES] == []


def test_little_is_advised_on_the_topics_it_came_with(findings):
    files = {f"{topic}.yml" for topic in CATALOGUE}
    # A review falls due by itself.
    advice = [str(one) for one in findings if one.file.name in files and "review was due" not in one.message]
    assert len(advice) <= MOST_ADVICE, advice


def test_every_topic_of_the_catalogue_is_there():
    assert len(CATALOGUE) == 42
    assert set(TOPICS) >= CATALOGUE


@each_of_ours
def test_it_has_questions_enough(topic):
    assert len(topic.questions) >= FEWEST_OF_OURS


@each_of_ours
def test_its_title_fits_on_a_button(topic):
    assert len(topic.title) <= LONGEST_TITLE


@each_of_ours
def test_no_two_of_its_questions_share_most_of_their_words(topic):
    questions = [Text(question, 0) for question in topic.questions if key(question) != key(topic.title)]
    assert sharing_words(questions) == []


@each_of_ours
def test_its_answer_is_neither_short_nor_long(topic):
    assert FEWEST_WORDS <= len(topic.answer.split()) <= MOST_WORDS


@each_of_ours
def test_a_paragraph_of_its_answer_is_one_line(topic):
    # Every screen breaks lines at its own width; a break inside a paragraph would show.
    lines = topic.answer.splitlines()
    broken = [later for line, later in pairwise(lines) if line and later and not later.startswith("- ")]
    assert broken == []


@each_of_ours
def test_its_related_topics_fit_on_three_buttons(topic):
    assert 1 <= len(topic.related) <= MOST_RELATED


@pytest.mark.parametrize("topic", ["chronic_migraine", "who_qualifies", "episodic_vs_chronic"])
def test_the_definition_is_given_exactly(topic):
    answer = TOPICS[topic].answer
    assert re.search(r"\b15 or more\b", answer)
    assert re.search(r"\b8 or more\b", answer)
    assert re.search(r"more than 3 months", answer)


def test_the_benefit_is_given_beside_the_placebo():
    answer = TOPICS["botox_effectiveness"].answer
    assert {"9.0", "6.7"} <= set(re.findall(r"[\d.]*\d", answer))
    assert "placebo" in answer

"""Every FAQ topic, discovered from its file: answered once, sourced, dated, readable, within its limits."""

import re
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
import textstat

from assistant.referral import points_to_professional
from assistant.text import key, words
from tests.content.catalogue import CATALOGUE
from tests.content.conftest import SOURCES, TOPICS, each_topic
from tests.content.wording import FORBIDDEN

# A topic of the clinic's own works from ten questions; those we wrote have many more.
FEWEST_QUESTIONS = 10
FEWEST_OF_OURS = 60


def test_every_topic_of_the_catalogue_is_there():
    assert len(CATALOGUE) == 42
    assert set(TOPICS) >= CATALOGUE


@each_topic
def test_it_has_questions_enough(topic):
    assert len(topic.questions) >= (FEWEST_OF_OURS if topic.id in CATALOGUE else FEWEST_QUESTIONS)


@each_topic
def test_its_title_is_one_of_its_questions(topic):
    # A button sends its title; the classifier must know it word for word.
    assert key(topic.title) in {key(question) for question in topic.questions}


@each_topic
def test_its_title_fits_on_a_button(topic):
    assert len(topic.title) <= 32


def test_no_two_topics_share_a_title():
    assert len({topic.title for topic in TOPICS.values()}) == len(TOPICS)


@each_topic
def test_no_two_of_its_questions_share_most_of_their_words(topic):
    sets = [(question, frozenset(words(question))) for question in topic.questions if key(question) != key(topic.title)]
    alike = [
        (one, other)
        for (one, first), (other, second) in combinations(sets, 2)
        if len(first & second) > 0.5 * len(first | second)
    ]
    assert alike == []


@each_topic
def test_its_answer_is_40_to_110_words(topic):
    assert 40 <= len(topic.answer.split()) <= 110


@each_topic
def test_a_paragraph_of_its_answer_is_one_line(topic):
    # Every screen breaks lines at its own width; a break inside a paragraph would show.
    lines = topic.answer.splitlines()
    broken = [later for line, later in pairwise(lines) if line and later and not later.startswith("- ")]
    assert broken == []


@each_topic
def test_its_answer_reads_at_grade_8_or_lower(topic):
    # A list item is a sentence of its own, whatever stands at its end.
    sentences = re.sub(r"(?<![.!?:])\n", ".\n", topic.answer)
    assert textstat.flesch_kincaid_grade(sentences) <= 8


@each_topic
def test_its_answer_points_to_a_professional_by_itself(topic):
    assert points_to_professional(topic.answer)


@each_topic
def test_its_answer_stays_inside_its_limits(topic):
    assert [phrase for phrase in FORBIDDEN if re.search(phrase, topic.answer, re.I)] == []


@each_topic
def test_its_sources_are_known(topic):
    assert topic.sources
    assert set(topic.sources) <= set(SOURCES)


@each_topic
def test_it_was_reviewed_and_is_due_again_within_two_years(topic):
    assert topic.reviewed <= date.today()
    assert timedelta(0) < topic.review_due - topic.reviewed <= timedelta(days=731)


@each_topic
def test_its_related_topics_exist_and_fit_on_three_buttons(topic):
    assert 1 <= len(topic.related) <= 3
    assert set(topic.related) <= set(TOPICS) - {topic.id}


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

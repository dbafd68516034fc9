"""Every response of the domain, with what Rasa merges into it from data/faq."""

import re

import pytest
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.importers.importer import TrainingDataImporter

from assistant.referral import points_to_professional
from cli.paths import PROJECT
from components.response_guard import ResponseGuard
from tests.content.wording import FORBIDDEN


def _domain() -> Domain:
    importer = TrainingDataImporter.load_from_config(
        str(PROJECT / "config.yml"), str(PROJECT / "domain.yml"), [str(PROJECT / "data")]
    )
    return importer.get_domain()


DOMAIN = _domain()
RESPONSES = DOMAIN.responses


@pytest.fixture(scope="module")
def guard():
    return ResponseGuard(AvailableEndpoints.read_endpoints(str(PROJECT / "endpoints.yml")).nlg, DOMAIN)


@pytest.mark.parametrize("name", RESPONSES)
async def test_what_must_point_to_a_professional_does_when_it_leaves(guard, name):
    tracker = DialogueStateTracker.from_events("someone", [])
    response = await guard.generate(name, tracker, "rest")
    if name.startswith(("utter_faq", "utter_personal_advice", "utter_check_eligibility")):
        assert points_to_professional(response["text"])
    standard = RESPONSES["utter_see_professional"][0]["text"]
    assert response["text"].count(standard) <= 1


@pytest.mark.parametrize("name", RESPONSES)
def test_there_is_one_wording_so_that_the_same_words_get_the_same_answer(name):
    assert len(RESPONSES[name]) == 1


@pytest.mark.parametrize("name", RESPONSES)
def test_it_stays_inside_its_limits(name):
    text = RESPONSES[name][0]["text"]
    assert [phrase for phrase in FORBIDDEN if re.search(phrase, text, re.I)] == []


@pytest.mark.parametrize("name", RESPONSES)
def test_it_reads_at_grade_8_or_lower(name):
    import textstat

    sentences = re.sub(r"(?<![.!?:])\n", ".\n", RESPONSES[name][0]["text"])
    assert textstat.flesch_kincaid_grade(sentences) <= 8


def test_the_first_line_in_an_emergency_is_what_to_do():
    assert RESPONSES["utter_emergency"][0]["text"].splitlines()[0].count("911")
    assert "988" in RESPONSES["utter_crisis"][0]["text"]
    assert "116 123" in RESPONSES["utter_crisis"][0]["text"]


def test_nothing_follows_the_crisis_text():
    assert set(RESPONSES["utter_crisis"][0]) == {"text"}


def test_the_greeting_says_what_it_is_and_offers_four_starters():
    greeting = RESPONSES["utter_greet"][0]
    assert "general information" in greeting["text"]
    assert "not a doctor" in greeting["text"]
    assert len(greeting["metadata"]["starters"]) == 4


def test_the_pattern_for_the_own_case_is_given_exactly():
    text = RESPONSES["utter_check_eligibility"][0]["text"]
    assert "15 or more" in text
    assert "at least 8" in text
    assert "more than 3 months" in text

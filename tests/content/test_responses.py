"""Every response of the domain, with what Rasa merges into it from data/faq."""

import re

import pytest
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.importers.importer import TrainingDataImporter

from assistant import check, eligibility, forbidden, readability
from assistant.referral import points_to_professional
from assistant.stated_limits import misstated
from cli.paths import PROJECT
from components.response_guard import ResponseGuard


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
    if name.startswith(("utter_faq", "utter_personal_advice", "utter_eligibility")):
        assert points_to_professional(response["text"])
    standard = RESPONSES["utter_see_professional"][0]["text"]
    assert response["text"].count(standard) <= 1


@pytest.mark.parametrize("name", RESPONSES)
def test_there_is_one_wording_so_that_the_same_words_get_the_same_answer(name):
    conditions = [str(variation.get("condition")) for variation in RESPONSES[name]]
    assert len(set(conditions)) == len(conditions)
    # One without a condition: there is always something to say.
    assert "None" in conditions


@pytest.mark.parametrize("name", RESPONSES)
def test_it_stays_inside_its_limits(name):
    for variation in RESPONSES[name]:
        assert [found.said for found in forbidden.found(variation["text"])] == []


@pytest.mark.parametrize("name", [name for name in RESPONSES if name != "utter_part_summary"])  # a list in one line
def test_it_reads_at_grade_8_or_lower(name):
    for variation in RESPONSES[name]:
        assert readability.grade(variation["text"]) <= readability.HIGHEST


def test_the_first_line_of_an_alarm_is_what_to_do():
    for name in ("utter_emergency", "utter_crisis"):
        for variation in RESPONSES[name]:
            first = variation["text"].splitlines()[0]
            assert re.match(r"(Call|Get medical help today|Please reach out to someone now)\b", first), first
            assert re.search(r"\{(emergency_numbers|urgent_help|crisis_help)\}", first), first


def test_every_alarm_carries_its_level_and_numbers_to_tap():
    for name in ("utter_emergency", "utter_crisis"):
        for variation in RESPONSES[name]:
            assert variation["metadata"]["urgency"] in {"E", "U", "C"}
            assert "emergency" in variation["metadata"]["calls"]


def test_nothing_follows_a_crisis_or_emergency_text():
    for name, variations in RESPONSES.items():
        if name.startswith(("utter_emergency", "utter_crisis", "utter_after")):
            for variation in variations:
                assert "buttons" not in variation
                assert {"related", "starters"}.isdisjoint(variation.get("metadata", {}))


def test_the_greeting_says_what_it_is_and_offers_four_starters():
    greeting = RESPONSES["utter_greet"][0]
    assert "general information" in greeting["text"]
    assert "not a doctor" in greeting["text"]
    assert len(greeting["metadata"]["starters"]) == 4


def test_each_outcome_has_its_text_and_shows_the_answers_beside_the_pattern():
    for outcome in eligibility.Outcome:
        text = RESPONSES[f"utter_eligibility_{outcome.value}"][0]["text"]
        assert ("{comparison}" in text) is (outcome is not eligibility.Outcome.UNDER_18)


def test_every_question_of_the_check_can_be_asked_and_explained():
    for question in check.QUESTIONS:
        assert f"utter_check_ask_{question}" in RESPONSES
        assert f"utter_check_why_{question}" in RESPONSES


@pytest.mark.parametrize("name", RESPONSES)
def test_it_states_the_rule_as_it_is(name):
    for variation in RESPONSES[name]:
        assert misstated(variation["text"]) == []


def test_the_numbers_in_the_texts_are_those_of_the_rule():
    for name, response in RESPONSES.items():
        if name.startswith(("utter_check", "utter_eligibility", "utter_part")):
            text = response[0]["text"]
            assert set(re.findall(r"headache on (\d+) or more days a month", text)) <= {"15"}, name
            assert set(re.findall(r"more than (\d+) months", text)) <= {"3"}, name
            assert set(re.findall(r"at least (\d+) of", text)) <= {"8"}, name


def test_the_parts_of_sentences_are_the_only_ones_that_say_nothing_by_themselves():
    assert {name for name in RESPONSES if len(RESPONSES[name][0]["text"].split()) < 3} <= {
        name for name in RESPONSES if name.startswith("utter_part")
    }

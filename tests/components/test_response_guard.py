import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from components.response_guard import ResponseGuard

STANDARD = "Please talk it over with your doctor."


def _topic(title, text="Ask your nurse.", related=()):
    return [{"text": text, "metadata": {"title": title, "related": list(related)}}]


RESPONSES = {
    "utter_see_professional": [{"text": STANDARD}],
    "utter_thank": [{"text": "You're welcome."}],
    "utter_faq/pointing": _topic("Pointing", "Botox may help. Ask your nurse."),
    "utter_faq/not_pointing": _topic("Not pointing", "Botox may help if you have ≥ 15 and > 3."),
    "utter_faq/related": _topic("Related", related=["pointing", "not_pointing", "a", "b"]),
    "utter_faq/a": _topic("A"),
    "utter_faq/b": _topic("B"),
    "utter_personal_advice": [{"text": ""}],
    "utter_greet": [{"text": "Hello.", "metadata": {"starters": ["a", "b", "pointing", "not_pointing"]}}],
}


@pytest.fixture
def say():
    domain = Domain.from_dict({"responses": RESPONSES})
    guard = ResponseGuard(EndpointConfig(guarded=["utter_faq", "utter_personal_advice"]), domain)
    tracker = DialogueStateTracker.from_events("someone", [])

    async def generate(name, **kwargs):
        return await guard.generate(name, tracker, "rest", **kwargs)

    return generate


async def test_an_answer_that_points_to_a_professional_leaves_as_it_is(say):
    assert (await say("utter_faq/pointing"))["text"] == "Botox may help. Ask your nurse."


async def test_an_answer_that_does_not_gets_the_standard_sentence_once(say):
    for _ in range(2):
        text = (await say("utter_faq/not_pointing"))["text"]
        assert text == f"Botox may help if you have ≥ 15 and > 3.\n\n{STANDARD}"


async def test_even_an_empty_guarded_response_points_to_a_professional(say):
    assert (await say("utter_personal_advice"))["text"] == STANDARD


async def test_small_talk_is_not_burdened(say):
    assert (await say("utter_thank"))["text"] == "You're welcome."


async def test_at_most_three_related_topics_become_buttons_that_say_their_title(say):
    assert (await say("utter_faq/related"))["buttons"] == [
        {"title": "Pointing", "payload": "Pointing"},
        {"title": "Not pointing", "payload": "Not pointing"},
        {"title": "A", "payload": "A"},
    ]


async def test_starters_all_become_buttons(say):
    assert [button["title"] for button in (await say("utter_greet"))["buttons"]] == [
        "A",
        "B",
        "Pointing",
        "Not pointing",
    ]


async def test_a_response_that_does_not_exist_is_none(say):
    assert await say("utter_nothing") is None

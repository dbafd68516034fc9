import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant import clinic
from cli.paths import PROJECT
from components.response_guard import ResponseGuard

STANDARD = "Please talk it over with your doctor."


def _topic(title, text="Ask your nurse.", related=()):
    return [{"text": text, "metadata": {"title": title, "related": list(related)}}]


DOMAIN = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))["responses"]
RESPONSES = {
    **{name: response for name, response in DOMAIN.items() if name.startswith("utter_part_")},
    "utter_emergency": DOMAIN["utter_emergency"],
    "utter_human_handoff": [{"text": "{clinic_contact}", "metadata": {"calls": ["clinic"]}}],
    "utter_whom": [{"text": "{emergency_numbers}|{emergency_number}|{urgent_help}|{crisis_help}"}],
    "utter_own_buttons": [
        {"text": "", "buttons": [{"title": "Own", "payload": "Own"}], "metadata": {"related": ["a"]}}
    ],
    "utter_see_professional": [{"text": STANDARD}],
    "utter_thank": [{"text": "You're welcome."}],
    "utter_faq/pointing": _topic("Pointing", "Botox may help. Ask your nurse."),
    "utter_faq/not_pointing": _topic("Not pointing", "Botox may help if you have ≥ 15 and > 3."),
    "utter_faq/lost": _topic("Lost", related=["removed", "a"]),
    "utter_faq/related": _topic("Related", related=["pointing", "not_pointing", "a", "b"]),
    "utter_faq/a": _topic("A"),
    "utter_faq/b": _topic("B"),
    "utter_personal_advice": [{"text": ""}],
    "utter_greet": [
        {"text": "Hello. {clinic_greeting}Ask me.", "metadata": {"starters": ["a", "b", "pointing", "not_pointing"]}}
    ],
}


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch):
    monkeypatch.chdir(PROJECT)


def _speaker(parsed=None, **slots):
    domain = Domain.from_dict({"responses": RESPONSES})
    guard = ResponseGuard(EndpointConfig(guarded=["utter_faq", "utter_personal_advice"]), domain)
    heard = [UserUttered("something", parse_data=parsed)] if parsed else []
    tracker = DialogueStateTracker.from_events(
        "someone", heard, slots=[AnySlot(name, mappings=[], initial_value=value) for name, value in slots.items()]
    )

    async def generate(name, **kwargs):
        return await guard.generate(name, tracker, "rest", **kwargs)

    return generate


@pytest.fixture
def say():
    return _speaker()


@pytest.fixture
def clinic_says(monkeypatch, tmp_path):
    """Write a clinic's settings."""

    def write(text):
        file = tmp_path / "clinic.yml"
        file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(clinic.load, "__defaults__", (file,))

    return write


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


async def test_a_topic_that_is_not_there_has_no_button(say):
    assert (await say("utter_faq/lost"))["buttons"] == [{"title": "A", "payload": "A"}]


async def test_starters_all_become_buttons(say):
    assert [button["title"] for button in (await say("utter_greet"))["buttons"]] == [
        "A",
        "B",
        "Pointing",
        "Not pointing",
    ]


async def test_a_response_that_does_not_exist_is_none(say):
    assert await say("utter_nothing") is None


async def test_a_response_with_buttons_of_its_own_keeps_them(say):
    assert [button["title"] for button in (await say("utter_own_buttons"))["buttons"]] == ["Own", "A"]


async def test_without_settings_all_numbers_are_named_and_nobody_is_greeted_from(say):
    assert "911 (US), 999 (UK), 112 (Europe)" in (await say("utter_whom"))["text"]
    assert "|your local emergency number|" in (await say("utter_whom"))["text"]
    assert (await say("utter_greet"))["text"] == "Hello. Ask me."
    handoff = await say("utter_human_handoff")
    assert "your doctor's office" in handoff["text"]
    assert handoff["metadata"]["calls"] == []


async def test_the_clinics_settings_stand_in_the_texts(clinic_says):
    clinic_says('name: "Riverside Clinic"\nphone: "+44 20 7946 0000"\nhours: "9 to 5"\ncountry: GB\n')
    say = _speaker()
    assert (await say("utter_whom"))["text"].startswith("999|999|NHS 111")
    assert (await say("utter_greet"))["text"] == "Hello. This is the assistant of Riverside Clinic. Ask me."
    handoff = await say("utter_human_handoff")
    assert handoff["text"] == "You can call Riverside Clinic on +44 20 7946 0000. The phone is answered: 9 to 5."
    assert handoff["metadata"]["calls"] == [{"title": "Call Riverside Clinic", "tel": "+442079460000"}]


@pytest.mark.parametrize(
    ("alarm", "first", "urgency"),
    [
        ("E", "Call 911 (US), 999 (UK), 112 (Europe) or your local emergency number now.", "E"),
        (None, "Call 911 (US), 999 (UK), 112 (Europe) or your local emergency number now.", "E"),
        ("E_botox", "Call 911 (US), 999 (UK), 112 (Europe) or your local emergency number now.", "E"),
        ("U", "Get medical help today:", "U"),
    ],
)
async def test_an_emergency_says_first_what_to_do_and_gives_numbers_to_tap(alarm, first, urgency):
    response = await _speaker(alarm=alarm)("utter_emergency")
    assert response["text"].startswith(first)
    assert response["metadata"]["urgency"] == urgency
    assert {"title": "Call 999 (UK)", "tel": "999"} in response["metadata"]["calls"]
    assert ("you had Botox" in response["text"].splitlines()[2]) is (alarm == "E_botox")


async def test_a_figure_of_speech_gets_a_note_of_care_but_a_question_of_the_check_does_not():
    say = _speaker(parsed={"intent": {"name": "faq"}, "figure_of_speech": True})
    assert "if you ever feel that you can't go on" in (await say("utter_faq/pointing"))["text"]
    assert "can't go on" not in (await say("utter_emergency"))["text"]

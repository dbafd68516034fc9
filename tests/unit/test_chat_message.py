import pytest

from assistant.chat_message import Messages, topics
from assistant.sources import Source

ID = "6f1c3f3e-8d2f-4b8b-9d0a-1a2b3c4d5e6f"
KNOWN = {"nice": Source("nice", "NICE. TA260", "https://www.nice.org.uk", recheck=False)}


@pytest.fixture
def messages():
    return Messages(KNOWN, {"Does it hurt?": "does_it_hurt"})


def _person(text="does it hurt", id_=ID):
    return {"event": "user", "text": text, "message_id": id_, "timestamp": 1_800_000_000.25}


def _bot(text="A little.", name=None, buttons=None, **metadata):
    return {
        "event": "bot", "text": text, "timestamp": 1_800_000_001.0,
        "data": {"buttons": buttons, "custom": None}, "metadata": {"utter_action": name, "metadata": metadata},
    }  # fmt: skip


def test_a_persons_message_keeps_its_id_and_has_all_fields(messages):
    (message,) = messages.of([_person()])
    assert message == {
        "id": ID, "role": "person", "text": "does it hurt", "sent_at": "2027-01-15T08:00:00.250Z",
        "buttons": [], "links": [], "sources": [], "reviewed": None, "urgency": None, "calls": [], "topic": None,
    }  # fmt: skip


def test_replies_are_numbered_after_what_they_answer_and_everything_else_is_left_out(messages):
    events = [{"event": "action"}, _person(), _bot("one"), {"event": "slot"}, _bot("two"), _person(id_="x"), _bot("3")]
    assert [message["id"] for message in messages.of(events)] == [ID, f"{ID}-1", f"{ID}-2", "x", "x-1"]


def test_a_reply_carries_what_its_metadata_says(messages):
    (message,) = messages.of(
        [
            _bot(
                name="utter_faq/does_it_hurt",
                buttons=[{"title": "Side effects", "payload": "side effects", "type": "postback"}],
                title="Does it hurt?",
                sources=["nice", "gone"],
                reviewed="2026-11-23",
                links=[
                    {"title": "Diary", "url": "https://diary.example"},
                    {"title": "?", "url": "javascript:alert(1)"},
                ],
                calls=[{"title": "Call 911", "tel": "911"}, {"title": "no number"}],
                urgency="E",
            )
        ]
    )
    assert message["buttons"] == [{"title": "Side effects", "payload": "side effects"}]
    assert message["links"] == [{"title": "Diary", "url": "https://diary.example"}]
    assert message["calls"] == [{"title": "Call 911", "tel": "911"}]
    assert message["sources"] == [
        {"title": "NICE. TA260", "url": "https://www.nice.org.uk"}, {"title": "gone", "url": None},
    ]  # fmt: skip
    assert (message["reviewed"], message["urgency"], message["topic"]) == ("2026-11-23", "E", "does_it_hurt")


@pytest.mark.parametrize("empty", [{"data": None, "metadata": None}, {"data": {}, "metadata": {}}, {}])
def test_a_reply_of_text_alone_is_a_whole_message(messages, empty):
    (message,) = messages.of([{"event": "bot", "text": None, "timestamp": 0.0, **empty}])
    assert (message["text"], message["buttons"], message["topic"], message["urgency"]) == ("", [], None, None)


def test_a_repeated_answer_is_known_by_its_title(messages):
    assert messages.of([_bot(title="Does it hurt?")])[0]["topic"] == "does_it_hurt"
    assert messages.of([_bot(name="utter_greet", title="Hello")])[0]["topic"] is None


def test_what_is_no_answer_may_name_its_topic(messages):
    assert messages.of([_bot(name="utter_summary", topic="visit_summary")])[0]["topic"] == "visit_summary"


def test_topics_are_found_by_their_titles():
    responses = {
        "utter_faq/a": [{"text": "", "metadata": {"title": "What is A?"}}],
        "utter_faq/untitled": [{"text": ""}],
        "utter_greet": [{"text": "", "metadata": {"title": "no topic"}}],
    }
    assert topics(responses) == {"What is A?": "a"}

"""What a person does in the widget: ask, press buttons, reload, say what helped, erase."""

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timezone

import pytest
import yaml

from assistant import faq
from cli.paths import PROJECT
from cli.servers import CONVERSATIONS
from tests.web.client import Chat, ask, new_id

EMPTY = {"buttons": [], "links": [], "sources": [], "reviewed": None, "urgency": None, "calls": [], "topic": None}


def _rows(web, query, *values):
    with closing(sqlite3.connect(web.folder / CONVERSATIONS)) as database:
        return database.execute(query, values).fetchall()


def _conversation(chat):
    import jwt

    return jwt.decode(chat.token, options={"verify_signature": False})["sub"]


def test_a_question_gets_its_answer_with_sources_buttons_and_review_date(chat):
    (reply,) = chat.say("does it hurt")
    topic = faq.load(PROJECT / faq.FOLDER)["does_it_hurt"]
    known = yaml.safe_load((PROJECT / "data/sources.yml").read_text())
    assert reply["text"] == topic.answer
    assert reply["topic"] == "does_it_hurt"
    assert reply["reviewed"] == topic.reviewed.isoformat()
    assert reply["sources"] == [{"title": known[id_]["title"], "url": known[id_]["url"]} for id_ in topic.sources]
    assert [set(button) for button in reply["buttons"]] == [{"title", "payload"}] * 3
    sent = datetime.fromisoformat(reply["sent_at"].replace("Z", "+00:00"))
    assert abs((datetime.now(timezone.utc) - sent).total_seconds()) < 10


def test_a_button_says_its_payload(chat):
    (first,) = chat.say("does it hurt")
    (reply,) = chat.say(first["buttons"][0]["payload"])
    assert reply["topic"] == "botox_procedure"


def test_the_assistant_asks_back_through_its_action_server(chat):
    (reply,) = chat.say("how long")
    assert reply["text"].startswith("I'm not sure I understood. Did you mean")
    assert 1 <= len(reply["buttons"]) <= 3


@pytest.mark.parametrize(
    ("text", "urgency", "call"), [("my face just went numb on one side", "E", "911"), ("i want to die", "C", "988")]
)
def test_danger_comes_with_its_urgency_and_the_numbers_to_tap_also_after_a_reload(chat, text, urgency, call):
    (reply,) = chat.say(text)
    assert reply["urgency"] == urgency
    assert reply["calls"][0] == {"title": f"Call {call} (US)", "tel": call}
    assert chat.history()[1:] == [reply]


def test_after_a_reload_the_conversation_is_there_word_for_word(chat):
    said = new_id()
    replies = chat.say("does it hurt", said) + chat.say("how long")
    person, first, _, second = chat.history()
    assert {**person, "sent_at": ""} == {
        "id": said, "role": "person", "text": "does it hurt", "sent_at": "", **EMPTY,
    }  # fmt: skip
    assert [first, second] == replies


def test_starting_over_keeps_what_was_said_before_on_the_screen(chat):
    chat.say("does it hurt")
    chat.say("start over")
    chat.say("say that again")
    assert chat.texts() == ["does it hurt", "start over", "say that again"]


def test_a_new_conversation_is_empty(chat):
    assert chat.history() == []


def test_the_same_message_sent_again_is_said_once(chat):
    said = new_id()
    first = chat.send("does it hurt", said)
    again = chat.send("does it hurt", said.upper())
    assert (again.status, again.data) == (200, first.data)
    assert chat.texts() == ["does it hurt"]


def test_an_earlier_message_sent_again_gets_its_own_replies(chat):
    said = new_id()
    first = chat.say("does it hurt", said)
    chat.say("side effects")
    assert chat.say("does it hurt", said) == first
    assert len(chat.history()) == 4


def test_an_id_is_not_good_for_another_text(chat):
    said = new_id()
    chat.say("does it hurt", said)
    refused = chat.send("side effects", said)
    assert (refused.status, refused.code) == (409, "id_used")
    assert chat.texts() == ["does it hurt"]


def test_two_people_may_use_the_same_id(chat, another):
    said = new_id()
    chat.say("does it hurt", said)
    assert another.say("side effects", said)[0]["topic"] == "side_effects"


def test_messages_sent_at_once_are_each_answered_and_do_not_mix(chat):
    texts = ["does it hurt", "how long", "side effects", "what is migraine", "say that again"]
    with ThreadPoolExecutor(len(texts)) as pool:
        answers = list(pool.map(chat.say, texts))
    history = chat.history()
    assert [message["role"] for message in history] == ["person", "assistant"] * len(texts)
    for text, replies in zip(texts, answers, strict=True):
        place = next(place for place, message in enumerate(history) if message["text"] == text)
        assert [history[place + 1]] == replies


def test_one_message_sent_many_times_at_once_is_said_once(chat):
    said = new_id()
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: chat.say("how long", said), range(5)))
    assert answers == [answers[0]] * 5
    assert chat.texts() == ["how long"]


def test_what_tells_who_somebody_is_is_never_stored(web, chat):
    chat.say("does it hurt? i am jane@mail.example, 555-123-4567, 18 headaches a month since 2019")
    assert chat.texts() == ["does it hurt? i am [email], [number], 18 headaches a month since 2019"]
    stored = json.dumps(_rows(web, "SELECT data FROM events WHERE sender_id = ?", _conversation(chat)))
    assert "18 headaches" in stored
    for secret in ("jane", "123-4567", "mail.example"):
        assert secret not in stored
    assert b"jane@mail" not in (web.folder / CONVERSATIONS).read_bytes()


@pytest.mark.parametrize(
    "typed", ["/restart", "🤕🤕🤕", "\x00\x01", "half a character \ud800", "<b>does</b> it hurt", "a" * 1000]
)
def test_strange_input_is_answered(chat, typed):
    assert chat.say(typed)[0]["text"]


def test_no_gap_is_left_in_a_text(chat):
    for text in ("hello", "what is migraine", "how do i reach the clinic", "am i right for botox", "yes", "asdf"):
        for reply in chat.say(text):
            assert not re.search(r"[{}]", reply["text"])


def test_an_erased_conversation_is_in_the_database_no_more(web, chat, another):
    chat.say("my xylophone hurts when i sneeze")
    another.say("does it hurt")
    conversation = _conversation(chat)
    assert b"xylophone" in (web.folder / CONVERSATIONS).read_bytes()
    assert chat.ask("DELETE", "/chat/session").status == 204
    assert _rows(web, "SELECT * FROM events WHERE sender_id = ?", conversation) == []
    assert b"xylophone" not in (web.folder / CONVERSATIONS).read_bytes()
    assert another.texts() == ["does it hurt"]


def test_the_token_of_an_erased_conversation_is_dead(web, chat):
    (reply,) = chat.say("does it hurt")
    chat.ask("DELETE", "/chat/session")
    for answer in (
        chat.send("side effects"),
        chat.ask("GET", "/chat/messages"),
        chat.ask("DELETE", "/chat/session"),
        chat.ask("POST", "/chat/feedback", {"message": reply["id"], "helpful": True}),
    ):
        assert (answer.status, answer.code) == (401, "session_erased")
    assert _rows(web, "SELECT * FROM events WHERE sender_id = ?", _conversation(chat)) == []


def _votes(web, label):
    return dict(_rows(web, "SELECT helpful, SUM(votes) FROM chat_feedback WHERE label = ? GROUP BY helpful", label))


def test_a_vote_is_counted_once_and_may_be_changed(web, chat, another):
    (reply,) = chat.say("Is it a cure?")
    (other,) = another.say("Is it a cure?")
    for helpful in (True, True, False):
        assert chat.ask("POST", "/chat/feedback", {"message": reply["id"], "helpful": helpful}).status == 204
    assert another.ask("POST", "/chat/feedback", {"message": other["id"], "helpful": True}).status == 204
    assert _votes(web, "is_it_a_cure") == {0: 1, 1: 1}


def test_a_vote_is_stored_with_the_topic_and_the_day_only(web, chat):
    (reply,) = chat.say("hello")
    chat.ask("POST", "/chat/feedback", {"message": reply["id"], "helpful": False})
    (row,) = _rows(web, "SELECT * FROM chat_feedback WHERE label = 'greet'")
    assert row == (datetime.now(timezone.utc).date().isoformat(), "greet", 0, 1)


def test_a_vote_is_for_a_message_of_ones_own_conversation(chat, another):
    said = new_id()
    (reply,) = chat.say("does it hurt", said)
    for unknown in (reply["id"].replace("-1", "-2"), f"{new_id()}-1"):
        refused = chat.ask("POST", "/chat/feedback", {"message": unknown, "helpful": True})
        assert (refused.status, refused.code) == (404, "message_unknown")
    refused = another.ask("POST", "/chat/feedback", {"message": reply["id"], "helpful": True})
    assert refused.status == 404


def test_the_widget_learns_the_clinic_the_numbers_and_where_to_start(web):
    config = ask(web.address, "GET", "/chat/config")
    assert config.status == 200
    assert config.data["clinic"] == {"name": None, "phone": None, "hours": None, "booking": None}
    assert set(config.data["calls"]) == {"emergency", "urgent", "crisis"}
    assert {"title": "Call 911 (US)", "tel": "911"} in config.data["calls"]["emergency"]
    assert config.data["kept_hours"] == 24
    assert config.data["limits"] == {"characters": 1000}
    titles = {topic.title for topic in faq.load(PROJECT / faq.FOLDER).values()}
    assert len(config.data["starters"]) == 4
    assert set(config.data["starters"]) <= titles


def test_nothing_of_a_conversation_is_in_a_report(web):
    chat = Chat(web.address)
    for text in ("my glockenspiel hurts", "how long", "say that again"):
        chat.say(text)
    chat.ask("POST", "/chat/messages", b'{"id": "glockenspiel')
    secret = (web.folder / "chat-secret").read_text()
    for log in web.folder.glob("*.log"):
        report = log.read_text(errors="replace")
        for private in ("glockenspiel", chat.token, _conversation(chat), secret):
            assert private not in report

"""Conversations with the real servers, over HTTP, as clients hold them."""

import json
import socket
import urllib.error
import urllib.request
import uuid

import pytest

from assistant import faq
from cli.paths import PROJECT
from tests.content.conftest import each_topic

TOPICS = faq.load(PROJECT / faq.FOLDER)
TITLES = {topic.title for topic in TOPICS.values()}


def _post(address, body, content_type="application/json"):
    request = urllib.request.Request(
        f"{address}/webhooks/rest/webhook", body, {"Content-Type": content_type}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def _text(replies):
    (reply,) = replies
    return reply.text


@each_topic
def test_a_button_with_a_title_gets_the_topics_answer_and_sources(say, topic):
    (reply,) = say(topic.title)
    assert reply.text == topic.answer
    assert tuple(reply.sources) == topic.sources
    assert reply.reviewed == topic.reviewed.isoformat()
    assert {title for title, _ in reply.buttons} >= {TOPICS[related].title for related in topic.related}
    assert {title for title, _ in reply.buttons} <= TITLES | {"Check if it could be for me"}


def test_numbers_and_paragraphs_reach_the_person_intact(say):
    text = _text(say("What is chronic migraine?"))
    assert "15 or more days a month" in text
    assert "\n\n" in text


def test_metadata_travels_with_the_message(address):
    status, (message,) = _post(address, json.dumps({"sender": uuid.uuid4().hex, "message": "Side effects"}).encode())
    assert status == 200
    assert {"title", "sources", "reviewed", "review_due", "related"} <= set(message["metadata"])


def test_when_not_sure_it_asks_back_and_the_chosen_topic_is_answered(say):
    (reply,) = say("how long")
    assert reply.text.startswith("I'm not sure I understood. Did you mean")
    assert 1 <= len(reply.buttons) <= 3
    title, payload = reply.buttons[-1]
    (answer,) = say(payload)
    (expected,) = [topic.answer for topic in faq.load(PROJECT / faq.FOLDER).values() if topic.title == title]
    assert answer.text == expected


def test_the_last_answer_is_repeated_with_its_sources(say):
    (first,) = say("does it hurt")
    (again,) = say("say that again please")
    assert again == first


def test_asking_back_can_be_repeated(say):
    first = say("how long")
    assert say("can you say that again") == first


def test_repeating_before_anything_was_said(say):
    assert "haven't told you anything" in _text(say("say that again"))


def test_starting_over_is_understood(say):
    say("does it hurt")
    assert "start again" in _text(say("start over"))
    assert "haven't told you anything" in _text(say("repeat that"))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "🤕🤕🤕",
        "asdf ghjkl " * 455,
        "what is the meaning of life and everything " * 116,
        "¿cuánto cuesta una casa en la playa?",
        "wie wird das wetter morgen in berlin",
        "今天天气怎么样",
        "<script>alert('x')</script><img src=x onerror=alert(1)>",
        "\x00\x01\x1b[2J\x7f",
        "' OR 1=1; DROP TABLE events; --",
        "{{7*7}} ${jndi:ldap://x} %s%n",
        "null",
        "0",
    ],
    ids=range(14),
)
def test_strange_input_gets_a_kind_reply_and_breaks_nothing(say, typed):
    replies = say(typed)
    assert len(replies) == 1
    assert replies[0].text.startswith(
        ("I'm sorry, I can't help with that", "I'm not sure I understood", "That's all right")
    )
    assert "something went wrong" not in replies[0].text
    assert say("Does it hurt?")[0].sources


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        "/greet",
        '/faq{"topic": "side_effects"}',
        "/emergency",
        "/crisis@1.0",
        "  //restart",
        "/session_start",
        "/back",
    ],
)
def test_a_person_cannot_inject_an_intent(say, typed):
    plain = typed.strip().lstrip("/")
    assert [reply.text for reply in say(typed)] == [reply.text for reply in say(plain)]


def test_a_question_with_markup_is_still_understood(say):
    assert say("<b>does</b> it <i>hurt</i>?") == say("does it hurt?")


def test_a_long_story_is_answered_by_the_question_in_it(say):
    story = "i have had a long week with work and the children and the house " * 20
    (reply,) = say(f"{story} what does botox for migraine cost and will my insurance pay for it")
    assert reply.text != ""
    assert "something went wrong" not in reply.text


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "Send JSON such as"),
        (b"not json", "Send JSON such as"),
        (b"[]", "Send JSON such as"),
        (b'{"sender": "anna"}', "Send JSON such as"),
        (b'{"message": 5}', "Send JSON such as"),
        (b'{"message": "hi", "sender": 7}', 'The "sender" must be'),
        (b'{"message": "hi", "sender": "a\\ud800"}', 'The "sender" must be'),
        (b'{"message": "hi", "sender": "  "}', 'The "sender" must be'),
        (json.dumps({"message": "hi", "sender": "a" * 129}).encode(), 'The "sender" must be'),
        (json.dumps({"message": "a" * 20_001}).encode(), "too long"),
    ],
    ids=range(10),
)
def test_a_wrong_request_is_refused_with_what_to_do(address, body, says):
    status, answer = _post(address, body)
    assert status == 400
    assert says in answer["error"]


def test_a_request_beyond_any_message_is_refused_before_it_is_read(address):
    status, answer = _post(address, b'{"message": "' + b"a" * 200_000 + b'"}')
    assert status == 413
    assert "at most 200,000 bytes" in answer["error"]


def test_an_impossible_request_does_not_stop_the_others(address):
    port = int(address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nabc")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
    status, _ = _post(address, b'{"message": "does it hurt?"}')
    assert status == 200


def test_half_a_character_is_answered(address):
    status, (reply,) = _post(address, b'{"message": "does it hurt\\ud800"}')
    assert status == 200
    assert reply["metadata"]["sources"]


def test_without_a_sender_each_message_is_a_conversation_of_its_own(address):
    _, first = _post(address, b'{"message": "does it hurt"}')
    _, second = _post(address, b'{"message": "say that again"}')
    assert first[0]["recipient_id"] != second[0]["recipient_id"]
    assert "haven't told you anything" in second[0]["text"]


def test_two_conversations_do_not_mix(address):
    from cli.client import Conversation

    one, other = Conversation(address), Conversation(address)
    one.say("Does it hurt?")
    other.say("Side effects")
    assert one.say("say that again")[0].sources != other.say("say that again")[0].sources


def test_when_the_action_server_is_down_it_says_so_and_goes_on(model, tmp_path):
    from cli import servers
    from cli.client import Conversation

    with servers.running(servers.HOST, servers.free_port(), servers.free_port(), tmp_path, trained=model) as running:
        running.processes["actions"].terminate()
        running.processes["actions"].wait()
        conversation = Conversation(running.address)
        assert "something went wrong on my side" in _text(conversation.say("how long"))
        assert conversation.say("Does it hurt?")[0].sources
        assert "911" in _text(conversation.say("my face just went numb on one side"))

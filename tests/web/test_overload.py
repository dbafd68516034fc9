"""More people than can be answered in time: some are told to come back at once, and no sign of danger waits."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.client import Chat, new_id
from tests.web.test_trouble import Assistant


@pytest.fixture(scope="module")
def small(model, tmp_path_factory):
    """The real servers, that work on one message at a time."""
    small = Assistant(tmp_path_factory.mktemp("small"), messages_at_a_time=1)
    yield small
    small.stop()


@pytest.fixture
def chat(small):
    return Chat(small.running.address)


@pytest.fixture
def occupied(small):
    """Somebody else's message is in work, and takes long."""
    other = Chat(small.running.address)
    with ThreadPoolExecutor(1) as pool:
        with small.slow_actions():
            waiting = pool.submit(other.send, "could botox be for me")
            time.sleep(0.3)
            yield
        assert waiting.result().status == 200


def test_what_is_too_much_is_refused_at_once_and_answered_when_sent_again(small, chat, occupied):
    said = new_id()
    first, second = chat.send("does it hurt", said), chat.send("does it hurt", said)
    for refused in (first, second):
        assert (refused.status, refused.code) == (503, "busy")
        assert int(refused.headers["retry-after"]) >= 1
    assert chat.texts() == []


def test_a_sign_of_danger_is_answered_even_then(small, chat, occupied):
    (reply, *_) = chat.say("i want to die")
    assert reply["urgency"] == "C"


def test_when_there_is_room_again_it_is_answered(small, chat):
    said = new_id()
    deadline = time.monotonic() + 30
    while (answer := chat.send("does it hurt", said)).status == 503 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert answer.data["messages"][0]["topic"] == "does_it_hurt"
    assert chat.texts() == ["does it hurt"]

"""What goes wrong behind the web channel, and how it goes on."""

import os
import signal
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from cli import environment, servers
from tests.web.client import Chat, new_id
from tests.web.conftest import MANY, serving

PATIENCE = 1.5


class Assistant:
    """The real servers, that can be started again in the same place."""

    def __init__(self, folder, **limits):
        self.folder = folder
        self._limits = {**MANY, **limits}
        self._ports = (servers.free_port(), servers.free_port())
        self._stack = ExitStack()
        self._start()

    def _start(self):
        self.running = self._stack.enter_context(
            serving(self.folder, self._ports, limits=self._limits, patience=PATIENCE)
        )

    def stop(self):
        self._stack.close()

    def restart(self):
        self.stop()
        self._start()

    @property
    def database(self):
        return self.folder / servers.CONVERSATIONS

    def log(self):
        return (self.folder / "rasa.log").read_text(errors="replace")

    @contextmanager
    def locked(self, kind="EXCLUSIVE"):
        """Hold the database as a backup or another program might: wholly, or (IMMEDIATE) against writing."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as holder:
            holder.execute(f"BEGIN {kind}")
            yield
            holder.execute("ROLLBACK")

    @contextmanager
    def slow_actions(self):
        """Let the action server hang."""
        process = self.running.processes["actions"]
        os.kill(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process.pid, signal.SIGCONT)

    @contextmanager
    def no_actions(self):
        """Kill the action server, and start it again in the end."""
        dead = self.running.processes["actions"]
        dead.kill()
        dead.wait()
        try:
            yield
        finally:
            _, _, module, *arguments = dead.args
            again = environment.start(module, *arguments, log=self.folder / "actions.log", SANIC_HOST=servers.HOST)
            self.running.processes["actions"] = again
            self._stack.callback(again.wait)
            self._stack.callback(again.terminate)
            while not _listens(self._ports[1]):
                time.sleep(0.05)


@pytest.fixture(scope="module")
def assistant(model, tmp_path_factory):
    assistant = Assistant(tmp_path_factory.mktemp("trouble"))
    yield assistant
    assistant.stop()


@pytest.fixture
def chat(assistant):
    return Chat(assistant.running.address)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex((servers.HOST, port)) == 0


def _is_sorry(replies):
    (reply,) = replies
    return reply["text"].startswith("I'm sorry, something went wrong on my side")


# ---- the action server


def test_when_the_action_server_is_dead_it_says_so_and_answers_all_else(assistant, chat):
    said = new_id()
    with assistant.no_actions():
        sorry = chat.say("how long", said)
        assert _is_sorry(sorry)
        warning = chat.say("my face just went numb on one side")[0]
        assert warning["urgency"] == "E"
        assert chat.say("does it hurt")[0]["topic"] == "does_it_hurt"
    assert chat.say("how long")[0]["buttons"]
    assert chat.say("how long", said) == sorry
    assert [message["role"] for message in chat.history()] == ["person", "assistant"] * 4


def test_when_the_action_server_hangs_it_says_so_in_time(assistant, chat):
    with assistant.slow_actions():
        began = time.monotonic()
        assert _is_sorry(chat.say("how long"))
        assert time.monotonic() - began < PATIENCE + 2
        assert chat.say("does it hurt")[0]["topic"] == "does_it_hurt"
    assert chat.say("how long")[0]["buttons"]
    assert chat.texts() == ["how long", "does it hurt", "how long"]


def test_while_one_conversation_waits_the_others_do_not(assistant, chat):
    other = Chat(assistant.running.address)
    with assistant.slow_actions(), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(chat.say, "how long")
        time.sleep(0.2)
        began = time.monotonic()
        other.say("does it hurt")
        assert time.monotonic() - began < 1
        assert not waiting.done()


# ---- a message while another is in work


def test_a_message_while_another_is_in_work_is_answered_after_it(assistant, chat):
    with assistant.slow_actions(), ThreadPoolExecutor(1) as pool:
        first = pool.submit(chat.say, "how long")
        time.sleep(0.3)
        assert chat.say("does it hurt")[0]["topic"] == "does_it_hurt"
        assert _is_sorry(first.result())
    assert chat.texts() == ["how long", "does it hurt"]


def test_who_waited_long_enough_is_told_and_can_send_it_again(assistant, chat):
    said = new_id()
    with assistant.slow_actions(), ThreadPoolExecutor(3) as pool:
        # Three messages that each take all the patience there is; a turn is waited for twice as long.
        for _ in range(3):
            pool.submit(chat.send, "how long")
            time.sleep(PATIENCE / 4)
        refused = chat.send("does it hurt", said)
    assert (refused.status, refused.code) == (503, "busy")
    assert refused.headers["retry-after"] == "3"
    message = refused.data["error"]["message"]
    assert message.startswith("I'm sorry, something went wrong on my side")
    assert "emergency number" in message
    assert chat.say("does it hurt", said)[0]["topic"] == "does_it_hurt"
    assert chat.texts() == ["how long"] * 3 + ["does it hurt"]


def test_a_sign_of_danger_does_not_wait_for_its_turn(assistant, chat):
    said = new_id()
    with assistant.slow_actions(), ThreadPoolExecutor(2) as pool:
        pool.submit(chat.send, "how long")
        time.sleep(0.3)
        began = time.monotonic()
        (reply,) = chat.say("my face just went numb on one side", said)
        assert time.monotonic() - began < 1
    assert (reply["urgency"], reply["calls"][0]["title"]) == ("E", "Call 911 (US)")
    assert chat.say("my face just went numb on one side", said)[0]["text"] == reply["text"]
    # It is stored when its turn comes.
    until = time.monotonic() + 5
    while len(chat.texts()) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert chat.texts() == ["how long", "my face just went numb on one side"]


def test_erasing_waits_for_what_is_in_work(assistant, chat):
    with assistant.slow_actions(), ThreadPoolExecutor(1) as pool:
        first = pool.submit(chat.send, "how long")
        time.sleep(0.3)
        assert chat.ask("DELETE", "/chat/session").status == 204
        first.result()
    with closing(sqlite3.connect(assistant.database)) as database:
        assert chat.ask("GET", "/chat/messages").code == "session_erased"
        senders = [sender for (sender,) in database.execute("SELECT DISTINCT sender_id FROM events")]
    import jwt

    assert jwt.decode(chat.token, options={"verify_signature": False})["sub"] not in senders


def test_who_goes_away_before_the_answer_finds_it_on_coming_back(assistant, chat):
    said = new_id()
    with assistant.slow_actions():
        connection = HTTPConnection(urlsplit(assistant.running.address).netloc)
        body = f'{{"id": "{said}", "text": "how long"}}'
        headers = {"Authorization": f"Bearer {chat.token}", "Content-Type": "application/json"}
        connection.request("POST", "/chat/messages", body, headers)
        time.sleep(0.3)
        connection.close()
    assert chat.say("how long", said)
    assert chat.texts() == ["how long"]


# ---- the tracker store


def test_when_the_store_is_locked_it_says_so_and_nothing_is_lost_or_doubled(assistant, chat):
    chat.say("does it hurt")
    said = new_id()
    with assistant.locked():
        for answer in (
            chat.send("side effects of the xylophone", said),
            chat.ask("GET", "/chat/messages"),
            chat.ask("DELETE", "/chat/session"),
        ):
            assert (answer.status, answer.code) == (503, "store_unavailable")
            assert answer.headers["retry-after"] == "3"
    assert chat.say("side effects of the xylophone", said)
    assert chat.texts() == ["does it hurt", "side effects of the xylophone"]
    assert "xylophone" not in assistant.log()


def test_when_the_store_can_be_read_but_not_written_nothing_is_lost_or_doubled(assistant, chat):
    first = chat.say("does it hurt")
    said = new_id()
    with assistant.locked("IMMEDIATE"):
        refused = chat.send("side effects of the clarinet", said)
        assert (refused.status, refused.code) == (503, "store_unavailable")
        assert chat.history()[1:] == first
    assert chat.say("side effects of the clarinet", said)
    assert chat.texts() == ["does it hurt", "side effects of the clarinet"]
    assert "clarinet" not in assistant.log()


def test_when_the_store_is_locked_while_an_answer_is_made_nothing_is_half_stored(assistant, chat):
    chat.say("does it hurt")
    said = new_id()
    with assistant.slow_actions(), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(chat.send, "how long", said)
        time.sleep(0.3)
        with assistant.locked():
            assert waiting.result().code == "store_unavailable"
    assert chat.texts() == ["does it hurt"]
    assert chat.say("how long", said)
    assert chat.texts() == ["does it hurt", "how long"]
    assert "how long" not in assistant.log()


def test_a_sign_of_danger_is_answered_even_if_nothing_can_be_stored(assistant, chat):
    said = new_id()
    with assistant.locked():
        (reply,) = chat.say("my face just went numb on one side", said)
    assert (reply["urgency"], reply["calls"][0]["title"]) == ("E", "Call 911 (US)")
    assert reply["id"] == f"{said}-1"
    (again,) = chat.say("my face just went numb on one side", said)
    assert again["text"] == reply["text"]


def test_a_locked_store_does_not_stop_what_needs_no_store(assistant, chat):
    with assistant.locked(), ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(chat.send, "does it hurt")
        time.sleep(0.2)
        began = time.monotonic()
        Chat(assistant.running.address)
        assert time.monotonic() - began < 0.5


def test_a_store_that_is_gone_is_made_again(assistant, chat):
    chat.say("does it hurt")
    assistant.database.unlink()
    assert chat.history() == []
    assert chat.say("side effects")[0]["topic"] == "side_effects"
    assert chat.texts() == ["side effects"]


def test_a_store_out_of_reach_comes_back_with_everything(assistant, chat):
    chat.say("does it hurt")
    away = assistant.folder.with_name("away")
    assistant.folder.rename(away)
    try:
        assert chat.send("side effects").code == "store_unavailable"
    finally:
        away.rename(assistant.folder)
    assert chat.texts() == ["does it hurt"]


def test_the_terminals_channel_is_as_honest_and_as_silent(assistant):
    from cli.client import Conversation

    conversation = Conversation(assistant.running.address)
    with assistant.locked():
        (reply,) = conversation.say("the trumpet hurts")
        assert "something went wrong on my side" in reply.text
    assert conversation.say("does it hurt")[0].sources
    assert "trumpet" not in assistant.log()


# ---- a restart


def test_after_a_crash_conversations_go_on_and_erased_ones_stay_erased(assistant, chat):
    erased = Chat(assistant.running.address)
    said, lost = new_id(), new_id()
    first = chat.say("does it hurt", said)
    erased.say("does it hurt")
    erased.ask("DELETE", "/chat/session")
    with assistant.slow_actions(), ThreadPoolExecutor(1) as pool:
        in_work = pool.submit(chat.send, "how long", lost)
        time.sleep(0.3)
        assistant.running.processes["rasa"].kill()
        assert isinstance(in_work.exception(), OSError)
    assistant.restart()
    assert chat.say("does it hurt", said) == first
    assert chat.say("how long", lost)[0]["buttons"]
    assert chat.texts() == ["does it hurt", "how long"]
    assert erased.send("does it hurt").code == "session_erased"

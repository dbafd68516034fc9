"""A version goes live while people talk: nobody is refused, no answer is lost, no conversation begins anew."""

import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant import releases
from assistant.releases import Deed, Record, Releases
from cli.paths import PROJECT
from tests.second_model import with_answer
from tests.web.client import Chat
from tests.web.conftest import MANY, serving

NEW_ANSWER = "The new words. Ask your nurse."
CHECK = ["could it be for me?", "I'm 34", "yes, by a neurologist", "20", "10", "3 years"]


class Published:
    """Releases of their own, with two versions to switch between."""

    def __init__(self, folder, model):
        self.known = Releases(folder / "models")
        self._add(lambda target: shutil.copy(model, target))
        self.known.go_live(self.known.get(1))
        self._add(lambda target: with_answer(model, target, "does_it_hurt", NEW_ANSWER))

    def _add(self, make):
        content = releases.read(PROJECT)
        self.known._folder.mkdir(parents=True, exist_ok=True)
        with self.known.candidate(content) as folder:
            make(folder / releases.MODEL)
            self.known.add(folder, Record(0, Deed("Anna", "2026-11-24T15:00:00"), (), None, "", ""))

    def switch(self, number):
        self.known.go_live(self.known.get(number))


@pytest.fixture(scope="module")
def published(model, tmp_path_factory):
    return Published(tmp_path_factory.mktemp("published"), model)


@pytest.fixture(scope="module")
def web(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("switching")
    trained, pointer = published.known.live().model.resolve(), published.known.pointer / releases.MODEL
    with serving(folder, limits=MANY, trained=trained, pointer=pointer) as running:
        yield running


@dataclass
class Traffic:
    """People who talk all the while. What each got: seconds, status and messages."""

    address: str
    got: list = field(default_factory=list)

    @contextmanager
    def flowing(self, people):
        stop = threading.Event()
        threads = [threading.Thread(target=self._talk, args=(stop,)) for _ in range(people)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _talk(self, stop):
        while not stop.is_set():
            chat = Chat(self.address)
            for text in ["does it hurt", *CHECK, "side effects"]:
                began = time.monotonic()
                answer = chat.send(text)
                self.got.append((time.monotonic() - began, answer.status, answer.data))
                time.sleep(0.05)

    @property
    def failed(self):
        return [
            (status, data)
            for _, status, data in self.got
            if status != 200 or not data["messages"] or "something went wrong" in data["messages"][0]["text"]
        ]


def hurts(chat):
    return chat.say("does it hurt")[0]["text"]


def wait_for(chat, is_new):
    """Wait until the answer is the new one, or the old one."""
    deadline = time.monotonic() + 60
    while (NEW_ANSWER in hurts(chat)) is not is_new:
        assert time.monotonic() < deadline, "it did not change over"
        time.sleep(0.2)


def test_conversations_in_the_middle_of_the_check_go_on_with_the_new_version(web, published):
    published.switch(1)
    chat, other = Chat(web.address), Chat(web.address)
    wait_for(other, False)
    for text in CHECK[:4]:
        asked = chat.say(text)
    assert asked[0]["text"].startswith("4 of 5")
    traffic = Traffic(web.address)
    with traffic.flowing(people=3):
        published.switch(2)
        wait_for(other, True)
        assert chat.say("10")[0]["text"].startswith("5 of 5")
        # A question in between, answered by the new version, and back to the check.
        interrupted = " ".join(message["text"] for message in chat.say("does it hurt"))
        assert NEW_ANSWER in interrupted
        assert "20" in " ".join(message["text"] for message in chat.say("3 years"))
    assert traffic.failed == []
    assert len(traffic.got) > 20
    assert len(chat.texts()) == 7
    assert max(seconds for seconds, _, _ in traffic.got) < 5


def test_it_changes_over_and_back_as_often_as_is_published_without_growing(web, published):
    def megabytes():
        status = Path(f"/proc/{web.processes['rasa'].pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    chat = Chat(web.address)
    for number in (1, 2):
        published.switch(number)
        wait_for(chat, number == 2)
    before = megabytes()
    for number in (1, 2, 1, 2):
        published.switch(number)
        wait_for(chat, number == 2)
    # A model takes some 100 MB: four that stayed would show.
    assert megabytes() - before < 200


def test_a_version_that_cannot_be_loaded_changes_nothing(web, published, tmp_path):
    chat = Chat(web.address)
    published.switch(2)
    wait_for(chat, True)
    whole = published.known.get(1).model
    kept = whole.rename(tmp_path / "kept")
    try:
        whole.write_bytes(b"no model")
        published.switch(1)
        time.sleep(3)
        assert NEW_ANSWER in hurts(chat)
        log = (web.folder / "rasa.log").read_text(errors="replace")
        assert "cannot be loaded, the present one stays" in log
    finally:
        shutil.move(kept, whole)
    published.switch(2)
    time.sleep(1.5)
    assert NEW_ANSWER in hurts(chat)

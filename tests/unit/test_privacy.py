import sqlite3
from contextlib import closing

import pytest

from assistant.privacy import KEPT_HOURS, purge

HOUR = 3600
NOW = 1_800_000_000.0


@pytest.fixture
def conversations(tmp_path):
    file = tmp_path / "conversations.db"
    with closing(sqlite3.connect(file)) as database, database:
        # As Rasa's SQL tracker store makes it.
        database.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, timestamp REAL, data TEXT)")
    return file


def _say(file, sender, hours_ago, text="my head hurts"):
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "INSERT INTO events (sender_id, timestamp, data) VALUES (?, ?, ?)",
            (sender, NOW - hours_ago * HOUR, text),
        )


def _senders(file):
    with closing(sqlite3.connect(file)) as database:
        return [sender for (sender,) in database.execute("SELECT DISTINCT sender_id FROM events ORDER BY sender_id")]


def test_a_conversation_is_erased_a_day_after_its_last_message(conversations):
    _say(conversations, "old", KEPT_HOURS + 1)
    _say(conversations, "recent", KEPT_HOURS - 1)
    assert purge(conversations, NOW) == 1
    assert _senders(conversations) == ["recent"]


def test_a_conversation_that_goes_on_is_kept_whole(conversations):
    _say(conversations, "long", KEPT_HOURS + 5)
    _say(conversations, "long", 1)
    assert purge(conversations, NOW) == 0
    assert _senders(conversations) == ["long"]


def test_what_is_erased_cannot_be_read_in_the_file(conversations):
    _say(conversations, "old", KEPT_HOURS + 1, "a very private headache")
    assert b"a very private headache" in conversations.read_bytes()
    purge(conversations, NOW)
    assert b"a very private headache" not in conversations.read_bytes()


def test_no_file_and_an_empty_file_are_nothing_to_erase(tmp_path):
    assert purge(tmp_path / "none.db") == 0
    (tmp_path / "empty.db").touch()
    assert purge(tmp_path / "empty.db") == 0

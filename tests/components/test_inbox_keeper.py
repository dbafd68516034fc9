"""The inbox of the staff, with Rasa's own SQL tracker store behind it."""

import sqlite3
import time
from contextlib import closing
from types import SimpleNamespace

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant import inbox_store
from assistant.privacy import KEPT_HOURS, purge
from assistant.session_token import Tokens
from components.conversations import Conversations
from components.honest_store import HonestStore

TOKENS = Tokens("a secret that is long enough for the tests")
REFUSED, ASKED_BACK = "utter_out_of_scope", "action_ask_back"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "conversations.db"


@pytest.fixture
def conversations(file):
    store = SQLTrackerStore(Domain.empty(), dialect="sqlite", db=str(file))
    agent = SimpleNamespace(tracker_store=store, processor=SimpleNamespace(tracker_store=store))
    kept = Conversations(agent, TOKENS.alias)
    assert isinstance(agent.processor.tracker_store, HonestStore)
    kept.save = agent.processor.tracker_store.save
    return kept


def _tracker(conversation, *turns, ago=0.0):
    """A conversation of (text, intent, the assistant's action) as Rasa keeps it."""
    tracker = DialogueStateTracker.from_events(
        conversation, [ActionExecuted("action_listen", timestamp=time.time() - ago)]
    )
    for text, intent, action in turns:
        parsed = {
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": [
                {"name": "out_of_scope", "confidence": 0.5},
                {"name": "faq/aftercare", "confidence": 0.2},
            ],
            "alarm_probabilities": {"emergency": 0.01},
            "entities": [],
        }
        when = time.time() - ago
        said = UserUttered(text, parsed["intent"], parse_data=parsed, timestamp=when)
        for event in (said, ActionExecuted(action, timestamp=when), ActionExecuted("action_listen", timestamp=when)):
            tracker.update(event)
    return tracker


def _inbox(file):
    with inbox_store.opened(file) as database:
        return inbox_store.questions(database, 100)


async def test_a_question_that_was_not_answered_is_there_at_once_masked_and_without_the_conversations_id(
    conversations, file
):
    await conversations.save(_tracker("anna", ("ring me on 020 7946 0958 about parking", "out_of_scope", REFUSED)))
    (asked,) = _inbox(file)
    assert asked.question == "ring me on [number] about parking"
    assert asked.conversation == TOKENS.alias("anna")
    assert asked.asked == pytest.approx(time.time(), abs=60)
    with closing(sqlite3.connect(file)) as database:
        held = " ".join(map(str, database.execute("SELECT * FROM faq_inbox").fetchone()))
    assert "anna" not in held
    assert "7946" not in held


async def test_answers_the_check_and_what_follows_an_alarm_are_not_there(conversations, file):
    await conversations.save(
        _tracker(
            "one",
            ("does it hurt", "faq", "utter_faq"),
            ("about fifteen or so", "nlu_fallback", "action_check"),
            ("should i stop my pills", "personal_advice", "utter_personal_advice"),
            ("hello", "greet", "utter_greet"),
            ("where do i park", "nlu_fallback", ASKED_BACK),
        )
    )
    assert [asked.question for asked in _inbox(file)] == ["where do i park"]


async def test_each_message_is_taken_in_once_however_often_the_conversation_is_saved(conversations, file):
    tracker = _tracker("one", ("where do i park", "out_of_scope", REFUSED))
    await conversations.save(tracker)
    await conversations.save(tracker)
    assert len(_inbox(file)) == 1
    for event in list(_tracker("one", ("can my dog come", "out_of_scope", REFUSED)).events)[1:]:
        tracker.update(event)
    await conversations.save(tracker)
    assert [asked.question for asked in _inbox(file)] == ["where do i park", "can my dog come"]


@pytest.mark.parametrize("alarm", ["emergency", "crisis"])
async def test_a_conversation_with_an_alarm_has_nothing_there_before_and_after_it(conversations, file, alarm):
    tracker = _tracker("one", ("i cant go on like this", "out_of_scope", REFUSED))
    await conversations.save(tracker)
    await conversations.save(_tracker("other", ("where do i park", "out_of_scope", REFUSED)))
    for turn in ((f"this is an {alarm}", alarm, "utter_crisis"), ("who won the match", "out_of_scope", REFUSED)):
        for event in list(_tracker("one", turn).events)[1:]:
            tracker.update(event)
        await conversations.save(tracker)
        assert [asked.question for asked in _inbox(file)] == ["where do i park"]


async def test_erasing_a_conversation_removes_its_questions_and_no_others(conversations, file):
    await conversations.save(_tracker("one", ("does a xylophone help", "out_of_scope", REFUSED)))
    await conversations.save(_tracker("other", ("where do i park", "out_of_scope", REFUSED)))
    await conversations.erase("one", until=time.time() + 60)
    assert [asked.question for asked in _inbox(file)] == ["where do i park"]
    assert b"xylophone" not in file.read_bytes()


async def test_purging_removes_the_questions_of_every_purged_conversation(conversations, file):
    hour = 3600.0
    old = _tracker("old", ("does a xylophone help", "out_of_scope", REFUSED), ago=(KEPT_HOURS + 1) * hour)
    await conversations.save(old)
    await conversations.save(_tracker("new", ("where do i park", "out_of_scope", REFUSED)))
    assert purge(file) == 1
    assert [asked.question for asked in _inbox(file)] == ["where do i park"]
    assert b"xylophone" not in file.read_bytes()


async def test_where_the_conversation_cannot_be_stored_nothing_is_in_the_inbox(conversations, file, monkeypatch):
    await conversations.save(_tracker("one", ("where do i park", "out_of_scope", REFUSED)))

    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(inbox_store, "add", full)
    with pytest.raises(Exception, match="OSError"):
        await conversations.save(_tracker("two", ("can my dog come", "out_of_scope", REFUSED)))
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT DISTINCT sender_id FROM events").fetchall() == [("one",)]
    assert len(_inbox(file)) == 1


async def test_what_was_dealt_with_is_gone_and_its_meaning_is_remembered_without_its_words(conversations, file):
    import numpy as np

    for name in ("one", "two"):
        await conversations.save(_tracker(name, ("where do i park", "out_of_scope", REFUSED)))
    await conversations.save(_tracker("three", ("can my dog come", "out_of_scope", REFUSED)))
    meaning = np.full(384, 384**-0.5, dtype=np.float32)
    with inbox_store.opened(file) as database:
        inbox_store.settle(database, [1, 2], meaning, since=time.time())
    with inbox_store.opened(file) as database:
        (settled,) = inbox_store.settled(database)
    np.testing.assert_array_equal(settled, meaning)
    assert [asked.question for asked in _inbox(file)] == ["can my dog come"]
    purge(file, now=time.time() + 91 * 24 * 3600)
    with inbox_store.opened(file) as database:
        assert inbox_store.settled(database) == []


def test_before_anything_was_said_it_is_empty(file):
    assert _inbox(file) == []
    with inbox_store.opened(file) as database:
        assert inbox_store.settled(database) == []

"""A long conversation is read in part, and stored whole."""

import asyncio

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, FollowupAction, SessionStarted, SlotSet, UserUttered

from components.conversations import TABLES
from components.honest_store import HonestStore
from components.recent_turns import BY_KIND, TURNS

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      first: {type: any, mappings: [{type: custom}]}
      last: {type: any, mappings: [{type: custom}]}
    """
)


@pytest.fixture
def rasas(tmp_path):
    return SQLTrackerStore(DOMAIN, db=str(tmp_path / "conversations.db"))


@pytest.fixture
def store(rasas):
    return HonestStore(rasas, TABLES)


def _turn(number):
    return [
        UserUttered(f"question {number}", {"name": "faq"}),
        ActionExecuted("utter_faq"),
        BotUttered(f"answer {number}"),
        SlotSet("last", number),
        FollowupAction("action_listen"),
        ActionExecuted("action_listen"),
    ]


def _talk(store, turns):
    """Hold the conversation turn by turn, each loaded and saved as Rasa does."""

    async def hold():
        tracker = await store.get_or_create_tracker("anna", append_action_listen=False)
        for event in (SessionStarted(), ActionExecuted("action_listen"), SlotSet("first", "said once")):
            tracker.update(event)
        await store.save(tracker)
        for number in range(turns):
            tracker = await store.get_or_create_tracker("anna", append_action_listen=False)
            for event in _turn(number):
                tracker.update(event)
            await store.save(tracker)
            tracker.update(SlotSet("last", f"{number} again"))
            await store.save(tracker)
        return await store.retrieve("anna"), await store.retrieve_full_tracker("anna")

    return asyncio.run(hold())


def _said(tracker):
    return [event.text for event in tracker.events if isinstance(event, UserUttered | BotUttered)]


def test_every_turn_of_a_long_conversation_is_stored_once_and_in_order(store):
    _, whole = _talk(store, 3 * TURNS)
    assert _said(whole) == [said for number in range(3 * TURNS) for said in (f"question {number}", f"answer {number}")]


def test_of_a_long_conversation_the_last_turns_are_read(store):
    recent, whole = _talk(store, 3 * TURNS)
    assert _said(recent) == _said(whole)[-2 * TURNS :]
    assert len(recent.events) < len(whole.events) / 2


def test_what_is_still_true_of_earlier_turns_is_known(store):
    recent, whole = _talk(store, 3 * TURNS)
    assert recent.current_slot_values() == whole.current_slot_values()
    assert recent.get_slot("first") == "said once"
    assert recent.latest_action_name == whole.latest_action_name
    assert recent.followup_action == whole.followup_action
    assert any(isinstance(event, SessionStarted) for event in recent.events)


def test_a_short_conversation_is_read_whole(store):
    recent, whole = _talk(store, TURNS - 1)
    assert [event.as_dict() for event in recent.events] == [event.as_dict() for event in whole.events]


def test_rasas_own_store_reads_what_is_stored(store, rasas):
    _, whole = _talk(store, 3 * TURNS)
    theirs = asyncio.run(rasas.retrieve("anna"))
    assert [event.as_dict() for event in theirs.events] == [event.as_dict() for event in whole.events]


def test_a_new_session_does_not_remember_the_old_one(store):
    _talk(store, 2 * TURNS)
    recent, _ = _talk(store, 2)
    assert _said(recent) == ["question 0", "answer 0", "question 1", "answer 1"]


def test_a_store_that_an_earlier_version_made_gets_the_index(rasas):
    BY_KIND.drop(rasas.engine)
    HonestStore(rasas, TABLES)
    assert BY_KIND.name in {index["name"] for index in sa.inspect(rasas.engine).get_indexes("events")}


def test_without_the_index_conversations_are_kept_all_the_same(store, rasas):
    BY_KIND.drop(rasas.engine)
    recent, whole = _talk(store, 3 * TURNS)
    assert _said(recent) == _said(whole)[-2 * TURNS :]


def test_nobody_is_not_found(store):
    assert asyncio.run(store.retrieve("nobody")) is None

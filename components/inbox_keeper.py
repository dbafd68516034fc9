"""Keeps the inbox of the staff up as messages are stored: a question that was not answered goes in, at once."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME

from assistant import inbox_store
from assistant.scope import ALARMS
from assistant.unanswered import question

_STORED = SQLTrackerStore.SQLEvent


class InboxKeeper:
    """Puts questions into the inbox in the transaction that stores their conversation: both or neither is there.

    A conversation in which an alarm was raised, whenever that was, has nothing there.
    """

    def __init__(self, alias: Callable[[str], str]) -> None:
        """Keep the maker of names for conversations."""
        self._alias = alias

    def keep(self, session: Any) -> None:
        """Look through what the database session has just stored."""
        stored = sorted((new for new in session.new if isinstance(new, _STORED)), key=lambda event: event.id)
        alarmed = {event.sender_id for event in stored if event.type_name == "user" and event.intent_name in ALARMS}
        for conversation in alarmed:
            inbox_store.forget(session.connection(), self._alias(conversation))
        for said, action in _answered(stored):
            asked = question(json.loads(said.data), action)
            if asked and said.sender_id not in alarmed and not _had_alarm(session, said.sender_id):
                inbox_store.add(session.connection(), self._alias(said.sender_id), said.timestamp, asked)


def _answered(stored: list[Any]) -> Iterator[tuple[Any, str]]:
    """Yield each message of a person with the assistant's next action."""
    said = None
    for event in stored:
        if event.type_name == "user":
            said = event
        elif said is not None and event.type_name == "action" and event.action_name != ACTION_LISTEN_NAME:
            yield said, event.action_name
            said = None


def _had_alarm(session: Any, conversation: str) -> bool:
    said = session.query(_STORED.id).filter(_STORED.sender_id == conversation, _STORED.type_name == "user")
    return said.filter(_STORED.intent_name.in_(ALARMS)).first() is not None

"""The stored conversations as the web channel needs them: read, erase, and count votes."""

import json
import time
from collections.abc import Callable, Iterator
from itertools import dropwhile, takewhile
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore

from assistant import inbox_store
from components.honest_store import keep_honestly
from components.inbox_keeper import InboxKeeper

Event = dict[str, Any]

TABLES = sa.MetaData()
# The ids of erased conversations, until their tokens expire: an id says nothing about anybody.
_ERASED = sa.Table(
    "chat_erased",
    TABLES,
    sa.Column("conversation", sa.String(255), primary_key=True),
    sa.Column("until", sa.Float, nullable=False),
)
# Counts only: nothing here leads back to a conversation.
_FEEDBACK = sa.Table(
    "chat_feedback",
    TABLES,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("label", sa.String(255), primary_key=True),
    sa.Column("helpful", sa.Boolean, primary_key=True),
    sa.Column("votes", sa.Integer, nullable=False),
)
_STORED = SQLTrackerStore.SQLEvent


class ErasedError(Exception):
    """The conversation was erased: its token is dead."""


class Conversations:
    """What is stored of the agent's conversations. Every method raises StoreError when the store cannot be used."""

    def __init__(self, agent: Agent, alias: Callable[[str], str]) -> None:
        """Keep the agent's conversations honestly from now on. `alias`: the name of a conversation in the inbox."""
        self._alias = alias
        self._store = keep_honestly(agent, TABLES, inbox_store.TABLES)
        self._store.accompany(InboxKeeper(alias).keep)

    async def events(self, conversation: str) -> list[Event]:
        """Return what was said in the conversation, in order, as Rasa stores it (user and bot events).

        Raises:
            ErasedError: it was erased.
        """

        def read(session: Any) -> list[Event]:
            if session.execute(_ERASED.select().where(_ERASED.c.conversation == conversation)).first():
                raise ErasedError
            said = session.query(_STORED.data).filter(
                _STORED.sender_id == conversation, _STORED.type_name.in_(["user", "bot"])
            )
            return [json.loads(data) for (data,) in said.order_by(_STORED.id)]

        return await self._store.transact(read)

    async def erase(self, conversation: str, until: float) -> None:
        """Erase the conversation, and remember until then (Unix time, seconds) that it was.

        Raises:
            ErasedError: it was erased before.
        """

        def erase(session: Any) -> None:
            if session.execute(_ERASED.select().where(_ERASED.c.conversation == conversation)).first():
                raise ErasedError
            session.query(_STORED).filter(_STORED.sender_id == conversation).delete(synchronize_session=False)
            inbox_store.forget(session.connection(), self._alias(conversation))
            session.execute(_ERASED.delete().where(_ERASED.c.until < time.time()))
            session.execute(_ERASED.insert().values(conversation=conversation, until=until))

        await self._store.transact(erase)

    async def vote(self, day: str, label: str, helpful: bool, withdrawn: bool | None = None) -> None:
        """Count a vote on an answer. `withdrawn`: the same person's earlier vote on it that day."""

        def count(session: Any) -> None:
            for choice, step in ((withdrawn, -1), (helpful, 1)):
                if choice is not None:
                    _add(session, {"day": day, "label": label, "helpful": choice}, step)

        await self._store.transact(count)


def turn(events: list[Event], id_: str) -> list[Event]:
    """Return the person's message `id_` and the replies to it; nothing where it was not said yet."""
    rest: Iterator[Event] = dropwhile(lambda event: event.get("message_id") != id_, events)
    said = next(rest, None)
    if said is None:
        return []
    until_next = takewhile(lambda event: event["event"] != "user", rest)
    return [said, *(event for event in until_next if event["event"] == "bot")]


def _add(session: Any, key: dict[str, Any], step: int) -> None:
    same = sa.and_(*(_FEEDBACK.c[name] == value for name, value in key.items()))
    changed = session.execute(_FEEDBACK.update().where(same).values(votes=_FEEDBACK.c.votes + step)).rowcount
    if not changed:
        session.execute(_FEEDBACK.insert().values(**key, votes=max(step, 0)))

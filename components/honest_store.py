"""Rasa's SQL tracker store, saying so when it cannot be used."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from components.recent_turns import BY_KIND, RecentTurns

Result = TypeVar("Result")

_MILLISECONDS_TO_WAIT_FOR_A_LOCK = 1000


class StoreError(Exception):
    """The store is locked, gone or out of reach. It carries no text of a conversation."""


class HonestStore(TrackerStore):
    """Keeps conversations in the SQL store it is given, or raises StoreError.

    Rasa wraps every store in one that, in trouble, goes on with an empty conversation in memory: what was said is lost
    without a word, and the log gets the conversation's id and parts of its events. Here nothing is half done, and
    everything works again when the store does.
    """

    def __init__(self, store: SQLTrackerStore, *tables: sa.MetaData) -> None:
        """Use `store`. `tables`: what else is kept in its database."""
        self._store = store
        self._tables = (SQLTrackerStore.Base.metadata, *tables)
        # One at a time: of two who find a table missing, the second would fail to make it.
        self._making = threading.Lock()
        # SQLAlchemy would write the values of a failed statement into its errors.
        store.engine.hide_parameters = True
        if store.engine.dialect.name == "sqlite":
            sa.event.listen(store.engine, "connect", _prepare)
        # A store that an earlier version made has it not. Without it, long conversations are read more slowly.
        with suppress(SQLAlchemyError):
            BY_KIND.create(store.engine, checkfirst=True)
        super().__init__(store.domain, store.event_broker)

    @property
    def domain(self) -> Domain:
        """Return the domain, which Rasa sets when it loads a model."""
        return self._store.domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        self._store.domain = domain or Domain.empty()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the last turns of the conversation's latest session, or None where there is no such conversation."""
        if self.event_broker:
            # It is told what is new by counting all events.
            return await self.run(lambda: asyncio.run(self._store.retrieve(sender_id)))
        return await self.transact(lambda session: RecentTurns.load(session, self._store, sender_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the whole conversation, or None where there is no such conversation."""
        return await self.run(lambda: asyncio.run(self._store.retrieve_full_tracker(conversation_id)))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save what is new in the conversation."""
        if isinstance(tracker, RecentTurns):
            await self.transact(tracker.save)
            tracker.stored = len(tracker.events)
        else:
            await self.run(lambda: asyncio.run(self._store.save(tracker)))

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return await self.run(lambda: asyncio.run(self._store.keys()))

    def accompany(self, work: Callable[[Any], None]) -> None:
        """Let `work` go along with whatever is stored, both or neither: it is given the session, `new` is what is."""
        sa.event.listen(self._store.sessionmaker, "after_flush", lambda session, _: work(session))

    async def transact(self, work: Callable[[Any], Result]) -> Result:
        """Return what `work` returns; it is given a database session, and is done wholly or not at all."""

        def transaction() -> Result:
            with self._store.sessionmaker() as session, session.begin():
                return work(session)

        return await self.run(transaction)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns. It waits for the database in a thread, so that others do not wait with it.

        It is seen through even if the caller is stopped: nobody must go on while a save is still on its way.

        Raises:
            StoreError: the store cannot be used at present.
        """
        task = asyncio.ensure_future(asyncio.to_thread(self._try, work))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise

    def _try(self, work: Callable[[], Result]) -> Result:
        try:
            try:
                return work()
            except (OperationalError, ProgrammingError) as error:
                if not _lacks_tables(error):
                    raise
                # The file was removed, or the store was locked when Rasa started.
                with self._making:
                    for tables in self._tables:
                        tables.create_all(self._store.engine)
                return work()
        # SystemExit: with a value it cannot store, Rasa would end the whole server.
        except (SQLAlchemyError, OSError, SystemExit) as error:
            raise StoreError(type(error).__name__) from None


def keep_honestly(agent: Agent, *tables: sa.MetaData) -> HonestStore:
    """Put an HonestStore in the place of the agent's store, and return it. `tables`: what else is kept in its database.

    Raises:
        RasaException: the agent's store is no SQL store.
    """
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if isinstance(store, HonestStore):
        return store
    if not isinstance(store, SQLTrackerStore):
        raise RasaException("The web channel needs a tracker_store of type SQL in endpoints.yml.")
    honest = HonestStore(store, *tables)
    agent.tracker_store = honest
    agent.processor.tracker_store = honest
    return honest


def _lacks_tables(error: OperationalError | ProgrammingError) -> bool:
    """Return whether a table is missing, as SQLite says it or as other databases do."""
    return isinstance(error, ProgrammingError) or "no such table" in str(error.orig)


def _prepare(connection: Any, _: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_MILLISECONDS_TO_WAIT_FOR_A_LOCK}")
    # Overwrite what is erased, so that it cannot be read back from the file.
    connection.execute("PRAGMA secure_delete = ON")

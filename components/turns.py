"""Answer a person's message once, whatever happens on the way."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from copy import copy
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import LockError
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.scope import ALARMS
from components.conversations import Conversations, Event, turn
from components.honest_store import StoreError

logger = logging.getLogger(__name__)

CHANNEL = "chat"
_TROUBLE = "utter_trouble"
_SECONDS_BETWEEN_TRIES = 0.05
# A turn may take as long as two answers; longer where nobody waits for it.
_TURN = 2
_LATE_TURN = 6
# What the lock still holds for after the turn has come: time to store an answer in a slow store.
_SECONDS_TO_STORE = 30
_MOST_REMEMBERED = 10_000


class BusyError(Exception):
    """An earlier message of this conversation is still in work, or too many of others are."""


class OtherTextError(Exception):
    """The id was used for another message of this conversation."""


class _Replies(CollectingOutputChannel):
    """Drops what it is sent: replies are read from the store, so that they are the same now and later."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        pass


class Turns:
    """Gives each message of a conversation its turn.

    patience: seconds to wait for an answer; at_a_time: how many messages of all conversations are in work.
    """

    def __init__(self, agent: Agent, conversations: Conversations, patience: float, at_a_time: int) -> None:
        """Answer with the agent."""
        self._at_a_time = at_a_time
        self._agent = agent
        self._conversations = conversations
        self._patience = patience
        # Messages without a sign of danger: when one is sent again and again, it need not be read each time.
        self._harmless: set[int] = set()
        self._tasks: set[asyncio.Task[list[Event]]] = set()

    async def answer(self, conversation: str, id_: str, text: str) -> list[Event]:
        """Return the message and the replies to it; one that was answered before is not said again.

        It is seen through even if the person has gone: on coming back, the answer is there.

        Raises:
            BusyError, ErasedError, OtherTextError, StoreError: it was not answered, and nothing of it is stored.
        """
        full = len(self._tasks) >= self._at_a_time
        busy = full or self._agent.lock_store.is_someone_waiting(conversation)
        warning = await self.warning(conversation, id_, text) if busy else []
        if full and not warning:
            raise BusyError
        # With the warning given, nobody waits for the turn, and it can come late.
        task = asyncio.create_task(self._answer(conversation, id_, text, _LATE_TURN if warning else _TURN))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        if warning:
            return warning
        try:
            return await asyncio.shield(task)
        except (BusyError, StoreError):
            if warning := await self.warning(conversation, id_, text):
                return warning
            raise

    @asynccontextmanager
    async def alone(self, conversation: str, answers: int = _TURN) -> AsyncIterator[None]:
        """Let nobody else work on the conversation; those who wait come in their order.

        Args:
            answers: how many answers' time to wait for the turn.

        Raises:
            BusyError: it took too long.
        """
        async with AsyncExitStack() as stack:
            wait = answers * self._patience
            lock = self._agent.lock_store.lock(
                conversation, wait + self._patience + _SECONDS_TO_STORE, wait_time_in_seconds=_SECONDS_BETWEEN_TRIES
            )
            try:
                await asyncio.wait_for(stack.enter_async_context(lock), wait)
            except (asyncio.TimeoutError, LockError) as error:
                raise BusyError from error
            yield

    async def warning(self, conversation: str, id_: str, text: str) -> list[Event]:
        """Return the message and the answer to a sign of danger in it; nothing where there is none. Nothing is stored.

        For when the message cannot be taken in its turn: such an answer must not wait.
        """
        known = hash((id_, text))
        if known in self._harmless:
            return []
        message = UserMessage(text, _Replies(), conversation, input_channel=CHANNEL, message_id=id_)
        parsed = await self._agent.processor.parse_message(message)
        if parsed["intent"]["name"] not in ALARMS:
            if len(self._harmless) >= _MOST_REMEMBERED:
                self._harmless.clear()
            self._harmless.add(known)
            return []
        # As the first message of a conversation that nobody keeps.
        aside = copy(self._agent.processor)
        aside.tracker_store = InMemoryTrackerStore(self._agent.domain)
        await asyncio.wait_for(aside.handle_message(message), self._patience)
        tracker = await aside.tracker_store.retrieve(conversation)
        said = turn([event.as_dict() for event in tracker.events], id_)
        return said if len(said) > 1 else []

    async def sorry(self) -> str:
        """Return how the assistant says that it could not answer."""
        # Not of a stored conversation: the store may be what went wrong.
        tracker = DialogueStateTracker.from_events("", [], self._agent.domain.slots)
        said = await self._agent.processor.nlg.generate(_TROUBLE, tracker, CHANNEL)
        return str(said["text"])

    async def _answer(self, conversation: str, id_: str, text: str, answers: int) -> list[Event]:
        message = UserMessage(text, _Replies(), conversation, input_channel=CHANNEL, message_id=id_)
        async with self.alone(conversation, answers):
            said = await self._conversations.turn(conversation, id_)
            if said and said[0]["text"] != message.text:
                raise OtherTextError
            if not said:
                await self._process(message)
                said = await self._conversations.turn(conversation, id_)
            if not said:
                await self._agent.processor.log_message(message)
            if len(said) < 2:
                # Nothing came of it, just now or at the first try: silence is the worst answer.
                await self._apologize(message)
                said = await self._conversations.turn(conversation, id_)
            return said

    async def _process(self, message: UserMessage) -> None:
        try:
            await asyncio.wait_for(self._agent.processor.handle_message(message), self._patience)
        except StoreError:
            raise
        except asyncio.TimeoutError:
            logger.error("A message was not answered within %s s. Is the action server slow?", self._patience)
        except Exception as error:
            # The message itself is not logged: it may tell about the person's health.
            logger.error("A message could not be answered: %s", type(error).__name__)

    async def _apologize(self, message: UserMessage) -> None:
        for action in (_TROUBLE, ACTION_LISTEN_NAME):
            await self._agent.execute_action(message.sender_id, action, message.output_channel, None, 1.0)

    def _done(self, task: "asyncio.Task[list[Event]]") -> None:
        self._tasks.discard(task)
        # Whoever waited for it was told; where nobody waits, the client's next try finds out.
        if not task.cancelled():
            task.exception()

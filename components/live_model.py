"""Follow what is published: load the next release beside the present one, and swap them while people talk."""

import asyncio
import gc
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 1.0


class LiveModel:
    """Keeps the agent's model the one that `pointer` leads to. Each worker does so for itself.

    switched: what else is to be done just before a change, given the new model's file.
    """

    def __init__(self, agent: Agent, pointer: Path, switched: Callable[[Path], None]) -> None:
        """Keep the agent, which has a model already."""
        self._agent = agent
        self._pointer = pointer
        self._switched = switched
        self._refused: Path | None = None
        # Always the same thread: what one model frees, the next one takes.
        self._loader = ThreadPoolExecutor(1)

    async def follow(self) -> None:
        """Look for another release every second, for as long as the server runs."""
        # What is here now stays: a collection that does not look through it holds nobody up for 300 ms, but for 40 ms.
        gc.freeze()
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            await self.look()

    async def look(self) -> None:
        """Change to the model that the pointer leads to, if it is another; what cannot be loaded is not tried again."""
        model = self._pointer.resolve()
        if model in (self._agent.processor.model_path.resolve(), self._refused):
            return
        try:
            processor = await asyncio.get_running_loop().run_in_executor(self._loader, self._load, model)
            self._switched(model)
        except Exception as error:
            self._refused = model
            logger.error("The model %s cannot be loaded, the present one stays: %s", model, error)
        else:
            self._swap(processor)
            logger.info("The model is now %s", model)

    def _load(self, model: Path) -> MessageProcessor:
        agent = self._agent
        # With responses of its own: a message in work goes on with those of the model that it began with.
        nlg = copy(agent.nlg)
        processor = MessageProcessor(
            model_path=model,
            tracker_store=agent.tracker_store,
            lock_store=agent.lock_store,
            action_endpoint=agent.action_endpoint,
            generator=nlg,
            http_interpreter=agent.http_interpreter,
        )
        if isinstance(nlg, TemplatedNaturalLanguageGenerator):
            nlg.responses = processor.domain.responses
        return processor

    def _swap(self, processor: MessageProcessor) -> None:
        """Let every message from now on be answered by `processor`. Nothing else runs in between."""
        agent = self._agent
        agent.processor = processor
        agent.domain = processor.domain
        agent.nlg = processor.nlg
        agent.tracker_store.domain = processor.domain

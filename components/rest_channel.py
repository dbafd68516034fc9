"""The HTTP channel: Rasa's REST webhook, with whole answers, their sources, and bad input refused in plain words."""

import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from components.body_guard import refuse_impossible_length

logger = logging.getLogger(__name__)

_PASSED_ON = ("text", "buttons", "custom", "image", "attachment", "metadata")
# Four times what a long message needs; beyond it the person is not typing.
_MOST_CHARACTERS = 20_000
_MOST_BYTES = 200_000
_SENDER = re.compile(r"[\w.:@+-]{1,128}")


class WholeAnswers(CollectingOutputChannel):
    """Collects each answer as one message: Rasa's own collector cuts it at blank lines and drops its metadata."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return "rest"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the parts of the message that a client can show."""
        passed_on = {name: message[name] for name in _PASSED_ON if message.get(name)}
        await self._persist_message({"recipient_id": recipient_id, **passed_on})


class RestChannel(InputChannel):
    """`POST /webhooks/rest/webhook` with `{"sender": ..., "message": ...}` answers with a list of messages."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, the part of its address after /webhooks/."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the channel's routes."""
        routes = Blueprint("rest_channel")
        routes.signal("http.routing.before")(refuse_impossible_length)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok", "assistant": "migraine"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if len(request.body) > _MOST_BYTES:
                return json({"error": f"The request is too large. Send at most {_MOST_BYTES:,} bytes."}, status=413)
            problem = _problem(request)
            if problem:
                return json({"error": problem}, status=400)
            sender = request.json.get("sender") or uuid.uuid4().hex
            collector = WholeAnswers()
            try:
                await on_new_message(UserMessage(request.json["message"], collector, sender, input_channel=self.name()))
            except (Exception, SystemExit) as error:
                # Rasa's tracker store would end the whole server over one conversation's trouble.
                # The message itself is not logged: it may tell about the person's health.
                logger.error("A message could not be answered: %s", type(error).__name__)
            if not collector.messages:
                await _apologize(request.app.ctx.agent, collector, sender)
            return json(collector.messages)

        return routes


def _problem(request: Request) -> str | None:
    """Return what is wrong with the request, in words that say what to do, or None."""
    try:
        body = request.json
    except Exception:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("message"), str):
        return 'Send JSON such as {"sender": "anna", "message": "does it hurt?"}.'
    sender = body.get("sender")
    if sender is not None and not (isinstance(sender, str) and _SENDER.fullmatch(sender)):
        return 'The "sender" must be this conversation\'s own name: up to 128 letters, digits and the signs . _ : @ + -'
    if len(body["message"]) > _MOST_CHARACTERS:
        return f"The message is too long. Send at most {_MOST_CHARACTERS:,} characters."
    return None


async def _apologize(agent: Agent, collector: WholeAnswers, sender: str) -> None:
    """Say honestly that something went wrong: silence is the worst answer."""
    # Not the stored conversation: the store may be what went wrong.
    tracker = DialogueStateTracker.from_events(sender, [])
    sorry = await agent.processor.nlg.generate("utter_trouble", tracker, collector.name())
    await collector.send_response(sender, sorry)

"""The web channel: what the website widget talks with, under /chat. docs/openapi.yml describes it."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import asdict
from datetime import datetime, timezone
from functools import wraps
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from assistant import clinic, sources
from assistant.chat_message import Message, Messages, response_name, topics
from assistant.limits import Gate, TooManyError, client_address
from assistant.memory import Memory, OneWorkersMemory
from assistant.privacy import KEPT_HOURS, redact
from assistant.session_token import LIFETIME, SecretError, Tokens, secret
from assistant.web_settings import SettingsError, WebSettings
from components import web_pages, web_requests
from components.body_guard import refuse_impossible_length, refuse_long_body
from components.conversations import Conversations, ErasedError
from components.honest_store import StoreError
from components.live_model import LiveModel
from components.turns import CHANNEL, BusyError, OtherTextError, Turns
from components.web_errors import Refusal, later, unauthorized
from components.web_headers import GuardedRoutes, Headers
from components.web_pages import Pages

logger = logging.getLogger(__name__)

PREFIX = "/chat"
SECRET_FILE = Path(".rasa/chat-secret")
# Where `migraine serve` keeps the secret, if not there.
SECRET_FILE_VARIABLE = "MIGRAINE_CHAT_SECRET_FILE"  # noqa: S105 - a name, not a secret
# Where the published model is, with its answers and sources beside it, if it may change while the server runs.
LIVE_MODEL_VARIABLE = "MIGRAINE_LIVE_MODEL"
_SECONDS_UNTIL_ANOTHER_TRY = 3

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class WebChannel(InputChannel):
    """The routes under /chat."""

    def __init__(self, tokens: Tokens, settings: WebSettings, memory: Memory) -> None:
        """Keep the settings, and read what does not change while the server runs."""
        self._tokens = tokens
        self._settings = settings
        self._memory = memory
        self._gate = Gate(settings.limits, memory)
        self._pages = Pages(web_pages.load(settings.widget), shared=bool(settings.allowed_origins.allowed))
        self._sources = sources.load()
        self._following: asyncio.Task[None] | None = None
        self._clinic = clinic.load()
        self._numbers = clinic.numbers(self._clinic.country)

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return CHANNEL

    def url_prefix(self) -> str:
        """Return where the channel is. The slash leaves Rasa's /webhooks/ behind."""
        return PREFIX

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "WebChannel":
        """Create the channel from its settings in credentials.yml.

        Raises:
            RasaException: a setting cannot be right; the message says what to write instead.
        """
        try:
            tokens = Tokens(secret(Path(os.environ.get(SECRET_FILE_VARIABLE, SECRET_FILE))))
            return cls(tokens, WebSettings.load(credentials), OneWorkersMemory())
        except (SecretError, SettingsError, clinic.ClinicError) as error:
            raise RasaException(f"The web channel cannot start: {error}") from error

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the channel's routes."""
        routes = GuardedRoutes("web_channel", Headers(PREFIX, self._settings.allowed_origins))
        routes.signal("http.routing.before")(refuse_impossible_length)
        routes.signal("http.routing.before")(refuse_long_body(PREFIX, self._settings.limits.body_bytes))
        routes.listener("after_server_start")(self._start)
        routes.listener("before_server_stop")(self._stop)
        for method, path, handler in (
            ("POST", "/sessions", self._open),
            ("GET", "/config", self._configure),
            ("POST", "/messages", self._say),
            ("GET", "/messages", self._look_back),
            ("DELETE", "/session", self._erase),
            ("POST", "/feedback", self._rate),
        ):
            routes.add_route(self._answering(handler), path, methods=[method], name=f"{method} {path}")
        self._pages.add_to(routes)
        return routes

    async def _start(self, app: Sanic, _: Any) -> None:
        self._agent = app.ctx.agent
        self._conversations = Conversations(self._agent, self._tokens.alias)
        self._turns = Turns(
            self._agent, self._conversations, self._settings.patience, self._settings.limits.messages_at_a_time
        )
        if live := os.environ.get(LIVE_MODEL_VARIABLE):
            self._read_sources(Path(live).resolve())
            self._following = asyncio.create_task(LiveModel(self._agent, Path(live), self._read_sources).follow())

    async def _stop(self, app: Sanic, _: Any) -> None:
        if self._following:
            self._following.cancel()

    def _read_sources(self, model: Path) -> None:
        """Read the sources that were published with the model."""
        self._sources = sources.load(model.parent / sources.FILE)

    # ---- conversations

    async def _open(self, request: Request) -> HTTPResponse:
        await self._gate.session(self._address(request))
        try:
            await self._gate.room()
        except TooManyError as error:
            raise later(503, "full", "Too many people are here at the moment.", error.wait) from error
        token, session = self._tokens.issue()
        await self._gate.opened(session.id)
        return json({"token": token, "expires_in": LIFETIME}, status=201)

    async def _say(self, request: Request) -> HTTPResponse:
        session = web_requests.session(request, self._tokens)
        said = web_requests.said(request, self._settings.limits.characters)
        text = redact(said.text)
        try:
            await self._gate.message(session.id)
            events = await self._turns.answer(session.id, said.id, text)
        except TooManyError:
            events = await self._turns.warning(session.id, said.id, text)
            if not events:
                raise
        _, *replies = self._messages().of(events)
        return json({"messages": replies})

    async def _look_back(self, request: Request) -> HTTPResponse:
        session = web_requests.session(request, self._tokens)
        return json({"messages": await self._history(session.id)})

    async def _erase(self, request: Request) -> HTTPResponse:
        session = web_requests.session(request, self._tokens)
        async with self._turns.alone(session.id):
            await self._conversations.erase(session.id, session.expires)
        await self._gate.closed(session.id)
        return empty()

    async def _rate(self, request: Request) -> HTTPResponse:
        session = web_requests.session(request, self._tokens)
        opinion = web_requests.opinion(request)
        labels = {
            message["id"]: message["topic"] or response_name(event).removeprefix("utter_")
            for message, event in await self._told(session.id)
        }
        if opinion.message not in labels:
            raise Refusal(404, "message_unknown", "The assistant said no such message in this conversation.")
        day, label = datetime.now(timezone.utc).date().isoformat(), labels[opinion.message] or "other"
        vote = f"{day} {opinion.helpful}"
        before = await self._memory.exchange(f"vote {session.id} {opinion.message}", vote, LIFETIME)
        # A vote of another day stays counted there: votes are never linked to whoever gave them.
        withdrawn = before.endswith("True") if before and before.startswith(day) else None
        await self._conversations.vote(day, label, opinion.helpful, withdrawn)
        return empty()

    # ---- what anybody may know

    async def _configure(self, request: Request) -> HTTPResponse:
        responses = self._agent.domain.responses
        starters = [f"utter_faq/{topic}" for topic in responses["utter_greet"][0]["metadata"]["starters"]]
        # One that was removed, or is not published yet, is left out.
        answers = [responses[name] for name in starters if name in responses]
        return json(
            {
                "clinic": {name: getattr(self._clinic, name) for name in ("name", "phone", "hours", "booking")},
                "calls": {
                    "emergency": [asdict(call) for call in self._numbers.emergency_calls],
                    "urgent": [asdict(call) for call in self._numbers.urgent_calls],
                    "crisis": [asdict(call) for call in self._numbers.crisis_calls],
                },
                "kept_hours": KEPT_HOURS,
                "starters": [answer[0]["metadata"]["title"] for answer in answers],
                "limits": {"characters": self._settings.limits.characters},
            }
        )

    # ---- helpers

    def _answering(self, handler: Handler) -> Handler:
        """Turn what a handler raises into the one form of an error."""

        @wraps(handler)
        async def answer(request: Request) -> HTTPResponse:
            try:
                await self._gate.request(self._address(request))
                return await handler(request)
            except Refusal as refusal:
                return refusal.response()
            except TooManyError as error:
                return later(429, "too_many_requests", "Too many requests. Wait a little.", error.wait).response()
            except ErasedError:
                return unauthorized("session_erased", "This conversation was erased. Open a new session.").response()
            except OtherTextError:
                return Refusal(409, "id_used", "This id was used for another message. Make a new one.").response()
            except BusyError:
                return await self._trouble("busy")
            except StoreError as error:
                logger.error("The tracker store cannot be used: %s", error)
                return await self._trouble("store_unavailable")
            except Exception as error:
                # Its text is not logged: it may hold what the person said.
                logger.error("A request could not be answered: %s", type(error).__name__)
                return await self._trouble("trouble")

        return answer

    async def _trouble(self, code: str) -> HTTPResponse:
        """Say honestly, in the assistant's own words, that it could not answer now."""
        return later(503, code, await self._turns.sorry(), _SECONDS_UNTIL_ANOTHER_TRY).response()

    def _address(self, request: Request) -> str:
        forwarded = ",".join(request.headers.getall("x-forwarded-for", []))
        return client_address(request.ip, forwarded, self._settings.proxies)

    def _messages(self) -> Messages:
        return Messages(self._sources, topics(self._agent.domain.responses))

    async def _history(self, conversation: str) -> list[Message]:
        return self._messages().of(await self._conversations.events(conversation))

    async def _told(self, conversation: str) -> list[tuple[Message, Mapping[str, Any]]]:
        """Return what the assistant said, each as a message and as the stored event."""
        events = await self._conversations.events(conversation)
        pairs = zip(self._messages().of(events), events, strict=True)
        return [pair for pair in pairs if pair[0]["role"] == "assistant"]

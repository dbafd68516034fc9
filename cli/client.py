"""Talk to a running assistant over HTTP."""

import json
import uuid
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from cli.problem import Problem

_SECONDS = 30


@dataclass(frozen=True)
class Reply:
    """One message of the assistant.

    buttons: title and what pressing it says; sources: ids; asks_number: a number typed now is an answer;
    urgency: E, U or C of an alarm; calls: title and number to dial.
    """

    text: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    reviewed: str | None = None
    asks_number: bool = False
    urgency: str | None = None
    calls: list[tuple[str, str]] = field(default_factory=list)


class Conversation:
    """One conversation with the assistant at `address`, apart from every other."""

    def __init__(self, address: str) -> None:
        """Begin a new conversation."""
        self._address = address
        self.sender = uuid.uuid4().hex

    def say(self, text: str) -> list[Reply]:
        """Return the assistant's replies to `text`.

        Raises:
            Problem: the assistant cannot be reached, or refuses the message.
        """
        body = json.dumps({"sender": self.sender, "message": text}).encode()
        request = Request(  # noqa: S310 - the address is http, on this machine by default
            f"{self._address}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
        )
        try:
            with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
                return [_reply(message) for message in json.load(response)]
        except HTTPError as error:
            raise Problem(_explanation(error)) from error
        except (URLError, TimeoutError, ConnectionError, HTTPException, ValueError) as error:
            raise Problem(f"The assistant at {self._address} does not answer. Is it still running?") from error


def is_assistant(address: str) -> bool:
    """Return whether our assistant answers at `address`."""
    try:
        with urlopen(f"{address}/webhooks/rest/", timeout=2) as response:  # noqa: S310
            return bool(json.load(response).get("assistant") == "migraine")
    except (OSError, HTTPException, ValueError, AttributeError):
        return False


def _explanation(error: HTTPError) -> str:
    try:
        return str(json.load(error)["error"])
    except (ValueError, LookupError, TypeError):
        return f"The assistant refused the message: {error}"


def _reply(message: dict[str, Any]) -> Reply:
    metadata = message.get("metadata") or {}
    return Reply(
        text=message.get("text", ""),
        buttons=[(button["title"], button["payload"]) for button in message.get("buttons", [])],
        sources=list(metadata.get("sources", [])),
        reviewed=metadata.get("reviewed"),
        asks_number=metadata.get("answer") == "number",
        urgency=metadata.get("urgency"),
        calls=[(call["title"], call["tel"]) for call in metadata.get("calls", [])],
    )

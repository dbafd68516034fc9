"""Talk with the web channel as a widget does."""

import json
import uuid
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """The code of an error, in the one form that errors have."""
        error = self.data["error"]
        assert set(self.data) == {"error"}
        assert set(error) == {"code", "message"}
        assert error["message"]
        return error["code"]


def ask(address, method, path, body=None, token=None, **headers) -> Answer:
    """Send one request; `body` may be bytes, or what is to be sent as JSON. Headers are written with underscores."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    sent = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        sent.setdefault("Content-Type", "application/json")
    if token:
        sent["Authorization"] = f"Bearer {token}"
    try:
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        return Answer(response.status, {key.lower(): value for key, value in response.getheaders()}, response.read())
    finally:
        connection.close()


class Chat:
    """One conversation, with its token."""

    def __init__(self, address: str) -> None:
        self.address = address
        opened = ask(address, "POST", "/chat/sessions")
        assert opened.status == 201, opened
        self.token = opened.data["token"]

    def ask(self, method, path, body=None, **headers) -> Answer:
        return ask(self.address, method, path, body, **{"token": self.token, **headers})

    def send(self, text, id_=None) -> Answer:
        return self.ask("POST", "/chat/messages", {"id": id_ or new_id(), "text": text})

    def say(self, text, id_=None) -> list[dict[str, Any]]:
        answer = self.send(text, id_)
        assert answer.status == 200, answer
        return answer.data["messages"]

    def history(self) -> list[dict[str, Any]]:
        answer = self.ask("GET", "/chat/messages")
        assert answer.status == 200, answer
        return answer.data["messages"]

    def texts(self) -> list[str]:
        return [message["text"] for message in self.history() if message["role"] == "person"]


def new_id() -> str:
    return str(uuid.uuid4())

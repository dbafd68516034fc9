"""How the web channel says no: one form for every error, `{"error": {"code": ..., "message": ...}}`."""

from dataclasses import dataclass, field
from http import HTTPStatus

from sanic.response import HTTPResponse, json


@dataclass
class Refusal(Exception):  # noqa: N818 - a request is refused; nothing has gone wrong
    """A request that is not done. `message` is for those who write clients; a widget has its own words by `code`."""

    status: int
    code: str
    message: str
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> HTTPResponse:
        """Return the refusal as the client gets it."""
        return json({"error": {"code": self.code, "message": self.message}}, status=self.status, headers=self.headers)


def later(status: int, code: str, message: str, seconds: int) -> Refusal:
    """Return a refusal of something that is worth another try after `seconds`."""
    return Refusal(status, code, message, {"Retry-After": str(seconds)})


def unauthorized(code: str, message: str) -> Refusal:
    """Return a refusal of a token."""
    return Refusal(401, code, message, {"WWW-Authenticate": "Bearer"})


def of_status(status: int) -> Refusal:
    """Return the refusal for what the server itself refuses, such as an unknown path."""
    phrase = HTTPStatus(status).phrase
    known = {
        404: "There is nothing at this address.",
        405: "This address does not take this method.",
        413: "The request is too large.",
    }
    return Refusal(status, phrase.lower().replace(" ", "_"), known.get(status, f"{phrase}."))

"""Read what a client of the web channel sends, or refuse it with what to do."""

import json
import re
from dataclasses import dataclass
from typing import Any

from sanic.request import Request

from assistant.session_token import BadTokenError, ExpiredTokenError, Session, Tokens
from components.web_errors import Refusal, unauthorized

_BEARER = re.compile(r"Bearer ([\w.-]{1,1000})", re.IGNORECASE | re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"[0-9a-f-]{36}-\d{1,4}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Said:
    """What a person says. `id`: made by the client, so that it can send the same message again."""

    id: str
    text: str


@dataclass(frozen=True)
class Opinion:
    """What a person thinks of one of the assistant's messages."""

    message: str
    helpful: bool


def session(request: Request, tokens: Tokens) -> Session:
    """Return the session that the request's token is for.

    Raises:
        Refusal: there is no token, or it is not good.
    """
    header = request.headers.getone("authorization", "")
    if not header:
        raise unauthorized(
            "token_missing", "Send the header Authorization: Bearer <token>. POST /chat/sessions has one."
        )
    found = _BEARER.fullmatch(header)
    try:
        return tokens.read(found[1] if found else "")
    except ExpiredTokenError as error:
        raise unauthorized("token_expired", "The token has expired. Open a new session.") from error
    except BadTokenError as error:
        raise unauthorized("token_invalid", "The token is not one of ours. Open a new session.") from error


def said(request: Request, characters: int) -> Said:
    """Return the message in the request's body.

    Raises:
        Refusal: it is not of the right form, or longer than `characters`.
    """
    body = _body(request, {"id", "text"})
    id_, text = body["id"], body["text"]
    if not isinstance(id_, str) or not _UUID.fullmatch(id_):
        raise Refusal(400, "id_invalid", "The id must be a UUID that the client makes, a new one for each message.")
    if not isinstance(text, str):
        raise Refusal(400, "body_invalid", "The text must be a string.")
    if len(text) > characters:
        raise Refusal(400, "text_too_long", f"The text is too long. Send at most {characters:,} characters.")
    # Half a character, as some phones send it, can be neither stored nor shown.
    whole = text.encode("utf-8", "replace").decode().strip()
    if not whole:
        raise Refusal(400, "text_empty", "The text is empty.")
    return Said(id_.lower(), whole)


def opinion(request: Request) -> Opinion:
    """Return the feedback in the request's body.

    Raises:
        Refusal: it is not of the right form.
    """
    body = _body(request, {"message", "helpful"})
    if not isinstance(body["message"], str) or not _MESSAGE_ID.fullmatch(body["message"]):
        raise Refusal(400, "body_invalid", "The message must be the id of one of the assistant's messages.")
    if not isinstance(body["helpful"], bool):
        raise Refusal(400, "body_invalid", "Helpful must be true or false.")
    return Opinion(body["message"].lower(), body["helpful"])


def _body(request: Request, names: set[str]) -> dict[str, Any]:
    content_type = request.headers.getone("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise Refusal(415, "content_type_unsupported", "Send JSON, with the header Content-Type: application/json.")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or set(body) != names:
        raise Refusal(400, "body_invalid", f"Send a JSON object with {' and '.join(sorted(names))}, and nothing else.")
    return body

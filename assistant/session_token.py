"""What lets a person, and nobody else, continue a conversation: a signed token that no server has to remember."""

import hashlib
import hmac
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import jwt

from assistant.privacy import KEPT_HOURS

LIFETIME = KEPT_HOURS * 3600
VARIABLE = "MIGRAINE_CHAT_SECRET"
_SHORTEST_SECRET = 32
_ALGORITHM = "HS256"
_ID_BYTES = 24
# Derives the key of aliases, so that it is another than the one that signs.
_ALIASES = b"aliases of conversations"


class SecretError(Exception):
    """The secret cannot be used; the message says what to do, and never what the secret is."""


class BadTokenError(Exception):
    """The token was not signed by us, or not like this."""


class ExpiredTokenError(Exception):
    """The token was good until its 24 hours were over."""


@dataclass(frozen=True)
class Session:
    """A conversation: its id, which only the token tells, and the Unix time in seconds when its token expires."""

    id: str
    expires: float


class Tokens:
    """Issues and reads tokens signed with one secret."""

    def __init__(self, secret: str) -> None:
        """Keep the secret."""
        self._secret = secret

    def issue(self, now: float | None = None) -> tuple[str, Session]:
        """Return a token for a new conversation, and the conversation."""
        began = int(time.time() if now is None else now)
        session = Session(secrets.token_urlsafe(_ID_BYTES), began + LIFETIME)
        claims = {"sub": session.id, "iat": began, "exp": int(session.expires)}
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM), session

    def read(self, token: str) -> Session:
        """Return the conversation that `token` is for.

        Raises:
            ExpiredTokenError: its time is over.
            BadTokenError: it is not one of ours.
        """
        try:
            claims = jwt.decode(
                token, self._secret, algorithms=[_ALGORITHM], options={"require": ["sub", "iat", "exp"]}
            )
        except jwt.ExpiredSignatureError as error:
            raise ExpiredTokenError from error
        except jwt.InvalidTokenError as error:
            raise BadTokenError from error
        return Session(claims["sub"], float(claims["exp"]))

    def alias(self, conversation: str) -> str:
        """Return a name for a conversation that nobody without the secret can make of its id, or the id of it."""
        own = hmac.digest(self._secret.encode(), _ALIASES, hashlib.sha256)
        return hmac.new(own, conversation.encode(), hashlib.sha256).hexdigest()


def secret(file: Path) -> str:
    """Return the secret: the environment's, or else the one in `file`, made now if there is none.

    Kept in a file, conversations survive a restart. Several servers share one through the environment.

    Raises:
        SecretError: it is too short, or the file cannot be read or made.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return _long_enough(given, f"the environment variable {VARIABLE}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make(file)
        return _long_enough(file.read_text(encoding="ascii").strip(), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(
            f"The secret for conversations cannot be kept in {file}: {type(error).__name__}. "
            f"Make the folder writable, or set {VARIABLE}."
        ) from error


def _make(file: Path) -> None:
    """Write a new secret that only this user can read, unless there is one; whole or not at all."""
    if file.exists():
        return
    scratch = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(os.urandom(32).hex())
    try:
        # Fails where another worker was first: then its secret is everybody's.
        os.link(scratch, file)
    except FileExistsError:
        pass
    finally:
        scratch.unlink()


def _long_enough(value: str, place: str) -> str:
    if len(value) < _SHORTEST_SECRET:
        raise SecretError(
            f"The secret in {place} is shorter than {_SHORTEST_SECRET} characters. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return value

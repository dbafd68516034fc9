"""Refuse a request's body before it is read: Sanic 21.12 would read up to 100 MB, or forever."""

from collections.abc import Awaitable, Callable
from typing import Any

from sanic.exceptions import InvalidUsage, PayloadTooLarge
from sanic.request import Request

# A body that is refused is still taken off the line up to this, so that the client gets to read why.
_MOST_BYTES_TO_DROP = 1_000_000


async def refuse_impossible_length(request: Request, **_: Any) -> None:
    """Refuse a negative Content-Length: Sanic 21.12 would read such a body forever, and answer nobody else."""
    stream = request.stream
    if stream and (stream.request_bytes_left or 0) < 0:
        stream.request_bytes = stream.request_bytes_left = 0
        stream.keep_alive = False
        raise InvalidUsage("The Content-Length is impossible.")


def refuse_long_body(prefix: str, most: int) -> Callable[..., Awaitable[None]]:
    """Return what refuses a body of more than `most` bytes sent to a path under `prefix`."""

    async def refuse(request: Request, **_: Any) -> None:
        stream = request.stream
        if not stream or not request.path.startswith(prefix):
            return
        if stream.request_body == "chunked":
            # Its length is not announced; Sanic counts the chunks and stops there.
            stream.request_max_size = most
        elif (stream.request_bytes_left or 0) > most:
            stream.request_max_size = _MOST_BYTES_TO_DROP
            raise PayloadTooLarge("The body is too large.")

    return refuse

"""How much the web channel lets one person, one address and all together ask of it."""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from assistant.memory import Memory

_MINUTE = 60
_HOUR = 3600


class LimitsError(Exception):
    """A setting cannot be right; the message names it and says what to write instead."""


class TooManyError(Exception):
    """A limit is reached. `wait`: whole seconds after which it is worth another try."""

    def __init__(self, wait: float) -> None:
        """Keep the seconds to wait."""
        super().__init__()
        self.wait = max(1, math.ceil(wait))


@dataclass(frozen=True)
class Limits:
    """Each can be set in credentials.yml.

    An address may be a whole clinic's or a whole town's, so it is allowed what a full waiting room does.
    """

    characters: int = 1_000
    body_bytes: int = 16_384
    # in a minute
    messages_per_session: int = 20
    requests_per_address: int = 600
    # in an hour
    sessions_per_address: int = 200
    # at a time; one that was not used for an hour is not counted
    open_sessions: int = 5_000
    # in work at a time, all sessions together; more would only make everybody wait, until nobody is answered in time
    messages_at_a_time: int = 32

    @classmethod
    def load(cls, settings: Mapping[str, Any] | None) -> "Limits":
        """Return the limits that `settings` names, and the usual ones for the rest.

        Raises:
            LimitsError: there is no such limit, or it is not a whole number above zero.
        """
        known = [field.name for field in fields(cls)]
        if not isinstance(settings or {}, Mapping):
            raise LimitsError(f"limits: each line is a limit, such as characters: 1000. They are: {', '.join(known)}.")
        for name, value in (settings or {}).items():
            if name not in known:
                raise LimitsError(f"limits: there is no limit {name}. They are: {', '.join(known)}.")
            if type(value) is not int or value < 1:
                raise LimitsError(f"limits: {name} is {value!r}. Write a whole number above zero.")
        return cls(**(settings or {}))


class Gate:
    """Counts, and raises TooManyError where a limit is reached."""

    def __init__(self, limits: Limits, memory: Memory) -> None:
        """Count in `memory`."""
        self._limits = limits
        self._memory = memory

    async def request(self, address: str) -> None:
        """Let one request of `address` in."""
        await self._count(f"requests {neighborhood(address)}", self._limits.requests_per_address, _MINUTE)

    async def message(self, session: str) -> None:
        """Let one message of `session` in."""
        await self._memory.open(session, _HOUR)
        await self._count(f"messages {session}", self._limits.messages_per_session, _MINUTE)

    async def session(self, address: str) -> None:
        """Let `address` open one more session."""
        await self._count(f"sessions {neighborhood(address)}", self._limits.sessions_per_address, _HOUR)

    async def room(self) -> None:
        """Make sure that there is room for one more session."""
        if await self._memory.opened() >= self._limits.open_sessions:
            raise TooManyError(_MINUTE)

    async def opened(self, session: str) -> None:
        """Count `session` as open."""
        await self._memory.open(session, _HOUR)

    async def closed(self, session: str) -> None:
        """Count `session` no longer."""
        await self._memory.close(session)

    async def _count(self, key: str, most: int, span: float) -> None:
        hits = await self._memory.hit(key, span)
        if hits.number > most:
            raise TooManyError(hits.ends_in)


def neighborhood(address: str) -> str:
    """Return what counts as one address: of IPv6, the 64 bits that a household has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed.packed[:8] + bytes(8), 64)))
    return str(parsed)


def client_address(peer: str, forwarded: str, proxies: int) -> str:
    """Return the client's address.

    Args:
        peer: who the connection comes from.
        forwarded: the X-Forwarded-For header; anybody can write anything into it.
        proxies: how many of our own proxies a request passes. Each adds its peer at the end: the first of those counts.
    """
    addresses = [address.strip() for address in forwarded.split(",") if address.strip()]
    return addresses[-proxies] if 0 < proxies <= len(addresses) else peer

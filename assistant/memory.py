"""What the web channel remembers beside the conversations themselves: counts, open sessions, votes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Hits:
    """How often something happened in the present span of time, and when that ends, in seconds from now."""

    number: int
    ends_in: float


class Memory(Protocol):
    """The one place for it, so that several workers can share it; every entry is forgotten after its time.

    All spans are in seconds. Each method is one step that another worker cannot come between.
    """

    async def hit(self, key: str, span: float) -> Hits:
        """Count one more of `key`; the span begins with the first."""

    async def open(self, session: str, span: float) -> None:
        """Count `session` as open for `span` from now."""

    async def close(self, session: str) -> None:
        """Count `session` no longer; one that is not open is no error."""

    async def opened(self) -> int:
        """Return how many sessions are open."""

    async def exchange(self, key: str, value: str, span: float) -> str | None:
        """Remember `value` for `key`, and return what was remembered before."""


class OneWorkersMemory:
    """A Memory that lives and ends with one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start empty. `clock`: the time in seconds, from any beginning."""
        self._clock = clock
        self._hits: dict[str, tuple[int, float]] = {}
        self._sessions: dict[str, float] = {}
        self._values: dict[str, tuple[str, float]] = {}
        self._swept = clock()

    async def hit(self, key: str, span: float) -> Hits:
        """Count one more of `key`."""
        now = self._tidy()
        number, ends = self._hits.get(key, (0, now + span))
        if ends <= now:
            number, ends = 0, now + span
        self._hits[key] = (number + 1, ends)
        return Hits(number + 1, ends - now)

    async def open(self, session: str, span: float) -> None:
        """Count `session` as open for `span` from now."""
        self._sessions[session] = self._tidy() + span

    async def close(self, session: str) -> None:
        """Count `session` no longer."""
        self._sessions.pop(session, None)

    async def opened(self) -> int:
        """Return how many sessions are open."""
        now = self._tidy()
        return sum(ends > now for ends in self._sessions.values())

    async def exchange(self, key: str, value: str, span: float) -> str | None:
        """Remember `value` for `key`, and return what was remembered before."""
        now = self._tidy()
        before, ends = self._values.get(key, (None, 0.0))
        self._values[key] = (value, now + span)
        return before if ends > now else None

    def _tidy(self) -> float:
        """Forget what is over, once a minute, and return the time."""
        now = self._clock()
        if now - self._swept > 60:
            self._swept = now
            self._hits = {key: entry for key, entry in self._hits.items() if entry[1] > now}
            self._sessions = {key: ends for key, ends in self._sessions.items() if ends > now}
            self._values = {key: entry for key, entry in self._values.items() if entry[1] > now}
        return now

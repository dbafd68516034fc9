"""Which web sites may talk with the assistant: its own page's, and those that the clinic lists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")


class OriginsError(Exception):
    """A listed site cannot be an origin; the message says how to write it."""


@dataclass(frozen=True)
class Origins:
    """The sites that are allowed beside the page's own, as browsers write them."""

    allowed: frozenset[str] = frozenset()

    @classmethod
    def load(cls, listed: Any) -> "Origins":
        """Return the sites of the setting.

        Raises:
            OriginsError: an entry is not an origin: a scheme, a host and maybe a port, no path and no wildcard.
        """
        entries = [] if listed is None else listed
        if not isinstance(entries, Iterable) or isinstance(entries, str):
            entries = [entries]
        for entry in entries:
            if not isinstance(entry, str) or not _ORIGIN.fullmatch(entry):
                raise OriginsError(
                    f"allowed_origins: {entry!r} is not an origin. Write each as browsers do: https://www.example.org, "
                    "in small letters, without a path, a slash at the end or a star."
                )
        return cls(frozenset(entries))

    def lists(self, origin: str) -> bool:
        """Return whether `origin` is one of the listed sites, exactly."""
        return origin in self.allowed

    def accepts(self, origin: str | None, host: str) -> bool:
        """Return whether a request may go on.

        Args:
            origin: its Origin header; a program that is no browser sends none, and has no visitor to harm.
            host: its Host header. The scheme is not compared: a proxy in front of us may speak TLS for us.
        """
        return origin is None or self.lists(origin) or (_place(origin) == host.lower() != "")


def _place(origin: str) -> str | None:
    """Return the host and port of a web origin, or None where it is not one (`null`, `file://`)."""
    return urlsplit(origin).netloc if _ORIGIN.fullmatch(origin) else None

"""Show replies in a terminal of any width, with or without color."""

import os
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from assistant.sources import Source
from cli.client import Reply

_WIDEST = 88


class Screen:
    """Where the conversation is shown. It follows the terminal's width; NO_COLOR and pipes get plain text."""

    def __init__(self) -> None:
        """Look at the terminal."""
        plain = bool(os.environ.get("NO_COLOR"))
        self._console = Console(highlight=False, color_system=None if plain else "auto")

    def show(self, reply: Reply, known: Mapping[str, Source], first_number: int | None = None) -> None:
        """Print the text, its sources and its buttons, numbered from `first_number` where a number can be typed."""
        self.text(reply.text)
        if reply.sources:
            titles = "; ".join(known[source].title if source in known else source for source in reply.sources)
            reviewed = f" Reviewed {reply.reviewed}." if reply.reviewed else ""
            self.say()
            self.say(f"{'Source' if len(reply.sources) == 1 else 'Sources'}: {titles}.{reviewed}", "dim")
        if reply.buttons:
            self.say()
            for number, (title, _) in enumerate(reply.buttons, start=first_number or 1):
                self.say(f"[{number}] {title}" if first_number else f"> {title}", "cyan")

    def text(self, text: str) -> None:
        """Print an answer: a paragraph a line, with the later lines of a list item under its first."""
        for line in text.splitlines():
            if line.startswith("- "):
                self.say(line.removeprefix("- "), first="- ", later="  ")
            else:
                self.say(line)

    def say(self, text: str = "", style: str = "", first: str = "", later: str = "") -> None:
        """Print `text` as it is, nothing in it is markup, with what stands before its first and later lines."""
        width = min(self._console.width, _WIDEST) - len(later)
        for paragraph in text.splitlines() or [""]:
            for number, line in enumerate(Text(paragraph, style=style).wrap(self._console, width)):
                line.rstrip()
                self._console.print(Text(later if number else first) + line)

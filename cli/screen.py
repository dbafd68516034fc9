"""Show replies in a terminal of any width, with or without color."""

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from assistant.sources import Source
from cli.client import Reply

_WIDEST = 88


def console() -> Console:
    """Return a console no wider than is pleasant to read. NO_COLOR and pipes are respected."""
    measured = Console(highlight=False)
    return Console(highlight=False, width=min(measured.width, _WIDEST))


def show(console: Console, reply: Reply, known: Mapping[str, Source], numbered: bool = False) -> None:
    """Print the text, its sources and its buttons; `numbered` where a number can be typed."""
    for line in reply.text.splitlines():
        if line.startswith("- "):
            _item(console, line)
        else:
            say(console, line)
    if reply.sources:
        titles = "; ".join(known[source].title if source in known else source for source in reply.sources)
        reviewed = f" Reviewed {reply.reviewed}." if reply.reviewed else ""
        label = "Source" if len(reply.sources) == 1 else "Sources"
        console.print()
        say(console, f"{label}: {titles}.{reviewed}", "dim")
    if reply.buttons:
        console.print()
        for number, (title, _) in enumerate(reply.buttons, start=1):
            say(console, f"[{number}] {title}" if numbered else f"> {title}", "cyan")


def say(console: Console, text: str, style: str = "") -> None:
    """Print `text` as it is: nothing in it is markup."""
    console.print(Text(text, style=style))


def _item(console: Console, line: str) -> None:
    """Print a list item with its later lines indented."""
    wrapped = Text(line[2:]).wrap(console, console.width - 2)
    for number, part in enumerate(wrapped):
        console.print(Text("- " if number == 0 else "  ") + part)

"""Talk with the assistant in the terminal."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from cli import servers
from cli.client import Conversation, Reply
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.sources import Source
    from cli.screen import Screen

EXAMPLES = """\
  migraine chat
  printf 'side effects\\n1\\n' | migraine chat"""

_HELP = (
    "Type a question and press Enter. A number picks one of the choices.\n"
    "/help shows this, /quit leaves; so do Ctrl-D and Ctrl-C."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    servers.add_server_option(parser)


def run(args: argparse.Namespace) -> int:
    """Hold a conversation until the person leaves."""
    from assistant import sources
    from cli.screen import Screen

    screen = Screen()
    known = sources.load()
    with servers.connected(args.server) as address:
        conversation = Conversation(address)
        with contextlib.suppress(KeyboardInterrupt):
            _converse(screen, conversation, known)
        # Leaving always works, even when the server has left first.
        with contextlib.suppress(Problem):
            _show(screen, conversation.say("goodbye"), known)
    return 0


def _converse(screen: "Screen", conversation: Conversation, known: "Mapping[str, Source]") -> None:
    choices = _show(screen, conversation.say("hello"), known)
    screen.say(_HELP, "dim")
    for line in _lines():
        text = line.strip()
        if text == "/quit":
            return
        if text == "/help":
            screen.say(_HELP, "dim")
        elif text:
            try:
                choices = _show(screen, conversation.say(choice(text, choices)), known)
            except Problem as problem:
                screen.say(f"{problem} You can try again, or leave with /quit.")


def choice(text: str, choices: list[str]) -> str:
    """Return what the button with the number `text` says, or `text` itself."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    return choices[number - 1] if 1 <= number <= len(choices) else text


def _show(screen: "Screen", replies: list[Reply], known: "Mapping[str, Source]") -> list[str]:
    """Print the replies and return what their buttons say, in order; none where a number is an answer."""
    numbered = not any(reply.asks_number for reply in replies)
    choices: list[str] = []
    screen.say()
    for reply in replies:
        screen.show(reply, known, first_number=len(choices) + 1 if numbered else None)
        screen.say()
        choices += [payload for _, payload in reply.buttons]
    return choices if numbered else []


def _lines() -> Iterator[str]:
    """Yield what the person types, until the end of input."""
    if sys.stdin is None:
        return
    read = _prompt() if sys.stdin.isatty() and sys.stdout.isatty() else _piped
    while True:
        try:
            yield read()
        except EOFError:
            return


def _prompt() -> Callable[[], str]:
    from prompt_toolkit import PromptSession

    # The history lives in memory only: what a person asked is nobody else's to read.
    session: PromptSession[str] = PromptSession()
    return lambda: session.prompt("You: ")


def _piped() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    print(f"You: {line.rstrip()}")
    return line

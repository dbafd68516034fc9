"""Ask one question, or one a line, and print the answer with its sources."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cli import servers
from cli.client import Conversation, Reply
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.sources import Source

EXAMPLES = """\
  migraine ask "does it hurt?"
  migraine ask --json "how long does it last"
  printf 'side effects\\nwho is it for\\n' | migraine ask"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("question", nargs="*", help="the question; without one, questions are read from standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object a question")
    servers.add_server_option(parser)


def run(args: argparse.Namespace) -> int:
    """Answer each question in a conversation of its own."""
    questions = _questions(args.question)
    if questions is None:
        raise Problem('There is no question. Try: migraine ask "does it hurt?"')
    from assistant import sources

    known = sources.load()
    with servers.connected(args.server) as address:
        for number, question in enumerate(questions):
            replies = Conversation(address).say(question)
            if args.json:
                print(json.dumps(_as_data(question, replies, known), ensure_ascii=False), flush=True)
            else:
                _print(question if len(questions) > 1 else None, replies, known, first=number == 0)
    return 0


def _questions(words: list[str]) -> list[str] | None:
    if words:
        question = " ".join(words).strip()
        return [question] if question else None
    if sys.stdin is None or sys.stdin.isatty():
        return None
    return [line.strip() for line in sys.stdin if line.strip()] or None


def _as_data(question: str, replies: Iterable[Reply], known: "Mapping[str, Source]") -> dict[str, Any]:
    messages = [
        {
            "text": reply.text,
            "buttons": [title for title, _ in reply.buttons],
            "sources": [asdict(known[source]) if source in known else {"id": source} for source in reply.sources],
            "reviewed": reply.reviewed,
        }
        for reply in replies
    ]
    return {"question": question, "messages": messages}


def _print(question: str | None, replies: Iterable[Reply], known: "Mapping[str, Source]", first: bool) -> None:
    from cli.screen import Screen

    screen = Screen()
    if not first:
        screen.say()
    if question:
        screen.say(f"> {question}", "bold")
    for reply in replies:
        screen.show(reply, known)

"""Write a new topic: it asks for each part, checks it, and shows what it will write."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from cli.faq import writing
from cli.faq.interview import Interview, blank

EXAMPLES = """\
  migraine faq new"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options: it has none, it asks."""


def run(args: argparse.Namespace) -> int:
    """Ask, show, ask again, and write one file or keep a draft."""
    from assistant import faq

    file = write()
    return 0 if file is not None and file.parent == faq.FOLDER else 1


def write(questions: Sequence[str] = ()) -> Path | None:
    """Ask for a topic that has these questions already; return its file, its draft, or None if it was dropped."""
    interview = Interview(blank(questions))
    with writing.kept(interview):
        interview.all_parts()
        return writing.finish(interview)

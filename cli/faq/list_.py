"""List the topics, with those whose review is due first."""

import argparse
from datetime import date

from cli.faq import topics

EXAMPLES = """\
  migraine faq list"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options: it has none."""


def run(args: argparse.Namespace) -> int:
    """Print a line a topic."""
    from rich.console import Console
    from rich.table import Table

    from assistant import faq

    known, today = topics.readable(), date.today()
    table = Table(box=None, pad_edge=False)
    for name in ("topic", "title"):
        table.add_column(name, overflow="fold")
    for name in ("questions", "sources"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("next review", no_wrap=True)
    for topic in sorted(known.values(), key=lambda topic: (topic.review_due > today, topic.review_due, topic.id)):
        overdue = topic.review_due <= today
        due = f"{topic.review_due} {'overdue' if overdue else ''}".rstrip()
        table.add_row(topic.id, topic.title, str(len(topic.questions)), str(len(topic.sources)), due)
    Console(highlight=False).print(table)
    for file in sorted(faq.FOLDER.glob("*.yml")):
        if file.stem not in known:
            print(f"{file.stem} cannot be read: migraine faq check {file.stem} says why.")
    return 0

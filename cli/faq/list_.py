"""List the topics, those whose review is due first; and what is not finished or not published."""

import argparse
from datetime import date

from assistant import releases
from cli import model
from cli.faq import publishing, topics
from cli.paths import DRAFTS, PROJECT

EXAMPLES = """\
  migraine faq list"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options: it has none."""


def run(args: argparse.Namespace) -> int:
    """Print a line a topic, and what waits."""
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
    for draft in sorted(DRAFTS.glob("*.yml")):
        print(f"{draft.stem} is a draft: migraine faq edit {draft.stem} goes on with it.")
    live = model.live_release()
    if live and len(known) == len(list(faq.FOLDER.glob("*.yml"))):
        for change in publishing.changed(live, releases.read(PROJECT)):
            print(f"Not published yet: {change}")
    return 0

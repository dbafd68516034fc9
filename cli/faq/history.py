"""List what was published: who, when, what, and how well it did."""

import argparse

from assistant.releases import Releases
from cli import model
from cli.faq import publishing
from cli.paths import PUBLISHED

EXAMPLES = """\
  migraine faq history               the newest first"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options: it has none."""


def run(args: argparse.Namespace) -> int:
    """Print each version."""
    from cli.screen import Screen

    screen = Screen()
    live = model.live_release()
    if live is None:
        screen.say("Nothing was published yet. The first start of the assistant publishes the answers as they are.")
    for release in Releases(PUBLISHED).all():
        record = release.record
        is_live = live is not None and release.number == live.number
        state = " (live)" if is_live else f" (undone: {publishing.told(record.undone)})" if record.undone else ""
        screen.say(f"Version {release.number}{state}", "bold" if is_live else "")
        screen.say(f"published: {publishing.told(record.published)}", first="  ", later="  ")
        if record.approved:
            screen.say(f"approved: {publishing.told(record.approved)}", first="  ", later="  ")
        for change in record.changes:
            screen.say(change, first="  - ", later="    ")
        if figures := publishing.figures(release):
            screen.say(figures, "dim", first="  ", later="  ")
    return 0

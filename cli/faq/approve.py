"""Agree to what a colleague wants to publish: exactly the answers as they are now."""

import argparse

from assistant import faq_changes, release_changes, releases
from assistant.releases import Releases
from cli import model
from cli.faq import publishing, topics
from cli.paths import PROJECT, PUBLISHED
from cli.problem import Problem

EXAMPLES = """\
  migraine faq approve --as Ben      show what is new, and agree to it"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    publishing.add_name_option(parser)


def run(args: argparse.Namespace) -> int:
    """Show what is new, and note who agrees to it."""
    from cli.screen import Screen

    deed, live, content = model.by(args.name), model.live_release(), releases.read(PROJECT)
    digest = releases.digest(content)
    if live and live.record.content == digest:
        raise Problem(f"There is nothing to approve: data/faq is as in version {live.number}, which patients get.")
    changed = publishing.changed(live, content)
    if topics.is_blocked(topics.check()):
        raise Problem("It cannot be approved: `migraine faq check` names what must be mended first.")
    if releases.read(PROJECT) != content:
        raise Problem("A file was changed meanwhile, and nothing was approved. Look again when nobody edits.")
    screen = Screen()
    screen.say("New in it:", "bold")
    for change in changed:
        screen.say(change, first="- ", later="  ")
    if live:
        before = release_changes.topics(live.content)
        screen.say()
        for topic in release_changes.topics(content).values():
            for line in faq_changes.changes(before.get(topic.id), topic):
                screen.say(line, later="    ")
    Releases(PUBLISHED).approve(digest, deed)
    screen.say()
    screen.say(f"Approved by {deed.by}. It holds for exactly this; after another edit it must be approved again.")
    if not publishing.settings().two_people:
        screen.say("By the way: `two_people` in clinic.yml is off, so it can be published without, too.")
    return 0

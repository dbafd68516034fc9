"""Agree to what a colleague wants to publish: exactly the answers as they are now."""

import argparse

from assistant import faq_changes, release_changes, releases
from assistant.releases import Releases
from cli import model
from cli.faq import asking, publishing, topics
from cli.paths import PROJECT, PUBLISHED
from cli.problem import Problem

EXAMPLES = """\
  migraine faq approve --as Ben           show what is new, and agree to it
  migraine faq approve parking --as Ben   the same, where only that topic is to be published"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    publishing.add_topics(parser)
    publishing.add_name_option(parser)
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def run(args: argparse.Namespace) -> int:
    """Show what is new, and note who agrees to it."""
    from cli.screen import Screen

    deed, live, present = model.by(args.name), model.live_release(), releases.read(PROJECT)
    content = publishing.chosen(live, present, args.topics)
    digest = releases.digest(content)
    if live and live.record.content == digest:
        raise Problem(f"There is nothing to approve: it is as in version {live.number}, which patients get.")
    changed = publishing.changed(live, content)
    if topics.is_blocked(publishing.check(content, present)):
        raise Problem("It cannot be approved: `migraine faq check` names what must be mended first.")
    if releases.read(PROJECT) != present:
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
    if not asking.agreed("Have you read it, and do you agree?", args.yes):
        print("It was not approved.")
        return 1
    Releases(PUBLISHED).approve(digest, deed)
    screen.say()
    screen.say(f"Approved by {deed.by}. It holds for exactly this; after another edit it must be approved again.")
    if not publishing.settings().two_people:
        screen.say("By the way: `two_people` in clinic.yml is off, so it can be published without, too.")
    return 0

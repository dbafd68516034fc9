"""Take a topic away, and the buttons that lead to it; its text is kept as a draft. A draft is thrown away."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from cli import model
from cli.faq import asking, topics
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.faq import Topic

EXAMPLES = """\
  migraine faq remove parking          patients lose it once that is published
  migraine faq remove parking          once more: its draft is thrown away, too"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("topic", metavar="TOPIC", help="its name or title; also that of a draft")
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def run(args: argparse.Namespace) -> int:
    """Say what would go, ask, and do it."""
    from assistant import faq

    name = topics.name_of(args.topic)
    draft = topics.draft_of(name)
    if draft.exists():
        print(f"{draft} is a draft that nobody else has. It cannot be brought back.")
        if not _agreed(args, "Throw it away?"):
            return 1
        draft.unlink()
        print(f"Thrown away: {draft}.")
        return 0
    file = topics.file_of(args.topic)
    before = topics.text_of(file)
    linking = [topic for topic in topics.readable().values() if file.stem in topic.related]
    print(f"{file} would go. Its text is kept as a draft.")
    for topic in linking:
        print(f"- {topic.id} would lose its button to it")
    if not _agreed(args, "Take it away?"):
        return 1
    others = {faq.FOLDER / f"{topic.id}.yml": _without(topic, file.stem) for topic in linking}
    topics.save({**others, topics.draft_of(file.stem): before or ""})
    file.unlink()
    live = model.live_release()
    if live and file.as_posix() in live.content:
        print("Done. Patients lose it once that is published: migraine faq publish")
    else:
        print("Done. Patients never had it.")
    print(f"To bring it back: migraine faq edit {file.stem}")
    print(f"To throw its draft away, too: migraine faq remove {file.stem}")
    return 0


def _without(topic: "Topic", related: str) -> str:
    from assistant import faq, faq_file

    kept = replace(topic, related=tuple(other for other in topic.related if other != related))
    try:
        return faq_file.text_of(kept, topics.text_of(faq.FOLDER / f"{topic.id}.yml"))
    except faq.FaqError as error:
        raise Problem(f"{error} Nothing was changed.") from error


def _agreed(args: argparse.Namespace, question: str) -> bool:
    if asking.agreed(question, args.yes):
        return True
    print("Nothing was changed.")
    return False

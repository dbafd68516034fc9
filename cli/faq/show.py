"""Show a topic: its answer, sources, dates and questions."""

import argparse
from typing import TYPE_CHECKING

from cli.faq import topics
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.faq import Topic

EXAMPLES = """\
  migraine faq show aftercare
  migraine faq show "After the injections" """.rstrip()


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("topic", metavar="TOPIC", help="its name or title")


def run(args: argparse.Namespace) -> int:
    """Print the topic."""
    from assistant import faq

    draft = topics.draft_of(topics.name_of(args.topic))
    file = draft if draft.exists() else topics.file_of(args.topic)
    try:
        topic(faq.read(file))
    except (faq.FaqError, UnicodeDecodeError):
        raise Problem(
            f"{file} cannot be read. `migraine faq check` or `migraine faq edit {file.stem}` says why."
        ) from None
    return 0


def topic(content: "Topic", questions: bool = True) -> None:
    """Print a topic, the questions last, since they are many, or only their number."""
    from assistant import sources
    from cli.screen import Screen

    known, titles, screen = sources.load(), topics.readable(), Screen()
    screen.say(content.title, "bold")
    screen.say(f"{content.id}, reviewed {content.reviewed}, next review {content.review_due}", "dim")
    screen.say()
    screen.text(content.answer)
    screen.say()
    screen.say("Sources", "bold")
    for source in content.sources:
        screen.say(
            f"{known[source].title if source in known else 'not in data/sources.yml'} ({source})", "", "- ", "  "
        )
    screen.say("Buttons", "bold")
    for related in content.related:
        screen.say(f"{titles[related].title if related in titles else 'not there'} ({related})", "", "- ", "  ")
    screen.say(f"Questions ({len(content.questions)})", "bold")
    for question in content.questions if questions else ():
        screen.say(question, "", "- ", "  ")

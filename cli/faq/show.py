"""Show a topic: its answer, sources, dates and questions."""

import argparse

from cli.faq import topics
from cli.problem import Problem

EXAMPLES = """\
  migraine faq show aftercare
  migraine faq show "After the injections" """.rstrip()


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("topic", metavar="TOPIC", help="its name or title")


def run(args: argparse.Namespace) -> int:
    """Print the topic."""
    from assistant import faq, sources
    from cli.screen import Screen

    file = topics.file_of(args.topic)
    try:
        topic = faq.read(file)
    except (faq.FaqError, UnicodeDecodeError):
        raise Problem(f"{file} cannot be read: migraine faq check {file.stem} says why.") from None
    known, titles, screen = sources.load(), topics.readable(), Screen()
    screen.say(topic.title, "bold")
    screen.say(f"{file}, reviewed {topic.reviewed}, next review {topic.review_due}", "dim")
    screen.say()
    screen.text(topic.answer)
    screen.say()
    screen.say("Sources", "bold")
    for source in topic.sources:
        screen.say(
            f"{known[source].title if source in known else 'not in data/sources.yml'} ({source})", "", "- ", "  "
        )
    screen.say("Buttons", "bold")
    for related in topic.related:
        screen.say(f"{titles[related].title if related in titles else 'not there'} ({related})", "", "- ", "  ")
    screen.say(f"Questions ({len(topic.questions)})", "bold")
    for question in topic.questions:
        screen.say(question, "", "- ", "  ")
    return 0

"""Check the topics: what must be mended before patients see it, and what could be better."""

import argparse

from cli.faq import topics

EXAMPLES = """\
  migraine faq check             all topics
  migraine faq check parking     one of them"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help="only this one; without it, all are checked")


def run(args: argparse.Namespace) -> int:
    """Print the findings; the exit status is 1 if one of them is blocking."""
    file = topics.file_of(args.topic) if args.topic else None
    findings = topics.check(file.stem if file else None)
    topics.show(findings)
    blocked = topics.is_blocked(findings)
    if not findings:
        print("All is well.")
    elif not blocked:
        print("Nothing must be mended.")
    return 1 if blocked else 0

"""Check the topics: what must be mended before patients see it, and what could be better."""

import argparse

EXAMPLES = """\
  migraine faq check             all topics
  migraine faq check parking     one of them"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help="only this one; without it, all are checked")


def run(args: argparse.Namespace) -> int:
    """Print the findings; the exit status is 1 if one of them is blocking."""
    from assistant import faq, faq_check

    findings = faq_check.check(faq.FOLDER, args.topic)
    return 1 if any(finding.blocking for finding in findings) else 0

"""Train a model, if there is none for the present content."""

import argparse

from cli import model

EXAMPLES = """\
  migraine train             train if something changed
  migraine train --force     train anyway"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("--force", action="store_true", help="train even if the model is current")


def run(args: argparse.Namespace) -> int:
    """Train, or say that nothing is to be done."""
    trained = model.current()
    if trained.exists() and not args.force:
        model.check(trained)
        print(f"The model is current: {trained}")
    else:
        model.train(trained)
        print(f"The model is {trained}")
    return 0

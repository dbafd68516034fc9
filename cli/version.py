"""Show the versions of the assistant, of Rasa and of the model."""

import argparse
from importlib.metadata import version

from cli import model

EXAMPLES = """\
  migraine version"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options: it has none."""


def run(args: argparse.Namespace) -> int:
    """Print one line a part."""
    trained = model.current()
    print(f"assistant {version('migraine-assistant')}")
    print(f"rasa {version('rasa')}")
    print(f"model {trained.name if trained.exists() else 'not trained yet: run `make run` or `migraine train`'}")
    return 0

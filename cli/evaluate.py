"""Measure how well questions are understood, on the development set."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli import environment, model
from cli.problem import Problem
from cli.progress import progress

if TYPE_CHECKING:
    from assistant.evaluation import Answered

EXAMPLES = """\
  migraine evaluate                        on tests/nlu/dev.yml
  migraine evaluate --questions FILE.yml   on other questions: a list a label"""

_DEV = "tests/nlu/dev.yml"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("--questions", default=_DEV, help="YAML file with a list of questions a label (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Put every question to the trained pipeline and print the figures."""
    from assistant import evaluation

    file = Path(args.questions)
    if not file.is_file():
        raise Problem(f"There is no file {file}. Give one with --questions, or run this in the project.")
    trained = model.ready()
    with progress("Reading the questions (about 25 s)"):
        answered = parse(trained, evaluation.questions(file))
    print(evaluation.report(answered))
    return 0


def parse(trained: Path, questions: "list[tuple[str, str]]") -> "list[Answered]":
    """Put (label, question) pairs to the trained pipeline, inside this process."""
    import asyncio
    import contextlib
    import io
    import logging
    import os

    from assistant.evaluation import Answered

    os.environ.update(environment.QUIET)
    # Rasa's libraries warn about each other while they load.
    with contextlib.redirect_stderr(io.StringIO()):
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.WARNING)
        agent = Agent.load(str(trained))

    async def parse_all() -> list[Answered]:
        return [Answered.of(label, question, await agent.parse_message(question)) for label, question in questions]

    return asyncio.run(parse_all())

"""Measure how well questions are understood and alarms are raised, on the development sets."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cli import environment, model
from cli.problem import Problem
from cli.progress import progress

EXAMPLES = """\
  migraine evaluate                        on tests/nlu/dev.yml and tests/safety/dev.yml
  migraine evaluate --questions FILE.yml   on other questions: a list a label
  migraine evaluate --safety FILE.yml      on other emergencies, crisis messages and negatives"""

_QUESTIONS = "tests/nlu/dev.yml"
_SAFETY = "tests/safety/dev.yml"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument(
        "--questions", default=_QUESTIONS, help="YAML file with a list of questions a label (%(default)s)"
    )
    parser.add_argument("--safety", default=_SAFETY, help="YAML file of messages with their urgency (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Put every question and every message to the trained pipeline and print the figures."""
    from assistant import evaluation, safety_evaluation

    for option, file in (("--questions", Path(args.questions)), ("--safety", Path(args.safety))):
        if not file.is_file():
            raise Problem(f"There is no file {file}. Give one with {option}, or run this in the project.")
    questions = evaluation.questions(Path(args.questions))
    cases = safety_evaluation.cases(Path(args.safety))
    trained = model.ready()
    with progress("Reading the questions (about 30 s)"):
        parsed = parse(trained, [*(question for _, question in questions), *(case.text for case in cases)])
    answered = [
        evaluation.Answered.of(label, question, parse)
        for (label, question), parse in zip(questions, parsed, strict=False)
    ]
    judged = [
        safety_evaluation.Judged.of(case, parse) for case, parse in zip(cases, parsed[len(questions) :], strict=True)
    ]
    print(evaluation.report(answered))
    print(f"\n{safety_evaluation.report(judged)}")
    return 0


def parse(trained: Path, texts: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return what the trained pipeline makes of each text (Rasa's parse), inside this process."""
    import asyncio
    import contextlib
    import io
    import logging
    import os

    os.environ.update(environment.QUIET)
    # Rasa's libraries warn about each other while they load.
    with contextlib.redirect_stderr(io.StringIO()):
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.WARNING)
        agent = Agent.load(str(trained))

    async def parse_all() -> list[Mapping[str, Any]]:
        return [await agent.parse_message(text) for text in texts]

    return asyncio.run(parse_all())

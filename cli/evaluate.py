"""Measure how well questions are understood and alarms are raised, on the development sets."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli import environment, model
from cli.problem import Problem
from cli.progress import progress

if TYPE_CHECKING:
    from assistant.safety_evaluation import Case, Judged

EXAMPLES = """\
  migraine evaluate                        on tests/nlu/dev.yml and tests/safety
  migraine evaluate --questions FILE.yml   on other questions: a list a label
  migraine evaluate --safety FILE.yml      on other emergencies, crisis messages and negatives"""

_QUESTIONS = "tests/nlu/dev.yml"
_SAFETY = ("tests/safety/dev.yml", "tests/safety/second.yml")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument(
        "--questions", default=_QUESTIONS, help="YAML file with a list of questions a label (%(default)s)"
    )
    parser.add_argument(
        "--safety", nargs="+", default=_SAFETY, help="YAML files of messages with their urgency (those of tests/safety)"
    )


def run(args: argparse.Namespace) -> int:
    """Put every question and every message to the trained pipeline and print the figures."""
    from assistant import evaluation, safety_evaluation

    questions_file, safety_files = Path(args.questions), [Path(file) for file in args.safety]
    for option, file in (("--questions", questions_file), *(("--safety", file) for file in safety_files)):
        if not file.is_file():
            raise Problem(f"There is no file {file}. Give one with {option}, or run this in the project.")
    questions = evaluation.questions(questions_file)
    sets = {file: safety_evaluation.cases(file) for file in safety_files}
    trained = model.ready()
    with progress("Reading the questions (about 30 s)"):
        parsed = parse(trained, [question for _, question in questions])
        judged = {file: judge(trained, cases) for file, cases in sets.items()}
    print(
        evaluation.report(
            [
                evaluation.Answered.of(label, question, one)
                for (label, question), one in zip(questions, parsed, strict=True)
            ]
        )
    )
    for file, alarms in judged.items():
        print(f"\n{file}\n{safety_evaluation.report(alarms)}")
    return 0


def judge(trained: Path, cases: "Sequence[Case]") -> "list[Judged]":
    """Put the cases to the trained pipeline."""
    from assistant.safety_evaluation import Judged

    parsed = parse(trained, [case.text for case in cases])
    return [Judged.of(case, one) for case, one in zip(cases, parsed, strict=True)]


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

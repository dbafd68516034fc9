"""Measure how well questions are understood and alarms are raised, on the development sets."""

import argparse
from pathlib import Path

from cli import model
from cli.paths import HOSTILE, QUESTIONS, SAFETY
from cli.problem import Problem
from cli.progress import progress
from cli.trained import Trained

EXAMPLES = """\
  migraine evaluate                        on tests/nlu/dev.yml and tests/safety
  migraine evaluate --questions FILE.yml   on other questions: a list a label
  migraine evaluate --safety FILE.yml      on other emergencies, crisis messages and negatives"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument(
        "--questions", default=QUESTIONS, help="YAML file with a list of questions a label (%(default)s)"
    )
    parser.add_argument(
        "--safety",
        nargs="+",
        default=(*SAFETY, HOSTILE),
        help="YAML files of messages with their urgency (those of tests/safety)",
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
    current = model.ready()
    with progress("Reading the questions (about 20 s)"):
        trained = Trained(current)
        answered = trained.answer(questions)
        judged = {file: trained.judge(cases) for file, cases in sets.items()}
    print(evaluation.report(answered))
    for file, alarms in judged.items():
        print(f"\n{file}\n{safety_evaluation.report(alarms)}")
    return 0

"""Try a question: what it is answered now, and what an unpublished change would make of it."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cli import model
from cli.problem import Problem
from cli.progress import progress

if TYPE_CHECKING:
    from assistant.faq import Topic
    from cli.screen import Screen

EXAMPLES = """\
  migraine faq try "can i drive home after the injections?"
  migraine faq try "where can i park?" --draft parking         with the file data/faq/parking.yml as it is now
  migraine faq try "where can i park?" --draft my/parking.yml  with any other file"""

# Where the command was called: main goes to the project's folder.
_CALLED_FROM = Path.cwd()


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="as a patient would type it")
    parser.add_argument(
        "--draft", metavar="FILE", help="a topic's file that is not published, or the name of a topic of data/faq"
    )


def run(args: argparse.Namespace) -> int:
    """Print what the assistant does with the question, why, and what the draft changes."""
    from assistant import clinic, draft, preview, training_data, understanding
    from cli.screen import Screen

    question = " ".join(args.question)
    topic = _topic(args.draft) if args.draft else None
    try:
        live = understanding.load(model.live())
        examples = training_data.load()
        numbers = clinic.numbers(clinic.load().country)
    except (understanding.ModelError, ValueError, clinic.ClinicError) as error:
        raise Problem(str(error)) from error
    now = live.understanding.read(question)
    screen = Screen()
    screen.say(f'"{question}"', "bold")
    _show(screen, "Now", preview.report(now, live.understanding, live.responses, numbers))
    waiting = draft.unpublished(examples, live.understanding.questions)
    if topic is None:
        if waiting:
            screen.say(f"\nChanged, and not published yet: {', '.join(waiting)}. To try one, add: --draft {waiting[0]}")
        return 0
    with progress("Learning the draft (about 20 s)"):
        changed = live.understanding.taught(draft.with_topic(examples, topic))
    then, responses = changed.read(question), draft.with_answer(live.responses, topic)
    _show(screen, f'With the draft of "{topic.title}"', preview.report(then, changed, responses, numbers))
    screen.say()
    screen.say(preview.change((now, live.responses), (then, responses), numbers), "bold")
    if others := [other for other in waiting if other != topic.id]:
        screen.say(f"The other changes that are not published yet took part, too: {', '.join(others)}.", "dim")
    return 0


def _show(screen: "Screen", heading: str, lines: Iterable[str]) -> None:
    screen.say(f"\n{heading}", "cyan")
    for line in lines:
        mark = line[:2] if line.startswith(("- ", "| ")) else ""
        screen.say(line.removeprefix(mark), first=f"  {mark}", later=f"  {mark.replace('-', ' ')}")


def _topic(name: str) -> "Topic":
    from assistant import draft, faq

    named = draft.file_of(name, faq.FOLDER)
    file = named if named == faq.FOLDER / f"{name}.yml" else _CALLED_FROM / named
    if not file.is_file():
        raise Problem(f"There is no file {name}, and no topic of that name in {faq.FOLDER}.")
    try:
        return faq.read(file)
    except faq.FaqError as error:
        raise Problem(str(error)) from error

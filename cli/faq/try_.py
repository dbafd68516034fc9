"""Try a question: what it is answered now, and what an unpublished change would make of it."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cli import model
from cli.faq import topics
from cli.paths import DRAFTS
from cli.problem import Problem
from cli.progress import progress

if TYPE_CHECKING:
    from assistant.draft import Draft
    from cli.screen import Screen

EXAMPLES = """\
  migraine faq try "can i drive home after the injections?"
  migraine faq try "where can i park?" --draft parking         with the topic as it is written, but not published
  migraine faq try "where can i park?" --draft my/parking.yml  with any file"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="as a patient would type it")
    # Read before we go to the project's folder: a relative path is the person's own.
    parser.add_argument(
        "--draft", metavar="FILE", type=lambda text: Path(text).absolute(),
        help="a topic that is not published: its name, or a file",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Print what the assistant does with the question, why, and what the draft changes."""
    from assistant import clinic, draft, preview, training_data, understanding
    from cli.screen import Screen

    if len(args.question) > 1 and any(" " in word for word in args.question):
        raise Problem('One question at a time, please: migraine faq try "can i drive home?"')
    question = " ".join(args.question)
    tried = _draft(args.draft) if args.draft else None
    try:
        live = understanding.load(model.answering())
        examples = training_data.load()
        numbers = clinic.numbers(clinic.load().country)
    except (understanding.ModelError, ValueError, clinic.ClinicError) as error:
        raise Problem(str(error)) from error
    now = live.understanding.read(question)
    screen = Screen()
    screen.say(f'"{question}"', "bold")
    _show(screen, "Now", preview.report(now, live.understanding, live.responses, numbers))
    waiting = draft.unpublished(examples, live.understanding.questions)
    if tried is None:
        if untried := sorted({*waiting, *(file.stem for file in DRAFTS.glob("*.yml"))}):
            screen.say(f"\nNot published yet: {', '.join(untried)}. To try it, add: --draft {untried[0]}")
        return 0
    with progress("Learning the draft (about 20 s)"):
        changed = live.understanding.taught(draft.with_questions(examples, tried))
    then, responses = changed.read(question), draft.with_answer(live.responses, tried)
    _show(screen, f'With the draft of "{tried.title}"', preview.report(then, changed, responses, numbers))
    screen.say()
    screen.say(preview.change((now, live.responses), (then, responses), numbers), "bold")
    if others := [other for other in waiting if other != tried.id]:
        screen.say(f"The other changes that are not published yet took part, too: {', '.join(others)}.", "dim")
    return 0


def _show(screen: "Screen", heading: str, lines: Iterable[str]) -> None:
    screen.say(f"\n{heading}", "cyan")
    for line in lines:
        mark = line[:2] if line.startswith(("- ", "| ")) else ""
        screen.say(line.removeprefix(mark), first=f"  {mark}", later=f"  {mark.replace('-', ' ')}")


def _draft(named: Path) -> "Draft":
    """Return the draft that staff mean: a file; or by a topic's name its unfinished draft, or else its file."""
    from assistant import draft, faq

    places = (named, topics.draft_of(named.name))
    file = next((place for place in places if place.is_file()), None) or topics.file_of(named.name)
    try:
        return draft.read(file)
    except faq.FaqError as error:
        raise Problem(f"The draft cannot be tried. {error}") from error

"""See what people asked in vain, grouped by meaning, and make topics of it."""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cli import model, servers
from cli.faq import asking, new, topics
from cli.paths import WORK
from cli.problem import Problem
from cli.progress import progress

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from assistant.inbox import Group
    from assistant.inbox_store import Asked
    from assistant.understanding import Model

EXAMPLES = """\
  migraine faq inbox                      what was asked in vain, by several people
  migraine faq inbox assign 12 aftercare  the questions of group 12 are for the topic aftercare
  migraine faq inbox new 12               write a new topic for them
  migraine faq inbox dismiss 12           they are not for us"""

# Beyond it, grouping would take minutes: only the newest are looked at.
_MOST_QUESTIONS = 3000
_MOST_SHOWN = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.set_defaults(deed=None)
    parser.add_argument(
        "--store", metavar="FILE", type=lambda text: Path(text).absolute(), default=WORK / servers.CONVERSATIONS,
        help="the conversations, where `migraine serve` does not keep them",
    )  # fmt: skip
    deeds = parser.add_subparsers(title="verbs", metavar="VERB")
    for name, deed, summary in (
        ("assign", _assign, "add a group's questions to a topic"),
        ("new", _new, "write a new topic for a group's questions"),
        ("dismiss", _dismiss, "put a group away that is not for us"),
    ):
        verb = deeds.add_parser(name, help=summary, description=summary)
        verb.add_argument("group", metavar="GROUP", type=_number, help="its number in the inbox")
        if deed is _assign:
            verb.add_argument("topic", metavar="TOPIC", help="its name or title")
        if deed is not _new:
            verb.add_argument("--yes", action="store_true", help="do it without asking")
        verb.set_defaults(deed=deed)


def run(args: argparse.Namespace) -> int:
    """Show the inbox, or do what was asked with one of its groups."""
    from assistant import clinic, inbox, inbox_store, privacy, understanding

    privacy.purge(args.store)
    with _opened(args.store) as database:
        asked = inbox_store.questions(database, _MOST_QUESTIONS)
        settled = inbox_store.settled(database)
    try:
        least = clinic.load().inbox_from
        live = understanding.load(model.answering())
    except (clinic.ClinicError, understanding.ModelError) as error:
        raise Problem(str(error)) from error
    with progress(f"Reading {len(asked)} questions"):
        groups = inbox.groups(
            asked, settled, live.understanding.encoder.encode, live.understanding.spelling.counts.keys(), least
        )
    if args.deed is None:
        return _show(groups, asked, least, live)
    group = next((group for group in groups if group.id == args.group), None)
    if group is None:
        raise Problem(f"There is no group {args.group} in the inbox now. `migraine faq inbox` shows those there are.")
    if not args.deed(args, group):
        print("Nothing was changed.")
        return 1
    with _opened(args.store) as database:
        inbox_store.settle(database, group.ids, group.meaning, time.time())
    return 0


def _show(groups: "list[Group]", asked: "list[Asked]", least: int, live: "Model") -> int:
    from assistant import faq, preview, privacy
    from assistant.scope import Decision
    from cli.screen import Screen

    screen = Screen()
    screen.say(
        f"Asked in the last {privacy.KEPT_HOURS} hours, and not answered or only with a question back; "
        f"by people in at least {least} different conversations."
    )
    for group in groups:
        screen.say(f"\nGroup {group.id}: {group.conversations} conversations", "bold")
        for question in group.questions[:_MOST_SHOWN]:
            screen.say(question, first="  - ", later="    ")
        if len(group.questions) > _MOST_SHOWN:
            screen.say(f"  and in {len(group.questions) - _MOST_SHOWN} other ways", "dim")
        read = live.understanding.read(group.questions[0])
        if read.verdict.decision is not Decision.REFUSE and read.label.startswith(faq.PREFIX):
            name, title = read.label.removeprefix(faq.PREFIX), preview.title(read.label, live.responses)
            screen.say(f"  Perhaps for the topic {name} ({title})", "dim")
    screen.say()
    if not groups:
        screen.say("There is nothing to show.")
    hidden = len(asked) - sum(len(group.ids) for group in groups)
    if hidden:
        screen.say(f"Not shown: {hidden} asked by fewer, or dealt with.", "dim")
    if any("[" in question for group in groups for question in group.questions):
        screen.say("[...] stands for a word that only one person used: it might tell who it was.", "dim")
    if groups:
        number = groups[0].id
        screen.say(f"One of the topics answers it: migraine faq inbox assign {number} TOPIC")
        screen.say(f"None does, write one:         migraine faq inbox new {number}")
        screen.say(f"It is not for us:             migraine faq inbox dismiss {number}")
    return 0


def _assign(args: argparse.Namespace, group: "Group") -> bool:
    """Add the group's questions to a topic, or its draft; return whether that was done."""
    from assistant import faq, faq_file
    from assistant.text import key

    draft = topics.draft_of(topics.name_of(args.topic))
    file = draft if draft.is_file() else topics.file_of(args.topic)
    before = file.read_text(encoding="utf-8")
    try:
        topic = faq.parse(before, file)
        known = {key(question) for question in topic.questions}
        added = tuple(question for question in group.whole if key(question) not in known)
        if not added:
            raise Problem(
                "Each of these questions has a masked part, or is there already: none can be added as it is. "
                f"Write your own: migraine faq edit {topic.id}"
            )
        text = faq_file.text_of(replace(topic, questions=(*topic.questions, *added)), before)
    except faq.FaqError as error:
        raise Problem(f"{error} Mend it first: migraine faq edit {file.stem}") from error
    print(f'These questions would be added to "{topic.title}" ({file}):')
    for question in added:
        print(f"  - {question}")
    if len(added) < len(group.questions):
        print(f"Left out: {len(group.questions) - len(added)} with masked parts, or there already.")
    answer = [line for line in topic.answer.splitlines() if line]
    print(f"\nThey would be answered: {answer[0]}{' ...' if len(answer) > 1 else ''}")
    if not asking.agreed("Does that answer them? Then add them?", args.yes):
        return False
    findings = topics.check(topic.id, {topic.id: text})
    blocked = topics.is_blocked(findings)
    if blocked:
        topics.show(findings, name=file.name)
    place = topics.draft_of(topic.id) if blocked else file
    topics.save({place: text})
    print(f"Written: {place}. {'Mend it' if blocked else 'Look at it'}: migraine faq edit {topic.id}")
    print(f'Try it: migraine faq try "{added[0]}" --draft {topic.id}')
    return True


def _new(args: argparse.Namespace, group: "Group") -> bool:
    """Write a new topic that begins with the group's questions; return whether it, or a draft of it, was written."""
    print("People asked:")
    for question in group.questions:
        print(f"  - {question}")
    print()
    return new.write(group.whole) is not None


def _dismiss(args: argparse.Namespace, group: "Group") -> bool:
    """Put the group away; return whether that was wanted."""
    for question in group.questions:
        print(f"  - {question}")
    return asking.agreed("Put these away, and what is like them?", args.yes)


@contextmanager
def _opened(store: Path) -> "Iterator[Connection]":
    """Open the conversations.

    Raises:
        Problem: there are none, or they cannot be used at present.
    """
    from sqlalchemy.exc import OperationalError

    from assistant import inbox_store

    if not store.is_file():
        raise Problem(
            "The inbox is empty: nobody has talked to the assistant here yet. Start it with `make run`; on another "
            "machine than this, --store FILE names the file with its conversations."
        )
    try:
        with inbox_store.opened(store) as database:
            yield database
    except OperationalError as error:
        raise Problem(f"The conversations in {store} cannot be used just now ({error.orig}). Try again.") from error


def _number(text: str) -> int:
    number = text.lower().removeprefix("group").strip()
    if not number.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a group: give its number, as `migraine faq inbox` shows it")
    return int(number)

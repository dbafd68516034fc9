"""What publishing, approving and taking back share."""

import argparse
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import clinic, faq, release_changes, releases, sources
from assistant.clinic import Clinic
from assistant.releases import Content, Deed, Release, Releases
from assistant.text import count
from cli import model
from cli.faq import topics
from cli.paths import PUBLISHED
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.faq_check import Finding

NOT_PUBLISHED = "Nothing was published: patients get the same answers as before."


def add_name_option(parser: argparse.ArgumentParser) -> None:
    """Let a verb be told who uses it."""
    parser.add_argument(
        "--as", dest="name", type=_name, metavar="NAME", help="your name (by default the one you are logged in with)"
    )


def add_topics(parser: argparse.ArgumentParser) -> None:
    """Let a verb be told which topics it is about."""
    parser.add_argument(
        "topics", nargs="*", metavar="TOPIC", help="only what is new in these; without any, all that is new"
    )


def chosen(live: Release | None, present: Content, typed: Sequence[str]) -> Content:
    """Return the answers to publish: all that are `present`, or the live ones with only the named topics renewed.

    Raises:
        Problem: there is no such topic, or nothing is live yet to which it could be added.
    """
    if not typed:
        return present
    if live is None:
        raise Problem("Nothing was published yet, so all topics are published together: migraine faq publish")
    content = dict(live.content)
    for name in _files(typed, {*content, *present}):
        content.pop(name, None)
        if name in present:
            content[name] = present[name]
    # A list to look things up in: what is more in it does no harm.
    content[sources.FILE.as_posix()] = present[sources.FILE.as_posix()]
    return content


def check(content: Content, present: Content) -> "list[Finding]":
    """Return what is to be said about the topics that are published with this content."""
    files = {Path(name).stem: name for name in content if Path(name).parent == faq.FOLDER}
    others = {
        topic: content[name].decode(errors="replace")
        for topic, name in files.items()
        if content[name] != present.get(name)
    }
    return [finding for finding in topics.check(drafts=others) if finding.file.stem in files]


def same(one: str, other: str) -> bool:
    """Return whether two names are one person's."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def settings() -> Clinic:
    """Return the clinic's settings.

    Raises:
        Problem: they cannot be right.
    """
    try:
        return clinic.load()
    except clinic.ClinicError as error:
        raise Problem(str(error)) from error


@contextmanager
def alone(deed: Deed) -> Iterator[Releases]:
    """Yield the releases, which nobody else changes meanwhile.

    Raises:
        Problem: somebody else is at it, or the live version is gone.
    """
    known = Releases(PUBLISHED)
    model.live_release()
    try:
        with known.alone(deed):
            yield known
    except releases.BusyError as error:
        raise Problem(f"Somebody is publishing just now ({error}). Wait until it is done, then try again.") from error


def changed(live: Release | None, content: releases.Content) -> list[str]:
    """Return what is new in the content, one sentence a topic.

    Raises:
        Problem: a file is not a topic.
    """
    try:
        if live is None:
            return [f"the first version, with all {count(len(release_changes.topics(content)), 'topic')} as they are"]
        return release_changes.sentences(live.content, content)
    except (faq.FaqError, UnicodeDecodeError) as error:
        raise Problem(f"{error} {NOT_PUBLISHED}") from error


def figures(release: Release) -> str:
    """Return the release's figures in one sentence, empty where it was not measured."""
    known = {name: f"{share:.1%}".replace("%", " %") for name, share in release.record.figures.items()}
    if not known:
        return ""
    return (
        f"{known['right']} of the test questions are answered right, {known['refused']} of those without an answer "
        f"are refused, {known['alarms']} of the dangers raise an alarm, and so do {known['false_alarms']} of what only "
        "sounds like one."
    )


def told(deed: Deed) -> str:
    """Return a deed as people write it."""
    return f"{deed.by}, {deed.when[:16].replace('T', ' ')}"


def _files(typed: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """Yield the file of each topic; one that was taken away is known only to what is live."""
    for topic in typed:
        file = (faq.FOLDER / f"{topics.name_of(topic)}.yml").as_posix()
        yield file if file in known else topics.file_of(topic).as_posix()


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > 60:
        raise argparse.ArgumentTypeError("give a name of one to 60 characters")
    return name

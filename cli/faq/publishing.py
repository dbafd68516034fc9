"""What publishing, approving and taking back share."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from assistant import clinic, faq, release_changes, releases
from assistant.clinic import Clinic
from assistant.releases import Deed, Release, Releases
from cli import model
from cli.paths import PUBLISHED
from cli.problem import Problem

NOT_PUBLISHED = "Nothing was published: patients get the same answers as before."


def add_name_option(parser: argparse.ArgumentParser) -> None:
    """Let a verb be told who uses it."""
    parser.add_argument(
        "--as", dest="name", type=_name, metavar="NAME", help="your name (by default the one you are logged in with)"
    )


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
    if live is None:
        return ["the first version"]
    try:
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


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > 60:
        raise argparse.ArgumentTypeError("give a name of one to 60 characters")
    return name

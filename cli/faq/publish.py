"""Let patients get the answers as they are now, if nothing speaks against it."""

import argparse
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import releases
from assistant.releases import Content, Deed, Record, Release, Releases
from assistant.text import count
from cli import model
from cli.faq import publishing, topics
from cli.faq.publishing import NOT_PUBLISHED
from cli.paths import PROJECT
from cli.problem import Problem
from cli.progress import progress

if TYPE_CHECKING:
    from assistant.regression import Readings
    from cli.guards import Tried

EXAMPLES = """\
  migraine faq publish               check, train, try out, and switch over
  migraine faq publish parking       only what is new in this topic
  migraine faq publish --as Anna     under this name in the history"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    publishing.add_topics(parser)
    publishing.add_name_option(parser)


def run(args: argparse.Namespace) -> int:
    """Publish, or say what speaks against it."""
    before = model.live_release()
    try:
        return _run(args)
    except KeyboardInterrupt:
        live = model.live_release()
        if live and (before is None or live.number != before.number):
            state = f"Version {live.number} was published already: migraine faq undo takes it back."
        else:
            state = NOT_PUBLISHED
        print(f"\nStopped. {state}", file=sys.stderr)
        raise


def _run(args: argparse.Namespace) -> int:
    deed, settings = model.by(args.name), publishing.settings()
    began = time.monotonic()
    with publishing.alone(deed) as known:
        live = model.live_release()
        present = releases.read(PROJECT)
        content = publishing.chosen(live, present, args.topics)
        if live and (live.record.content, live.record.basis) == (releases.digest(content), model.basis()):
            print(f"There is nothing to publish: it is as in version {live.number}, which patients get.")
            return 0
        changes = publishing.changed(live, content)
        # Training begins by loading libraries for some seconds: by then the check is done, and may still end it.
        with known.candidate(content) as folder, model.being_trained(content, folder) as trained:
            _check(content, present)
            approved = _approval(known, content, deed, changes) if settings.two_people else None
            model.place(_wait(trained), folder / releases.MODEL)
            tried = _try(folder / releases.MODEL, live, content, settings.may_lose)
            (folder / releases.READINGS).write_text(tried.readings.to_json(), encoding="utf-8")
            record = Record(
                number=0,
                published=deed,
                changes=tuple(changes) or ("the same answers, with a new version of the program",),
                before=live.number if live else None,
                content=releases.digest(content),
                basis=model.basis(),
                figures=tried.figures,
                approved=approved,
            )
            release = known.add(folder, record)
        known.go_live(release)
    print(f"\nVersion {release.number} is published ({time.monotonic() - began:.0f} s):")
    for change in release.record.changes:
        print(f"- {change}")
    print(publishing.figures(release))
    print("A running assistant changes over within seconds; nobody is interrupted. To take it back: migraine faq undo")
    return 0


def _check(content: Content, present: Content) -> None:
    findings = publishing.check(content, present)
    if blocking := [finding for finding in findings if finding.blocking]:
        topics.show(blocking)
        others = " To publish other topics meanwhile, name them: migraine faq publish TOPIC" * (content == present)
        raise Problem(f"{NOT_PUBLISHED} Mend what is named above, then publish again.{others}")
    if advice := sum(not finding.blocking for finding in findings):
        print(f"{count(advice, 'thing')} could be better: migraine faq check")
    if releases.read(PROJECT) != present:
        raise Problem(f"A file was changed during the check. {NOT_PUBLISHED} Publish again when nobody edits.")


def _approval(known: Releases, content: Content, deed: Deed, changes: list[str]) -> Deed:
    """Return who else agreed to exactly this content."""
    approvals = known.approvals(releases.digest(content))
    others = [approval for approval in approvals if not publishing.same(approval.by, deed.by)]
    if others:
        return others[0]
    why = (
        f"It was approved by {deed.by} only, and you publish as {deed.by}."
        if approvals
        else "Nobody has approved exactly this content yet."
    )
    raise Problem(
        f"Two people must agree here, and one has. {why} {NOT_PUBLISHED} Ask a colleague to run "
        f"`migraine faq approve`; then publish again. It is about: {'; '.join(changes)}."
    )


def _wait(trained: Callable[[], Path]) -> Path:
    from cli.trained import prepare

    # Loading Rasa takes as long as a part of the training: side by side.
    loading = threading.Thread(target=prepare, daemon=True)
    loading.start()
    try:
        return trained()
    finally:
        loading.join()


def _try(candidate: Path, live: Release | None, content: Content, may_lose: int) -> "Tried":
    """Put the new model through its guards.

    Raises:
        Problem: something speaks against it.
    """
    from cli import guards
    from cli.trained import Trained

    with progress("Trying it out on test questions, messages of danger and conversations (about 20 s)"):
        trained = Trained(candidate)
        tried = guards.tried(trained)
        problems, notes = guards.sound(trained), []
    if live:
        verdict = guards.compare(_readings(live, tried.readings), tried, live.content, content, may_lose)
        problems, notes = [*problems, *verdict.problems], [*verdict.notes]
    topics.listed("Worth knowing (any change moves a few questions; nothing has to be done):", notes)
    if problems:
        topics.listed("What speaks against it:", problems)
        raise Problem(f"{NOT_PUBLISHED} Mend what is named above, then publish again.")
    return tried


def _readings(live: Release, wanted: "Readings") -> "Readings":
    """Return what the live model makes of the test sets: as kept, or tried out now."""
    from assistant.regression import Readings
    from cli import guards
    from cli.trained import Trained

    file = live.folder / releases.READINGS
    if file.exists() and (kept := Readings.from_json(file.read_text(encoding="utf-8"))).covers(wanted):
        return kept
    with progress("Trying out what is live, to compare (about 20 s)"):
        try:
            tried = guards.tried(Trained(live.model))
        except Exception as error:
            raise Problem(
                f"The live version cannot be tried out to compare with ({error}). {NOT_PUBLISHED} "
                "Start the assistant once (`make run`): it brings that up to date. Then publish again."
            ) from error
    releases.put(file, tried.readings.to_json().encode())
    return tried.readings

"""Take topics in from a spreadsheet, .xlsx or .csv: all of it, or nothing."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cli.faq import asking, topics
from cli.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.faq_sheet import Imported

EXAMPLES = """\
  migraine faq import faq.xlsx         shows what would change, and asks
  migraine faq import faq.csv --yes    does not ask"""

_MOST_ERRORS = 30


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    # Read before we go to the project's folder: a relative path is the person's own.
    parser.add_argument("file", metavar="FILE", type=lambda text: Path(text).absolute(), help="ends in .xlsx or .csv")
    parser.add_argument("--yes", action="store_true", help="write without asking")


def run(args: argparse.Namespace) -> int:
    """Read, check, show what would change, ask, and write all files."""
    from assistant import faq, faq_changes, faq_file, faq_sheet

    known = topics.readable()
    try:
        imported = faq_sheet.read(args.file, known)
        before = {one.topic.id: topics.text_of(faq.FOLDER / f"{one.topic.id}.yml") for one in imported}
        texts = {one.topic.id: faq_file.text_of(one.topic, before[one.topic.id]) for one in imported}
    except faq_sheet.SheetError as error:
        raise Problem(_refusal(args.file, error.errors)) from error
    except faq.FaqError as error:
        raise Problem(f"{error} Nothing was written.") from error
    changed = {id_: text for id_, text in texts.items() if text != before[id_]}
    if not changed:
        print("Nothing would change.")
        return 0
    _check(args.file, [one for one in imported if one.topic.id in changed], changed)
    for one in imported:
        for line in faq_changes.changes(known.get(one.topic.id), one.topic):
            print(line)
    if not asking.agreed(f"Write {len(changed)} topics?", args.yes):
        print("Nothing was written.")
        return 1
    if {id_: topics.text_of(faq.FOLDER / f"{id_}.yml") for id_ in before} != before:
        raise Problem("Meanwhile somebody else changed one of these topics. Nothing was written; run it again.")
    try:
        faq_file.write({faq.FOLDER / f"{id_}.yml": text for id_, text in changed.items()})
    except OSError as error:
        raise Problem(f"The topics could not be written: {error.strerror}. All are as they were.") from error
    print(f"Written: {', '.join(changed)}. Patients see it once it is published.")
    return 0


def _check(file: Path, imported: "list[Imported]", texts: "Mapping[str, str]") -> None:
    """Show advice, and refuse what is blocking; each by its cell."""
    found = [
        (one, finding)
        for finding in topics.check(drafts=texts)
        for one in imported
        if finding.file.stem == one.topic.id
    ]
    said = [
        (f"{one.cell(texts[one.topic.id], finding.line)}: {finding.message} {finding.fix}", finding.blocking)
        for one, finding in found
    ]
    blocking = [text for text, is_blocking in said if is_blocking]
    if blocking:
        raise Problem(_refusal(file, blocking))
    for text, _ in said:
        print(f"Could be better: {text}")


def _refusal(file: Path, errors: "tuple[str, ...] | list[str]") -> str:
    shown = "\n".join(f"- {error}" for error in errors[:_MOST_ERRORS])
    more = f"\n- and {len(errors) - _MOST_ERRORS} more" if len(errors) > _MOST_ERRORS else ""
    return f"nothing was written, because of this in {file.name}:\n{shown}{more}"

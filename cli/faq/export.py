"""Write topics to a spreadsheet, .xlsx or .csv, with a row for each question."""

import argparse
from pathlib import Path

from cli.faq import topics
from cli.problem import Problem

EXAMPLES = """\
  migraine faq export faq.xlsx                all topics
  migraine faq export faq.csv aftercare       one of them"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    # Read before we go to the project's folder: a relative path is the person's own.
    parser.add_argument("file", metavar="FILE", type=lambda text: Path(text).absolute(), help="ends in .xlsx or .csv")
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="only these; without any, all are written")
    parser.add_argument("--force", action="store_true", help="replace the file if there is one")


def run(args: argparse.Namespace) -> int:
    """Write the spreadsheet, whole or not at all."""
    from assistant import faq, faq_file, faq_sheet

    if args.file.exists() and not args.force:
        raise Problem(f"{args.file} is there already. Choose another name, or replace it with --force.")
    files = [topics.file_of(typed) for typed in args.topics] or sorted(faq.FOLDER.glob("*.yml"))
    chosen = topics.readable()
    for file in files:
        if file.stem not in chosen:
            raise Problem(f"{file} cannot be read: migraine faq check {file.stem} says why. Nothing was written.")
    try:
        content = faq_sheet.write(args.file, [chosen[file.stem] for file in files])
        faq_file.write({args.file: content})
    except faq_sheet.SheetError as error:
        raise Problem(str(error)) from error
    except OSError as error:
        raise Problem(f"{args.file} could not be written: {error.strerror}.") from error
    print(
        f"Written: {args.file}, {len(files)} topics. Change it, and take it in again: migraine faq import {args.file}"
    )
    return 0

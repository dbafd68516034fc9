"""Change a topic in your editor; it is checked when you save."""

import argparse
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from cli.faq import asking, topics
from cli.problem import Problem

EXAMPLES = """\
  migraine faq edit aftercare
  EDITOR=nano migraine faq edit aftercare"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("topic", metavar="TOPIC", help="its name or title; also that of a draft")


def run(args: argparse.Namespace) -> int:
    """Edit a copy, and replace the file by it once nothing in it is blocking."""
    from assistant import faq

    name = topics.name_of(args.topic)
    file = faq.FOLDER / f"{name}.yml" if topics.draft_of(name).exists() else topics.file_of(args.topic)
    draft = topics.draft_of(file.stem)
    before = topics.text_of(file)
    if draft.exists():
        print(f"There is an unfinished draft, {draft}: you go on with it.", flush=True)
    elif before is not None:
        topics.save({draft: before})
    while True:
        _edit(draft)
        text = topics.text_of(draft)
        if text is None:
            raise Problem(f"{draft} is gone. {file} is as it was.")
        if text == before:
            draft.unlink()
            print("Nothing was changed.")
            return 0
        findings = topics.check(file.stem, {file.stem: text})
        topics.show(findings, name=file.name)
        if not topics.is_blocked(findings):
            break
        if _choice_or("keep", "Edit it again, or keep it as a draft?", "edit", "keep") == "keep":
            print(f"The draft is {draft}, and {file} is as it was. Go on with it: migraine faq edit {file.stem}")
            return 1
    if topics.text_of(file) != before:
        raise Problem(f"Meanwhile somebody else changed {file}. Your text is {draft}: compare the two.")
    topics.save({file: text})
    draft.unlink()
    print(f"Written: {file}. Patients see it once it is published.")
    if before is not None and _answer_was_not_reviewed(file, before, text):
        print("The answer changed and its dates did not: once a clinician has read it, renew both.")
    return 0


def _edit(draft: Path) -> None:
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not command:
        command = [next((editor for editor in ("nano", "vim", "vi") if shutil.which(editor)), "")]
    try:
        done = subprocess.run([*command, str(draft)], check=False)
    except OSError as error:
        raise Problem(
            f"The editor {command[0] or 'of this machine'} could not be started. "
            f"Name one: EDITOR=nano migraine faq edit {draft.stem}"
        ) from error
    if done.returncode != 0:
        raise Problem(f"The editor ended with an error. What you saved is in {draft}; no topic was changed.")


def _choice_or(default: str, question: str, *answers: str) -> str:
    try:
        return asking.choice(question, *answers)
    except Problem:
        return default


def _answer_was_not_reviewed(file: Path, before: str, text: str) -> bool:
    """Return whether the answer changed and the day of its review did not."""
    from assistant import faq

    try:
        old = faq.parse(before, file)
    except faq.FaqError:
        return False
    new = faq.parse(text, file)
    return new.answer != old.answer and new.reviewed == old.reviewed

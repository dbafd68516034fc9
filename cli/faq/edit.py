"""Change a topic: part by part, or in your own editor if EDITOR names one. It is checked before it is written."""

import argparse
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from cli.faq import asking, topics, writing
from cli.faq.interview import Interview
from cli.problem import Problem

EXAMPLES = """\
  migraine faq edit aftercare
  EDITOR=nano migraine faq edit aftercare"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("topic", metavar="TOPIC", help="its name or title; also that of a draft")


def run(args: argparse.Namespace) -> int:
    """Edit a draft, and replace the topic's file by it once nothing in it is blocking."""
    from assistant import faq

    name = topics.name_of(args.topic)
    file = faq.FOLDER / f"{name}.yml" if topics.draft_of(name).exists() else topics.file_of(args.topic)
    if topics.draft_of(file.stem).exists():
        print("There is an unfinished draft: you go on with it.", flush=True)
    interview = None if _named_editor() else _interview(file)
    return _in_editor(file) if interview is None else _by_parts(interview)


def _interview(file: Path) -> Interview | None:
    """Return an interview about the topic as it is, or its draft; None where its file has to be mended first."""
    from assistant import faq

    before = topics.text_of(file)
    try:
        topic = faq.parse(topics.text_of(topics.draft_of(file.stem)) or before or "", file)
        if before is not None:
            faq.parse(before, file)
    except faq.FaqError:
        return None
    return Interview(topic, before)


def _by_parts(interview: Interview) -> int:
    with writing.kept(interview):
        if interview.before is None:
            interview.all_parts()
        written = writing.finish(interview)
    return 1 if written == topics.draft_of(interview.topic.id) else 0


def _in_editor(file: Path) -> int:
    draft, before = topics.draft_of(file.stem), topics.text_of(file)
    if not draft.exists() and before is not None:
        topics.save({draft: before})
    while True:
        try:
            _edit(draft)
        except KeyboardInterrupt:
            print(f"\nStopped. What you saved is in {draft}, and {file} is as it was.")
            raise
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
            writing.put(file.stem, text, before)
            return 0
        if _choice_or("keep", "Edit it again, or keep it as a draft?", "edit", "keep") == "keep":
            print(f"The draft is {draft}, and {file} is as it was. Go on with it: migraine faq edit {file.stem}")
            return 1


def _edit(draft: Path) -> None:
    editor = _named_editor() or next((name for name in ("nano", "vim", "vi") if shutil.which(name)), "")
    if not editor:
        raise Problem(f"{draft} has to be mended in an editor, and there is none here. Install one, such as nano.")
    command = shlex.split(editor)
    try:
        done = subprocess.run([*command, str(draft)], check=False)
    except OSError as error:
        raise Problem(
            f"The editor {command[0]} could not be started. Without one it asks part by part: "
            f"EDITOR= VISUAL= migraine faq edit {draft.stem}"
        ) from error
    if done.returncode != 0:
        raise Problem(f"The editor ended with an error. What you saved is in {draft}; no topic was changed.")


def _named_editor() -> str:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def _choice_or(default: str, question: str, *answers: str) -> str:
    try:
        return asking.choice(question, *answers)
    except Problem:
        return default

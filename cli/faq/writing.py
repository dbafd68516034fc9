"""The end of writing a topic: it is shown and checked, and is written, corrected, kept for later or dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.faq import asking, show, topics
from cli.faq.interview import PARTS
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.faq_check import Finding
    from cli.faq.interview import Interview


@contextmanager
def kept(interview: "Interview") -> Iterator[None]:
    """Whatever ends the block too early, keep what was typed, and say how to go on with it."""
    try:
        yield
    except KeyboardInterrupt:
        print(f"\n{_kept(interview)}")
        raise
    except Problem as problem:
        raise Problem(f"{problem} {_kept(interview)}") from problem


def finish(interview: "Interview") -> Path | None:
    """Show the topic and ask until it is settled; return its file, or its draft, or None where there is neither."""
    from assistant import faq_file

    while True:
        interview.topic = faq_file.tidy(interview.topic)
        text = interview.text()
        if text == interview.before:
            show.topic(interview.topic, questions=False)
            print()
            chosen = asking.choice("What do you want to change?", *PARTS, "nothing")
            if chosen == "nothing":
                _draft(interview).unlink(missing_ok=True)
                print("Nothing was changed.")
                return None
        else:
            findings = topics.check(interview.topic.id, {interview.topic.id: text})
            _present(interview, findings)
            blocked = topics.is_blocked(findings)
            print("\nTo correct a part, type its name. later keeps a draft; drop forgets all this.")
            yes = () if blocked else ("yes",)
            question = "It cannot be written yet. What now?" if blocked else "Write it?"
            chosen = asking.choice(question, *yes, "later", "drop", *PARTS)
        if chosen in PARTS:
            interview.ask(chosen)
        elif chosen == "later":
            print(_kept(interview))
            return _draft(interview)
        elif chosen == "drop":
            if asking.agreed("Forget what you typed?", already=False):
                _draft(interview).unlink(missing_ok=True)
                print("Nothing was written.")
                return None
        else:
            return put(interview.topic.id, text, interview.before)


def put(topic: str, text: str, before: str | None) -> Path:
    """Write a topic's file, which held `before`, and remove the draft; return the file.

    Raises:
        Problem: meanwhile it holds something else, or it cannot be written; the draft stays.
    """
    from assistant import faq

    file = faq.FOLDER / f"{topic}.yml"
    if topics.text_of(file) != before:
        raise Problem(
            f"Meanwhile somebody else changed {file}. Your text is {topics.draft_of(topic)}: compare the two."
        )
    topics.save({file: text})
    topics.draft_of(topic).unlink(missing_ok=True)
    print(f"Written: {file}. Patients see it once it is published.")
    if before is not None and _answer_was_not_reviewed(file, before, text):
        print(
            "The answer changed and the day of its review did not. Once a clinician has read it: "
            f"migraine faq edit {topic}, part review."
        )
    return file


def _draft(interview: "Interview") -> Path:
    return topics.draft_of(interview.topic.id)


def _kept(interview: "Interview") -> str:
    if not interview.topic.id:
        return "Nothing was written."
    interview.keep()
    return f"What you typed is kept as a draft. Go on with it: migraine faq edit {interview.topic.id}"


def _present(interview: "Interview", findings: "list[Finding]") -> None:
    """Show what will be written: all of a new topic, or what is different."""
    from assistant import faq, faq_changes

    file = faq.FOLDER / f"{interview.topic.id}.yml"
    if interview.before is None:
        print(f"\nThis is what will stand in {file}:\n")
        show.topic(interview.topic)
    else:
        print()
        for line in faq_changes.changes(faq.parse(interview.before, file), interview.topic):
            print(line)
    print()
    topics.show(findings, lines=False)


def _answer_was_not_reviewed(file: Path, before: str, text: str) -> bool:
    """Return whether the answer changed and the day of its review did not."""
    from assistant import faq

    try:
        old = faq.parse(before, file)
    except faq.FaqError:
        return False
    new = faq.parse(text, file)
    return new.answer != old.answer and new.reviewed == old.reviewed

"""What changed from one version of all answers to another: a sentence a topic, for the history."""

from collections.abc import Sequence
from pathlib import Path

from assistant import faq, sources
from assistant.faq import Topic
from assistant.releases import Content
from assistant.text import count

_PARTS = {
    "title": "title changed",
    "answer": "answer changed",
    "sources": "sources changed",
    "reviewed": "review dates changed",
    "review_due": "review dates changed",
    "related": "related topics changed",
}


def topics(content: Content) -> dict[str, Topic]:
    """Return the content's topics by id.

    Raises:
        FaqError: a file is not a topic.
    """
    files = [Path(name) for name in content if Path(name).parent == faq.FOLDER]
    return {file.stem: faq.parse(content[file.as_posix()].decode("utf-8"), file) for file in files}


def sentences(before: Content, now: Content) -> list[str]:
    """Return one sentence for each topic that is new, changed or removed, and one for the list of sources.

    Raises:
        FaqError: a file is not a topic.
    """
    old, new = topics(before), topics(now)
    said = []
    for id_ in sorted({*old, *new}):
        if id_ not in old:
            said.append(f"{id_}: new, with {count(len(new[id_].questions), 'question')}")
        elif id_ not in new:
            said.append(f"{id_}: removed")
        elif before[_file(id_)] != now[_file(id_)]:
            said.append(f"{id_}: {', '.join(_parts(old[id_], new[id_])) or 'comments or order changed'}")
    if before.get(sources.FILE.as_posix()) != now.get(sources.FILE.as_posix()):
        said.append("the list of sources changed")
    return said


def new_questions(before: Content, now: Content) -> dict[str, Sequence[str]]:
    """Return the questions that `before` does not have, by topic.

    Raises:
        FaqError: a file is not a topic.
    """
    known = {(topic.id, question) for topic in topics(before).values() for question in topic.questions}
    added = {
        topic.id: [question for question in topic.questions if (topic.id, question) not in known]
        for topic in topics(now).values()
    }
    return {id_: questions for id_, questions in added.items() if questions}


def _file(id_: str) -> str:
    return (faq.FOLDER / f"{id_}.yml").as_posix()


def _parts(old: Topic, new: Topic) -> list[str]:
    added, removed = {*new.questions} - {*old.questions}, {*old.questions} - {*new.questions}
    counts = [
        *([f"{count(len(added), 'question')} added"] if added else []),
        *([f"{count(len(removed), 'question')} removed"] if removed else []),
    ]
    return [*counts, *dict.fromkeys(said for part, said in _PARTS.items() if getattr(old, part) != getattr(new, part))]

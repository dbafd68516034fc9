"""What the verbs share: find a topic by what was typed, check it, and show what was found."""

import difflib
import functools
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cli.paths import DRAFTS, PROJECT, WORK
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.encoder import Vectors
    from assistant.faq import Topic
    from assistant.faq_check import Finding
    from assistant.vector_cache import VectorCache

_VECTORS = WORK / "faq-vectors.npz"


def file_of(typed: str) -> Path:
    """Return the file of the topic that `typed` names, by its id, its title or its file.

    Raises:
        Problem: there is none; the message names the nearest.
    """
    from assistant import faq
    from assistant.text import key

    file = faq.FOLDER / f"{name_of(typed)}.yml"
    if file.is_file():
        return file
    titles = {key(topic.title): topic.id for topic in readable().values()}
    if key(typed) in titles:
        return faq.FOLDER / f"{titles[key(typed)]}.yml"
    ids = [known.stem for known in sorted(faq.FOLDER.glob("*.yml"))]
    near = difflib.get_close_matches(name_of(typed), ids, n=3, cutoff=0.5)
    near += [titles[title] for title in difflib.get_close_matches(key(typed), titles, n=3, cutoff=0.5)]
    meant = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise Problem(f"There is no topic {typed}.{meant} `migraine faq list` shows them all.")


def name_of(typed: str) -> str:
    """Return the id in what somebody typed: with or without folder, ending, capitals or faq/ in front."""
    return "_".join(Path(typed).name.removesuffix(".yml").lower().split())


def draft_of(topic: str) -> Path:
    """Return where the unfinished text of `topic` is kept."""
    return DRAFTS.relative_to(PROJECT) / f"{topic}.yml"


def text_of(file: Path) -> str | None:
    """Return what stands in `file`, which may not be there; what is not in UTF-8 is shown as such."""
    return file.read_bytes().decode(errors="replace") if file.exists() else None


def save(texts: Mapping[Path, str]) -> None:
    """Write files whole, all or none.

    Raises:
        Problem: one cannot be written; what was there is as it was.
    """
    from assistant import faq_file

    try:
        for file in texts:
            file.parent.mkdir(exist_ok=True)
        faq_file.write(texts)
    except OSError as error:
        names = ", ".join(map(str, texts))
        raise Problem(f"{names} could not be written: {error.strerror}. Nothing was changed.") from error


def readable() -> "Mapping[str, Topic]":
    """Return the topics that can be read, by id; `migraine faq check` names the others."""
    from assistant import faq

    topics = {}
    for file in sorted(faq.FOLDER.glob("*.yml")):
        try:
            topics[file.stem] = faq.read(file)
        except (faq.FaqError, UnicodeDecodeError):
            continue
    return topics


def taken(topic: str) -> "Mapping[str, str]":
    """Return whose each training question is that is not one of `topic`: by its words, as staff call it.

    Raises:
        Problem: the questions of the other intents cannot be read.
    """
    from assistant import training_data
    from assistant.faq_check import SHARED
    from assistant.label_names import called
    from assistant.text import key

    try:
        others = training_data.read_all(training_data.FOLDER / training_data.OTHERS)
    except ValueError as error:
        raise Problem(str(error)) from error
    owners = {key(example.text): called(example.label) for example in others if example.label not in SHARED}
    for known in readable().values():
        if known.id != topic:
            owners.update((key(question), f"the questions of {known.id}") for question in known.questions)
    return owners


@functools.cache
def vectors() -> "VectorCache":
    """Return the sentence encoder, with the vectors of the questions that the last check read."""
    from assistant.encoder import SentenceEncoder
    from assistant.vector_cache import VectorCache

    return VectorCache(_VECTORS, SentenceEncoder())


def check(topic: str | None = None, drafts: Mapping[str, str] | None = None) -> "list[Finding]":
    """Return what is to be said about all topics, or about one, or about its text in `drafts`."""
    from assistant import faq, faq_check
    from cli.progress import progress

    first = "" if _VECTORS.exists() else " (up to a minute, this first time)"
    read: list[str] = []

    def encode(sentences: Sequence[str]) -> "Vectors":
        read.extend(sentences)
        return vectors().encode(sentences)

    with progress(f"Checking{first}"):
        findings = faq_check.check(faq.FOLDER, topic, encode=encode, drafts=drafts)
        # Without room for it, the next check is slow, and nothing is wrong.
        with suppress(OSError):
            vectors().keep(read)
    return findings


def show(findings: "Sequence[Finding]", name: str | None = None, lines: bool = True) -> None:
    """Print the findings, those that block first.

    name: stands for the file where it is not yet one; lines: whether their lines are known to the person.
    """
    from cli.screen import Screen

    screen = Screen()
    for blocking, head in ((True, "Must be mended before patients can see it:"), (False, "Could be better:")):
        chosen = [finding for finding in findings if finding.blocking is blocking]
        if chosen:
            screen.say(head, "bold red" if blocking else "bold")
        for finding in chosen:
            where = f"{name or finding.file}, line {finding.line}: " if lines else ""
            screen.say(f"{where}{finding.message} {finding.fix}", first="- ", later="  ")


def listed(head: str, sentences: Sequence[str]) -> None:
    """Print the sentences under a head, if there are any."""
    from cli.screen import Screen

    screen = Screen()
    if sentences:
        screen.say(head, "bold")
    for sentence in sentences:
        screen.say(sentence, first="- ", later="  ")


def is_blocked(findings: "Sequence[Finding]") -> bool:
    """Return whether one of the findings is blocking."""
    return any(finding.blocking for finding in findings)

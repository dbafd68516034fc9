"""Check the FAQ: what must not reach patients, and what could be better, each in one plain sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from assistant import faq, faq_document, faq_likeness, forbidden, label_names, readability, sources, training_data
from assistant.alarm_classifier import HARMLESS, NO_TOPICS, ORDINARY
from assistant.encoder import Encode
from assistant.faq_document import Document, Text
from assistant.referral import points_to_professional
from assistant.stated_limits import misstated
from assistant.text import key, words

# What is no danger to the alarms may well be a topic's question, too.
SHARED = frozenset({HARMLESS, ORDINARY})
FEWEST_QUESTIONS = 8
LONGEST_TITLE = 32
FEWEST_WORDS, MOST_WORDS = 20, 110
MOST_RELATED = 3
LONGEST_REVIEW_DAYS = 731
# Rasa reads brackets as markup, braces as a blank to fill in, and a backslash as the beginning of a code.
_MARKUP = re.compile(r"[\[\]{}\\]|^/")
_ANSWER_MARKUP = re.compile(r"[{}\\]")


@dataclass(frozen=True)
class Finding:
    """Something about one topic's file.

    line: counted from 1; message: what is wrong; fix: what to do, both one plain sentence; blocking: must be mended
    before the content is published, the others are advice.
    """

    file: Path
    line: int
    message: str
    fix: str
    blocking: bool

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message} {self.fix}"


def check(
    folder: Path,
    topic: str | None = None,
    *,
    encode: Encode | None = None,
    today: date | None = None,
    drafts: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Return what is to be said about the topics of `folder` (data/faq, with sources.yml and nlu/ beside it).

    topic: only findings about this one, still compared with all others; encode: the sentence encoder, loaded now by
    default; today: the date by which a review is overdue, the present one by default; drafts: the text of files by
    topic, read instead of what the folder holds.
    Blocking findings come first, then they are in the order of files and lines.

    Raises:
        FaqError: there is no such topic.
    """
    house = _House.of(folder, drafts or {})
    if topic is not None and topic not in house.documents:
        raise faq.FaqError(f"There is no topic {topic} in {folder}.")
    chosen = [topic] if topic is not None else list(house.documents)
    findings = [] if topic is not None else [*_misplaced(folder)]
    for name in chosen:
        findings += [Finding(folder / f"{name}.yml", *said) for said in _about(name, house, today or date.today())]
    for name, line, message, fix in _alike(chosen, house, encode):
        findings.append(Finding(folder / f"{name}.yml", line, message, fix, blocking=False))
    return sorted(findings, key=lambda one: (not one.blocking, one.file, one.line))


class _Said(NamedTuple):
    line: int
    message: str
    fix: str
    blocking: bool = True


class _Place(NamedTuple):
    """Where a question stands: its label, the file, and the line where that is known."""

    label: str
    file: str
    line: int | None


@dataclass(frozen=True)
class _House:
    """All that a topic is compared with. others: the questions of the other intents, with label and file."""

    documents: Mapping[str, Document]
    sources: frozenset[str]
    others: Sequence[tuple[_Place, str]]

    @classmethod
    def of(cls, folder: Path, drafts: Mapping[str, str]) -> "_House":
        # What is not in UTF-8 is said as a character that cannot be shown.
        texts = {file.stem: file.read_text(encoding="utf-8", errors="replace") for file in sorted(folder.glob("*.yml"))}
        documents = {name: faq_document.read(name, text) for name, text in sorted({**texts, **drafts}.items())}
        file = folder.parent / sources.FILE.name
        known = sources.load(file) if file.is_file() else {}
        return cls(documents, frozenset(known), list(_taught(folder.parent / "nlu")))

    def called(self, label: str) -> str:
        """Return what staff call a topic, by its id, or another label."""
        return label if label in self.documents else label_names.called(label)

    @cached_property
    def places(self) -> Mapping[str, Sequence[_Place]]:
        """Where every question stands, by what its spellings share."""
        places: dict[str, list[_Place]] = {}
        for topic, document in self.documents.items():
            for question in document.questions:
                place = _Place(topic, f"{topic}.yml", question.line)
                places.setdefault(key(question.value), []).append(place)
        for place, text in self.others:
            places.setdefault(key(text), []).append(place)
        return places


def _taught(folder: Path) -> Iterator[tuple[_Place, str]]:
    for file in sorted(folder.glob("*.yml")):
        for example in training_data.read(file):
            if example.label not in SHARED:
                yield _Place(example.label, file.name, None), example.text


def _misplaced(folder: Path) -> Iterator[Finding]:
    """Say which files would be learned from, but are no topics to us."""
    for file in sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")]):
        if file.suffix == ".yaml":
            yield Finding(file, 1, "The file's name ends in .yaml.", f"Rename it to {file.stem}.yml.", blocking=True)
        elif file.parent != folder:
            yield Finding(file, 1, "The file is in a folder of its own.", f"Move it to {folder}.", blocking=True)


def _about(topic: str, house: _House, today: date) -> Iterator[_Said]:
    document = house.documents[topic]
    if not faq.ID.fullmatch(topic):
        name = "_".join(words(topic)) or "a_name"
        yield _Said(1, "A file's name may have only small letters, digits and _.", f"Rename it, to {name}.yml.")
    for trouble in document.troubles:
        yield _Said(*trouble)
    if document.read:
        yield from _title(topic, document, house)
        yield from _questions(topic, document, house)
        if document.answer:
            yield from _answer(document.answer)
        yield from _metadata(topic, document, house)
        yield from _dates(document, today)


def _title(topic: str, document: Document, house: _House) -> Iterator[_Said]:
    title = document.title
    if title is None:
        return
    if key(title.value) not in {key(question.value) for question in document.questions}:
        yield _Said(
            title.line,
            "The title is not one of the questions, and a button sends it as one.",
            f'Add the line "- {title.value}" to the questions.',
        )
    for other, theirs in house.documents.items():
        if other != topic and theirs.title and key(theirs.title.value) == key(title.value):
            yield _Said(title.line, f"The topic {other} has the same title.", "Give one of the two another.")
    if len(title.value) > LONGEST_TITLE:
        yield _Said(
            title.line,
            f"The title has {len(title.value)} characters, too many for a button.",
            f"Shorten it to {LONGEST_TITLE}, spaces included.",
            blocking=False,
        )
    yield from _unsaid(title)


def _questions(topic: str, document: Document, house: _House) -> Iterator[_Said]:
    questions = document.questions
    if questions and len(questions) < FEWEST_QUESTIONS:
        yield _Said(
            questions[0].line,
            f"There are {len(questions)} questions, too few to be recognized by."
            if len(questions) > 1
            else "There is one question, too few to be recognized by.",
            f"Write at least {FEWEST_QUESTIONS}, as different people would ask.",
        )
    first: dict[str, int] = {}
    for question in questions:
        if _MARKUP.search(question.value):
            yield _Said(
                question.line,
                f'The question "{_short(question.value)}" has a bracket, a backslash or a slash in front.',
                "Leave it out.",
            )
        shared = key(question.value)
        if not shared:
            continue
        if shared in first:
            yield _Said(
                question.line,
                f'The question "{_short(question.value)}" is there twice, first on line {first[shared]}.',
                "Remove one of the two.",
            )
            continue
        first[shared] = question.line
        for place in house.places[shared]:
            if place.label != topic:
                where = f"{place.file}, line {place.line}" if place.line else place.file
                yield _Said(
                    question.line,
                    f'The question "{_short(question.value)}" is also one of {house.called(place.label)} ({where}).',
                    "Keep it where its answer fits best, and remove the other." if place.line else "Remove it here.",
                )
    title = key(document.title.value) if document.title else ""
    alike = sharing_words([question for question in questions if key(question.value) != title])
    if alike:
        one, other = alike[0]
        others = f" ({len(alike)} pairs of questions do)" if len(alike) > 1 else ""
        yield _Said(
            other.line,
            f'"{_short(one.value)}" and "{_short(other.value)}" share most of their words{others}.',
            "Ask it in other words: ten different ways teach more than twenty alike.",
            blocking=False,
        )


def sharing_words(questions: Sequence[Text]) -> list[tuple[Text, Text]]:
    """Return the pairs of `questions` that have more than half of their words in common and are not the same."""
    sets = [(question, frozenset(words(question.value))) for question in questions]
    return [
        (one, other)
        for (one, first), (other, second) in combinations(sets, 2)
        if len(first & second) > 0.5 * len(first | second) and key(one.value) != key(other.value)
    ]


def _answer(answer: Text) -> Iterator[_Said]:
    text = answer.value
    grade = readability.grade(text)
    if grade > readability.HIGHEST:
        hardest = readability.hardest_sentence(text)
        yield _Said(
            _line_of(answer, text.find(hardest)),
            f"The answer is hard to read: for {grade:.1f} years of school, where {readability.HIGHEST:.0f} should do.",
            f'Use shorter sentences and plainer words; the hardest is "{_short(hardest, 60)}".',
        )
    if not points_to_professional(text):
        yield _Said(
            answer.line,
            "The answer does not send the person to a healthcare professional.",
            'Add a sentence such as "Ask your doctor or nurse what fits you."',
        )
    yield from _unsaid(answer)
    for wrong in misstated(text):
        yield _Said(
            _line_of(answer, wrong.start),
            f'The answer says "{wrong.said}" where the rule for chronic migraine says "{wrong.rule}".',
            'Write the rule\'s number; where it is no rule, write "for example".',
        )
    for match in _ANSWER_MARKUP.finditer(text):
        yield _Said(_line_of(answer, match.start()), f"The answer has the sign {match[0]}.", "Write it without.")
    yield from _form(answer)


def _form(answer: Text) -> Iterator[_Said]:
    number = len(answer.value.split())
    if number < FEWEST_WORDS:
        yield _Said(
            answer.line,
            f"The answer has only {number} words.",
            "Say a little more if there is more to know: most have 40 or more.",
            blocking=False,
        )
    if number > MOST_WORDS:
        yield _Said(
            answer.line,
            f"The answer has {number} words, much to read in a chat.",
            f"Keep what matters most, at most {MOST_WORDS}.",
            blocking=False,
        )
    for line, later in pairwise(faq_document.lines(answer)):
        if line.value and later.value and not later.value.startswith("- "):
            yield _Said(
                later.line,
                "The answer goes on to a new line inside a paragraph, which will show.",
                "Write a paragraph as one long line, and leave a line empty between two.",
                blocking=False,
            )
            return


def _unsaid(text: Text) -> Iterator[_Said]:
    for found in forbidden.found(text.value):
        yield _Said(
            _line_of(text, found.start),
            f'We never say "{found.said}": {found.phrase.why}.',
            f"{found.phrase.instead[0].upper()}{found.phrase.instead[1:]}.",
        )


def _metadata(topic: str, document: Document, house: _House) -> Iterator[_Said]:
    for source in document.sources:
        if source.value not in house.sources:
            yield _Said(
                source.line,
                f"The source {source.value} is not in data/sources.yml.",
                "Check how it is spelled, or add it there with its title and address.",
            )
    for related in document.related:
        if related.value == topic:
            yield _Said(related.line, "The topic is related to itself.", "Name another, or none.")
        elif related.value not in house.documents:
            yield _Said(
                related.line,
                f"The related topic {related.value} does not exist.",
                "Check how it is spelled: migraine faq list shows them all.",
            )
    if document.metadata and not document.related:
        yield _Said(
            document.metadata, "No topic is related, so no button is offered.", "Name up to three.", blocking=False
        )
    if len(document.related) > MOST_RELATED:
        yield _Said(
            document.related[MOST_RELATED].line,
            f"There are {len(document.related)} related topics, and only three become buttons.",
            "Keep the three that people ask about next.",
            blocking=False,
        )


def _dates(document: Document, today: date) -> Iterator[_Said]:
    reviewed, due = document.reviewed, document.review_due
    if due and due.value <= today:
        yield _Said(
            due.line,
            f"The review was due on {due.value}.",
            "Have a clinician compare the answer with its sources, and renew both dates.",
            blocking=False,
        )
    if reviewed and reviewed.value > today:
        yield _Said(reviewed.line, "The answer was reviewed in the future.", "Write the day it was last reviewed.")
    if reviewed and due and not 0 < (due.value - reviewed.value).days <= LONGEST_REVIEW_DAYS:
        yield _Said(
            due.line,
            "The next review is not within two years of the last.",
            "Write a day after the last review, at most two years later.",
        )


def _alike(chosen: Sequence[str], house: _House, encode: Encode | None) -> Iterator[tuple[str, int, str, str]]:
    """Say which topics' questions read like those of another topic or intent."""
    asked = {topic: [one.value for one in document.questions] for topic, document in house.documents.items()}
    for place, question in house.others:
        # Alarms have readers of their own, before the topics.
        if place.label not in NO_TOPICS:
            asked.setdefault(place.label, []).append(question)
    said: set[frozenset[str]] = set()
    for likeness in faq_likeness.clashes(chosen, asked, encode):
        ours = house.documents[likeness.topic].questions[likeness.question]
        pair = frozenset({ours.value, likeness.theirs})
        if pair in said:
            continue
        said.add(pair)
        other = house.called(likeness.other)
        more = f" {likeness.number} of its {len(asked[likeness.topic])} questions do." if likeness.number > 1 else ""
        yield (
            likeness.topic,
            ours.line,
            f'"{_short(ours.value)}" also reads like {other}: "{_short(likeness.theirs)}".{more}',
            f"If the answer to {other} fits, leave them to it; if not, say what makes them different."
            if more
            else f"If the answer to {other} fits, remove it here; if not, say what makes it different.",
        )


def _line_of(text: Text, start: int) -> int:
    return text.line + text.value.count("\n", 0, max(start, 0))


def _short(text: str, most: int = 50) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 3].rstrip()}..."

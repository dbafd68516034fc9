"""Write a new topic: it asks for each part, checks it, and shows what it will write."""

import argparse
import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cli.faq import asking, topics
from cli.problem import Problem

if TYPE_CHECKING:
    from assistant.faq import Topic
    from assistant.faq_check import Finding
    from assistant.sources import Source
    from cli.screen import Screen

EXAMPLES = """\
  migraine faq new"""

_PROPOSED = 5
_PARTS = ("title", "questions", "answer", "sources", "related")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options: it has none, it asks."""


def run(args: argparse.Namespace) -> int:
    """Ask, show, ask again, and write one file or none."""
    from assistant import faq

    file = write()
    return 0 if file is not None and file.parent == faq.FOLDER else 1


def write(questions: Sequence[str] = ()) -> Path | None:
    """Ask for a topic that has these questions already; return its file, its draft, or None if nothing was written."""
    try:
        return _write(questions)
    except KeyboardInterrupt:
        print("\nNothing was written.")
        raise


def _write(questions: Sequence[str]) -> Path | None:
    from assistant import faq, faq_file, sources
    from cli.screen import Screen

    interview = _Interview(Screen())
    topic = interview.ask(questions)
    while True:
        topic = faq_file.tidy(topic)
        new = [source for source in interview.new_sources if source.id in topic.sources]
        text, findings = _checked(topic, [source.id for source in new])
        _present(topic, text, findings)
        blocked = topics.is_blocked(findings)
        print("\nTo correct a part, type its name.")
        chosen = asking.choice("Keep it as a draft?" if blocked else "Write it?", "yes", "no", *_PARTS)
        if chosen in _PARTS:
            topic = interview.again(topic, chosen)
        elif chosen == "no":
            print("Nothing was written.")
            return None
        else:
            file = topics.draft_of(topic.id) if blocked else faq.FOLDER / f"{topic.id}.yml"
            texts = {file: text}
            if new:
                held = sources.FILE.read_text(encoding="utf-8")
                texts[sources.FILE] = functools.reduce(sources.added, new, held)
            topics.save(texts)
            if blocked:
                print(f"The draft is {file}. Go on with it: migraine faq edit {topic.id}")
                return file
            print(f"Written: {file}. Patients see it once it is published.")
            return file


def _checked(topic: "Topic", new_sources: Sequence[str]) -> "tuple[str, Sequence[Finding]]":
    from assistant import faq, faq_file

    try:
        text = faq_file.text_of(topic)
    except faq.FaqError as error:
        raise Problem(f"{error} Nothing was written.") from error
    return text, topics.check(topic.id, {topic.id: text}, new_sources)


def _present(topic: "Topic", text: str, findings: "Sequence[Finding]") -> None:
    print(f"\nThis is what will stand in data/faq/{topic.id}.yml:\n")
    for number, line in enumerate(text.splitlines(), start=1):
        print(f"{number:4}  {line}".rstrip())
    print()
    topics.show(findings, name=topic.id)


class _Interview:
    """Asks for the parts of a topic in plain words."""

    def __init__(self, screen: "Screen") -> None:
        from assistant import sources
        from assistant.text import key

        self._say = screen.say
        self._sources = sources.load()
        self.new_sources: list[Source] = []
        self._topics = topics.readable()
        self._taken = {key(question): other.id for other in self._topics.values() for question in other.questions}

    def ask(self, questions: Sequence[str]) -> "Topic":
        from assistant.faq import Topic

        self._say("A new topic in five steps. Nothing is written before the end; Ctrl-C stops.", "bold")
        today = date.today()
        due = date(today.year + 1, today.month, min(today.day, 28) if today.month == 2 else today.day)
        topic = Topic("", "", tuple(questions), "", (), today, due, ())
        for part in _PARTS:
            topic = self.again(topic, part)
        return topic

    def again(self, topic: "Topic", part: str) -> "Topic":
        ask: dict[str, Callable[[Topic], Topic]] = {
            "title": self._title,
            "questions": self._questions,
            "answer": self._answer,
            "sources": self._source_ids,
            "related": self._related,
        }
        print()
        return ask[part](topic)

    def _title(self, topic: "Topic") -> "Topic":
        from assistant import faq, faq_check, faq_file
        from assistant.text import key

        self._say("1. Title. What is it called, in a few words? It stands on a button.", "bold")
        while True:
            title = faq_file.one_line(asking.line())
            id_ = faq_file.id_of(title)
            taken = next((other for other in self._topics.values() if key(other.title) == key(title)), None)
            if not id_:
                self._say("Please use letters, so that it gets a name.")
            elif taken or (faq.FOLDER / f"{id_}.yml").exists():
                name = taken.id if taken else id_
                self._say(
                    f"There is a topic {name} already: migraine faq edit {name} changes it. Another title, please."
                )
            elif topics.draft_of(id_).exists():
                self._say(f"There is a draft of {id_}: migraine faq edit {id_} goes on with it. Another title, please.")
            elif len(title) > faq_check.LONGEST_TITLE:
                self._say(
                    f"A button has room for {faq_check.LONGEST_TITLE} characters; this has {len(title)}. Shorter?"
                )
            else:
                # The button sends the title as a question.
                asked = tuple(question for question in topic.questions if question != topic.title)
                return replace(topic, id=id_, title=title, questions=(title, *asked))

    def _questions(self, topic: "Topic") -> "Topic":
        from assistant.faq_check import FEWEST_QUESTIONS
        from assistant.text import key

        self._say("2. Questions. How do people ask? One question a line; an empty line ends.", "bold")
        self._say(f"Different people, different words. The title is the first; at least {FEWEST_QUESTIONS - 1} more.")
        asked = [question for question in topic.questions if question != topic.title]
        if asked:
            for number, question in enumerate(asked, start=1):
                self._say(question, first=f"{number:3} ", later="    ")
            self._say("Type more; a number alone takes that one away.")
        questions = {key(question): question for question in [topic.title, *asked]}
        while True:
            before = list(questions)
            for typed in asking.lines():
                if typed.isdecimal() and 1 <= int(typed) <= len(asked):
                    questions.pop(key(asked[int(typed) - 1]), None)
                else:
                    self._add(questions, typed.removeprefix("- ").strip())
            missing = FEWEST_QUESTIONS - len(questions)
            if missing <= 0:
                break
            if list(questions) == before:
                self._say("We go on, but it cannot be published with so few.")
                break
            self._say(f"{missing} more, please. (An empty line goes on without.)")
        return replace(topic, questions=tuple(questions.values()))

    def _add(self, questions: dict[str, str], question: str) -> None:
        """Add a question, by its words; or say why not."""
        from assistant.text import key

        words = key(question)
        if words in self._taken:
            owner = self._taken[words]
            self._say(f"That is a question of {owner} already (migraine faq show {owner}); left out.")
        elif words in questions:
            self._say("That one is there already; left out.")
        elif not words or set(question) & set("[]{}\\") or question.startswith("/"):
            self._say("Please write it in words, without brackets; left out.")
        else:
            questions[words] = question

    def _answer(self, topic: "Topic") -> "Topic":
        self._say("3. Answer. One paragraph a line, however long; an empty line ends.", "bold")
        self._say('Begin a list item with "- ". Short sentences, no promise, and whom to ask.')
        while True:
            paragraphs = list(asking.lines())
            if paragraphs:
                return replace(topic, answer=_paragraphs(paragraphs))
            self._say("Please type the answer.")

    def _source_ids(self, topic: "Topic") -> "Topic":
        self._say("4. Sources. Where does the answer come from?", "bold")
        known = [*self._sources.values(), *self.new_sources]
        for number, source in enumerate(known, start=1):
            self._say(source.title, first=f"{number:3} ", later="    ")
        self._say("Type the numbers, such as 3 17; a word to look for; or other, to add one that is not among them.")
        while True:
            typed = asking.line()
            chosen = asking.numbers(typed, len(known))
            if chosen:
                return replace(topic, sources=tuple(known[number - 1].id for number in chosen))
            if typed.lower() == "other":
                known.append(self._other())
                self._say(f"That is number {len(known)} now. Type the numbers of all the sources of this answer.")
            elif not typed:
                self._say("Without a source it cannot be published; type sources at the end to name one.")
                return replace(topic, sources=())
            else:
                found = [number for number, one in enumerate(known, start=1) if typed.lower() in one.title.lower()]
                for number in found:
                    self._say(known[number - 1].title, first=f"{number:3} ", later="    ")
                if not found:
                    self._say(f"There is none. Please type numbers from 1 to {len(known)}, a word, or other.")

    def _other(self) -> "Source":
        """Ask for a source that is not among the known ones; it is written with the topic."""
        from assistant import faq_file
        from assistant.sources import Source

        self._say("A source is something that a colleague can look up: a leaflet, a guideline, a page of the clinic.")
        self._say("Who wrote it, what is it called, and when? Such as: Our clinic. Parking leaflet (2026)")
        titles = {source.title for source in (*self._sources.values(), *self.new_sources)}
        ids = {source.id for source in (*self._sources.values(), *self.new_sources)}
        while True:
            title = faq_file.one_line(asking.line())
            if faq_file.id_of(title) and title not in titles:
                break
            self._say("Please type a title that is not in the list.")
        id_ = faq_file.id_of(title)
        while id_ in ids:
            id_ += "_2"
        self._say("Its web address? Enter if it has none.")
        while True:
            url = asking.line()
            if not url or url.startswith(("https://", "http://")):
                break
            self._say("An address begins with https://. Or press Enter.")
        source = Source(id_, title, url or None, recheck=False)
        self.new_sources.append(source)
        return source

    def _related(self, topic: "Topic") -> "Topic":
        from assistant.faq_likeness import nearest

        self._say("5. Related topics. Which may people want next? They become buttons, three at most.", "bold")
        asked = {other.id: other.questions for other in self._topics.values() if other.id != topic.id}
        near = nearest([*topic.questions, topic.answer], asked, topics.vectors().encode)[:_PROPOSED]
        for number, other in enumerate(near, start=1):
            self._say(f"{self._topics[other].title} ({other})", first=f"{number:3} ", later="    ")
        self._say("Type numbers or names; Enter takes the first three, none takes none.")
        while True:
            typed = asking.line()
            if not typed:
                return replace(topic, related=tuple(near[:3]))
            if typed.lower() == "none":
                return replace(topic, related=())
            words = typed.replace(",", " ").split()
            chosen = [
                near[int(word) - 1] if word.isdecimal() and 1 <= int(word) <= len(near) else word for word in words
            ]
            unknown = [word for word in chosen if word not in asked]
            if unknown:
                self._say(
                    f"There is no topic {', '.join(unknown)}. Please type numbers from 1 to {len(near)}, or names."
                )
            elif len(set(chosen)) > 3:
                self._say("Three at most, please.")
            else:
                return replace(topic, related=tuple(dict.fromkeys(chosen)))


def _paragraphs(lines: Sequence[str]) -> str:
    """Return the text of an answer: an empty line between paragraphs, none between the items of a list."""
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        within_list = before.startswith("- ") and line.startswith("- ")
        text += ("\n" if within_list else "\n\n") + line if before else line
    return text

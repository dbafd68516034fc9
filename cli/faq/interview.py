"""Ask for the parts of a topic in plain words, one by one or again; what was typed is kept as a draft after each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cli.faq import asking, show, topics
from cli.problem import Problem
from cli.progress import progress

if TYPE_CHECKING:
    from assistant.faq import Topic
    from assistant.sources import Source

PARTS = ("title", "questions", "answer", "sources", "related", "review")
_PROPOSED = 5
# Words: "leaflet" alone is no source that anybody can look up.
_SHORTEST_SOURCE = 3


def blank(questions: Sequence[str] = ()) -> "Topic":
    """Return a topic in which nothing is written yet but these questions, reviewed today."""
    from assistant.faq import Topic

    today = date.today()
    return Topic("", "", tuple(questions), "", (), today, _year_after(today), ())


class Interview:
    """Asks about one topic; `topic` is what is known of it so far, also while a part is being typed.

    before: the text of the file that it is to replace, None for a new topic, which is named by its title.
    """

    def __init__(self, topic: "Topic", before: str | None = None) -> None:
        """Read what questions must not stand in two places."""
        from cli.screen import Screen

        self.topic = topic
        self.before = before
        self._say = Screen().say
        self._topics = {id_: known for id_, known in topics.readable().items() if id_ != topic.id}
        self._taken = topics.taken(topic.id)

    def all_parts(self) -> None:
        """Ask for every part that is missing yet."""
        from assistant.faq_check import FEWEST_QUESTIONS

        if not self.topic.title:
            self._say("A new topic in five steps. Patients see nothing of it before it is published.", "bold")
            self._say("Ctrl-C stops at any time, and what you typed is kept as a draft.")
        else:
            show.topic(self.topic)
        missing = {
            "title": not self.topic.title,
            "questions": len(self.topic.questions) < FEWEST_QUESTIONS or not self.topic.title,
            "answer": not self.topic.answer,
            "sources": not self.topic.sources,
            "related": not self.topic.related,
        }
        for part in (part for part, is_missing in missing.items() if is_missing):
            self.ask(part)

    def ask(self, part: str) -> None:
        """Ask for one of PARTS, and keep the draft."""
        ask: dict[str, Callable[[], None]] = {
            "title": self._title,
            "questions": self._questions,
            "answer": self._answer,
            "sources": self._source_ids,
            "related": self._related,
            "review": self._review,
        }
        print()
        ask[part]()
        self.keep()

    def keep(self) -> None:
        """Write what there is of the topic to its draft."""
        if self.topic.id:
            topics.save({topics.draft_of(self.topic.id): self.text()})

    def text(self) -> str:
        """Return what the topic's file will be.

        Raises:
            Problem: a file cannot hold something in it.
        """
        from assistant import faq, faq_file

        try:
            return faq_file.text_of(self.topic, self.before)
        except faq.FaqError as error:
            raise Problem(str(error)) from error

    def _title(self) -> None:
        from assistant import faq, faq_check, faq_file
        from assistant.text import key

        self._say("Title. What is it called, in a few words? It stands on a button.", "bold")
        while True:
            title = faq_file.one_line(asking.line())
            id_ = faq_file.id_of(title) if self.before is None else self.topic.id
            taken = next((other for other in self._topics.values() if key(other.title) == key(title)), None)
            if not faq_file.id_of(title):
                self._say("Please use letters, so that it gets a name.")
            elif taken or (self.before is None and (faq.FOLDER / f"{id_}.yml").exists()):
                name = taken.id if taken else id_
                self._say(
                    f"There is a topic {name} already: migraine faq edit {name} changes it. Another title, please."
                )
            elif key(title) in self._taken:
                self._say(f"That is one of {self._taken[key(title)]} already. Another title, please.")
            elif id_ != self.topic.id and topics.draft_of(id_).exists():
                self._say(f"There is a draft of {id_}: migraine faq edit {id_} goes on with it. Another title, please.")
            elif len(title) > faq_check.LONGEST_TITLE:
                self._say(
                    f"A button has room for {faq_check.LONGEST_TITLE} characters; this has {len(title)}. Shorter?"
                )
            else:
                break
        # The button sends the title as a question.
        asked = tuple(question for question in self.topic.questions if question != self.topic.title)
        before, self.topic = self.topic.id, replace(self.topic, id=id_, title=title, questions=(title, *asked))
        if before and before != id_:
            topics.draft_of(before).unlink(missing_ok=True)

    def _questions(self) -> None:
        from assistant.faq_check import FEWEST_QUESTIONS
        from assistant.text import key

        self._say("Questions. How do people ask? One question a line; an empty line ends.", "bold")
        self._say(f"Different people, different words. The title is the first; at least {FEWEST_QUESTIONS - 1} more.")
        asked = [question for question in self.topic.questions if question != self.topic.title]
        if asked:
            for number, question in enumerate(asked, start=1):
                self._say(question, first=f"{number:3} ", later="    ")
            self._say("Type more; a number alone takes that one away.")
        questions = {key(question): question for question in [self.topic.title, *asked]}
        while True:
            before = list(questions)
            for typed in asking.lines():
                if not typed.isdecimal():
                    self._add(questions, typed.removeprefix("- ").strip())
                elif 1 <= int(typed) <= len(asked):
                    questions.pop(key(asked[int(typed) - 1]), None)
                else:
                    self._say(f"There is no question {typed} above. Type questions again at the end to take one away.")
                self.topic = replace(self.topic, questions=tuple(questions.values()))
                self.keep()
            missing = FEWEST_QUESTIONS - len(questions)
            if missing <= 0:
                return
            if list(questions) == before:
                self._say("We go on, but it cannot be published with so few.")
                return
            self._say(f"{missing} more, please. (An empty line goes on without.)")

    def _add(self, questions: dict[str, str], question: str) -> None:
        """Add a question, by its words; or say why not."""
        from assistant.text import key

        words = key(question)
        if words in self._taken:
            self._say(f"That is one of {self._taken[words]} already; left out.")
        elif words in questions:
            self._say("That one is there already; left out.")
        elif not words or set(question) & set("[]{}\\") or question.startswith("/"):
            self._say("Please write it in words, without brackets; left out.")
        else:
            questions[words] = question

    def _answer(self) -> None:
        self._say("Answer. One paragraph a line, however long; an empty line ends.", "bold")
        self._say('Begin a list item with "- ". Short sentences, no promise, and whom to ask.')
        before = self.topic.answer
        if before:
            self._say("Until now it is:")
            self._say(before, "dim", first="  ", later="  ")
            self._say(
                "Its lines come one by one: change each and press Enter. Ctrl-U empties a line, to write it anew or to "
                "leave it out. New lines follow; an empty one ends."
                if asking.fills()
                else "Type the whole answer again."
            )
        while True:
            paragraphs = []
            for paragraph in asking.lines(filled=[line for line in before.splitlines() if line]):
                paragraphs.append(paragraph)
                self.topic = replace(self.topic, answer=_paragraphs(paragraphs))
                self.keep()
            if paragraphs:
                return
            self._say("Please type the answer.")

    def _source_ids(self) -> None:
        from assistant import sources

        self._say("Sources. Where does the answer come from?", "bold")
        known = list(sources.load().values())
        if self.topic.sources:
            self._say("Until now they are these; name all that count from now on:")
            for number, one in enumerate(known, start=1):
                if one.id in self.topic.sources:
                    self._say(one.title, first=f"{number:3} ", later="    ")
        self._say(f"{len(known)} are known. Type a word to look for, such as NHS, or all; then numbers, such as 3 17.")
        self._say("Type other to add one that is not among them, such as your clinic's leaflet.")
        added: tuple[str, ...] = ()
        while True:
            typed = asking.line()
            chosen = asking.numbers(typed, len(known))
            if chosen or (added and not typed):
                numbered = tuple(known[number - 1].id for number in chosen or ())
                self.topic = replace(self.topic, sources=tuple(dict.fromkeys((*numbered, *added))))
                return
            if typed.lower() == "other":
                number = len(known)
                known = self._with_another(known)
                added += tuple(one.id for one in known[number:])
            elif not typed:
                self._say("Without a source it cannot be published; type sources at the end to name one.")
                self.topic = replace(self.topic, sources=())
                return
            else:
                word = "" if typed.lower() == "all" else typed.lower()
                found = [number for number, one in enumerate(known, start=1) if word in one.title.lower()]
                for number in found:
                    self._say(known[number - 1].title, first=f"{number:3} ", later="    ")
                if not found:
                    self._say(f"There is none. Please type numbers from 1 to {len(known)}, a word, or other.")

    def _with_another(self, known: "list[Source]") -> "list[Source]":
        """Ask for a source that is not among the known ones, and add it to the list of all; Enter adds none."""
        from assistant import faq_file, sources
        from assistant.text import key

        self._say("A source is something that a colleague can look up: a leaflet, a guideline, a page of the clinic.")
        self._say("Who wrote it, what is it called, and when? Such as: Our clinic. Parking leaflet (2026)")
        self._say("Enter adds none.")
        while True:
            title = faq_file.one_line(asking.line())
            if not title:
                self._say("None was added. Type numbers, a word, or other.")
                return known
            number = next((number for number, one in enumerate(known, 1) if key(one.title) == key(title)), None)
            if number:
                self._say(f"That one is in the list: it is number {number}. Type the numbers of all the sources.")
                return known
            if faq_file.id_of(title) and len(title.split()) >= _SHORTEST_SOURCE:
                break
            self._say("In words by which a colleague finds it, please: who, what, and when.")
        id_ = faq_file.id_of(title)
        while id_ in {one.id for one in known}:
            id_ += "_2"
        self._say("Its web address? Enter if it has none.")
        while True:
            url = asking.line()
            if not url or url.startswith(("https://", "http://")):
                break
            self._say("An address begins with https://. Or press Enter.")
        source = sources.Source(id_, title, url or None, recheck=False)
        topics.save({sources.FILE: sources.added(sources.FILE.read_text(encoding="utf-8"), source)})
        self._say(f"Added to {sources.FILE}, and taken. Enter if it is all, or the numbers of others.")
        return [*known, source]

    def _related(self) -> None:
        from assistant.faq_likeness import nearest

        self._say("Related topics. Which may people want next? They become buttons, three at most.", "bold")
        asked = {other.id: other.questions for other in self._topics.values()}
        with progress("Looking for those nearest"):
            near = nearest([*self.topic.questions, self.topic.answer], asked, topics.vectors().encode)[:_PROPOSED]
        for number, other in enumerate(near, start=1):
            self._say(f"{self._topics[other].title} ({other})", first=f"{number:3} ", later="    ")
        self._say("Type numbers or names; Enter takes the first three, none takes none.")
        while True:
            typed = asking.line()
            words = typed.replace(",", " ").split()
            chosen = [
                near[int(word) - 1] if word.isdecimal() and 1 <= int(word) <= len(near) else word for word in words
            ]
            unknown = [word for word in chosen if word not in asked]
            if typed.lower() == "none":
                chosen = []
            elif not typed:
                chosen = near[:3]
            elif unknown:
                self._say(
                    f"There is no topic {', '.join(unknown)}. Please type numbers from 1 to {len(near)}, or names."
                )
                continue
            elif len(set(chosen)) > 3:
                self._say("Three at most, please.")
                continue
            self.topic = replace(self.topic, related=tuple(dict.fromkeys(chosen)))
            return

    def _review(self) -> None:
        self._say("Review. When did a clinician last compare the answer with its sources?", "bold")
        self._say(f"Such as {date.today()}, with the year first. Enter: today. The next review is a year later.")
        while True:
            typed = asking.line()
            try:
                reviewed = date.fromisoformat(typed) if typed else date.today()
            except ValueError:
                self._say(f"Please type a date such as {date.today()}.")
                continue
            if reviewed <= date.today():
                self.topic = replace(self.topic, reviewed=reviewed, review_due=_year_after(reviewed))
                return
            self._say("That is in the future. The day of the last review, please.")


def _year_after(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _paragraphs(lines: Sequence[str]) -> str:
    """Return the text of an answer: an empty line between paragraphs, none between the items of a list."""
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        within_list = before.startswith("- ") and line.startswith("- ")
        text += ("\n" if within_list else "\n\n") + line if before else line
    return text

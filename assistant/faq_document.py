"""Read a FAQ file with the lines on which its parts stand, and explain what keeps it from being read.

What is explained is for people who do not know YAML, the form of these files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import yaml

from assistant import yaml_file

VERSION = "3.1"
_TOP = ("version", "nlu", "responses")
# Key and value of each entry, by name.
_Parts = dict[str, tuple[yaml.Node, yaml.Node]]
_STRING = "tag:yaml.org,2002:str"
_DATE = "tag:yaml.org,2002:timestamp"
_QUOTED = re.compile(r'\s*[\w-]+:\s*"')
_OPEN, _CLOSE = "A quotation mark opens here and is not closed.", 'Put the missing " at the end.'
_TAB = "Replace every tab by spaces."
_ALIGN = "Compare the spaces at the beginning of this line and the one above with those in another file of data/faq."


class Text(NamedTuple):
    """A piece of text and the line it begins on, counted from 1."""

    value: str
    line: int


class Day(NamedTuple):
    """A date and its line."""

    value: date
    line: int


class Trouble(NamedTuple):
    """What is wrong on a line, and what to do: one sentence each."""

    line: int
    message: str
    fix: str


@dataclass
class Document:
    """What could be read of a file; what is missing is None or empty. `troubles` says what could not be read and why.

    read: whether the parts could be told apart at all; last: the number of the file's last line; metadata: the line of
    the part with title, sources and dates.
    """

    read: bool = False
    last: int = 1
    metadata: int | None = None
    title: Text | None = None
    questions: list[Text] = field(default_factory=list)
    answer: Text | None = None
    sources: list[Text] = field(default_factory=list)
    related: list[Text] = field(default_factory=list)
    reviewed: Day | None = None
    review_due: Day | None = None
    troubles: list[Trouble] = field(default_factory=list)


def read(topic: str, text: str) -> Document:
    """Return what `text`, the file of `topic`, holds."""
    document = Document(last=max(1, len(text.splitlines())))
    tabs = [number for number, line in enumerate(text.splitlines(), start=1) if "\t" in line]
    document.troubles += [Trouble(line, "There is a tab, and YAML allows only spaces.", _TAB) for line in tabs]
    try:
        root = yaml.compose(text, yaml.SafeLoader)
        # The assistant reads by another parser, which is stricter with colons in brackets.
        yaml.compose(text, yaml_file.LOADER)
    except yaml.YAMLError as error:
        if not tabs:
            document.troubles.append(_open_quote(text, error) or explain(error))
        return document
    document.read = True
    _Reader(topic, document).read(root)
    return document


def _open_quote(text: str, error: yaml.YAMLError) -> Trouble | None:
    """Find the quotation mark that was closed by the next one, lines below: YAML stumbles only over what follows."""
    mark = getattr(error, "problem_mark", None)
    for number, line in list(enumerate(text.splitlines(), start=1))[: mark.line + 1 if mark else 0]:
        if _QUOTED.match(line) and line.count('"') % 2:
            return Trouble(number, _OPEN, _CLOSE)
    return None


def explain(error: yaml.YAMLError) -> Trouble:
    """Return what `error` means, in words for people who do not know YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    problem, context = str(getattr(error, "problem", "") or ""), str(getattr(error, "context", "") or "")
    begun = getattr(error, "context_mark", None)
    if "mapping values are not allowed" in problem:
        return Trouble(
            line,
            "There is a colon (:) where none can stand.",
            'Put the whole text in "quotes", or, if the line belongs under the one above, indent it as its neighbors.',
        )
    if "quoted scalar" in context:
        opened = begun.line + 1 if begun else line
        return Trouble(opened, _OPEN, _CLOSE)
    if "flow sequence" in context or "flow mapping" in context:
        opened = begun.line + 1 if begun else line
        return Trouble(
            opened, "A bracket opens here and is not closed.", "Write the list as [one, another], with both brackets."
        )
    if "could not find expected ':'" in problem:
        opened = begun.line + 1 if begun else line
        return Trouble(
            opened,
            "This line is neither part of a text nor of the form name: value.",
            "Indent it as the text it belongs to, or write the name, a colon and a space before it.",
        )
    if "expected <block end>" in problem or "block mapping" in context or "indent" in problem:
        return Trouble(line, "This line is indented differently from the lines it belongs to.", _ALIGN)
    if "cannot start any token" in problem or "alias" in problem or "anchor" in context or "directive" in context:
        return Trouble(line, "The text begins with a sign that means something in YAML.", 'Put the text in "quotes".')
    if isinstance(error, yaml.reader.ReaderError):
        return Trouble(
            1, "There is a character in the file that cannot be shown.", "Type the text again as plain text."
        )
    return Trouble(line, f"The file's form is broken: {problem or error}.", _ALIGN)


class _Reader:
    """Fills a document from the nodes of its YAML."""

    def __init__(self, topic: str, document: Document) -> None:
        self._label, self._document = f"faq/{topic}", document

    def read(self, root: yaml.Node | None) -> None:
        if not isinstance(root, yaml.MappingNode):
            self._trouble(1, "The file is empty or has not the form of a topic.", "Start from a copy of another file.")
            return
        self._repeated(root)
        parts = _mapping(root)
        for name, (key, _) in parts.items():
            if name not in _TOP:
                self._trouble(
                    _line(key), f"{name} does not belong in a topic's file.", f"Remove it; known are {', '.join(_TOP)}."
                )
        if "version" in parts and getattr(parts["version"][1], "value", None) != VERSION:
            self._trouble(
                _line(parts["version"][1]), "The version is not the one we use.", f'Write version: "{VERSION}".'
            )
        self._questions(self._part(parts, "nlu", 1, "questions"))
        self._answer(self._part(parts, "responses", self._document.last, "answer"))

    def _questions(self, node: yaml.Node | None) -> None:
        if node is None:
            return
        entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if len(entries) != 1 or not isinstance(entries[0], yaml.MappingNode):
            self._trouble(
                _line(node),
                "Under nlu there must be one block of questions.",
                f'Keep one, begun by "- intent: {self._label}".',
            )
            return
        parts = _mapping(entries[0])
        intent = self._part(parts, "intent", _line(node), "intent")
        if intent is not None and intent.value != self._label:
            self._trouble(
                _line(intent),
                f"The intent is {intent.value}, but the file's name asks for {self._label}.",
                f"Write intent: {self._label}, or rename the file.",
            )
        examples = self._part(parts, "examples", _line(node), "questions")
        if examples is None:
            return
        if not isinstance(examples, yaml.ScalarNode) or examples.style != "|":
            self._trouble(
                _line(examples),
                "The questions are not in the form of lines.",
                'Write "examples: |", with the upright stroke, and the questions below it, one a line.',
            )
            return
        for text in _lines(examples):
            if text.value.startswith("- "):
                self._document.questions.append(Text(text.value[2:].strip(), text.line))
            elif text.value:
                fix = f'Write "- {text.value.lstrip("- ")}".'
                self._trouble(text.line, "A question does not begin with a dash and a space.", fix)

    def _answer(self, node: yaml.Node | None) -> None:
        if node is None:
            return
        name = f"utter_{self._label}"
        answers = _mapping(node)
        for other, (key, _) in answers.items():
            if other != name:
                self._trouble(
                    _line(key),
                    f"The answer {other} does not belong in the file of {self._label}.",
                    f"Write {name}, or move it to the file of its own topic.",
                )
        entry = self._part(answers, name, _line(node), "answer")
        if entry is None:
            return
        variations = entry.value if isinstance(entry, yaml.SequenceNode) else [entry]
        if len(variations) != 1 or not isinstance(variations[0], yaml.MappingNode):
            self._trouble(
                _line(entry), "There must be exactly one answer.", 'Keep one "- text: |-", so that all get the same.'
            )
            return
        parts = _mapping(variations[0])
        text = self._part(parts, "text", _line(entry), "answer")
        if text is not None and self._is_text(text, "answer"):
            # A block begins below its sign.
            self._document.answer = Text(text.value, _line(text) + (getattr(text, "style", None) in {"|", ">"}))
        self._metadata(self._part(parts, "metadata", _line(entry), "title, sources and dates"))

    def _metadata(self, node: yaml.Node | None) -> None:
        if node is None:
            return
        parts, document = _mapping(node), self._document
        document.metadata = line = _line(node)
        title = self._part(parts, "title", line, "title")
        if title is not None and self._is_text(title, "title"):
            document.title = Text(title.value, _line(title))
        sources = self._part(parts, "sources", line, "sources")
        document.sources = self._ids(sources, "sources")
        if isinstance(sources, yaml.SequenceNode) and not sources.value:
            self._trouble(_line(sources), "The sources are missing.", "Write at least one between the brackets.")
        document.related = self._ids(self._part(parts, "related", line, "related topics"), "related")
        document.reviewed = self._date(self._part(parts, "reviewed", line, "date of the last review"), "reviewed")
        document.review_due = self._date(self._part(parts, "review_due", line, "date of the next review"), "review_due")

    def _part(self, parts: _Parts, name: str, line: int, what: str) -> yaml.Node | None:
        """Return the node under `name`; where it is missing or empty, say so."""
        if name not in parts:
            are = "are" if what.endswith("s") else "is"
            self._trouble(
                line, f"The {what} {are} missing: there is no line {name}.", f'Add "{name}:", as in other files.'
            )
            return None
        key, node = parts[name]
        if isinstance(node, yaml.ScalarNode) and not node.value.strip():
            self._trouble(_line(key), f"There is nothing behind {name}.", f"Write the {what} there.")
            return None
        return node

    def _is_text(self, node: yaml.Node, what: str) -> bool:
        if isinstance(node, yaml.ScalarNode) and node.tag == _STRING:
            return True
        self._trouble(_line(node), f"The {what} is not read as text.", 'Put it in "quotes".')
        return False

    def _ids(self, node: yaml.Node | None, name: str) -> list[Text]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._trouble(_line(node), f"The {name} are not a list.", f"Write {name}: [one, another], with brackets.")
            return []
        return [Text(str(item.value), _line(item)) for item in node.value]

    def _date(self, node: yaml.Node | None, name: str) -> Day | None:
        if node is None:
            return None
        example = f'Write {name}: "2026-11-23", with the year first.'
        if node.tag == _DATE:
            self._trouble(_line(node), f"The date behind {name} is not in quotes.", f'Write {name}: "{node.value}".')
            return None
        try:
            return Day(date.fromisoformat(node.value), _line(node))
        except (TypeError, ValueError):
            self._trouble(_line(node), f"What stands behind {name} is not a date.", example)
            return None

    def _repeated(self, node: yaml.Node) -> None:
        """Say which names stand twice in one place: only the last would count."""
        for inner in _walk(node):
            seen: dict[str, int] = {}
            for key, _ in inner.value if isinstance(inner, yaml.MappingNode) else []:
                name = str(key.value)
                if name in seen:
                    self._trouble(
                        _line(key), f"{name} is there twice, first on line {seen[name]}.", "Keep one of the two."
                    )
                seen.setdefault(name, _line(key))

    def _trouble(self, line: int, message: str, fix: str) -> None:
        self._document.troubles.append(Trouble(line, message, fix))


def lines(text: Text) -> list[Text]:
    """Return the lines of a text in a block, each with its own number."""
    return [Text(line, text.line + number) for number, line in enumerate(text.value.splitlines())]


def _lines(node: yaml.ScalarNode) -> list[Text]:
    return [Text(text.value.strip(), text.line) for text in lines(Text(node.value, _line(node) + 1))]


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def _mapping(node: yaml.Node) -> _Parts:
    """Return the entries of `node`; nothing where there are none."""
    pairs: Sequence[tuple[yaml.Node, yaml.Node]] = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): (key, value) for key, value in pairs}


def _walk(root: yaml.Node) -> Iterator[yaml.Node]:
    """Yield every node once; a file may repeat a part by a reference to it."""
    waiting, known = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in known:
            continue
        known.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value

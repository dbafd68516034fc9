"""Read red flags: signs of danger in what a person types, by the patterns of red_flags.yml."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant import lead_in, yaml_file
from assistant.circumstances import Circumstances, Manner
from assistant.patterns import Found, Pattern, Vocabulary
from assistant.plain_words import NEGATED, PlainWords
from assistant.text import clean

FILE = Path(__file__).with_suffix(".yml")
# Most urgent first.
LEVELS = ("E", "C", "U")
# A longer message is read at its beginning and at its end: the work is bounded, and that is where people say it.
_MOST_CHARACTERS = 4_000
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[.,;:!?()/]+|(?<=\s)-+(?=\s)")
_SENTENCE_ENDS = frozenset(".!?;")


@dataclass(frozen=True)
class RedFlag:
    """A sign of danger that applies now.

    sign: its id in red_flags.yml; level: "E" emergency services, "C" crisis line, "U" same day; intent: "emergency" or
    "crisis"; after_botox: the sign is one of spread or allergy after Botox, or the message mentions the injections.
    """

    sign: str
    level: str
    intent: str
    after_botox: bool


@dataclass(frozen=True)
class _Sign:
    id: str
    level: str
    intent: str
    after_botox: bool
    habitual: bool
    pattern: Pattern
    own: tuple[str, ...]


@dataclass(frozen=True)
class _Text:
    """A message taken apart: its words, and how many commas, clauses and sentences end before each."""

    words: Sequence[str]
    commas: Sequence[int]
    clauses: Sequence[int]
    sentences: Sequence[int]


class RedFlags:
    """The patterns of a red_flags.yml, ready to read messages."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Prepare the patterns of `data`, as they stand in red_flags.yml."""
        families = {name: _entries(text) for name, text in data["families"].items()}
        self._signs = _signs(data["signs"])
        self._figures = [Pattern.parse(text) for text in data["figures_of_speech"]]
        self._vocabulary = Vocabulary(families, [*(sign.pattern for sign in self._signs), *self._figures])
        self._plain_words = PlainWords(
            {short: str(meant).split() for short, meant in data["chat"].items()},
            self._vocabulary.words,
            frozenset(data["spelled_right"].split()),
            self._vocabulary.words_of("@contraction"),
        )

    @classmethod
    def load(cls, file: Path = FILE) -> "RedFlags":
        """Read the patterns from `file`."""
        return cls(yaml_file.read(file))

    def read(self, text: str) -> RedFlag | None:
        """Return the most urgent sign of danger that applies now to the person or to somebody with them, if any.

        It is read with and without what leads in: "no, my face is drooping" answers something else, and denies nothing.
        """
        readings = dict.fromkeys((text, lead_in.without(text)))
        found = [flag for flag in map(self._read, readings) if flag]
        return min(found, key=lambda flag: LEVELS.index(flag.level), default=None)

    def _read(self, text: str) -> RedFlag | None:
        taken_apart = self._take_apart(text)
        if not taken_apart.words:
            return None
        found = self._vocabulary.find(taken_apart.words)
        circumstances = Circumstances(
            taken_apart.words, taken_apart.sentences, taken_apart.clauses, taken_apart.commas, found
        )
        for number in sorted({number for name in found for number in self._by_start.get(name, ())}):
            sign = self._signs[number]
            if self._applies(sign, taken_apart, found, circumstances):
                return RedFlag(sign.id, sign.level, sign.intent, sign.after_botox or "@botox" in found)
        return None

    def figure_of_speech(self, text: str) -> bool:
        """Return whether pain makes the person speak of dying without meaning it."""
        taken_apart = self._take_apart(text)
        found = self._vocabulary.find(taken_apart.words)
        return any(True for figure in self._figures for _ in figure.matches(found, taken_apart.commas))

    def _applies(self, sign: _Sign, text: _Text, found: Found, circumstances: Circumstances) -> bool:
        return any(
            circumstances.manner(span, sign.own, sign.pattern.meant, sign.habitual) is Manner.PRESENT
            for span in sign.pattern.matches(found, text.commas)
        )

    @cached_property
    def _by_start(self) -> Mapping[str, list[int]]:
        """Which signs to try for an element that was found."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, sign in enumerate(self._signs):
            for name in sign.pattern.starts:
                numbers[name].append(number)
        return numbers

    def _take_apart(self, text: str) -> _Text:
        half = _MOST_CHARACTERS // 2
        if len(text) > _MOST_CHARACTERS:
            text = f"{text[:half]} . {text[-half:]}"
        words: list[str] = []
        marks: dict[int, str] = {}
        for token in _TOKEN.findall(clean(text.replace("\n", " . ")).lower()):
            if token[0].isalpha():
                words += self._plain_words.of(token)
                if words[-1] == "not" and len(words) > 1 and len(words) - 1 not in marks and words[-2] in NEGATED:
                    words[-2:] = [NEGATED[words[-2]]]
            elif token[0].isdigit():
                words.append(token)
            else:
                marks[len(words)] = marks.get(len(words), "") + token
        return self._divided(words, marks)

    def _divided(self, words: Sequence[str], marks: Mapping[int, str]) -> _Text:
        """Count the commas, clauses and sentences that end before each word."""
        commas, clauses, sentences = ([0] * (len(words) + 1) for _ in range(3))
        comma = clause = sentence = 0
        for place, word in enumerate(words):
            mark = marks.get(place, "")
            turn = word in self._turns
            ends = not _SENTENCE_ENDS.isdisjoint(mark)
            comma += bool(mark) or turn
            clause += ends or turn or (bool(mark) and word in self._subjects)
            sentence += ends
            commas[place], clauses[place], sentences[place] = comma, clause, sentence
        commas[-1], clauses[-1], sentences[-1] = comma, clause, sentence
        return _Text(words, commas, clauses, sentences)

    @cached_property
    def _turns(self) -> frozenset[str]:
        """The words with which the sentence turns to something else: "but"."""
        return self._vocabulary.words_of("@but")

    @cached_property
    def _subjects(self) -> frozenset[str]:
        """The words with which a new clause begins after a comma."""
        return self._vocabulary.words_of("@person") | self._vocabulary.words_of("@subject")


def _signs(data: Mapping[str, Any]) -> list[_Sign]:
    """Return every pattern of every sign, the most urgent first."""
    signs = []
    for level in LEVELS:
        for id_, sign in data.items():
            for text in sign.get(level, ()):
                pattern = Pattern.parse(text).without(sign.get("unless", ""))
                signs.append(
                    _Sign(
                        id_,
                        level,
                        sign["intent"],
                        sign.get("botox", False),
                        sign.get("habitual", False),
                        pattern,
                        tuple(pattern.required),
                    )
                )
    return signs


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",")]

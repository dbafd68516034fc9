"""Cut what a person writes into words and phrases that have a role in stating an amount (lexemes.yml)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import yaml_file
from assistant.text import clean

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

FILE = Path(__file__).with_suffix(".yml")

# A person types a few lines; what comes after that is not read for numbers.
_MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class Lexeme:
    """A word or phrase: its role as one letter (see _ROLES), what it stands for, and its text."""

    role: str
    value: Any
    text: str


def lexemes(text: str) -> tuple[Lexeme, ...]:
    """Return `text` as the longest phrases that have a role, and the words between them. Any text can be cut."""
    return tuple(_cut(_prepared(text)))


# The letter by which the grammar in quantities.py knows each role of lexemes.yml. "n" is a number, "z" a calendar year,
# "." the end of a clause, "_" any other word; "k" stands before a number or after it.
_ROLES = {
    "ignored_units": "I", "per": "p", "article": "i", "every": "e", "alternate": "a", "times": "x", "between": "B",
    "range": "-", "both": "&", "half_more": "v", "half": "h", "except": "X", "clear": "l", "headache": "H",
    "migraine": "G", "of_them": "c", "all_of_them": "C", "half_of_them": "b", "medicine": "R", "attack_length": "L",
    "attack_length_after": "m", "age_before": "A", "age_after": "o", "since": "s", "ago": "g", "long_ago": "Z",
    "long_ago_since": "S", "attacks": "Q", "elsewhere": "O", "retracted": "J", "in_the_last": "N", "from": "U",
    "last_year": "y", "none": "0", "additional": "E", "past": "P", "plain": "_", "unknown": "u", "vague": "V",
    "vague_length": "w", "slash": "/", "for": "f", "last": "T",
}  # fmt: skip
_VALUED = {"before": "q", "after": "t", "fixed": "K", "ordinal": "r", "months": "j"}
_UNITS = {1: "D", 7: "W", 14: "F", 30: "M", 365: "Y", 3650: "Y"}

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TOKEN = re.compile(
    r"minus\d+(?:\.\d+)?|\d+(?:st|nd|rds?|th)\b|\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|1\u20442|[<>]=|\S"
)
# "One" counts only where something is counted: not in "the one with aura".
_ONE = re.compile(
    r"(?<!every )(?<!each )(?<!the )(?<!no )\b(?:one|1 )(?=\s*(?:to|or|-|clear|good|days?|weeks?|months?|years?|times?"
    r"|headaches?|migraines?|a|per|every|in)\b)"
)


def _prepared(text: str) -> str:
    """Return `text` in lower case with its numbers in digits."""
    from text_to_num import alpha2digit

    text = clean(re.sub(r"(\d)\s*½", r"\1 and a half", text[:_MOST_CHARACTERS]).replace("\n", " . ")).lower()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"\ba couple( of)?\b|\bcouple of\b", "2 ", re.sub(r"\b(?:a )?half (?:a )?dozen\b", "6", text))
    text = re.sub(r"\ba (?=dozen|hundred|thousand|million|billion)", "", text)
    text = re.sub(r"[a-z]+", lambda match: _content()["spelt"].get(match[0], match[0]), text)
    text = re.sub(r"\bhundred\b(?<!\w hundred)", "100", text)
    text = _ONE.sub("1", alpha2digit(text, "en", 1))
    text = re.sub(r"(\d),(?=\d{3}\b)", r"\1", text)
    text = re.sub(r"(?:\+|\bplus\b)\s*(?=\d)", " another ", text)
    # A minus sign stands before a number that nothing precedes; between numbers it is "to".
    return re.sub(r"(?:(?<=^)|(?<=\s))(?:-|minus )\s?(?=\d)(?<!\d -)(?<!\d - )", "minus", text)


def _cut(text: str) -> Iterator[Lexeme]:
    """Cut prepared text into the longest phrases that have a role, and the words between them."""
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    vocabulary, matcher, meanings = _vocabulary()
    doc = Doc(vocabulary, words=_TOKEN.findall(text) or ["."])
    spans = {span.start: span for span in filter_spans(matcher(doc, as_spans=True))}
    position = 0
    while position < len(doc):
        span = spans.get(position)
        if span is not None:
            role, value = meanings[span.label]
            yield Lexeme(role, value, span.text)
        else:
            yield _single(doc[position].text)
        position = position + 1 if span is None else span.end


def _single(token: str) -> Lexeme:
    number = token.replace("minus", "-")
    if _NUMBER.fullmatch(number):
        value = float(number[:12])
        return Lexeme("z" if 1900 <= value <= 2100 and "." not in number else "n", value, token)
    if token[0].isdigit():
        return Lexeme("r", float(token.rstrip("strndh")), token)
    return Lexeme("." if token in set(".,;!?()") else "_", None, token)


@cache
def _vocabulary() -> "tuple[Vocab, PhraseMatcher, dict[int, tuple[str, Any]]]":
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    vocabulary = Vocab()
    matcher = PhraseMatcher(vocabulary)
    meanings: dict[int, tuple[str, Any]] = {}
    for number, (phrase, meaning) in enumerate(phrases().items()):
        label = f"phrase {number}"
        matcher.add(label, [Doc(vocabulary, words=_TOKEN.findall(phrase))])
        meanings[vocabulary.strings.add(label)] = meaning
    return vocabulary, matcher, meanings


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml_file.read(FILE)
    return content


def phrases() -> dict[str, tuple[str, Any]]:
    """Return each phrase of lexemes.yml with its role's letter and its value; a later role wins over an earlier."""
    content = {role: entry for role, entry in _content().items() if role != "spelt"}
    phrases: dict[str, tuple[str, Any]] = {}
    for role, entry in content.items():
        for value, listed in entry.items() if isinstance(entry, dict) else [(0, entry)]:
            letter = _UNITS[int(value)] if role == "units" else _VALUED.get(role) or _ROLES[role]
            for phrase in map(str, listed):
                known = phrases.get(phrase)
                # "About 15" and "15 roughly": the same words before and after.
                phrases[phrase] = ("k" if known and (known[0], letter) == ("q", "t") else letter, value)
    return phrases

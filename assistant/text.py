"""Make a person's message safe and even to read, without changing what it says; and put numbers into words."""

import re
import unicodedata

# A tag, not a comparison: "<b>" goes, "headaches < 15 days" and "<15" stay.
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,200}>")
_SPACE = re.compile(r"\s+")
_LEADING_SLASHES = re.compile(r"^[\s/]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def clean(text: str) -> str:
    """Return `text` on one line: no markup, no control characters, no leading slash.

    Rasa reads a message that starts with a slash as a command; a person's message never is one.
    """
    text = unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    text = _TAG.sub(" ", text)
    if not text.isprintable():
        text = "".join(_printable(character) for character in text)
    return _LEADING_SLASHES.sub("", _SPACE.sub(" ", text)).strip()


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case, without punctuation."""
    return _WORD.findall(clean(text).lower())


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, and the lines of a list."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]


def key(text: str) -> str:
    """Return what two spellings of the same question share: its words in lower case."""
    return " ".join(words(text))


def count(number: int, what: str) -> str:
    """Return such as `1 question` or `3 questions`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _printable(character: str) -> str:
    """Turn a control, format or private-use character into what it stands for in running text."""
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category.startswith("C") else character

"""Ask for text in a terminal or from a pipe; nothing is done before the last answer."""

import select
import sys
from collections.abc import Iterator, Sequence

from cli.problem import Problem


def line(prompt: str = "> ", filled: str = "") -> str:
    """Return what was typed, without spaces around it. In a terminal, `filled` stands there to be changed.

    Raises:
        Problem: the input has ended.
    """
    if fills():
        # Arrow keys work, too, once it is imported.
        import readline

        readline.set_startup_hook(lambda: readline.insert_text(filled))
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        raise Problem("The input ended before the last question.") from None


def fills() -> bool:
    """Return whether a line can stand there to be changed: in a terminal."""
    return sys.stdin.isatty()


def lines(filled: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines typed until an empty one; one in the middle of a pasted text does not end it.

    In a terminal, the lines of `filled` come first, each to be changed, or emptied to leave it out.
    """
    if fills():
        yield from filter(None, (line(filled=old) for old in filled))
    said = bool(filled)
    while True:
        text = line()
        if text:
            said = True
            yield text
        elif not said or not _more_is_waiting():
            return


def choice(question: str, *answers: str) -> str:
    """Return which of `answers` was chosen, by its first letters; asked again until it is one."""
    while True:
        typed = line(f"{question} [{' / '.join(answers)}] ").lower()
        chosen = [answer for answer in answers if typed and answer.startswith(typed)]
        if len(chosen) == 1:
            return chosen[0]
        print(f"Please type one of: {', '.join(answers)}.")


def agreed(question: str, already: bool) -> bool:
    """Return whether the answer is yes; not asked where it was given `already`, by an option."""
    return already or choice(question, "yes", "no") == "yes"


def numbers(text: str, most: int) -> list[int] | None:
    """Return the numbers in `text`, "1, 3 4", each once; None if something else is in it or one is above `most`."""
    words = text.replace(",", " ").split()
    if not all(word.isdecimal() and 1 <= int(word) <= most for word in words):
        return None
    return list(dict.fromkeys(map(int, words)))


def _more_is_waiting() -> bool:
    """Return whether more lines were pasted: nobody types the next one within a tenth of a second."""
    return sys.stdin.isatty() and bool(select.select([sys.stdin], [], [], 0.1)[0])

"""What is said to the bots, and how long they take to answer."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cli.client import Conversation

FAQ, CHECK, FALLBACK = "FAQ", "eligibility", "fallback"
FIRST = "does it hurt"

# A session: questions, the whole check, and what is not understood.
SESSION = (
    (FAQ, "what are the side effects of botox"),
    (FAQ, "how long does it take to work"),
    (FALLBACK, "can you recommend a good pizza place"),
    (FAQ, "how many injections will i get"),
    (CHECK, "could botox be for me"),
    (CHECK, "yes"),
    (CHECK, "yes"),
    (CHECK, "about 18"),
    (CHECK, "10 days"),
    (CHECK, "two years"),
    (FALLBACK, "is there something else i could look at"),
    (FAQ, "does it hurt"),
)


@dataclass(frozen=True)
class Took:
    """A turn: its kind, and how long the answer took, in seconds."""

    kind: str
    seconds: float


def session(say: Callable[[str], object]) -> list[Took]:
    """Hold one session by `say`, which returns when the answer is there."""
    return [_timed(kind, text, say) for kind, text in SESSION]


def over_http(address: str, sessions: int) -> list[Took]:
    """Hold `sessions` one after the other with the bot at `address`."""
    return [took for _ in range(sessions) for took in session(Conversation(address).say)]


def long_conversation(address: str) -> Iterator[Took]:
    """Hold one conversation turn by turn, session upon session, without end."""
    say = Conversation(address).say
    while True:
        for kind, text in SESSION:
            yield _timed(kind, text, say)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0 to 1) of `values` do not exceed: the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def new_sender() -> str:
    """Return the name of a new conversation."""
    return uuid.uuid4().hex


def _timed(kind: str, text: str, say: Callable[[str], object]) -> Took:
    began = time.perf_counter()
    say(text)
    return Took(kind, time.perf_counter() - began)

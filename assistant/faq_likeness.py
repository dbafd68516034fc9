"""Find topics whose questions mean nearly the same as those of another: the classifier would mix them up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.encoder import Encode, SentenceEncoder, Vectors, meaning

# Cosine similarities of two questions. From SAME up they ask the same; 10 of our 6,956 questions are that close to
# another topic. From LIKE up a question reads like another topic if nothing in its own is as close.
SAME = 0.92
LIKE = 0.6
# A topic reads like another if so great a share of its questions does; none of the 42 that we wrote has more than 0.12.
SHARE = 0.2
_FEWEST = 2


@dataclass(frozen=True)
class Likeness:
    """Questions of one topic that read like another's.

    topic, other: the labels; question: the place of the closest question among its topic's; theirs: what it is close
    to; number: how many questions there are.
    """

    topic: str
    other: str
    question: int
    theirs: str
    number: int


def clashes(
    topics: Sequence[str],
    asked: Mapping[str, Sequence[str]],
    encode: Encode | None = None,
) -> Iterator[Likeness]:
    """Yield which of `topics` read like another label of `asked` (questions by label), the closest first.

    encode: the sentence encoder, loaded now by default.
    """
    labels = np.array([label for label, questions in asked.items() for _ in questions])
    texts = [question for questions in asked.values() for question in questions]
    if not texts:
        return
    vectors = meaning((encode or SentenceEncoder().encode)(texts))
    for topic in topics:
        own = np.flatnonzero(labels == topic)
        if not own.size:
            continue
        likeness = vectors[own] @ vectors.T
        likeness[np.arange(own.size), own] = -1
        nearest_own = likeness[:, own].max(axis=1)
        likeness[:, own] = -1
        nearest = likeness.argmax(axis=1)
        yield from _groups(topic, own.size, likeness[np.arange(own.size), nearest], nearest_own, nearest, labels, texts)


def _groups(
    topic: str, size: int, likeness: Vectors, nearest_own: Vectors, nearest: Vectors, labels: Vectors, texts: list[str]
) -> Iterator[Likeness]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place in np.argsort(-likeness):
        if likeness[place] >= SAME or likeness[place] >= max(LIKE, nearest_own[place]):
            groups[str(labels[nearest[place]])].append(int(place))
    for other, places in groups.items():
        same = [place for place in places if likeness[place] >= SAME]
        many = len(places) >= max(_FEWEST, SHARE * size)
        if same or many:
            yield Likeness(topic, other, places[0], texts[nearest[places[0]]], len(places if many else same))


def nearest(texts: Sequence[str], asked: Mapping[str, Sequence[str]], encode: Encode | None = None) -> list[str]:
    """Return the labels of `asked` (questions by label), those whose questions lie nearest to `texts` first."""
    encode = encode or SentenceEncoder().encode
    questions = [question for one in asked.values() for question in one]
    vectors = meaning(encode([*texts, *questions]))
    ours, theirs = vectors[: len(texts)], vectors[len(texts) :]
    # The nearest question decides, for each text of ours: a broad topic has far ones too.
    likeness: dict[str, float] = {}
    start = 0
    for label, one in asked.items():
        part = theirs[start : start + len(one)]
        likeness[label] = float((ours @ part.T).max(axis=1).mean()) if len(one) else -1.0
        start += len(one)
    return sorted(likeness, key=lambda label: -likeness[label])

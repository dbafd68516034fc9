"""The inbox of the staff: questions that were not answered, grouped by meaning, those of most conversations first."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.encoder import Encode, meaning
from assistant.inbox_store import Asked
from assistant.text import key, words

Floats = npt.NDArray[np.float32]

# Two questions of one group are at least so alike (cosine similarity); measured in docs/decisions/0009-inbox.md.
_ALIKE = 0.4
# A question that is so like the middle of a group that was dealt with is dealt with.
_SETTLED = 0.65
# How many conversations must have used a word that the assistant does not know, before anybody reads it.
_LEAST_TO_SHOW_A_WORD = 2
_HIDDEN = "[...]"
_MASK = re.compile(r"\[(?:email|name|number|\.\.\.)\]")
_WORD_OR_MASK = re.compile(rf"{_MASK.pattern}|[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True)
class Group:
    """Questions that mean about the same.

    id: the number of its oldest question; conversations: how many different ones asked; questions: as they may be
    shown, each once, the most typical first; ids: those of all questions in it; meaning: unit vector, shape (384,).
    """

    id: int
    conversations: int
    questions: tuple[str, ...]
    ids: tuple[int, ...]
    meaning: Floats

    @property
    def whole(self) -> tuple[str, ...]:
        """The questions in which nothing is masked: only these can teach the assistant."""
        return tuple(question for question in self.questions if not _MASK.search(question))


def groups(
    asked: Sequence[Asked],
    settled: Sequence[Floats],
    encode: Encode,
    known: Collection[str],
    least: int,
) -> list[Group]:
    """Return the groups of questions that at least `least` different conversations asked, the most asked first.

    Args:
        asked: the questions that wait.
        settled: the meaning of each group that was dealt with.
        encode: the sentence encoder, sentences in and vectors out.
        known: words, in lower case, that the assistant knows: they lead to nobody.
        least: from how many conversations on a group may be shown.
    """
    by_key: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        by_key[key(one.question)].append(one)
    if not by_key:
        return []
    alike = list(by_key.values())
    vectors = meaning(encode([same[0].question for same in alike]))
    if settled:
        open_ = (vectors @ np.stack(settled).T).max(axis=1) < _SETTLED
        alike, vectors = [same for same, is_open in zip(alike, open_, strict=True) if is_open], vectors[open_]
    found = [_group([alike[place] for place in places], vectors[places], known) for places in _clusters(vectors)]
    shown = [group for group in found if group.conversations >= least]
    return sorted(shown, key=lambda group: (-group.conversations, group.id))


def _clusters(vectors: Floats) -> list[list[int]]:
    """Return the places of the vectors that lie together: in each cluster every two are alike."""
    from sklearn.cluster import AgglomerativeClustering

    if len(vectors) < 2:
        return [[place] for place in range(len(vectors))]
    clustering: Any = AgglomerativeClustering(
        n_clusters=None, affinity="cosine", linkage="complete", distance_threshold=1 - _ALIKE
    )
    places: dict[int, list[int]] = defaultdict(list)
    for place, cluster in enumerate(clustering.fit_predict(vectors)):
        places[int(cluster)].append(place)
    return list(places.values())


def _group(alike: Sequence[Sequence[Asked]], vectors: Floats, known: Collection[str]) -> Group:
    """Make a group of questions, those with the same words together, with one vector for each of them."""
    members = [one for same in alike for one in same]
    middle = vectors.mean(axis=0)
    middle /= np.linalg.norm(middle)
    by_typical = np.argsort(-(vectors @ middle), kind="stable")
    users: dict[str, set[str]] = defaultdict(set)
    for one in members:
        for word in words(one.question):
            users[word].add(one.conversation)
    public = {word for word, conversations in users.items() if len(conversations) >= _LEAST_TO_SHOW_A_WORD}
    shown = [_shown(alike[place][0].question, public, known) for place in by_typical]
    return Group(
        id=min(one.id for one in members),
        conversations=len({one.conversation for one in members}),
        questions=tuple(dict.fromkeys(shown)),
        ids=tuple(sorted(one.id for one in members)),
        meaning=middle.astype(np.float32),
    )


def _shown(question: str, public: Collection[str], known: Collection[str]) -> str:
    """Return the question with the words hidden that only one conversation used and the assistant does not know."""

    def show(found: "re.Match[str]") -> str:
        word = found[0].lower()
        return found[0] if word.startswith("[") or word in public or word in known else _HIDDEN

    return _WORD_OR_MASK.sub(show, question)

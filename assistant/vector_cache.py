"""Keeps the vectors of sentences in a file: training again after one changed question encodes one sentence."""

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant import whole_file
from assistant.encoder import DIMENSIONS, SentenceEncoder, Vectors


class VectorCache:
    """The vectors of the sentences that were last kept, in one file (NumPy archive, half precision).

    A file that is missing, damaged or of another encoder holds nothing. Vectors come out the same whether they were
    in the file or not: those that are new are rounded as the stored ones are.
    """

    def __init__(self, file: Path, encoder: SentenceEncoder) -> None:
        """Read `file`, if there is one."""
        self._file = file
        self._encoder = encoder
        self._known = _read(file, encoder.digest)
        self._kept = frozenset(self._known)

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one vector a sentence, shape (len(sentences), 1536)."""
        digests = [_digest(sentence) for sentence in sentences]
        new = {
            digest: sentence for digest, sentence in zip(digests, sentences, strict=True) if digest not in self._known
        }
        encoded = self._encoder.encode(list(new.values())).astype(np.float16)
        self._known.update(zip(new, encoded, strict=True))
        vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
        for row, digest in enumerate(digests):
            vectors[row] = self._known[digest]
        return vectors

    def keep(self, sentences: Sequence[str]) -> None:
        """Write the vectors of `sentences`, which were encoded before, and no others; whole or not at all."""
        digests = sorted({_digest(sentence) for sentence in sentences})
        if self._kept and self._kept == set(digests):
            return
        with whole_file.written(self._file) as made, made.open("wb") as archive:
            np.savez(
                archive,
                encoder=np.asarray(self._encoder.digest),
                sentences=np.asarray(digests, dtype="S32"),
                vectors=np.asarray([self._known[digest] for digest in digests], dtype=np.float16),
            )
        self._kept = frozenset(digests)


def _digest(sentence: str) -> bytes:
    return hashlib.blake2b(sentence.encode(), digest_size=16).hexdigest().encode()


def _read(file: Path, encoder: str) -> dict[bytes, Vectors]:
    try:
        with np.load(file, allow_pickle=False) as stored:
            if str(stored["encoder"]) != encoder:
                return {}
            return dict(zip(stored["sentences"].tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}

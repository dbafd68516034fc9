"""Remember sentence vectors from one run to the next: thousands of questions are encoded once, not each time."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.encoder import WEIGHTS, SentenceEncoder, Vectors, meaning

Encode = Callable[[Sequence[str]], Vectors]


class VectorCache:
    """Encodes like a SentenceEncoder, but only what `file` does not hold; the file keeps what was asked for last.

    A file that is damaged or was made with other weights is no error: it is made again.
    """

    def __init__(self, file: Path, encode: Encode | None = None) -> None:
        """Read nothing yet. encode: what makes vectors; the packaged encoder, loaded when needed, by default."""
        self._file, self._encode = file, encode

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return the meaning of each sentence, shape (len(sentences), 384)."""
        keys = [hashlib.sha256(f"{WEIGHTS[-1]}{sentence}".encode()).hexdigest() for sentence in sentences]
        known = self._read()
        missing = {key: sentence for key, sentence in zip(keys, sentences, strict=True) if key not in known}
        if missing:
            encode = self._encode or SentenceEncoder().encode
            known |= dict(zip(missing, meaning(encode(list(missing.values()))), strict=True))
        used = dict.fromkeys(keys)
        vectors = np.array([known[key] for key in used]) if used else np.zeros((0, 0), np.float32)
        if missing:
            self._write(list(used), vectors)
        places = {key: place for place, key in enumerate(used)}
        rows: Vectors = vectors[[places[key] for key in keys]]
        return rows

    def _read(self) -> dict[str, Vectors]:
        try:
            with np.load(self._file) as held:
                return dict(zip(held["keys"].tolist(), held["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError):
            return {}

    def _write(self, keys: list[str], vectors: Vectors) -> None:
        """Replace the file in one step; where it cannot be written, the next run is slower and nothing is lost."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._file.parent, suffix=".npz", delete=False) as scratch:
                np.savez(scratch, keys=np.array(keys), vectors=vectors)
            os.replace(scratch.name, self._file)
        except OSError:
            return

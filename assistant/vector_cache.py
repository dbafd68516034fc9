"""Remember sentence vectors from one run to the next: thousands of questions are encoded once, not each time."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from assistant.encoder import POOLED, WEIGHTS, Encode, SentenceEncoder, Vectors, meaning

# 1.5 KB each; a FAQ with all its other questions has some 10,000.
_MOST = 30_000


class VectorCache:
    """Encodes like a SentenceEncoder, but only what `file` does not hold yet.

    A file that is damaged or was made with other weights is no error: it is made again.
    """

    def __init__(self, file: Path, encode: Encode | None = None) -> None:
        """Read nothing yet. encode: what makes vectors; the packaged encoder, loaded when needed, by default."""
        self._file, self._encode = file, encode
        self._known: dict[str, Vectors] | None = None

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return the meaning of each sentence, shape (len(sentences), 384)."""
        keys = [hashlib.sha256(f"{WEIGHTS[-1]}{sentence}".encode()).hexdigest() for sentence in sentences]
        known = self._known = self._read() if self._known is None else self._known
        missing = {key: sentence for key, sentence in zip(keys, sentences, strict=True) if key not in known}
        if missing:
            encode = self._encode or SentenceEncoder().encode
            made = zip(missing, meaning(encode(list(missing.values()))), strict=True)
            # When it is full, what is asked for now is kept.
            kept = known if len(known) + len(missing) <= _MOST else {key: known[key] for key in keys if key in known}
            known = self._known = {**kept, **dict(made)}
            self._write(known)
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), POOLED)

    def _read(self) -> dict[str, Vectors]:
        try:
            with np.load(self._file) as held:
                return dict(zip(held["keys"].tolist(), held["vectors"], strict=True))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}

    def _write(self, known: dict[str, Vectors]) -> None:
        """Replace the file in one step; where it cannot be written, the next run is slower and nothing is lost."""
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._file.parent, suffix=".tmp", delete=False) as scratch:
                np.savez(scratch, keys=np.array(list(known)), vectors=np.array(list(known.values())))
            os.replace(scratch.name, self._file)

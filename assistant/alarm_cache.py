"""Keeps the trained alarm classifier: no change of the topics has it trained again."""

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import alarm_classifier, linear, whole_file, wording
from assistant.alarm_classifier import AlarmClassifier
from assistant.encoder import SentenceEncoder
from assistant.training_data import Example
from assistant.vector_cache import VectorCache

# What is learned also depends on how it is learned.
_CODE = tuple(Path(str(module.__file__)) for module in (alarm_classifier, linear, wording))
_KEPT = "alarms-"


class AlarmCache:
    """The classifier that was trained last, in a folder; the name of its file is a digest of what it was made of.

    The vectors of its messages are kept there as well: after a change of them, only what is new is encoded.
    """

    def __init__(self, folder: Path, encoder: SentenceEncoder) -> None:
        """Keep it in `folder`, which is made when there is something to keep."""
        self._folder = folder
        self._encoder = encoder

    def train(self, examples: Sequence[Example], **settings: Any) -> AlarmClassifier:
        """Return what AlarmClassifier.train makes of the examples, from the folder where nothing changed since.

        A damaged file is replaced.

        Raises:
            OSError: it cannot be written.
        """
        file = self._folder / f"{_KEPT}{self._digest(examples, settings)}.npz"
        try:
            return AlarmClassifier.load(file)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            pass
        messages = [example.text for example in examples]
        vectors = VectorCache(self._folder / "vectors.npz", self._encoder)
        labels = [example.label for example in examples]
        trained = AlarmClassifier.train(messages, vectors.encode(messages), labels, **settings)
        vectors.keep(messages)
        with whole_file.written(file) as made:
            trained.save(made)
        for old in self._folder.glob(f"{_KEPT}*.npz"):
            if old != file:
                old.unlink(missing_ok=True)
        return trained

    def _digest(self, examples: Sequence[Example], settings: dict[str, Any]) -> str:
        digest = hashlib.sha256(repr((self._encoder.digest, sorted(settings.items()))).encode())
        for code in _CODE:
            digest.update(code.read_bytes())
        for example in examples:
            digest.update(f"{example.label}\n{example.text}\n".encode())
        return digest.hexdigest()[:32]

"""Keeps the trained alarm classifier: no change of the topics has it trained again."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import alarm_classifier, wording
from assistant.alarm_classifier import AlarmClassifier
from assistant.classifier import Floats
from assistant.faq import PREFIX

# What is learned also depends on how it is learned.
_CODE = (Path(alarm_classifier.__file__), Path(wording.__file__))


class AlarmCache:
    """The classifier that was trained last, in a folder; the name of its file is a digest of what it was made of."""

    def __init__(self, folder: Path) -> None:
        """Keep it in `folder`, which is made when there is something to keep."""
        self._folder = folder

    def train(
        self, messages: Sequence[str], vectors: Floats, labels: Sequence[str], **settings: Any
    ) -> AlarmClassifier:
        """Return what AlarmClassifier.train does, from the folder where nothing changed that it learns from.

        A damaged file is replaced.

        Raises:
            OSError: it cannot be written.
        """
        file = self._folder / f"{_digest(messages, vectors, labels, settings)}.npz"
        try:
            return AlarmClassifier.load(file)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            trained = AlarmClassifier.train(messages, vectors, labels, **settings)
        self._keep(trained, file)
        return trained

    def _keep(self, trained: AlarmClassifier, file: Path) -> None:
        """Write it, whole or not at all, and remove what was kept before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder) as scratch:
            written = Path(scratch) / file.name
            trained.save(written)
            os.replace(written, file)
        for old in self._folder.glob("*.npz"):
            if old != file:
                old.unlink(missing_ok=True)


def _digest(messages: Sequence[str], vectors: Floats, labels: Sequence[str], settings: dict[str, Any]) -> str:
    digest = hashlib.sha256(repr(sorted(settings.items())).encode())
    for code in _CODE:
        digest.update(code.read_bytes())
    for message, vector, label in zip(messages, vectors, labels, strict=True):
        if not label.startswith(PREFIX):
            digest.update(f"{label}\n{message}\n".encode())
            digest.update(vector.tobytes())
    return digest.hexdigest()[:32]

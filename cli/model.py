"""The trained model: is there a current one, is it whole, and how it is made."""

import hashlib
import os
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

from cli import environment
from cli.paths import MODELS, PROJECT, WORK
from cli.problem import Problem
from cli.progress import progress

_KEPT = 3
# A model takes 15 MB; Rasa writes it three times over on the way.
ROOM = 200 * 1024 * 1024
_NO_ROOM = ("No space left on device", "Disk quota exceeded", "File too large")


def current() -> Path:
    """Return where the model of the present content and code is, or will be."""
    digest = hashlib.sha256()
    for file in _ingredients():
        digest.update(file.relative_to(PROJECT).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return MODELS / f"migraine-{digest.hexdigest()[:12]}.tar.gz"


def ready() -> Path:
    """Return the current model, trained now if there is none.

    Raises:
        Problem: the model is damaged, there is no room for one, or training failed.
    """
    model = current()
    if not model.exists():
        train(model)
    check(model)
    return model


def train(model: Path) -> None:
    """Train on the present content and write `model`, whole or not at all.

    Raises:
        Problem: there is no room, or training failed.
    """
    for folder in (model.parent, WORK, Path(tempfile.gettempdir())):
        require_room(folder, ROOM)
    began = time.monotonic()
    log = WORK / "train.log"
    # Beside its place, so that moving it there is one step, whatever the folder is mounted on.
    with (
        tempfile.TemporaryDirectory(dir=model.parent, prefix=".training-") as scratch,
        progress("Training (about 60 s, faster after the first time)"),
    ):
        process = environment.start(
            "rasa", "train", "--force", "--skip-validation", "--out", scratch, "--fixed-model-name", "model", log=log
        )
        try:
            failed = process.wait() != 0
        finally:
            process.kill()
        trained = Path(scratch) / "model.tar.gz"
        if failed or not trained.exists():
            raise Problem(_reason(log))
        os.replace(trained, model)
    _tidy(model.parent)
    print(f"Trained in {time.monotonic() - began:.0f} s.", flush=True)


def _tidy(folder: Path) -> None:
    """Remove all but the newest models: each can be trained again from the content that made it."""
    newest_first = sorted(folder.glob("migraine-*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in newest_first[_KEPT:]:
        old.unlink()


def check(model: Path) -> None:
    """Read `model` from end to end.

    Raises:
        Problem: it is damaged.
    """
    try:
        with tarfile.open(model) as archive:
            names = [entry.name for entry in archive]
    except (OSError, EOFError, tarfile.TarError, zlib.error):
        names = []
    if "metadata.json" not in names:
        raise Problem(f"The model {model} is damaged. Delete this file and run the command again: it trains a new one.")


def require_room(folder: Path, room: int) -> None:
    """Make sure that `folder` exists and has `room` bytes free.

    Raises:
        Problem: it has not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < room:
        raise Problem(
            f"There is no room for a model: {folder} has {free / 1e6:.0f} MB free, and {room / 1e6:.0f} MB are needed. "
            "Free some space and run the command again."
        )


def _ingredients() -> Iterator[Path]:
    """Yield every file that makes the model what it is, in a fixed order."""
    for pattern in (
        "config.yml",
        "domain.yml",
        "data/**/*.yml",
        "assistant/*.py",
        "components/*.py",
        "requirements/runtime.txt",
    ):
        yield from sorted(PROJECT.glob(pattern))


def _reason(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace")
    if any(sign in text for sign in _NO_ROOM):
        return "There was no room to write the model. Free some space and run the command again."
    return f"Training failed: {environment.last_line(log)}\nThe whole report is in {log}."

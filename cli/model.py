"""The trained model: is there a current one, is it whole, and how it is made."""

import getpass
import hashlib
import io
import json
import os
import shutil
import sys
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from assistant import faq, releases, sources, training_data
from cli import environment
from cli.paths import MODELS, PROJECT, PUBLISHED, WORK
from cli.problem import Problem
from cli.progress import progress

_KEPT = 3
_METADATA = "metadata.json"
# A model takes 32 MB; Rasa writes it three times over on the way.
ROOM = 200 * 1024 * 1024
_SCRATCH = ".training-"
_NO_ROOM = ("No space left on device", "Disk quota exceeded", "File too large")


def current() -> Path:
    """Return where the model of the present content and code is, or will be."""
    return _named(releases.read(PROJECT))


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


def live() -> Path:
    """Return the model for patients: made of the answers that were published last, and of all else as it is now.

    Where nothing was published yet, the answers that are there become the first release. Where the program or other
    data changed since, the published answers are trained anew, and that becomes a release. Answers that were edited but
    not published never come in; a line says that there are some.

    Raises:
        Problem: the model is damaged, there is no room for one, or training failed.
    """
    known = releases.Releases(PUBLISHED)
    present = releases.read(PROJECT)
    release = live_release()
    if release is None or release.record.basis != basis() or not release.model.exists():
        deed = by()
        with known.alone(deed, wait=True):
            release = live_release()
            if release is None:
                release = make(known, present, deed, ["the first version, made of the answers as they were"])
            elif release.record.basis != basis():
                release = make(known, release.content, deed, ["the same answers, with a new version of the program"])
            elif not release.model.exists():
                place(trained(release.content, release.folder), release.model)
    check(release.model)
    if releases.digest(present) != release.record.content:
        unpublished = (
            "There are unpublished changes in data/faq; patients do not get them before `migraine faq publish`."
        )
        print(unpublished, file=sys.stderr, flush=True)
    return release.model.resolve()


def answering() -> Path:
    """Return the model that answers patients now, without publishing anything.

    Where nothing was published yet, it is the model of the present content, or else the newest there is. Where there is
    none at all, it is trained now.

    Raises:
        Problem: the model is damaged, there is no room for one, or training failed.
    """
    release = live_release()
    candidates = [release.model if release else current(), *_newest_first(MODELS)]
    model = next((file for file in candidates if file.exists()), None)
    if model is None:
        return ready()
    check(model)
    return model


def live_release() -> releases.Release | None:
    """Return the live release, None where nothing was published yet.

    Raises:
        Problem: it is gone.
    """
    known = releases.Releases(PUBLISHED)
    try:
        return known.live()
    except releases.LostError as error:
        raise Problem(
            f"The published version {error} is missing. Put the folder back from a backup. Or delete the link "
            f"{known.pointer}: then the answers in data/faq are published as they are."
        ) from error


def make(
    known: releases.Releases, content: releases.Content, deed: releases.Deed, changes: Sequence[str]
) -> releases.Release:
    """Train on the content, and let it go live without the guards: for answers that are published already.

    Raises:
        Problem: training failed.
    """
    before = known.live()
    with known.candidate(content) as folder:
        model = trained(content, folder)
        check(model)
        place(model, folder / releases.MODEL)
        record = releases.Record(
            number=0,
            published=deed,
            changes=tuple(changes),
            before=before.number if before else None,
            content=releases.digest(content),
            basis=basis(),
        )
        release = known.add(folder, record)
    known.go_live(release)
    return release


def trained(content: releases.Content, folder: Path) -> Path:
    """Return the model of the content, which lies in `folder`; trained now if there is none.

    Raises:
        Problem: there is no room, or training failed.
    """
    with being_trained(content, folder) as finish:
        return finish()


@contextmanager
def being_trained(content: releases.Content, folder: Path) -> Iterator[Callable[[], Path]]:
    """Train the model of the content, which lies in `folder`, while the block does other things, if there is none yet.

    What is yielded waits for it and returns it. Leaving the block without that ends the training.

    Raises:
        Problem: there is no room; by the wait: training failed.
    """
    model = _named(content)
    if model.exists():
        yield lambda: model
    else:
        with _training(model, folder) as finish:
            yield finish


def place(model: Path, target: Path) -> None:
    """Put the model at `target` too, whole or not at all; on the same disk it takes no room of its own."""
    scratch = target.with_name(f".{target.name}.new")
    scratch.unlink(missing_ok=True)
    try:
        os.link(model, scratch)
    except OSError:
        shutil.copy(model, scratch)
    os.replace(scratch, target)


def by(name: str | None = None) -> releases.Deed:
    """Return who does what is done now: `name`, or the name that one is logged in with."""
    return releases.Deed(name or getpass.getuser(), datetime.now().astimezone().isoformat(timespec="seconds"))


def basis() -> str:
    """Return a digest of everything that makes a model but the answers: code, settings and other data."""
    digest = hashlib.sha256()
    for file in _ingredients():
        digest.update(file.relative_to(PROJECT).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def train(model: Path, root: Path = PROJECT) -> None:
    """Train on the answers under `root` and all else of the project, and write `model`, whole or not at all.

    Raises:
        Problem: there is no room, or training failed.
    """
    with _training(model, root) as finish:
        finish()


@contextmanager
def _training(model: Path, root: Path) -> Iterator[Callable[[], Path]]:
    """Begin to train; what is yielded waits for the end, puts the model in place whole, and returns it."""
    for folder in (model.parent, WORK, Path(tempfile.gettempdir())):
        require_room(folder, ROOM)
    log = WORK / "train.log"
    # The alarms read their messages themselves; Rasa would take longer over them than over all else.
    other = [
        file
        for file in sorted((PROJECT / "data").rglob("*.yml"))
        if PROJECT / faq.FOLDER not in file.parents and file.name not in training_data.ALARM_FILES
    ]
    # Beside its place, so that moving it there is one step, whatever the folder is mounted on.
    _remove_leftovers(model.parent)
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=f"{_SCRATCH}{os.getpid()}-") as scratch:
        process = environment.start(
            "cli.engine", "train", "--force", "--skip-validation", "--out", scratch, "--fixed-model-name", "model",
            "--data", *map(str, other), str(root / faq.FOLDER), log=log,
        )  # fmt: skip

        def finish() -> Path:
            began = time.monotonic()
            with progress("Training (about 40 s; the first time about four minutes)"):
                failed = process.wait() != 0
                result = Path(scratch) / "model.tar.gz"
                if failed or not result.exists():
                    raise Problem(_reason(log))
                slim = result.with_name("slim.tar.gz")
                _leave_training_out(result, slim)
                os.replace(slim, model)
            _tidy(model.parent)
            print(f"Trained in {time.monotonic() - began:.0f} s.", flush=True)
            return model

        try:
            yield finish
        finally:
            process.kill()
            process.wait()


def _leave_training_out(trained: Path, slim: Path) -> None:
    """Write `trained` to `slim` without the plan of its training: Rasa loads all that a plan names, even TensorFlow."""
    # What is in it is compressed already: a higher level would only take longer.
    with tarfile.open(trained) as whole, tarfile.open(slim, "w:gz", compresslevel=1) as archive:
        for entry in whole:
            content = whole.extractfile(entry)
            if entry.name == _METADATA and content:
                metadata = {**json.load(content), "train_schema": {"nodes": {}}}
                written = json.dumps(metadata).encode()
                entry.size, content = len(written), io.BytesIO(written)
            archive.addfile(entry, content)


def _remove_leftovers(folder: Path) -> None:
    """Remove what trainings that were killed have left: their folders are named after their processes."""
    for leftover in folder.glob(f"{_SCRATCH}*"):
        number = leftover.name.removeprefix(_SCRATCH).partition("-")[0]
        try:
            os.kill(int(number), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(leftover, ignore_errors=True)
        except OSError:
            continue


def _tidy(folder: Path) -> None:
    """Remove all but the newest models: each can be trained again from the content that made it."""
    for old in _newest_first(folder)[_KEPT:]:
        old.unlink()


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("migraine-*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)


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
    if _METADATA not in names:
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


def _named(content: releases.Content) -> Path:
    digest = hashlib.sha256((basis() + releases.digest(content)).encode()).hexdigest()
    return MODELS / f"migraine-{digest[:12]}.tar.gz"


def _ingredients() -> Iterator[Path]:
    """Yield every file but the answers that makes the model what it is, in a fixed order."""
    for pattern in (
        "config.yml",
        "domain.yml",
        "data/**/*.yml",
        "assistant/*.py",
        "components/*.py",
        "requirements/runtime.txt",
    ):
        for file in sorted(PROJECT.glob(pattern)):
            path = file.relative_to(PROJECT)
            if faq.FOLDER not in path.parents and path != sources.FILE:
                yield file


def _reason(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace")
    if any(sign in text for sign in _NO_ROOM):
        return "There was no room to write the model. Free some space and run the command again."
    return f"Training failed: {environment.last_line(log)}\nThe whole report is in {log}."

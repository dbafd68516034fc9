"""What is published: numbered releases, each a model with the answers it was made of, and the one that is live.

models/releases/<number>/ holds model.tar.gz, the answers (data/faq, data/sources.yml), record.json and readings.json.
models/live is a symbolic link to the release that patients get. A release appears by one renaming and goes live by
another, so whoever is killed leaves what was live before or what is live now, never something in between.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant import faq, sources

MODEL = "model.tar.gz"
READINGS = "readings.json"
_RECORD = "record.json"
_NEW = ".new-"
# A model takes 32 MB, all else of a release half a megabyte.
MODELS_KEPT = 10
RELEASES_KEPT = 200

# The bytes of each file by its path in the project, written with slashes.
Content = Mapping[str, bytes]


class BusyError(Exception):
    """Somebody else is publishing; the message says who and since when."""


class NothingBeforeError(Exception):
    """There is no version to go back to."""


class LostError(Exception):
    """The live release is gone from the disk; the message names it."""


@dataclass(frozen=True)
class Deed:
    """Who did something, and when: local time in ISO form, to the second."""

    by: str
    when: str


@dataclass(frozen=True)
class Record:
    """What is known about a release.

    changes: one sentence each; before: the number of the release that was live when this one was made; content, basis:
    digests of the answers and of everything else that made the model; figures: by name, see `assistant.regression`.
    """

    number: int
    published: Deed
    changes: tuple[str, ...]
    before: int | None
    content: str
    basis: str
    figures: Mapping[str, float] = field(default_factory=dict)
    approved: Deed | None = None
    undone: Deed | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Record":
        """Return the record that `json` holds."""
        deeds = {name: Deed(**data[name]) for name in ("published", "approved", "undone") if data[name]}
        return cls(**{**data, "changes": tuple(data["changes"]), **deeds})


@dataclass(frozen=True)
class Release:
    """A release on disk."""

    folder: Path
    record: Record

    @property
    def number(self) -> int:
        """Its number, counted from 1."""
        return self.record.number

    @property
    def model(self) -> Path:
        """Where its model is; the oldest ones have none any more."""
        return self.folder / MODEL

    @property
    def content(self) -> Content:
        """Its answers."""
        return read(self.folder)


def read(root: Path) -> dict[str, bytes]:
    """Return the answers and their sources under `root`, a project or a release."""
    files = [*sorted((root / faq.FOLDER).glob("*.yml")), root / sources.FILE]
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.exists()}


def digest(content: Content) -> str:
    """Return what tells this content from any other."""
    whole = hashlib.sha256()
    for name, text in sorted(content.items()):
        whole.update(name.encode() + b"\0" + hashlib.sha256(text).digest())
    return whole.hexdigest()


def write(content: Content, root: Path) -> None:
    """Write the content under `root`."""
    for name, text in content.items():
        put(root / name, text)


def put(file: Path, text: bytes) -> None:
    """Write a file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # Fixed, so that one left behind by a killed process is written over.
    scratch = file.with_name(f".{file.name}.new")
    with scratch.open("wb") as output:
        output.write(text)
        output.flush()
        os.fsync(output.fileno())
    os.replace(scratch, file)


class Releases:
    """The releases in a folder `models`."""

    def __init__(self, models: Path) -> None:
        """Keep the folder; it need not exist yet."""
        self._models = models
        self._folder = models / "releases"
        self.pointer = models / "live"

    def live(self) -> Release | None:
        """Return what patients get, None where nothing was published yet.

        Raises:
            LostError: it is gone.
        """
        if not self.pointer.is_symlink():
            return None
        folder = self.pointer.resolve()
        if not (folder / _RECORD).exists():
            raise LostError(str(folder))
        return self._release(folder)

    def get(self, number: int) -> Release | None:
        """Return the release of this number, None where there is none."""
        folder = self._folder / str(number)
        return self._release(folder) if folder.exists() else None

    def all(self) -> list[Release]:
        """Return every release, the newest first."""
        numbers = [int(folder.name) for folder in self._folder.glob("*") if folder.name.isdecimal()]
        return [self._release(self._folder / str(number)) for number in sorted(numbers, reverse=True)]

    @contextmanager
    def alone(self, deed: Deed, wait: bool = False) -> Iterator[None]:
        """Let nobody else change the releases, and tidy up what a killed process has left.

        The lock goes with the process that holds it, however that ends.

        Raises:
            BusyError: somebody else is at it; with `wait`, their end is waited for instead.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError as error:
                lock.seek(0)
                raise BusyError(lock.read().strip()) from error
            lock.truncate(0)
            lock.write(f"{deed.by} since {deed.when[11:16]}")
            lock.flush()
            self._settle()
            yield

    @contextmanager
    def candidate(self, content: Content) -> Iterator[Path]:
        """Yield a new folder with the content, for what may become a release; it is gone in the end if it did not."""
        folder = Path(tempfile.mkdtemp(dir=self._folder, prefix=_NEW))
        try:
            write(content, folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, folder: Path, record: Record) -> Release:
        """Make the candidate in `folder`, which has its model, a release with the next number. It is not live yet."""
        number = max((release.number for release in self.all()), default=0) + 1
        record = replace(record, number=number)
        _save(folder, record)
        folder.chmod(0o755)
        target = self._folder / str(number)
        folder.rename(target)
        return Release(target, record)

    def go_live(self, release: Release) -> None:
        """Let patients get the release from now on, and remove the oldest ones."""
        link = self._models / ".live.new"
        link.unlink(missing_ok=True)
        # Relative, so that the folder can be moved or mounted elsewhere.
        link.symlink_to(release.folder.relative_to(self._models))
        os.replace(link, self.pointer)
        self._remove_oldest()

    def undo(self, root: Path, deed: Deed) -> tuple[Release, list[str]]:
        """Go back to the release before the live one, with the answers in `root`.

        Returns: the release that is live now, and the files that were edited since and are left as they are.

        Raises:
            NothingBeforeError: there is none.
        """
        live, target = self.live(), self.before()
        if live is None or target is None:
            raise NothingBeforeError
        left = restore(root, live.content, target.content)
        # Before the switch: a release newer than the live one that is not marked was never live.
        _save(live.folder, replace(live.record, undone=deed))
        self.go_live(target)
        return target, left

    def before(self) -> Release | None:
        """Return the release before the live one whose answers were others, None where there is none."""
        live = self.live()
        release = live
        while release and live and release.record.content == live.record.content:
            release = self.get(release.record.before) if release.record.before else None
        return release

    def approve(self, content: str, deed: Deed) -> None:
        """Note that somebody agrees to the content of this digest."""
        name = hashlib.sha256(deed.by.casefold().encode()).hexdigest()[:8]
        put(self._folder / "approvals" / f"{content[:16]}-{name}.json", json.dumps(asdict(deed)).encode())

    def approvals(self, content: str) -> list[Deed]:
        """Return who agreed to the content of this digest."""
        files = sorted((self._folder / "approvals").glob(f"{content[:16]}-*.json"))
        return [Deed(**json.loads(file.read_text(encoding="utf-8"))) for file in files]

    def _release(self, folder: Path) -> Release:
        return Release(folder, Record.of(json.loads((folder / _RECORD).read_text(encoding="utf-8"))))

    def _settle(self) -> None:
        """Take away what a killed process has left behind."""
        for leftover in self._folder.glob(f"{_NEW}*"):
            shutil.rmtree(leftover)
        live = self.live()
        for release in self.all():
            if live and release.number == live.number:
                if live.record.undone:
                    _save(live.folder, replace(live.record, undone=None))
            elif live and release.number > live.number and not release.record.undone:
                # It was made, but its switch never came.
                self._remove(release)

    def _remove_oldest(self) -> None:
        wanted = {release.number for release in (self.live(), self.before()) if release}
        # What was undone goes first: the others are the way back.
        others = sorted(
            (release for release in self.all() if release.number not in wanted),
            key=lambda release: (release.record.undone is not None, -release.number),
        )
        for release in others[MODELS_KEPT - len(wanted) :]:
            release.model.unlink(missing_ok=True)
        for release in others[RELEASES_KEPT - len(wanted) :]:
            self._remove(release)

    def _remove(self, release: Release) -> None:
        # In two steps: what is half removed must not look like a release.
        leftover = self._folder / f"{_NEW}{release.number}"
        release.folder.rename(leftover)
        shutil.rmtree(leftover)


def restore(root: Path, present: Content, target: Content) -> list[str]:
    """Bring the files under `root` from `present` to `target`; return those that are neither, and are left alone."""
    left = []
    for name in sorted({*present, *target}):
        was, wanted = present.get(name), target.get(name)
        if was == wanted:
            continue
        file = root / name
        found = file.read_bytes() if file.exists() else None
        if found == wanted:
            continue
        if found != was:
            left.append(name)
        elif wanted is None:
            file.unlink()
        else:
            put(file, wanted)
    return left


def _save(folder: Path, record: Record) -> None:
    put(folder / _RECORD, json.dumps(asdict(record), indent=2, ensure_ascii=False).encode())

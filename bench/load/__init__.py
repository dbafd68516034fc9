"""Many people at a time on the web channel: how fast, is every reply right, is memory flat, what if too many come.

The assistant runs as `migraine serve` runs it, but for the limits on one address: here everybody comes from one.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median
from typing import Any

import psutil

from assistant import yaml_file
from bench.results import Cell, Column, Plot, Table
from bench.speed import content
from bench.speed.talk import percentile
from cli import model, servers
from cli.paths import PROJECT
from cli.problem import Problem

MIB = 1024 * 1024
_MANY = 10_000_000
_THINK = (3.0, 9.0)
_SECONDS_BETWEEN_LOOKS = 2.0


@dataclass(frozen=True)
class Plan:
    """How much is measured, in people at a time and seconds.

    levels: how many at a time, each for level_seconds; soak: so many, for soak_seconds; burst: so many who do not
    think, for burst_seconds, with as many as in the soak before it and after it.
    """

    levels: tuple[int, ...]
    level_seconds: float
    soak: int
    soak_seconds: float
    burst: int
    burst_seconds: float


FULL = Plan((1, 10, 50, 200), 75, 30, 600, 400, 30)
QUICK = Plan((10,), 3, 5, 4, 60, 3)


@dataclass(frozen=True)
class Look:
    """The memory of both servers at a moment. seconds: since the first look; rasa, actions: resident bytes."""

    seconds: float
    rasa: int
    actions: int


def run(quick: bool) -> Iterator[Table]:
    """Measure, and yield each table as soon as it is done."""
    plan = QUICK if quick else FULL
    think = (0.5, 1.5) if quick else _THINK
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch, serving(Path(scratch)) as running:
        yield from tables(running, plan, think)


def tables(running: servers.Running, plan: Plan, think: tuple[float, float]) -> Iterator[Table]:
    """Measure the assistant that is running. think: seconds from, to, before each message."""
    yield _levels(running, plan, think)
    yield _soak(running, plan, think)
    yield _burst(running, plan, think)


@contextmanager
def serving(folder: Path) -> Iterator[servers.Running]:
    """Run the assistant with room for everybody at one address."""
    credentials = folder / "credentials.yml"
    content.write(credentials, _roomy())
    ports = servers.free_port(), servers.free_port()
    with servers.running(servers.HOST, *ports, folder, credentials, trained=model.ready()) as running:
        yield running


def _roomy() -> dict[str, Any]:
    """Return the project's own channels, with the limits on an address and on a person out of the way."""
    channels: dict[str, Any] = yaml_file.read(PROJECT / "credentials.yml")
    limits = channels["components.web_channel.WebChannel"].setdefault("limits", {})
    limits |= {"messages_per_session": _MANY, "requests_per_address": _MANY, "sessions_per_address": _MANY}
    return channels


def people(address: str, number: int, seconds: float, think: tuple[float, float]) -> Mapping[str, Any]:
    """Have `number` people talk for `seconds`, in a process of their own, and return what they have seen.

    Raises:
        Problem: nobody was answered rightly even alone.
    """
    options = ("--people", str(number), "--seconds", str(seconds), "--think", *map(str, think))
    done = subprocess.run(
        [sys.executable, "-m", "bench.load.people", address, *options], cwd=PROJECT, capture_output=True, check=False
    )
    if done.returncode:
        raise Problem(f"The load cannot be made: {done.stderr.decode(errors='replace')[-500:]}")
    seen: Mapping[str, Any] = json.loads(done.stdout)
    return seen


# ---- the tables

_COUNTED = (
    Column("conversations"),
    Column("messages"),
    Column("a second", ".1f"),
    Column("p50", ".0f", " ms"),
    Column("p95", ".0f", " ms"),
    Column("p99", ".0f", " ms"),
    Column("refused"),
    Column("wrong"),
    Column("lost"),
)
_NOTES = (
    "From sending a message to its reply, with the waiting where it was refused at first. Wrong: a reply that is not "
    "the one the same words get when nobody else is there. Lost: a message without a reply, or missing or misplaced in "
    "the history that is read at the end of each conversation.",
    "The people share the machine with the assistant.",
)


def _counted(seen: Mapping[str, Any]) -> tuple[Cell, ...]:
    times = [seconds * 1000 for seconds in seen["seconds"]]
    return (
        seen["conversations"],
        len(times),
        len(times) / seen["took"],
        *(percentile(times, share) if times else None for share in (0.5, 0.95, 0.99)),
        _refusals(seen["refused"]),
        len(seen["wrong"]),
        len(seen["lost"]),
    )


def _refusals(refused: Mapping[str, int]) -> str:
    return ", ".join(f"{number} x {code}" for code, number in sorted(refused.items())) or "0"


def _told(*crowds: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the first wrong replies and lost messages, if any."""
    found = [line for seen in crowds for line in (*seen["wrong"], *seen["lost"])]
    return (f"First troubles: {'; '.join(found[:3])}",) if found else ()


def _levels(running: servers.Running, plan: Plan, think: tuple[float, float]) -> Table:
    crowds = [people(running.address, number, plan.level_seconds, think) for number in plan.levels]
    return Table(
        "levels",
        "People at a time",
        (Column("people"), *_COUNTED),
        tuple((number, *_counted(seen)) for number, seen in zip(plan.levels, crowds, strict=True)),
        f"{plan.level_seconds:g} s each; everybody thinks {think[0]:g} to {think[1]:g} s before a message.",
        (*_NOTES, *_told(*crowds)),
        Plot("people", ("p50", "p95", "p99"), log=True),
    )


def _soak(running: servers.Running, plan: Plan, think: tuple[float, float]) -> Table:
    with looking(running) as looks:
        seen = people(running.address, plan.soak, plan.soak_seconds, think)
    # Not the beginning: everything is used for the first time there.
    settled = [look for look in looks if look.seconds > looks[-1].seconds / 5]
    rows = tuple(
        (minutes, median(look.rasa for look in part) / MIB, median(look.actions for look in part) / MIB)
        for minutes, part in _parts(looks)
    )
    change = [_slope(settled, name) for name in ("rasa", "actions")]
    return Table(
        "soak",
        "Memory under steady load",
        (Column("minutes", ".1f"), Column("Rasa server", ".1f", " MiB"), Column("action server", ".1f", " MiB")),
        rows,
        f"{plan.soak} people for {plan.soak_seconds:g} s, thinking {think[0]:g} to {think[1]:g} s before a "
        "message; the middle of each part.",
        (
            f"After the first fifth, the Rasa server's memory changes by {change[0]:+.2f} MiB a minute, the action "
            f"server's by {change[1]:+.2f}.",
            f"{len(seen['seconds'])} messages; refused: {_refusals(seen['refused'])}; wrong: {len(seen['wrong'])}; "
            f"lost: {len(seen['lost'])}.",
            *_told(seen),
        ),
        Plot("minutes", ("Rasa server", "action server")),
    )


def _burst(running: servers.Running, plan: Plan, think: tuple[float, float]) -> Table:
    before = people(running.address, plan.soak, plan.burst_seconds, think)
    burst = people(running.address, plan.burst, plan.burst_seconds, (0.0, 0.1))
    after = people(running.address, plan.soak, plan.burst_seconds, think)
    rows = (("before", plan.soak, before), ("burst", plan.burst, burst), ("after", plan.soak, after))
    return Table(
        "burst",
        "More than it can answer",
        (Column("when"), Column("people"), *_COUNTED),
        tuple((when, number, *_counted(seen)) for when, number, seen in rows),
        f"{plan.burst_seconds:g} s each. In the burst nobody thinks.",
        (
            "What is too much is refused at once with a status and the seconds to wait; a sign of danger never is.",
            *_NOTES,
            *_told(before, burst, after),
        ),
    )


# ---- memory


@contextmanager
def looking(running: servers.Running) -> Iterator[list[Look]]:
    """Look at the servers' memory while the block runs; the list is filled meanwhile."""
    looks: list[Look] = []
    done = threading.Event()
    watched = {name: psutil.Process(process.pid) for name, process in running.processes.items()}

    def look() -> None:
        while True:
            sizes = {name: process.memory_info().rss for name, process in watched.items()}
            looks.append(Look(len(looks) * _SECONDS_BETWEEN_LOOKS, sizes["rasa"], sizes["actions"]))
            if done.wait(_SECONDS_BETWEEN_LOOKS):
                return

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield looks
    finally:
        done.set()
        thread.join()


def _parts(looks: Sequence[Look]) -> Iterator[tuple[float, list[Look]]]:
    """Yield ten parts of equal length, each with the minute in its middle."""
    size = max(1, len(looks) // 10)
    for start in range(0, len(looks) - size + 1, size):
        part = list(looks[start : start + size])
        yield median(look.seconds for look in part) / 60, part


def _slope(looks: Sequence[Look], name: str) -> float:
    """Return by how many MiB a minute the memory of the server `name` changes: the least squares line."""
    if len(looks) < 2:
        return 0.0
    line = linear_regression([look.seconds / 60 for look in looks], [getattr(look, name) / MIB for look in looks])
    return line.slope

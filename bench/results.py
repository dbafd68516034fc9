"""The stored figures: each table with the command, the date, the machine and the load it was measured under."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from cli.paths import PROJECT
from cli.problem import Problem

FILE = PROJECT / "docs/benchmarks.json"

# A figure, a name, nothing (not measured), or a figure with its spread: middle, lowest, highest.
Cell = float | int | str | None | tuple[float, float, float]


@dataclass(frozen=True)
class Column:
    """A column: its title, and how its figures are shown (a format specification of Python, and a unit)."""

    title: str
    form: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Plot:
    """A picture of a table: the columns `lines` over the column `x`, a curve for each value of the column `by`.

    All are titles of columns. Where `x` holds names, it draws bars.
    """

    x: str
    lines: tuple[str, ...]
    by: str | None = None
    log: bool = False


@dataclass(frozen=True)
class Table:
    """Figures, and all that is needed to read them.

    name: unique in its part; spread: how often it was measured, and what a range means.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spread: str
    notes: tuple[str, ...] = ()
    plot: Plot | None = None

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the columns, and a plot of columns that are not there."""
        if wrong := [row for row in self.rows if len(row) != len(self.columns)]:
            raise ValueError(f"table {self.name}: {wrong[0]} does not have {len(self.columns)} cells")
        if self.plot:
            titles = {column.title for column in self.columns}
            if missing := {self.plot.x, *self.plot.lines, *filter(None, [self.plot.by])} - titles:
                raise ValueError(f"table {self.name}: the plot names {sorted(missing)}, which are no columns")

    def place(self, title: str) -> int:
        """Return the place of the column `title`."""
        return [column.title for column in self.columns].index(title)


@dataclass(frozen=True)
class Run:
    """How a table came about. load: how many processes wanted a core in the minute before."""

    command: str
    date: str
    machine: str
    load: float

    @classmethod
    def now(cls, command: str) -> "Run":
        """Describe this machine at this moment."""
        return cls(
            command, f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC", _machine(), round(os.getloadavg()[0], 1)
        )


@dataclass(frozen=True)
class Measured:
    """A table and how it came about."""

    run: Run
    table: Table


Stored = Mapping[str, Sequence[Measured]]


def load(file: Path = FILE) -> Stored:
    """Return the tables of each part; none where there is no file yet.

    Raises:
        Problem: the file is not what `put` wrote.
    """
    if not file.is_file():
        return {}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {part: [_measured(entry) for entry in entries] for part, entries in content.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Problem(
            f"{file} is damaged ({error}). Take it from version control, or delete and measure again."
        ) from error


def put(file: Path, part: str, run: Run, table: Table) -> None:
    """Store `table` in place of the part's table of that name, or after its others."""
    stored = {**load(file)}
    measured = Measured(run, table)
    kept = list(stored.get(part, []))
    places = {one.table.name: place for place, one in enumerate(kept)}
    if table.name in places:
        kept[places[table.name]] = measured
    else:
        kept.append(measured)
    _write(file, {**stored, part: kept})


def keep(file: Path, part: str, names: Sequence[str]) -> None:
    """Drop the tables of `part` that are not in `names`, and put the others in that order."""
    stored = load(file)
    tables = {one.table.name: one for one in stored.get(part, [])}
    _write(file, {**stored, part: [tables[name] for name in names]})


def _write(file: Path, stored: Stored) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {part: [asdict(one) for one in measured] for part, measured in stored.items()}
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(file)


def _measured(entry: Mapping[str, Any]) -> Measured:
    table = dict(entry["table"])
    plot = table.pop("plot")
    table["columns"] = tuple(Column(**column) for column in table["columns"])
    table["rows"] = tuple(
        tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row) for row in table["rows"]
    )
    table["notes"] = tuple(table["notes"])
    if plot:
        table["plot"] = Plot(**{**plot, "lines": tuple(plot["lines"])})
    return Measured(Run(**entry["run"]), Table(**table))


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()

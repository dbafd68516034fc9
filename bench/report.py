"""docs/benchmarks.md and its plots, from the stored figures alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.results import Cell, Column, Measured, Stored, Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

IMAGES = "images"
_TITLES = {"quality": "Quality", "speed": "Speed and memory", "load": "Load"}
_INTRODUCTION = """\
# Benchmarks

Made by `make bench` from the JSON file beside it, which holds every figure as it was measured; nothing is written by
hand. A range in brackets is the lowest and the highest. "Load" is how many processes wanted a core in the minute before
a table was begun: above the number of cores, times and latencies are worse than they need be.
"""


def write(stored: Stored, file: Path) -> None:
    """Write the report to `file` and its plots into the folder of images beside it."""
    images = file.parent / IMAGES
    images.mkdir(parents=True, exist_ok=True)
    for old in images.glob("bench-*.png"):
        old.unlink()
    for part, tables in stored.items():
        for measured in tables:
            if measured.table.plot:
                _draw(measured.table, images / _image(part, measured.table))
    file.write_text(text(stored), encoding="utf-8")


def text(stored: Stored) -> str:
    """Return the report in Markdown."""
    sections = [f"## {title}\n\n{_section(part, stored[part])}" for part, title in _TITLES.items() if stored.get(part)]
    return "\n".join([_INTRODUCTION, *sections])


def table_text(table: Table) -> str:
    """Return the table as Markdown, which reads well in a terminal too."""
    rows = [[_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    grid = [[column.title for column in table.columns], *rows]
    widths = [max(len(row[place]) for row in grid) for place in range(len(table.columns))]
    figures = [any(not isinstance(row[place], str | None) for row in table.rows) for place in range(len(widths))]
    rule = ["-" * (width - 1) + ":" if figure else "-" * width for width, figure in zip(widths, figures, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if figure else cell.ljust(width)
            for cell, width, figure in zip(cells, widths, figures, strict=True)
        ]
        return f"| {' | '.join(padded)} |"

    return "\n".join(
        [
            f"### {table.title}",
            "",
            line(grid[0]),
            line(rule),
            *map(line, rows),
            "",
            *(f"{note}\n" for note in table.notes),
        ]
    ).rstrip("\n")


def _section(part: str, tables: Sequence[Measured]) -> str:
    return "\n".join(line for measured in tables for line in _described(part, measured))


def _described(part: str, measured: Measured) -> Iterator[str]:
    run, table = measured.run, measured.table
    yield f"{table_text(table)}\n"
    if table.plot:
        yield f"![{table.title}]({IMAGES}/{_image(part, table)})\n"
    yield f"`{run.command}`, {run.date}. {table.spread} {run.machine}; load {run.load}.\n"


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, tuple):
        middle, low, high = (f"{value:{column.form}}" for value in cell)
        return f"{middle}{column.unit} ({low} to {high})"
    return f"{cell:{column.form}}{column.unit}"


def _image(part: str, table: Table) -> str:
    return f"bench-{part}-{table.name}.png"


def _draw(table: Table, file: Path) -> None:
    from matplotlib.figure import Figure

    plot = table.plot
    assert plot is not None
    figure = Figure(figsize=(7.5, 3.5), constrained_layout=True)
    axes = figure.subplots()
    xs = [row[table.place(plot.x)] for row in table.rows]
    if all(isinstance(x, str) for x in xs):
        _bars(table, axes)
    else:
        _curves(table, axes)
    axes.grid(alpha=0.3)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=8)
    figure.savefig(file, dpi=110, metadata={"Software": None})


def _curves(table: Table, axes: "Axes") -> None:
    plot = table.plot
    assert plot is not None
    names = [row[table.place(plot.by)] if plot.by else "" for row in table.rows]
    for name in dict.fromkeys(names):
        rows = [row for row, own in zip(table.rows, names, strict=True) if own == name]
        for title in plot.lines:
            points = [(row[table.place(plot.x)], _middle(row[table.place(title)])) for row in rows]
            shown = [(x, y) for x, y in points if y is not None]
            label = ", ".join(filter(None, [str(name), title if len(plot.lines) > 1 else ""])) or title
            axes.plot(*zip(*shown, strict=True), marker="o", markersize=3, label=label)
    axes.set_xlabel(plot.x)
    axes.set_ylabel(_measure(table))
    if plot.log:
        axes.set_yscale("log")


def _bars(table: Table, axes: "Axes") -> None:
    plot = table.plot
    assert plot is not None
    width = 0.8 / len(plot.lines)
    names = [str(row[table.place(plot.x)]) for row in table.rows]
    for number, title in enumerate(plot.lines):
        places = [place + number * width for place in range(len(names))]
        heights = [_middle(row[table.place(title)]) or 0.0 for row in table.rows]
        axes.barh(places, heights, height=width, label=title if len(plot.lines) > 1 else "")
    axes.set_yticks([place + 0.4 - width / 2 for place in range(len(names))], names)
    axes.invert_yaxis()
    axes.set_xlabel(_measure(table))
    if plot.log:
        axes.set_xscale("log")


def _measure(table: Table) -> str:
    """Return what the figures of the plot are."""
    assert table.plot is not None
    lines = [column for column in table.columns if column.title in table.plot.lines]
    unit = lines[0].unit.strip() or ("share" if lines[0].form.endswith("%") else "")
    return " ".join([*(column.title for column in lines if len(lines) == 1), *([f"({unit})"] if unit else [])])


def _middle(cell: Cell) -> float | None:
    value = cell[0] if isinstance(cell, tuple) else cell
    return None if value is None or isinstance(value, str) else float(value)

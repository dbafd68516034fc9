"""How well questions are understood, beside what people would otherwise use."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import isnan

from bench.quality import data, pipelines
from bench.quality.measures import Judged, judge
from bench.results import Cell, Column, Plot, Table


@dataclass(frozen=True)
class Size:
    """How much is measured.

    few: questions a topic on the learning curve; its last is the most that Rasa's default is taught (all would take it
    hours); taught: the most a label on the sets of others; asked: the most questions put to a pipeline; whole: whether
    the others are taught all questions, too; at_a_time: pipelines, where their times need not be right.
    """

    few: Sequence[int] = (3, 5, 10, 20)
    taught: int = 10
    asked: int = 10_000
    whole: bool = True
    names: Sequence[str] = (pipelines.OURS, pipelines.DEFAULT, pipelines.BAG, pipelines.NEAREST)
    at_a_time: int = 1


# This assistant alone: what the others do changes only with the content, and each costs a process of its own.
QUICK = Size(few=(3,), taught=3, asked=100, whole=False, names=(pipelines.OURS,), at_a_time=3)
_SPREAD = "Each pipeline was trained once; the range is the 95 % confidence interval of the share."
_CORE = "On one core; the median, and what 90 % of the messages took."
_FIGURES = (
    Column("top 1", ".1%"),
    Column("top 3", ".1%"),
    Column("macro-F1", ".3f"),
    Column("out-of-scope AUC", ".3f"),
    Column("refused at 95 % kept", ".1%"),
    Column("training", ".0f", " s"),
    Column("peak memory", ".0f", " MB"),
)


def run(quick: bool) -> Iterator[Table]:
    """Measure, and yield each table as soon as it is done."""
    yield from measure(QUICK if quick else Size())


def measure(size: Size) -> Iterator[Table]:
    """Measure as much as `size` says."""
    yield from _others(size)
    yield from _own(size)


def _others(size: Size) -> Iterator[Table]:
    names = [name for name in size.names if name != pipelines.DEFAULT]
    tasks = {"BANKING77": data.banking(), "CLINC150": data.clinc()}
    few = {title: task.few(size.taught).asking(size.asked) for title, task in tasks.items()}
    found = _judge(size, [(title, name, few[title]) for title in few for name in names])
    rows = [(title, name, *_figures(judged)) for (title, name), judged in found.items()]
    costs = [
        (title, component, times)
        for title in few
        for component, times in found[title, pipelines.OURS].milliseconds.items()
    ]
    yield Table(
        "others",
        f"With {size.taught} questions a label, on data that nobody here wrote",
        (Column("data"), Column("pipeline"), *_FIGURES),
        tuple(rows),
        _SPREAD,
        (
            "BANKING77 has 77 labels and 3,080 test questions, CLINC150 150 and 4,500, and 1,000 out of scope. "
            "Published for the same setting: USE+ConveRT 85.2 % and 93.3 %, IntentBERT 83.9 % on BANKING77. "
            "Out of scope is judged by how sure a pipeline is of its likeliest label.",
        ),
    )
    yield Table(
        "components",
        "What a message costs, component by component",
        (Column("data"), Column("component"), Column("a message", ".2f", " ms")),
        tuple(costs),
        _CORE,
    )


def _own(size: Size) -> Iterator[Table]:
    task = data.own().asking(size.asked)
    wanted = [(str(few), name, task.few(few)) for few in size.few for name in size.names]
    if size.whole:
        wanted += [("all", name, task) for name in size.names if name != pipelines.DEFAULT]
    found = _judge(size, wanted)
    most = str(max(size.few))
    yield Table(
        "own",
        "The project's own questions, asked those of the development set",
        (Column("pipeline"), Column("questions a topic"), *_FIGURES),
        tuple((name, few, *_figures(judged)) for (few, name), judged in found.items() if few in {most, "all"}),
        _SPREAD,
        (
            f"{len(task.taught)} questions are taught when all are, {len(task.asked)} are asked; alarms are left out. "
            "Rasa's default is not taught all: the next table tells how its training grows.",
        ),
    )
    yield Table(
        "curve",
        "With few questions a topic",
        (
            Column("pipeline"),
            Column("questions a topic"),
            Column("top 1", ".1%"),
            Column("top 3", ".1%"),
            Column("training", ".0f", " s"),
        ),
        tuple(
            (name, int(few), judged.top_1, judged.top_3, judged.seconds)
            for (few, name), judged in found.items()
            if few != "all"
        ),
        _SPREAD,
        plot=Plot("questions a topic", ("top 1",), by="pipeline"),
    )


def _judge(size: Size, wanted: Sequence[tuple[str, str, data.Task]]) -> dict[tuple[str, str], Judged]:
    """Judge pipelines, each `wanted` with what it is tried on and its name; return how each did by these two."""
    known = pipelines.pipelines()
    with ThreadPoolExecutor(size.at_a_time) as pool:
        done = pool.map(lambda one: judge(known[one[1]], one[2]), wanted)
        return {(on, name): judged for (on, name, _), judged in zip(wanted, done, strict=True)}


def _figures(judged: Judged) -> tuple[Cell, ...]:
    outside: tuple[Cell, ...] = (None, None) if isnan(judged.area) else (judged.area, judged.refused)
    return (judged.top_1, judged.top_3, judged.macro_f1, *outside, judged.seconds, judged.megabytes)

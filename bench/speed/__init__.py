"""Speed and memory of this assistant beside Rasa's default bot, trained on the same content.

Each bot is a project folder of its own, outside this one, and is used by the commands that people use. The two take
turns, so that both have the same machine.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.results import Cell, Column, Plot, Table
from bench.speed import bots, content, talk
from bench.speed.bots import Bot, Served
from bench.speed.talk import CHECK, FALLBACK, FAQ, FIRST, Took
from cli import environment
from cli.paths import PROJECT
from cli.problem import Problem

MIB = 1024 * 1024
# As many questions as a made-up topic has.
_FEW = 5
_KINDS = (FAQ, CHECK, FALLBACK)
# Epochs of a default that would take very long with its own 100.
_HURRIED = 2


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    cap: questions a topic or intent that both learn from; epochs: of the default's learning, None for its own 100;
    policies: whether it has its policies that learn; at_a_time: bots in training or starting, where their times need
    not be right; trainings, retrainings, starts, rounds: how often; sessions: in a round, of 12 turns each; inside:
    whether these are held in process, too, for which the default loads for a minute; topics: sizes of the content;
    most_for_default: beyond these, the default learns for _HURRIED epochs only; turns: lengths of a conversation.
    """

    cap: int
    epochs: int | None
    policies: bool
    at_a_time: int
    trainings: int
    retrainings: int
    starts: int
    rounds: int
    sessions: int
    inside: bool
    topics: tuple[int, ...]
    most_for_default: int
    turns: tuple[int, ...]


FULL = Plan(
    cap=20,
    epochs=None,
    policies=True,
    at_a_time=1,
    # One of the default takes over ten minutes.
    trainings=1,
    retrainings=1,
    starts=5,
    rounds=4,
    sessions=10,
    inside=True,
    topics=(50, 200, 1000),
    most_for_default=50,
    turns=(10, 100, 500),
)
QUICK = Plan(
    cap=3,
    epochs=1,
    policies=False,
    at_a_time=2,
    trainings=1,
    retrainings=0,
    starts=1,
    rounds=1,
    sessions=1,
    inside=False,
    topics=(),
    most_for_default=0,
    turns=(12,),
)


def run(quick: bool) -> Iterator[Table]:
    """Measure, and yield each table as soon as it is done."""
    plan = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        pair = _pair(Path(scratch), plan)
        questions = content.cap(pair[0].folder / "data", plan.cap)
        content.cap(pair[1].folder / "data", plan.cap)
        yield from _trainings(pair, plan, questions, whole=None if quick else Path(scratch) / "whole")
        with ExitStack() as stack:
            running, *tables = _starts(pair, plan, stack)
            yield from tables
            yield from _messages(running, plan)
            yield _long_conversations(running, plan)
        if plan.topics:
            yield _topics(Path(scratch), plan)


def _pair(folder: Path, plan: Plan) -> tuple[Bot, Bot]:
    return bots.ours(folder / "ours"), bots.default(folder / "default", plan.epochs, plan.policies)


# ---- training


def _trainings(pair: Sequence[Bot], plan: Plan, questions: int, whole: Path | None) -> Iterator[Table]:
    fresh: dict[str, list[float]] = {bot.name: [] for bot in pair}
    again: dict[str, list[float]] = {bot.name: [] for bot in pair}
    with ThreadPoolExecutor(plan.at_a_time) as pool:

        def train(times: Mapping[str, list[float]]) -> None:
            for bot, seconds in zip(pair, pool.map(Bot.train, pair), strict=True):
                times[bot.name].append(seconds)

        for _ in range(plan.trainings):
            for bot in pair:
                bot.forget()
            train(fresh)
        for number in range(plan.retrainings):
            for bot in pair:
                content.change_one_topic(bot.folder / "data", number)
            train(again)
    rows: list[tuple[Cell, ...]] = [
        (what, bot.name, questions, _spread(times[bot.name]), _times(times, bot.name))
        for what, times in (("from scratch", fresh), ("after one topic changed", again))
        for bot in pair
        if times[bot.name]
    ]
    if whole:
        bot = bots.ours(whole)
        everything = content.count(bot.folder / "data")
        rows.append(("from scratch, all questions", bot.name, everything, bot.train(), None))
        content.change_one_topic(bot.folder / "data", 0)
        rows.append(("one topic changed, all questions", bot.name, everything + 1, bot.train(), None))
    yield Table(
        "training",
        "Training",
        (
            Column("what"),
            Column("bot"),
            Column("questions"),
            Column("time", ".0f", " s"),
            Column("faster", ".1f", " x"),
        ),
        tuple(rows),
        f"Trained from scratch {plan.trainings}, after a change {plan.retrainings} times; {_order(plan)}.",
        (_capped(plan), *_hurried(plan)),
    )


def _capped(plan: Plan) -> str:
    return (
        f"Both learn from the same content, the first {plan.cap} questions of each topic and intent: the default takes "
        "very long on all of them. All questions are for this assistant alone. Its alarms also read about as many "
        "ordinary questions as the topics have, which the default does not."
    )


def _order(plan: Plan) -> str:
    return "in turns" if plan.at_a_time == 1 else "side by side"


def _hurried(plan: Plan) -> tuple[str, ...]:
    left_out = "" if plan.policies else ", and it has no policies that learn"
    return (f"The default learned for {plan.epochs} epochs only, instead of its 100{left_out}.",) if plan.epochs else ()


# ---- start and memory


def _starts(pair: Sequence[Bot], plan: Plan, stack: ExitStack) -> tuple[list[Served], Table, Table]:
    """Start both again and again; those of the last time run on until `stack` is closed."""
    began: dict[str, list[float]] = {bot.name: [] for bot in pair}
    memory: dict[str, dict[str, list[float]]] = {bot.name: {} for bot in pair}
    running: list[Served] = []

    def begin(bot: Bot, last: bool) -> Served:
        with ExitStack() as once:
            served = (stack if last else once).enter_context(bot.served(FIRST))
            began[bot.name].append(served.began)
            talk.over_http(served.address, 2)
            used = served.memory()
            for name, size in {**used, "all together": sum(used.values())}.items():
                memory[bot.name].setdefault(name, []).append(size / MIB)
            return served

    with ThreadPoolExecutor(plan.at_a_time) as pool:
        for number in range(plan.starts):
            running = [*pool.map(begin, pair, itertools.repeat(number == plan.starts - 1))]
    start = Table(
        "start",
        "From the command to the first answer",
        (Column("bot"), Column("time", ".1f", " s"), Column("faster", ".1f", " x")),
        tuple((bot.name, _spread(began[bot.name]), _times(began, bot.name)) for bot in pair),
        f"{plan.starts} starts each, {_order(plan)}.",
        ("`migraine serve`, and `rasa run` with the action server started beside it. Both have the files in memory.",),
    )
    together = {name: used["all together"] for name, used in memory.items()}
    sizes = Table(
        "memory",
        "Resident memory of each process",
        (Column("bot"), Column("process"), Column("memory", ".0f", " MiB"), Column("share of the default", ".2f")),
        tuple(
            (bot.name, name, _spread(used), _share(together, bot.name) if name == "all together" else None)
            for bot in pair
            for name, used in memory[bot.name].items()
        ),
        f"{plan.starts} starts each, {_order(plan)}, after two sessions.",
        ("Together, pages that the processes share are counted in each of them.",),
    )
    return running, start, sizes


# ---- messages


def _messages(running: Sequence[Served], plan: Plan) -> Iterator[Table]:
    """Measure over HTTP and, where the plan says so, in process."""

    def http() -> dict[str, list[Took]]:
        held: dict[str, list[Took]] = {served.bot.name: [] for served in running}
        # By turns session by session, so that a slow minute of the machine is one of both.
        for _ in range(plan.sessions):
            for served in running:
                held[served.bot.name] += talk.over_http(served.address, 1)
        return held

    def inside() -> dict[str, list[Took]]:
        return {served.bot.name: _inside(served, plan.sessions) for served in running}

    ways = [("http", "A message over HTTP", http)]
    if plan.inside:
        ways.append(("inside", "A message in process", inside))
    for name, title, hold in ways:
        held = [hold() for _ in range(plan.rounds)]
        rounds = {served.bot.name: [each[served.bot.name] for each in held] for served in running}
        yield _message_table(name, title, [served.bot for served in running], plan, rounds)


def _message_table(
    name: str, title: str, pair: Sequence[Bot], plan: Plan, rounds: Mapping[str, list[list[Took]]]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind in (*_KINDS, "all"):
        chosen = {
            bot: [[took.seconds * 1000 for took in each if kind in (took.kind, "all")] for each in held]
            for bot, held in rounds.items()
        }
        middle = {bot: [median(each) for each in held] for bot, held in chosen.items()}
        for bot in pair:
            shares = [
                _spread([talk.percentile(each, share) for each in chosen[bot.name]]) for share in (0.5, 0.95, 0.99)
            ]
            rows.append((kind, bot.name, *shares, _times(middle, bot.name)))
    return Table(
        name,
        title,
        (
            Column("turns"),
            Column("bot"),
            *(Column(share, ".1f", " ms") for share in ("p50", "p95", "p99")),
            Column("faster (p50)", ".1f", " x"),
        ),
        tuple(rows),
        f"{plan.rounds} rounds each, in turns, of {plan.sessions} sessions of {len(talk.SESSION)} turns.",
        _hurried(plan),
    )


def _inside(served: Served, sessions: int) -> list[Took]:
    """Hold sessions in a process of their own, with the action server that is running."""
    bot = served.bot
    command = [sys.executable, "-m", "bench.speed.inside", str(bot.model()), str(bot.endpoints()), str(sessions)]
    done = subprocess.run(
        command,
        cwd=bot.folder,
        env=environment.of_child(PYTHONPATH=os.pathsep.join([str(bot.folder), str(PROJECT)])),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Problem(f"{bot.name} cannot be used in process: {done.stderr.decode(errors='replace')[-500:]}")
    return [Took(kind, seconds) for kind, seconds in json.loads(done.stdout.splitlines()[-1])]


# ---- growth


def _long_conversations(running: Sequence[Served], plan: Plan) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for served in running:
        conversation = talk.long_conversation(served.address)
        turns: list[Took] = []
        for length in plan.turns:
            turns += itertools.islice(conversation, length - len(turns))
            last = turns[-len(talk.SESSION) :]
            faq, check = ([took.seconds * 1000 for took in last if took.kind == kind] for kind in (FAQ, CHECK))
            used = sum(served.memory().values()) / MIB
            rows.append((served.bot.name, length, _spread(faq), _spread(check), used))
    return Table(
        "conversation",
        "A long conversation",
        (
            Column("bot"),
            Column("turns"),
            Column("FAQ", ".1f", " ms"),
            Column("eligibility", ".1f", " ms"),
            Column("memory", ".0f", " MiB"),
        ),
        tuple(rows),
        f"One conversation each; middle, lowest and highest of the last {len(talk.SESSION)} turns before that length, "
        "and the memory of all processes then.",
        _hurried(plan),
        Plot("turns", ("FAQ", "eligibility"), by="bot"),
    )


def _topics(folder: Path, plan: Plan) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number in plan.topics:
        hurried = number > plan.most_for_default
        ours = bots.ours(folder / f"ours-{number}")
        default = bots.default(folder / f"default-{number}", _HURRIED if hurried else None)
        for bot in (ours, default):
            data = bot.folder / "data"
            content.cap(data, _FEW)
            content.grow(data, number)
            training, *rest = _size(bot, plan)
            rows.append((bot.name, number, None if hurried and bot is default else training, *rest))
    return Table(
        "topics",
        "More topics",
        (
            Column("bot"),
            Column("topics"),
            Column("training", ".0f", " s"),
            Column("model", ".1f", " MiB"),
            Column("start", ".1f", " s"),
            Column("memory", ".0f", " MiB"),
            Column("message (p50)", ".1f", " ms"),
        ),
        tuple(rows),
        f"Once each; the message over {plan.sessions} sessions.",
        (
            f"The project's own topics and intents with {_FEW} questions each, and made-up topics with as many.",
            f"On more than {plan.most_for_default} topics the default learned for {_HURRIED} epochs instead of 100, "
            "which would take very long. So its time there is not shown; all else hardly depends on the epochs.",
        ),
        Plot("topics", ("training",), by="bot", log=True),
    )


def _size(bot: Bot, plan: Plan) -> tuple[Cell, ...]:
    trained = bot.train()
    with bot.served(FIRST) as served:
        talk.over_http(served.address, 1)
        times = [took.seconds * 1000 for took in talk.over_http(served.address, plan.sessions)]
        used = sum(served.memory().values()) / MIB
        return trained, bot.model().stat().st_size / MIB, served.began, used, median(times)


# ---- figures


def _spread(values: Sequence[float]) -> Cell:
    return (median(values), min(values), max(values)) if len(values) > 1 else next(iter(values), None)


def _times(values: Mapping[str, Sequence[float]], bot: str) -> Cell:
    """Return how many times as long the default takes as this assistant; nothing for the default itself."""
    return None if bot == bots.DEFAULT else median(values[bots.DEFAULT]) / median(values[bot])


def _share(values: Mapping[str, Sequence[float]], bot: str) -> Cell:
    """Return this assistant's share of what the default takes; nothing for the default itself."""
    return None if bot == bots.DEFAULT else median(values[bot]) / median(values[bots.DEFAULT])

"""Measure, store the figures, and make the report from what is stored: `python -m bench --help`."""

import argparse
import importlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, cast

from bench import report, results
from bench.results import Run, Table
from cli.environment import QUIET
from cli.paths import PROJECT
from cli.problem import Problem

PARTS = ("quality", "speed", "load")
# A quick run shows that everything works; its figures are rough, so they go where nothing is committed.
QUICK_RESULTS = PROJECT / "results/benchmarks-quick.json"


class Part(Protocol):
    """What the package of a part, `bench.quality` for instance, offers."""

    def run(self, quick: bool) -> Iterator[Table]:
        """Measure, and yield each table as soon as it is done."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts named in `arguments` (the process's own by default) and return the exit status."""
    args = _parser().parse_args(arguments)
    os.chdir(PROJECT)
    os.environ.update(QUIET)
    stored = args.results or (QUICK_RESULTS if args.quick else results.FILE)
    try:
        for name in PARTS:
            if name in args.parts or "all" in args.parts:
                _measure(name, args.quick, stored)
        report.write(results.load(stored), stored.with_suffix(".md"))
    except Problem as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _measure(name: str, quick: bool, stored: Path) -> None:
    part = cast(Part, importlib.import_module(f"bench.{name}"))
    command = f"python -m bench {name}{' --quick' if quick else ''}"
    began = time.monotonic()
    done = []
    run = Run.now(command)
    for table in part.run(quick):
        print(f"\n{report.table_text(table)}", flush=True)
        results.put(stored, name, run, table)
        done.append(table.name)
        run = Run.now(command)
    results.keep(stored, name, done)
    print(f"\n{name}: {time.monotonic() - began:.0f} s, stored in {stored}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure this assistant beside what people would otherwise use."
    )
    parser.add_argument(
        "parts",
        nargs="+",
        metavar="PART",
        choices=[*PARTS, "all", "report"],
        help=f"{', '.join(PARTS)}, or all; report: make the report and its plots again from the stored figures",
    )
    parser.add_argument(
        "--quick", action="store_true", help="a rough run of a few minutes; its report goes to results/"
    )
    parser.add_argument(
        "--results",
        type=Path,
        metavar="FILE",
        help="where the figures are stored (docs/benchmarks.json); the report goes beside it",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

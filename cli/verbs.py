"""Put verbs on a command line.

A verb is a module with `configure`, `run` and EXAMPLES, or a package with VERBS of its own and EXAMPLES; its docstring
is the summary.
"""

import argparse
import difflib
import re
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

# How argparse says that a choice is none.
_SLIP = re.compile(r"invalid choice: '(.*)' \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """A parser that names the nearest where a verb is misspelt."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave."""
        slip = _SLIP.search(message)
        if not slip:
            super().error(message)
        near = difflib.get_close_matches(slip[1], re.findall(r"'([^']*)'", slip[2]), n=2, cutoff=0.5)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        self.exit(2, f"{self.prog}: there is no {slip[1]}.{meant} `{self.prog} --help` lists what there is.\n")


def add(parser: argparse.ArgumentParser, verbs: Sequence[ModuleType]) -> None:
    """Let `parser` take one of `verbs`, which then has its own options and examples."""
    choices = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb in verbs:
        _add(choices, verb)


def name(verb: ModuleType) -> str:
    """Return what one types for `verb`; a module that would hide a word of Python's has an underscore behind it."""
    return verb.__name__.rpartition(".")[2].rstrip("_")


def _add(choices: Any, verb: ModuleType) -> None:
    summary = (verb.__doc__ or "").splitlines()[0]
    parser = choices.add_parser(
        name(verb),
        help=summary,
        description=summary,
        epilog=f"examples:\n{verb.EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if hasattr(verb, "VERBS"):
        add(parser, verb.VERBS)
    else:
        verb.configure(parser)
        parser.set_defaults(run=verb.run)

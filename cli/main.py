"""Parse the command line and run one verb."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from cli import ask, chat, evaluate, faq, serve, train, verbs, version
from cli.paths import PROJECT
from cli.problem import Problem

VERBS = (chat, ask, serve, faq, train, evaluate, version)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `migraine` with `arguments` (the process's own by default) and return its exit status."""
    args = _parser().parse_args(arguments)
    if isinstance(sys.stdin, io.TextIOWrapper):
        # What is typed may be in any encoding; a wrong byte is no reason to stop.
        sys.stdin.reconfigure(errors="replace")
    # Rasa's files name each other by paths relative to the project.
    os.chdir(PROJECT)
    try:
        status: int = args.run(args)
    except Problem as problem:
        print(f"migraine: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _parser() -> argparse.ArgumentParser:
    parser = verbs.Parser(
        prog="migraine",
        description="Patient education about migraine and Botox for chronic migraine.",
        epilog="migraine VERB --help shows examples.",
    )
    verbs.add(parser, VERBS)
    return parser

"""Say in plain words what takes long."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show `what` and, on a terminal, a dot a second until it is done. Goes to standard error."""
    print(f"{what} ", end="", file=sys.stderr, flush=True)
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(done,), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()
        print(file=sys.stderr, flush=True)


def _tick(done: threading.Event) -> None:
    print("...", end="", file=sys.stderr, flush=True)
    while sys.stderr.isatty() and not done.wait(1):
        print(".", end="", file=sys.stderr, flush=True)

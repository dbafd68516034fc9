"""How Rasa is started: quietly, without telemetry, on this machine only."""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

from cli.paths import PROJECT

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
}

# Memory in large pages, where the system leaves the choice to glibc: each message reads all the encoder's weights, more
# than a processor keeps, and a tenth of its time went to finding their pages.
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}

# For servers. Give memory back to the system instead of keeping it for later: read by glibc; elsewhere nothing happens.
# One thread for linear algebra: a second makes a message a tenth faster, and takes twice the processor time (23 ms
# instead of 13), most of it waiting, which others need.
THRIFTY = {"MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072", "OPENBLAS_NUM_THREADS": "1"}

_LINUX = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def of_child(**more: str) -> dict[str, str]:
    """Return the environment of a process that reads messages: our own, quiet, in large pages, and `more`."""
    return {**os.environ, **QUIET, **LARGE_PAGES, **more}


def last_line(log: Path) -> str:
    """Return the last line with words in `log`: where a program that failed says why."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "It said nothing.")


def start(module: str, *arguments: str, log: Path, **environment: str) -> "subprocess.Popen[bytes]":
    """Start `python -m module arguments` in the project, its output going to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=PROJECT,
            env=of_child(**environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C goes to us alone; we stop what we started in our own order.
            start_new_session=True,
            # Nor does it outlive us, however we end.
            preexec_fn=_end_with_parent,
        )


def _end_with_parent() -> None:
    if _LINUX:
        _LINUX.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

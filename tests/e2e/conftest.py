import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cli.paths import PROJECT

# What the tests publish in this project is not what the people who work on it have published.
PUBLISHED = tempfile.mkdtemp(prefix="published-")
atexit.register(shutil.rmtree, PUBLISHED, ignore_errors=True)


def run(*arguments, cwd=PROJECT, typed="", **environment):
    """Run `migraine` as a person would, and return what came of it."""
    published = {"MIGRAINE_PUBLISHED": PUBLISHED} if cwd == PROJECT else {}
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd, input=typed, capture_output=True, text=True, timeout=900,
        env={**os.environ, "COLUMNS": "80", **published, **environment},
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the project whose models and conversations are its own."""
    target = tmp_path / "copy"
    ignore = shutil.ignore_patterns(
        ".git", ".venv", ".uv", ".rasa", "releases", "live", "*.tar.gz", "*.egg-info", ".*_cache", ".hypothesis"
    )
    shutil.copytree(PROJECT, target, ignore=ignore)
    return target

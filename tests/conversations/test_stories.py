"""Rasa's own checks: the data is consistent, and the stories in this folder come out as written."""

import json
import os
import subprocess
import sys

import yaml

from cli import environment
from cli.paths import PROJECT

FOLDER = PROJECT / "tests/conversations"
QUIET = {**os.environ, **environment.QUIET}


def _rasa(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=PROJECT,
        env=QUIET,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_training_data_is_valid():
    done = _rasa("data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_story_comes_out_as_written(model, tmp_path):
    done = _rasa(
        "test", "core", "--e2e", "--fail-on-prediction-errors", "--model", str(model),
        "--stories", str(FOLDER), "--out", str(tmp_path), "--endpoints", "endpoints.yml",
    )  # fmt: skip
    failed = tmp_path / "failed_test_stories.yml"
    assert done.returncode == 0, f"{failed.read_text() if failed.exists() else ''}\n{done.stderr[-3000:]}"
    # Rasa skips files it does not recognize as tests without a word: count.
    written = sum(len(yaml.safe_load(file.read_text())["stories"]) for file in FOLDER.glob("test_*.yml"))
    report = json.loads((tmp_path / "story_report.json").read_text())
    assert report["conversation_accuracy"]["total"] == written

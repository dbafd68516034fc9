import subprocess
import sys

import pytest

from cli import faq
from cli.main import VERBS
from cli.paths import PROJECT
from cli.verbs import name
from tests.e2e.conftest import run

NAMES = [*map(name, VERBS), *(f"faq {name(verb)}" for verb in faq.VERBS)]


@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_shows_examples(verb):
    done = run(*verb.split(), "--help")
    assert done.returncode == 0
    assert f"  migraine {verb}" in done.stdout


def test_help_imports_nothing_heavy():
    code = "import sys\nfrom cli.main import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    heavy = {"rasa", "tensorflow", "numpy", "onnxruntime", "spacy", "rich", "prompt_toolkit", "sklearn"}
    assert heavy.isdisjoint(done.stdout.split())


@pytest.mark.parametrize(
    ("typed", "meant"), [("chatt", "chat"), ("faq pubish", "publish"), ("faq inbox asign 3 parking", "assign")]
)
def test_a_verb_that_is_misspelt_is_refused_and_the_nearest_named(typed, meant):
    done = run(*typed.split())
    assert done.returncode == 2
    assert f"Did you mean {meant}?" in done.stderr
    assert "--help` lists what there is." in done.stderr


def test_the_console_command_is_installed():
    from pathlib import Path

    command = Path(sys.executable).with_name("migraine")
    assert subprocess.run([command, "--help"], capture_output=True, text=True, check=True).stdout.startswith(
        "usage: migraine"
    )

"""TensorFlow takes more time and memory than all the rest together: it is not loaded where nothing uses it."""

import subprocess
import sys

import psutil

from cli.paths import PROJECT


def _files(process):
    return [mapped.path for mapped in psutil.Process(process.pid).memory_maps()]


def test_the_assistant_runs_without_tensorflow(running, say):
    assert say("does it hurt")
    files = _files(running.processes["rasa"])
    assert any("onnxruntime" in file for file in files)
    assert not any("tensorflow" in file for file in files)


def test_what_does_use_it_finds_it():
    code = (
        "import sys; from cli import engine; engine.put_off_tensorflow(); import rasa.nlu.extractors.extractor; "
        "before = 'tensorflow' in sys.modules; from rasa.utils import train_utils; "
        "train_utils.rank_and_mask; print(before, 'tensorflow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "False True\n", done.stderr

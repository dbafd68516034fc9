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


def _planned(config):
    """What a process that plans a training by `config` says of TensorFlow and of the class of DIET."""
    code = (
        "import sys, yaml; from cli import engine; config = sys.argv[1]; engine.put_off_tensorflow(); "
        "engine.leave_learners_out(config); from rasa.engine.recipes.recipe import Recipe; "
        "from rasa.shared.data import TrainingType; "
        "Recipe.recipe_for_name(None).graph_config_for_recipe(yaml.safe_load(config), {}, TrainingType.BOTH); "
        "from rasa.nlu.classifiers.diet_classifier import DIETClassifier; "
        "print('tensorflow' in sys.modules, hasattr(DIETClassifier, 'train'))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, config], cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_training_is_planned_without_tensorflow():
    assert _planned((PROJECT / "config.yml").read_text(encoding="utf-8")) == "False False\n"


def test_a_config_that_learns_with_tensorflow_gets_it():
    assert _planned("pipeline: [{name: WhitespaceTokenizer}, {name: DIETClassifier}]\npolicies: []") == "True True\n"

import pytest

from cli import model as models
from cli.paths import PROJECT
from cli.problem import Problem
from tests.e2e.conftest import run


def test_a_current_model_is_not_trained_again(model):
    before = model.stat().st_mtime_ns
    done = run("train")
    assert done.stdout == f"The model is current: {model}\n"
    assert model.stat().st_mtime_ns == before


def test_a_changed_answer_asks_for_another_model(copy, model):
    file = copy / "data/faq/does_it_hurt.yml"
    file.write_text(file.read_text() + "\n# changed\n")
    assert run("version", cwd=copy).stdout.splitlines()[-1].startswith("model not trained yet")


def test_content_that_rasa_cannot_read_is_reported_and_leaves_no_model(copy):
    (copy / "data/faq/does_it_hurt.yml").write_text("nlu: [\n")
    done = run("train", cwd=copy)
    assert done.returncode == 1
    assert done.stderr.count("Training failed:") == 1
    assert ".rasa/train.log" in done.stderr
    assert list((copy / "models").glob("*.tar.gz")) == []


def test_too_little_room_is_said_before_the_work_begins(tmp_path):
    with pytest.raises(
        Problem, match=r"There is no room for a model: .* MB free, and 1000000000000 MB are needed\. Free"
    ):
        models.require_room(tmp_path, 10**18)


def test_a_disk_that_fills_up_on_the_way_is_said_in_the_same_words(tmp_path):
    log = tmp_path / "train.log"
    log.write_text("Traceback ...\nOSError: [Errno 28] No space left on device\n")
    assert models._reason(log).startswith("There was no room to write the model. Free some space")


def test_only_the_newest_models_are_kept(tmp_path):
    import os

    for age in range(5):
        file = tmp_path / f"migraine-{age}.tar.gz"
        file.touch()
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    (tmp_path / "someone-elses.tar.gz").touch()
    models._tidy(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {
        "migraine-0.tar.gz", "migraine-1.tar.gz", "migraine-2.tar.gz", "someone-elses.tar.gz"
    }  # fmt: skip


def test_version_names_the_parts(model):
    lines = run("version").stdout.splitlines()
    assert lines == ["assistant 0.1.0", "rasa 3.6.21", f"model {model.name}"]


def test_models_are_named_by_what_made_them(model):
    assert model.parent == PROJECT / "models"
    assert model == models.current()

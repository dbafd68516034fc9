"""A nurse tries a question, and a change to a topic before patients meet it."""

import shutil

import pytest

from cli.paths import PROJECT
from tests.e2e.conftest import run

PARKING = """\
version: "3.1"

nlu:
- intent: faq/parking
  examples: |
    - Parking at the clinic
    - where can i leave my car
    - is the car park free
    - do patients pay to park

responses:
  utter_faq/parking:
  - text: There is a car park behind the clinic. Ask the nurse at the desk.
    metadata:
      title: "Parking at the clinic"
"""


@pytest.fixture
def staff(copy, model):
    """Run `migraine faq try` in a copy of the project that has the model."""
    shutil.copy(model, copy / "models")
    if (vectors := PROJECT / ".rasa/vectors.npz").exists():
        (copy / ".rasa").mkdir()
        shutil.copy(vectors, copy / ".rasa")
    return lambda *arguments: run("faq", "try", *arguments, cwd=copy)


def test_it_shows_the_answer_that_patients_get_now(staff):
    done = staff("will my eyelid droop")
    assert done.returncode == 0, done.stderr
    assert '"will my eyelid droop"' in done.stdout
    assert 'It answers with "Side effects".' in done.stdout
    assert "Not published yet" not in done.stdout


@pytest.mark.parametrize("kept", ["drafts/parking.yml", "data/faq/parking.yml"])
def test_an_unpublished_topic_is_tried_by_its_name_and_patients_still_get_the_old_answer(staff, copy, kept):
    (copy / kept).parent.mkdir(exist_ok=True)
    (copy / kept).write_text(PARKING)
    # The change is not live: the model is the one from before it.
    now = staff("where may i put my car")
    assert "Not published yet: parking. To try it, add: --draft parking" in " ".join(now.stdout.split())
    assert "Parking at the clinic" not in now.stdout
    tried = staff("where may i put my car", "--draft", "parking")
    assert tried.returncode == 0, tried.stderr
    before, after = tried.stdout.split('With the draft of "Parking at the clinic"')
    assert "Parking at the clinic" not in before
    assert "There is a car park behind the clinic." in after
    assert "This changes." in after


def test_what_is_no_draft_is_refused_with_what_to_do(staff, tmp_path):
    (tmp_path / "parking.yml").write_text("nlu: [")
    for named, says in (("parkng", "There is no topic parkng"), (tmp_path / "parking.yml", "parking.yml, line ")):
        done = staff("where may i park", "--draft", str(named))
        assert done.returncode == 1
        assert says in done.stderr


def test_without_any_model_it_trains_one_first(copy):
    # Training fails on this, so that the test need not wait for it.
    (copy / "data/faq/does_it_hurt.yml").write_text("nlu: [\n")
    done = run("faq", "try", "does it hurt", cwd=copy)
    assert done.returncode == 1
    assert done.stderr.startswith("Training (")
    assert "Training failed:" in done.stderr

import pytest

from assistant import training_data
from assistant.training_data import Example
from cli.paths import PROJECT
from tests.taught import taught


def test_it_is_every_question_that_rasa_is_trained_on():
    read = training_data.load(PROJECT / training_data.FOLDER)
    assert sorted((example.label, example.text) for example in read) == sorted(taught())


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq/parking.yml").write_text("nlu:\n- intent: faq/parking\n  examples: |\n    where can i park\n")
    with pytest.raises(ValueError, match=r"parking\.yml cannot be read\. `migraine faq check` says what"):
        training_data.load(tmp_path)


def test_questions_come_with_their_labels(tmp_path):
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu/small_talk.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - hello\n    - hi there\n")
    assert training_data.load(tmp_path) == [Example("hello", "greet"), Example("hi there", "greet")]

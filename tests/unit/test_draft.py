from types import SimpleNamespace

import pytest

from assistant import draft
from assistant.faq import FaqError
from assistant.training_data import Example

FILE = """\
version: "3.1"

nlu:
- intent: faq/parking
  examples: |
    - Parking
    - where can i park
{answer}"""
ANSWER = """
responses:
  utter_faq/parking:
  - text: Behind the clinic. Ask the nurse.
    metadata:
      title: "Parking at the clinic"
"""


@pytest.fixture
def read(tmp_path):
    def written(text):
        (tmp_path / "parking.yml").write_text(text)
        return draft.read(tmp_path / "parking.yml")

    return written


def test_a_draft_is_its_questions_title_and_answer(read):
    held = read(FILE.format(answer=ANSWER))
    assert held.label == "faq/parking"
    assert held.questions == ("Parking", "where can i park")
    assert held.title == "Parking at the clinic"
    assert held.answer == "Behind the clinic. Ask the nurse."


def test_an_answer_that_is_not_written_yet_is_no_obstacle(read):
    held = read(FILE.format(answer=""))
    assert (held.title, held.answer) == ("Parking", "")


@pytest.mark.parametrize("text", ["", "nlu: [", "version: '3.1'\nnlu:\n- intent: faq/parking\n"])
def test_without_questions_there_is_nothing_to_try_and_it_says_where_to_look(read, text):
    with pytest.raises(FaqError, match=r"parking\.yml, "):
        read(text)


def test_its_questions_replace_those_of_its_topic(read):
    examples = [Example("old", "faq/parking"), Example("hello", "greet")]
    learned = draft.with_questions(examples, read(FILE.format(answer="")))
    assert learned == [
        Example("hello", "greet"), Example("Parking", "faq/parking"), Example("where can i park", "faq/parking")
    ]  # fmt: skip


def test_its_answer_replaces_that_of_its_topic(read):
    responses = {"utter_greet": [{"text": "Hello"}], "utter_faq/parking": [{"text": "old", "metadata": {}}]}
    replaced = draft.with_answer(responses, read(FILE.format(answer=ANSWER)))
    assert replaced["utter_faq/parking"][0]["text"] == "Behind the clinic. Ask the nurse."
    assert replaced["utter_greet"] == responses["utter_greet"]


def test_topics_whose_questions_are_others_than_those_taught_are_unpublished():
    live = SimpleNamespace(keys={"same": "faq/a", "old": "faq/b", "hello": "greet", "both": "faq/c"})
    examples = [
        Example("Same?", "faq/a"), Example("new", "faq/b"), Example("hey", "greet"), Example("more", "faq/d"),
        Example("both", "faq/c"), Example("both", "faq/a"),
    ]  # fmt: skip
    assert draft.unpublished(examples, live) == ["b", "d"]
    assert draft.unpublished([Example("same", "faq/a"), Example("old", "faq/b"), Example("both", "faq/c")], live) == []

import pytest

from assistant.faq import FaqError
from assistant.release_changes import new_questions, sentences

FORM = """version: "3.1"

nlu:
- intent: faq/{id}
  examples: |
{questions}

responses:
  utter_faq/{id}:
  - text: {answer}
    metadata:
      title: "{id}"
      sources: [{source}]
      reviewed: "2026-11-23"
      review_due: "2027-11-23"
      related: []
"""


def topic(id_, *questions, answer="Ask your nurse.", source="nhs"):
    listed = "\n".join(f"    - {question}" for question in questions)
    return {
        f"data/faq/{id_}.yml": FORM.format(id=id_, questions=listed, answer=answer, source=source).encode(),
        "data/sources.yml": b"nhs: {}\n",
    }


PARKING = topic("parking", "where can i park", "car park")


def test_nothing_changed_is_nothing_said():
    assert sentences(PARKING, PARKING) == []


def test_new_and_removed_topics_are_named():
    drive = topic("drive", "can i drive")
    assert sentences(PARKING, {**PARKING, **drive}) == ["drive: new, with 1 question"]
    assert sentences({**PARKING, **drive}, drive) == ["parking: removed"]


def test_what_changed_in_a_topic_is_said_part_by_part():
    now = topic("parking", "where can i park", "is it free", "how much", answer="Behind the house.", source="mayo")
    assert sentences(PARKING, now) == [
        "parking: 2 questions added, 1 question removed, answer changed, sources changed"
    ]


def test_a_comment_is_a_change_too():
    (name, text), *_ = PARKING.items()
    assert sentences(PARKING, {**PARKING, name: text + b"# seen\n"}) == ["parking: comments or order changed"]


def test_the_list_of_sources_is_named():
    assert sentences(PARKING, {**PARKING, "data/sources.yml": b"x: {}\n"}) == ["the list of sources changed"]


def test_the_questions_that_are_new_are_found_by_topic():
    now = {**topic("parking", "where can i park", "is it free"), **topic("drive", "can i drive")}
    assert new_questions(PARKING, now) == {"parking": ["is it free"], "drive": ["can i drive"]}


def test_what_is_no_topic_is_named():
    with pytest.raises(FaqError, match=r"data/faq/x\.yml"):
        sentences(PARKING, {"data/faq/x.yml": b"nonsense"})

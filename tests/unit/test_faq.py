from datetime import date

import pytest

from assistant.faq import FaqError, load, questions, read

FILE = """\
version: "3.1"

nlu:
- intent: faq/parking
  examples: |
    - Parking
    - where can i park

responses:
  utter_faq/parking:
  - text: |-
      There is a car park.

      Ask the nurse for a permit.
    metadata:
      title: "Parking"
      sources: [clinic]
      reviewed: "2026-11-23"
      review_due: "2027-11-23"
      related: [aftercare]
"""


def _write(folder, text=FILE, name="parking"):
    file = folder / f"{name}.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_topic_is_read_with_its_questions_answer_and_sources(tmp_path):
    topic = read(_write(tmp_path))
    assert topic.label == "faq/parking"
    assert topic.questions == ("Parking", "where can i park")
    assert topic.answer.endswith("permit.")
    assert (topic.title, topic.sources, topic.related) == ("Parking", ("clinic",), ("aftercare",))
    assert (topic.reviewed, topic.review_due) == (date(2026, 11, 23), date(2027, 11, 23))


def test_a_folder_is_read_by_topic(tmp_path):
    _write(tmp_path)
    assert list(load(tmp_path)) == ["parking"]


def test_questions_are_the_lines_without_their_dash():
    assert questions("- one\n-  two words \n\n    - three - four\n") == ("one", "two words", "three - four")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (FILE.replace("faq/parking\n", "faq/parkings\n"), "asks for faq/parking"),
        (FILE.replace('      title: "Parking"\n', ""), "title"),
        (FILE.replace('"2026-11-23"', '"23 November"'), "reviewed must be a date in quotes"),
        (FILE.replace('"2026-11-23"', "2026-11-23"), "reviewed must be a date in quotes"),
        (FILE.replace("[clinic]", "clinic"), "sources must be a list in brackets"),
        (FILE.replace("    - where can", "    where can"), 'each question begins with "- "'),
        (FILE.replace("  utter_faq/parking:", "  utter_faq/park:"), "utter_faq/parking"),
        ("nlu: [", "not valid YAML"),
        ("just text", "CONTRIBUTING.md shows the form"),
        ("", "CONTRIBUTING.md shows the form"),
    ],
)
def test_a_file_that_is_not_a_topic_is_named_with_what_is_wrong(tmp_path, wrong, says):
    with pytest.raises(FaqError, match=r"parking\.yml.*") as error:
        read(_write(tmp_path, wrong))
    assert says in str(error.value)

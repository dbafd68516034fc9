from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as some

from assistant import faq, faq_document
from cli.paths import PROJECT

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
      sources: [clinic, nhs]
      reviewed: "2026-11-23"
      review_due: "2027-11-23"
      related: [aftercare]
"""


def test_each_part_is_read_with_its_line():
    document = faq_document.read("parking", FILE)
    assert document.troubles == []
    assert document.title == ("Parking", 16)
    assert document.questions == [("Parking", 6), ("where can i park", 7)]
    assert document.answer == ("There is a car park.\n\nAsk the nurse for a permit.", 12)
    assert [source.line for source in document.sources] == [17, 17]
    assert (document.reviewed[1], document.review_due[1]) == (18, 19)


@pytest.mark.parametrize("file", sorted((PROJECT / faq.FOLDER).glob("*.yml")), ids=lambda file: file.stem)
def test_it_reads_what_the_reader_of_topics_reads(file):
    text = file.read_text(encoding="utf-8")
    document, topic = faq_document.read(file.stem, text), faq.read(file)
    lines = text.splitlines()
    assert document.troubles == []
    assert tuple(question.value for question in document.questions) == topic.questions
    assert [lines[question.line - 1].strip()[2:] for question in document.questions] == list(topic.questions)
    assert document.answer.value == topic.answer
    assert lines[document.answer.line - 1].strip() == topic.answer.splitlines()[0]


slips = some.tuples(
    some.integers(0, len(FILE)),
    some.integers(0, 12),
    some.sampled_from(["", " ", "\n", "\t", ":", '"', "- ", "[", "&a", "*a", "#", "{", "é", "\0", "2026-1-1"]),
)


@settings(max_examples=400)
@given(some.lists(slips, min_size=1, max_size=3))
@example([(FILE.index("[clinic"), 13, "")])
@example([(FILE.index('"2027'), 12, "2027-11-23")])
@example([(FILE.index("nhs]"), 3, "n:")])
def test_whatever_slips_in_is_explained_with_its_line_if_the_topic_can_no_longer_be_read(slips):
    text = FILE
    for start, length, new in slips:
        text = text[:start] + new + text[start + length :]
    troubles = faq_document.read("parking", text).troubles
    for trouble in troubles:
        assert 1 <= trouble.line <= max(1, len(text.splitlines()) + 1)
        assert trouble.message.endswith(".")
        assert trouble.fix.endswith((".", '."'))
    try:
        faq.parse(text, Path("parking.yml"))
    except faq.FaqError:
        assert troubles, text


def test_a_part_that_refers_to_itself_is_no_endless_work():
    assert faq_document.read("parking", "nlu: &a [*a]\n").troubles


def test_an_error_that_is_not_known_is_told_as_it_is():
    trouble = faq_document.explain(yaml.YAMLError("something odd"))
    assert trouble.message == "The file's form is broken: something odd."

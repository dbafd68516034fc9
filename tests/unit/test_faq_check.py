import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant import faq
from assistant.encoder import SentenceEncoder
from assistant.faq_check import check
from assistant.vector_cache import VectorCache
from cli.paths import PROJECT

TODAY = date(2026, 11, 24)
QUESTIONS = """\
    - Parking at the clinic
    - where can i leave my car
    - is the car park free?
    - do you have disabled bays
    - any street spaces nearby
    - how early do the barriers open
    - my wife drops me off, where should she stop
    - do I need a permit"""
ANSWER = (
    "      There is a car park behind the clinic. It is free for the time of your visit, and it has four wide bays "
    "close to the door. It fills up in the morning, so come a little early.\n\n"
    "      Ask the nurse at the desk for a permit when you arrive."
)
FILE = f"""\
version: "3.1"

nlu:
- intent: faq/parking
  examples: |
{QUESTIONS}

responses:
  utter_faq/parking:
  - text: |-
{ANSWER}
    metadata:
      title: "Parking at the clinic"
      sources: [nhs_migraine]
      reviewed: "2026-11-23"
      review_due: "2027-11-23"
      related: [aftercare]
"""


@pytest.fixture(scope="session")
def encode(tmp_path_factory):
    """The real encoder, which encodes each question once."""
    return VectorCache(tmp_path_factory.mktemp("vectors") / "vectors.npz", SentenceEncoder()).encode


@pytest.fixture
def folder(tmp_path) -> Path:
    """A FAQ of three topics, with the project's sources."""
    (tmp_path / "faq").mkdir()
    (tmp_path / "nlu").mkdir()
    for topic in ("aftercare", "side_effects", "botox_onset", "botox_duration"):
        shutil.copy(PROJECT / "data/faq" / f"{topic}.yml", tmp_path / "faq")
    shutil.copy(PROJECT / "data/sources.yml", tmp_path)
    shutil.copy(PROJECT / "data/nlu/small_talk.yml", tmp_path / "nlu")
    return tmp_path / "faq"


@pytest.fixture
def findings(folder, encode):
    """Put a text in the file of a topic, and return what is found in it."""

    def find(text, topic="parking", today=TODAY):
        (folder / f"{topic}.yml").write_text(text, encoding="utf-8")
        return check(folder, topic, encode=encode, today=today)

    return find


def replaced(old, new, text=FILE):
    assert old in text
    return text.replace(old, new)


def test_a_good_topic_has_no_finding(findings):
    assert findings(FILE) == []


BLOCKING = {
    "a tab": (replaced("    - do I need", "\t- do I need"), 13, "There is a tab", "Replace every tab by spaces"),
    "a colon without quotes": (
        replaced('title: "Parking at the clinic"', "title: Parking: at the clinic"),
        22,
        "a colon (:)",
        'in "quotes"',
    ),
    "a quotation mark that is not closed": (
        replaced('"Parking at the clinic"', '"Parking at the clinic'),
        22,
        "opens here and is not closed",
        'missing "',
    ),
    "a bracket that is not closed": (
        replaced("[nhs_migraine]", "[nhs_migraine"),
        23,
        "A bracket opens here and is not closed",
        "[one, another]",
    ),
    "a text that is not indented": (
        replaced("      Ask the nurse", "Ask the nurse"),
        20,
        "neither part of a text",
        "Indent it",
    ),
    "a line indented too far": (
        replaced("    metadata", "     metadata"),
        21,
        "indented differently",
        "Compare the spaces",
    ),
    "a sign at the beginning": (replaced("[nhs_migraine]", "@nhs_migraine"), 23, "a sign that means", 'in "quotes"'),
    "nothing at all": ("", 1, "empty", "copy of another file"),
    "only text": ("hello\n", 1, "not the form of a topic", "copy of another file"),
    "a part that does not belong": (FILE + "rules: []\n", 27, "rules does not belong", "Remove it"),
    "another version": (replaced('"3.1"', '"2.0"'), 1, "version", '"3.1"'),
    "an intent that is not the file's name": (
        replaced("intent: faq/parking", "intent: faq/car_park"),
        4,
        "The intent is faq/car_park",
        "rename the file",
    ),
    "no questions": (replaced(f"  examples: |\n{QUESTIONS}\n", ""), 4, "The questions are missing", "examples"),
    "questions without the stroke": (
        replaced("examples: |", "examples:"),
        6,
        "not in the form of lines",
        "examples: |",
    ),
    "a question without a dash": (
        replaced("- do you have", "do you have"),
        9,
        "does not begin with a dash",
        '"- do you have disabled bays"',
    ),
    "too few questions": (replaced("    - any street spaces nearby\n", ""), 6, "There are 7 questions", "at least 8"),
    "a question with a bracket": (replaced("- do I need a permit", "- do I need a [permit](x)"), 13, "bracket", "out"),
    "the same question twice": (
        replaced("- do I need a permit", "- Where can I leave my car?"),
        13,
        "there twice, first on line 7",
        "Remove one",
    ),
    "a question of another topic": (
        replaced("- do I need a permit", "- Drive home!"),
        13,
        "also one of aftercare (aftercare.yml, line 11)",
        "fits best",
    ),
    "a question of another intent": (
        replaced("- do I need a permit", "- hiya"),
        13,
        "also one of the greetings",
        "Remove it here",
    ),
    "no answer": (replaced("  - text: |-\n" + ANSWER, "  - x: 1"), 17, "The answer is missing", '"text:"'),
    "an empty answer": (replaced(ANSWER, ""), 17, "nothing behind text", "Write the answer"),
    "an answer of another name": (
        replaced("utter_faq/parking", "utter_faq/park"),
        16,
        "utter_faq/park does not belong",
        "Write utter_faq/parking",
    ),
    "two answers of the same name": (
        FILE + "  utter_faq/parking:\n  - text: There is none.\n",
        27,
        "is there twice, first on line 16",
        "Keep one",
    ),
    "two answers in one": (FILE + "  - text: Another one.\n", 17, "exactly one answer", "Keep one"),
    "an answer that is too hard": (
        replaced(
            "It fills up in the morning, so come a little early.",
            "Availability deteriorates considerably throughout particularly popular morning appointment periods, "
            "necessitating correspondingly earlier individual transportation arrangements for participating patients.",
        ),
        18,
        "years of school, where 8 should do",
        'the hardest is "Availability',
    ),
    "no professional": (
        replaced("Ask the nurse at the desk", "Look"),
        18,
        "healthcare professional",
        "Ask your doctor",
    ),
    "a verdict": (replaced("There is a car park", "You qualify. There is a car park"), 18, '"You qualify"', "Say who"),
    "a promise": (replaced("when you arrive.", "that will help."), 20, '"will help"', "may help"),
    "a price": (replaced("free for the time", "$5 for the time"), 18, "prices change", "whom to ask"),
    "headache days that are not the rule's": (
        replaced("when you arrive.", "if you have 14 headache days or more."),
        20,
        'says "14"',
        "rule",
    ),
    "months that are not the rule's": (
        replaced("when you arrive.", "after 15 or more headache days a month for two months."),
        20,
        'says "two"',
        "rule",
    ),
    "a blank to fill in": (replaced("a car park behind", "a {car} park behind"), 18, "the sign {", "without"),
    "no title": (replaced('      title: "Parking at the clinic"\n', ""), 22, "The title is missing", '"title:"'),
    "a title that is not a question": (
        replaced("- Parking at", "- parking near"),
        22,
        "not one of the questions",
        "Add",
    ),
    "a title of another topic": (
        replaced("Parking at the clinic", "Side effects"),
        22,
        "side_effects has the same title",
        "another",
    ),
    "a title that is a number": (replaced('"Parking at the clinic"', "2026"), 22, "not read as text", "quotes"),
    "no sources": (replaced("      sources: [nhs_migraine]\n", ""), 22, "The sources are missing", '"sources:"'),
    "an empty list of sources": (replaced("[nhs_migraine]", "[]"), 23, "The sources are missing", "at least one"),
    "sources without brackets": (replaced("[nhs_migraine]", "nhs_migraine"), 23, "not a list", "brackets"),
    "an unknown source": (replaced("nhs_migraine", "my_aunt"), 23, "my_aunt is not in data/sources.yml", "add it"),
    "no date of review": (replaced('      reviewed: "2026-11-23"\n', ""), 22, "last review is missing", '"reviewed:"'),
    "a date without quotes": (replaced('due: "2027-11-23"', "due: 2027-11-23"), 25, "not in quotes", '"2027-11-23"'),
    "what is no date": (replaced('"2027-11-23"', '"next year"'), 25, "not a date", "2026-11-23"),
    "a review to come": (replaced('reviewed: "2026-11-23"', 'reviewed: "2026-11-25"'), 24, "in the future", "the day"),
    "a review too far off": (replaced("2027-11-23", "2029-11-23"), 25, "not within two years", "at most two years"),
    "an unknown related topic": (replaced("[aftercare]", "[after_care]"), 26, "after_care does not exist", "faq list"),
    "a topic related to itself": (replaced("[aftercare]", "[parking]"), 26, "related to itself", "another"),
}


@pytest.mark.parametrize("what", BLOCKING)
def test_what_must_not_reach_patients_is_blocked_with_its_line_and_what_to_do(findings, folder, what):
    text, line, message, fix = BLOCKING[what]
    blocking = [finding for finding in findings(text) if finding.blocking]
    first = [finding for finding in blocking if message in finding.message]
    assert first, blocking
    assert (first[0].file, first[0].line) == (folder / "parking.yml", line)
    assert fix in first[0].fix
    for finding in blocking:
        assert finding.message.endswith(".")
        assert finding.fix.endswith((".", '."'))


ADVICE = {
    "an overdue review": (FILE, date(2027, 11, 23), 25, "due on 2027-11-23", "clinician"),
    "a title too long for a button": (
        replaced("Parking at the clinic", "Parking at the clinic and in the streets"),
        TODAY,
        22,
        "40 characters",
        "32",
    ),
    "questions that share their words": (
        replaced("- do I need a permit", "- where should i leave my car"),
        TODAY,
        13,
        "most of their words",
        "other words",
    ),
    "a very short answer": (
        replaced(ANSWER, "      Ask the nurse at the desk."),
        TODAY,
        18,
        "only 6 words",
        "more",
    ),
    "a long answer": (replaced("There is", "There is a tree. " * 20 + "There is"), TODAY, 18, "much", "110"),
    "a line that is broken": (
        replaced(" It fills", "\n      It fills"),
        TODAY,
        19,
        "inside a paragraph",
        "one long line",
    ),
    "no related topic": (replaced("[aftercare]", "[]"), TODAY, 22, "No topic is related", "up to three"),
    "too many related topics": (
        replaced("[aftercare]", "[aftercare, side_effects, botox_onset, botox_duration]"),
        TODAY,
        26,
        "There are 4",
        "three",
    ),
    "a question that means the same as another topic's": (
        replaced("- do I need a permit", "- feeling tired after Botox"),
        TODAY,
        13,
        '"feeling tired after Botox" also reads like side_effects: "tired after botox"',
        "remove it here",
    ),
    "a topic that reads like another": (
        replaced(
            QUESTIONS,
            QUESTIONS.replace("do I need a permit", "am i ok to drive after it").replace(
                "how early do the barriers open", "can i drive straight after the injections"
            ),
        ),
        TODAY,
        11,
        "aftercare: ",
        "2 of its 8 questions do",
    ),
}


@pytest.mark.parametrize("what", ADVICE)
def test_what_could_be_better_is_advice(findings, what):
    text, today, line, message, fix = ADVICE[what]
    (finding,) = findings(text, today=today)
    assert not finding.blocking
    assert message in finding.message
    assert fix in finding.fix + finding.message
    assert finding.line == line


def test_a_name_that_is_no_id_is_blocked(findings):
    found = findings(FILE.replace("faq/parking", "faq/Car-Park"), topic="Car-Park")
    assert ("only small letters" in found[0].message, found[0].fix) == (True, "Rename it, to car_park.yml.")


def test_files_that_would_be_learned_from_unseen_are_blocked(folder, encode):
    (folder / "parking.yaml").write_text(FILE)
    (folder / "more").mkdir()
    (folder / "more/parking.yml").write_text(FILE)
    fixes = [finding.fix for finding in check(folder, encode=encode, today=TODAY) if finding.blocking]
    assert {f"Move it to {folder}.", "Rename it to parking.yml."} <= set(fixes)


def test_a_draft_is_read_instead_of_the_file(folder, encode):
    drafts = {"parking": FILE.replace("nhs_migraine", "my_aunt")}
    (finding,) = check(folder, "parking", encode=encode, today=TODAY, drafts=drafts)
    assert "my_aunt" in finding.message
    assert not (folder / "parking.yml").exists()


def test_bytes_that_are_no_text_are_said_so(folder, encode):
    (folder / "parking.yml").write_bytes(FILE.encode("utf-16"))
    found = check(folder, "parking", encode=encode, today=TODAY)
    assert "cannot be shown" in found[0].message


def test_one_that_is_not_there_is_an_error(folder, encode):
    with pytest.raises(faq.FaqError, match="no topic parking"):
        check(folder, "parking", encode=encode)


def test_what_is_blocked_comes_first(folder, encode):
    (folder / "parking.yml").write_text(FILE.replace("[aftercare]", "[]").replace("nhs_migraine", "my_aunt"))
    found = check(folder, encode=encode, today=TODAY)
    assert [finding.blocking for finding in found] == sorted((finding.blocking for finding in found), reverse=True)

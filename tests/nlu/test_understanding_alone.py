"""What staff are shown is what patients get: the trained parts, put together without Rasa, decide as Rasa does."""

from pathlib import Path

import pytest

from assistant import clinic, draft, evaluation, preview, safety_evaluation, training_data, understanding
from assistant.draft import Draft
from cli.paths import PROJECT
from cli.trained import Trained

ODD = [
    "",
    "   ",
    "/greet",
    "<b>does</b> it hurt",
    "WILL MY EYELID DROOP",
    "nedles hurt?",
    "this headache is killing me",
]
PARKING = Draft(
    id="parking",
    title="Parking at the clinic",
    questions=("Parking at the clinic", "where can i leave my car", "is the car park free", "do patients pay to park"),
    answer="There is a car park behind the clinic. Ask the nurse at the desk.",
)


@pytest.fixture(scope="module")
def live(model):
    return understanding.load(model)


@pytest.fixture(scope="module")
def numbers():
    return clinic.numbers("GB", PROJECT / clinic.COUNTRIES)


@pytest.fixture
def told(live, numbers):
    def told(question):
        read = live.understanding.read(question)
        return preview.report(read, live.understanding, live.responses, numbers)

    return told


def test_it_decides_as_rasa_does(model, live):
    questions = [question for _, question in evaluation.questions(PROJECT / "tests/nlu/dev.yml")][::12]
    dangers = [case.text for case in safety_evaluation.cases(PROJECT / "tests/safety/dev.yml")][::6]
    texts = [*ODD, *questions, *dangers]
    for text, parsed in zip(texts, Trained(model).parse(texts), strict=True):
        read = live.understanding.read(text)
        levels = [entity["value"] for entity in parsed["entities"] if entity["entity"] == "urgency"]
        assert read.intent == parsed["intent"]["name"], text
        assert read.label == parsed["intent_ranking"][0]["name"]
        assert read.ranking[0][1] == pytest.approx(parsed["intent_ranking"][0]["confidence"], abs=1e-6)
        assert ([read.verdict.alarm.level] if read.verdict.alarm else []) == levels


def test_a_question_shows_its_answer_how_sure_it_is_and_what_pulled_it_there(told):
    deed, *lines = told("will my eyelid droop after the shots")
    assert deed == 'It answers with "Side effects".'
    assert lines[0].startswith("| Most side effects")
    shown = "\n".join(lines)
    assert "enough to answer" in shown
    assert 'taught for "Side effects"' in shown
    assert "of 100 alike" in shown
    assert "eyelid" in shown.split("counted most: ")[1]


def test_an_alarm_is_shown_with_the_numbers_to_call(told):
    deed, first, *_ = told("sudden worst headache of my life and i cant speak")
    assert deed == "It raises an alarm: call emergency services now."
    assert "999" in first


@pytest.mark.parametrize(
    ("question", "deed"),
    [
        ("who won the match last night", "It says that it cannot help with this."),
        ("could botox be for me", "It begins the check whether Botox may be something to ask a doctor about."),
        ("say that again please", "It says its last answer again."),
        ("hello", "It takes it as one of the greetings."),
        ("", "It says that it cannot help with this."),
    ],
)
def test_whatever_it_does_is_said_in_words(told, question, deed):
    assert told(question)[0] == deed


def test_a_draft_is_learned_in_memory_and_what_it_changes_is_said(live, numbers):
    examples = training_data.load(PROJECT / training_data.FOLDER)
    question = "where may i put my car when i come"
    learned = live.understanding.taught(draft.with_questions(examples, PARKING))
    responses = draft.with_answer(live.responses, PARKING)
    before, after = live.understanding.read(question), learned.read(question)
    assert after.label == "faq/parking"
    assert before.label != "faq/parking"
    change = preview.change((before, live.responses), (after, responses), numbers)
    assert change.startswith("This changes.")
    assert change.endswith('Then: It answers with "Parking at the clinic".')
    # A question of the draft is certain, word for word.
    assert learned.read("Where can I leave my car?").ranking[0] == ("faq/parking", 1.0)
    same = live.understanding.read("does it hurt"), learned.read("does it hurt")
    unchanged = preview.change((same[0], live.responses), (same[1], responses), numbers)
    assert unchanged == "Nothing changes for this question."


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_damaged_model_is_refused(tmp_path: Path, content):
    (tmp_path / "model.tar.gz").write_bytes(content)
    with pytest.raises(understanding.ModelError, match="cannot be read"):
        understanding.load(tmp_path / "model.tar.gz")

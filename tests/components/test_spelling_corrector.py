from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.spelling_corrector import SpellingCorrector


def test_what_it_learned_survives_being_stored(workshop):
    questions = [
        "do the injections hurt",
        "botx injections",
        "where are the injections",
        "injections?",
        "the injections",
    ]
    data = TrainingData([Message({TEXT: question, INTENT: "faq"}) for question in questions])
    corrector = workshop.create(SpellingCorrector)
    corrector.train(data)
    assert corrector.process_training_data(data).training_examples[1].get(TEXT) == "botx injections"
    loaded = workshop.load(SpellingCorrector)
    mended, empty = loaded.process([Message({TEXT: "botx injecitons"}), Message({TEXT: ""})])
    assert mended.get(TEXT) == "botx injections"
    assert empty.get(TEXT) == ""


def test_words_of_the_other_folder_are_known(workshop, tmp_path):
    (tmp_path / "alarms.yml").write_text("nlu:\n- intent: emergency\n  examples: |\n    - my eyelyd hangs\n")
    questions = [Message({TEXT: f"my eyelid, {number}", INTENT: "faq"}) for number in range(5)]
    for folder, mended in ((None, "eyelid"), (str(tmp_path), "eyelyd")):
        workshop.create(SpellingCorrector, also_from=folder).train(TrainingData(questions))
        (message,) = workshop.load(SpellingCorrector).process([Message({TEXT: "eyelyd"})])
        assert message.get(TEXT) == mended


def test_before_training_it_changes_nothing(workshop):
    (message,) = workshop.create(SpellingCorrector).process([Message({TEXT: "injecitons"})])
    assert message.get(TEXT) == "injecitons"

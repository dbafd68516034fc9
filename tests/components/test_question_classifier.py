import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.question_classifier import FullLabelClassifier
from components.sentence_encoder import MiniLMFeaturizer

TAUGHT = {
    "faq/does_it_hurt": [
        "does it hurt",
        "are the needles painful",
        "how sore is it",
        "will i feel the injections",
    ],
    "faq/cost_insurance": ["what does it cost", "is it expensive", "price of treatment", "who pays for it"],
    "greet": ["hello", "hi there", "good morning", "hey"],
    "out_of_scope": ["tell me a joke", "who won the match", "weather today", "pancake recipe"],
}


def _example(label, text):
    data = {TEXT: text, INTENT: label.split("/")[0]}
    if "/" in label:
        data[INTENT_RESPONSE_KEY] = label
    return Message(data)


@pytest.fixture
def parse(workshop):
    """Train, persist, load; return how the loaded component reads a message."""
    featurizer = workshop.create(MiniLMFeaturizer)
    examples = [_example(label, text) for label, texts in TAUGHT.items() for text in texts]
    data = featurizer.process_training_data(TrainingData(examples))
    workshop.create(FullLabelClassifier).train(data)
    loaded = workshop.load(FullLabelClassifier)

    def read(text):
        (message,) = loaded.process(featurizer.process([Message({TEXT: text})]))
        return message.as_dict(only_output_properties=True)

    return read


def test_a_faq_question_gets_the_retrieval_intent_and_its_topic(parse):
    parsed = parse("are the injections painful")
    response = parsed["response_selector"]["faq"]["response"]
    assert parsed["intent"]["name"] == "faq"
    assert response["intent_response_key"] == "faq/does_it_hurt"
    assert response["utter_action"] == "utter_faq/does_it_hurt"
    assert response["confidence"] == parsed["intent"]["confidence"]
    assert parsed["response_selector"]["all_retrieval_intents"] == ["faq"]


def test_small_talk_gets_its_plain_intent(parse):
    assert parse("hello there")["intent"]["name"] == "greet"


def test_the_ranking_names_full_labels_likeliest_first(parse):
    ranking = parse("are the injections painful")["intent_ranking"]
    confidences = [entry["confidence"] for entry in ranking]
    assert {entry["name"] for entry in ranking} == set(TAUGHT)
    assert ranking[0]["name"] == "faq/does_it_hurt"
    assert confidences == sorted(confidences, reverse=True)


def test_a_message_without_words_is_out_of_scope(parse):
    parsed = parse("")
    assert parsed["intent"] == {"name": "out_of_scope", "confidence": 1.0}
    assert parsed["nearness"] == 0


def test_what_rasa_stores_of_a_message_is_plain_data(parse):
    import json

    assert json.loads(json.dumps(parse("what is the price")))["intent"]["name"] == "faq"

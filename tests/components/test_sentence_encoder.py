import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.encoder import DIMENSIONS, EncoderError
from components.sentence_encoder import MiniLMFeaturizer


def _vector(message):
    return message.get_dense_features(TEXT, [])[1].features


def test_a_message_gets_the_vector_its_training_question_got(workshop):
    featurizer = workshop.create(MiniLMFeaturizer)
    (message,) = featurizer.process([Message({TEXT: "does it hurt"})])
    data = featurizer.process_training_data(TrainingData([Message({TEXT: "does it hurt"})]))
    assert _vector(message).shape == (1, DIMENSIONS)
    np.testing.assert_array_equal(_vector(message), _vector(data.training_examples[0]))


def test_the_first_question_of_a_label_carries_the_vector_of_its_name(workshop):
    asked = [("does it hurt", "faq/side_effects"), ("is it bad", "faq/side_effects"), ("who won", "out_of_scope")]
    messages = [Message.build(text, intent) for text, intent in asked]
    first, second, outside = (
        workshop.create(MiniLMFeaturizer).process_training_data(TrainingData(messages)).training_examples
    )
    (named,) = workshop.create(MiniLMFeaturizer).process([Message({TEXT: "side effects"})])
    np.testing.assert_allclose(first.get_dense_features(INTENT, [])[1].features, _vector(named), atol=1e-6)
    assert second.get_dense_features(INTENT, [])[1] is None
    assert outside.get_dense_features(INTENT, [])[1] is None


def test_a_message_without_text_gets_no_vector(workshop):
    (message,) = workshop.create(MiniLMFeaturizer).process([Message({TEXT: ""})])
    assert message.features == []


def test_a_folder_without_the_encoder_is_refused(workshop, tmp_path):
    with pytest.raises(EncoderError, match=r"has no model\.onnx"):
        workshop.create(MiniLMFeaturizer, folder=str(tmp_path / "nowhere"))

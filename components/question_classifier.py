"""The full-label classifier as a Rasa component: one decision over all intents and FAQ topics."""

import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.alarm_classifier import NO_TOPICS
from assistant.classifier import OUT_OF_SCOPE, RANKED, QuestionClassifier, Reading
from assistant.encoder import Vectors

logger = logging.getLogger(__name__)

_FILE = "classifier.npz"
_NOTHING_READ = Reading(((OUT_OF_SCOPE, 1.0),), nearness=0.0)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FullLabelClassifier(IntentClassifier, GraphComponent):
    """Fills `intent`, `intent_ranking` (full labels), `response_selector` and `nearness` of each message.

    It keeps labels only; an answer's text comes from the domain, so a cached component never serves a stale one.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: QuestionClassifier | None = None,
    ) -> None:
        """Create the component, trained or not."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @classmethod
    def required_components(cls) -> list[type]:
        """Return the components that must come before this one."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings (see QuestionClassifier.train)."""
        return {"strength": 40.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FullLabelClassifier":
        """Create the component before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "FullLabelClassifier":
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, QuestionClassifier.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Train on every question that has an intent and is no matter of alarm, and persist."""
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT) not in NO_TOPICS
        ]
        names = {example.get_full_intent(): name for example in examples if (name := name_vector(example)) is not None}
        self._classifier = QuestionClassifier.train(
            questions=[example.get(TEXT) for example in examples],
            vectors=vectors(examples),
            labels=[example.get_full_intent() for example in examples],
            strength=self._config["strength"],
            names=names,
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is: no later component learns from predictions."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify each message; one without any text is out of scope."""
        assert self._classifier is not None, "the classifier is used before it is trained"
        typed = [message for message in messages if message.get(TEXT)]
        for message in messages:
            _fill(message, _NOTHING_READ)
        try:
            if typed:
                read = self._classifier.read([message.get(TEXT) for message in typed], vectors(typed))
                for message, reading in zip(typed, read, strict=True):
                    _fill(message, reading)
        except Exception as error:
            # The patterns for red flags have read the messages already: an alarm must not be lost with the classifier.
            # Without an intent Rasa says that something went wrong.
            logger.error("The classifier failed: %s", type(error).__name__)
            for message in typed:
                _fill(message, _NOTHING_READ)
                message.set("intent", {"name": None, "confidence": 0.0}, add_to_output=True)
        return messages


def vectors(messages: list[Message]) -> Vectors:
    """Return the sentence vectors of `messages`, shape (messages with text, 1536)."""
    found = [_vector(message, TEXT) for message in messages]
    return np.vstack([vector for vector in found if vector is not None])


def name_vector(example: Message) -> Vectors | None:
    """Return the vector of the name of the example's label, shape (1536,), if it is there that the encoder put it."""
    found = _vector(example, INTENT)
    return None if found is None else found[0]


def _vector(message: Message, attribute: str) -> Vectors | None:
    """Return the sentence vector, shape (1, 1536). Rasa's way to it takes 0.1 ms, looking for more to join."""
    wanted = attribute, FEATURE_TYPE_SENTENCE
    found = (one.features for one in message.features if (one.attribute, one.type) == wanted and one.is_dense())
    return next(found, None)


def _fill(message: Message, reading: Reading) -> None:
    label, confidence = reading.ranking[0]
    ranking = [{"name": name, "confidence": probability} for name, probability in reading.ranking[:RANKED]]
    message.set("intent", {"name": label.split("/")[0], "confidence": confidence}, add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
    message.set("nearness", reading.nearness, add_to_output=True)
    message.set("response_selector", _response_selector(reading), add_to_output=True)


def _response_selector(reading: Reading) -> dict[str, Any]:
    """Return, for each retrieval intent, its best response: Rasa's own form."""
    retrieved: dict[str, list[dict[str, Any]]] = {}
    for label, probability in reading.ranking:
        if "/" in label:
            entry = {"confidence": probability, "intent_response_key": label}
            retrieved.setdefault(label.split("/")[0], []).append(entry)
    selector: dict[str, Any] = {"all_retrieval_intents": sorted(retrieved)}
    for intent, ranking in retrieved.items():
        best = {**ranking[0], "utter_action": f"utter_{ranking[0]['intent_response_key']}"}
        selector[intent] = {"response": best, "ranking": ranking[:RANKED]}
    return selector

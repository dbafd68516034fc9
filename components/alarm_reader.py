"""The alarm classifier as a Rasa component: the second reader of danger, beside the patterns."""

import logging
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.alarm_cache import AlarmCache
from assistant.alarm_classifier import AlarmClassifier, with_sentences
from assistant.encoder import SentenceEncoder
from assistant.training_data import Example, read_all
from components.question_classifier import vectors

logger = logging.getLogger(__name__)

ALARM_PROBABILITIES = "alarm_probabilities"
_FILE = "alarms.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class AlarmReader(GraphComponent):
    """Sets `alarm_probabilities` of each message: how likely each kind of alarm is. The gate decides on them.

    Settings: those of AlarmClassifier.train, and
    `learns_from`: a folder of training messages. It learns from these and from nothing else, so that no change of a
    topic moves an alarm. Without it, it learns from the training data as they come.
    `folder`: the encoder's files, as for MiniLMFeaturizer.
    `cache`: a folder that keeps what was learned from `learns_from`: it is learned again after a change there.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: AlarmClassifier | None = None,
    ) -> None:
        """Create the component, trained or not."""
        self._config = config
        # It shares its session with the featurizer's.
        self._encoder = SentenceEncoder(Path(config["folder"]) if config["folder"] else None)
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @classmethod
    def required_components(cls) -> list[type]:
        """Return the components that must come before this one."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings."""
        return {
            "dimensions": 512, "landmarks": 8000, "width": 0.4, "strength": 20.0, "share": 0.5,
            "learns_from": None, "folder": None, "cache": None,
        }  # fmt: skip

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AlarmReader":
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
    ) -> "AlarmReader":
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, AlarmClassifier.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Train, and persist."""
        settings = {name: self._config[name] for name in ("dimensions", "landmarks", "width", "strength", "share")}
        if self._config["learns_from"]:
            self._classifier = self._learned(with_sentences(read_all(Path(self._config["learns_from"]))), settings)
        else:
            examples = [example for example in training_data.intent_examples if example.get(TEXT)]
            messages, labels = zip(*((one.get(TEXT), one.get_full_intent()) for one in examples), strict=True)
            self._classifier = AlarmClassifier.train(messages, vectors(examples), labels, **settings)
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder / _FILE)
        return self._resource

    def _learned(self, examples: list[Example], settings: dict[str, Any]) -> AlarmClassifier:
        if self._config["cache"]:
            return AlarmCache(Path(self._config["cache"]), self._encoder).train(examples, **settings)
        messages, labels = [example.text for example in examples], [example.label for example in examples]
        return AlarmClassifier.train(messages, self._encoder.encode(messages), labels, **settings)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is: no later component learns from predictions."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that has text."""
        assert self._classifier is not None, "the classifier is used before it is trained"
        typed = [message for message in messages if message.get(TEXT)]
        read: list[dict[str, float]] = []
        try:
            if typed:
                texts = [message.get(TEXT) for message in typed]
                read = self._classifier.most_alarming(texts, vectors(typed), self._encoder.encode)
        except Exception as error:
            # The patterns for red flags have read the messages already.
            logger.error("The alarm classifier failed: %s", type(error).__name__)
        for message in messages:
            message.set(ALARM_PROBABILITIES, {}, add_to_output=True)
        for message, probabilities in zip(typed, read, strict=False):
            message.set(ALARM_PROBABILITIES, probabilities, add_to_output=True)
        return messages

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
from assistant.alarm_classifier import AlarmClassifier
from components.question_classifier import vectors

logger = logging.getLogger(__name__)

ALARM_PROBABILITIES = "alarm_probabilities"
_FILE = "alarms.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class AlarmReader(GraphComponent):
    """Sets `alarm_probabilities` of each message: how likely each kind of alarm is. The gate decides on them.

    Settings: those of AlarmClassifier.train, and `cache`: a folder that keeps the trained classifier. It learns nothing
    from the topics, so training again after a change of them takes it from there.
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
            "dimensions": 512, "landmarks": 10000, "width": 0.4, "strength": 20.0, "share": 0.5, "cache": None
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
        """Train on every message that has an intent, and persist."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        messages, labels = zip(*((example.get(TEXT), example.get_full_intent()) for example in examples), strict=True)
        learned = (messages, vectors(examples), labels)
        settings = {name: self._config[name] for name in ("dimensions", "landmarks", "width", "strength", "share")}
        if self._config["cache"]:
            self._classifier = AlarmCache(Path(self._config["cache"])).train(*learned, **settings)
        else:
            self._classifier = AlarmClassifier.train(*learned, **settings)
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is: no later component learns from predictions."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that has text."""
        assert self._classifier is not None, "the classifier is used before it is trained"
        for message in messages:
            probabilities: dict[str, float] = {}
            try:
                if message.get(TEXT):
                    probabilities = self._classifier.read(message.get(TEXT), vectors([message])[0])
            except Exception as error:
                # The patterns for red flags have read the message already.
                logger.error("The alarm classifier failed: %s", type(error).__name__)
            message.set(ALARM_PROBABILITIES, probabilities, add_to_output=True)
        return messages

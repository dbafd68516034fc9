"""The simplest thing one can do with a sentence encoder: the label of the nearest training question."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.encoder import meaning
from components.question_classifier import vectors

_FILE = "nearest.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NearestQuestion(IntentClassifier, GraphComponent):
    """Ranks labels by the cosine similarity of their nearest training question."""

    def __init__(self, storage: ModelStorage, resource: Resource, labels: Any = None, known: Any = None) -> None:
        """Create the component, trained or not."""
        self._storage = storage
        self._resource = resource
        self._labels = labels
        self._known = known

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NearestQuestion":
        """Create the component before training."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NearestQuestion":
        """Load the trained component."""
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE, allow_pickle=False) as stored:
            return cls(model_storage, resource, stored["labels"], stored["known"])

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the vector and the label of each question."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        with self._storage.write_to(self._resource) as folder:
            np.savez(
                folder / _FILE,
                labels=np.asarray([example.get_full_intent() for example in examples]),
                known=meaning(vectors(examples)),
            )
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the labels for each message."""
        for message in messages:
            near = self._known @ meaning(vectors([message])[0])
            found = dict.fromkeys(self._labels[np.argsort(-near)].tolist())
            best = {label: float(near[self._labels == label].max()) for label in [*found][:10]}
            ranking = [{"name": label, "confidence": similarity} for label, similarity in best.items()]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

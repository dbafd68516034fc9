"""Mends misspelt words before a message is read."""

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.spelling import Spelling

_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(GraphComponent):
    """Replaces a message's text by its mended form; training questions stay as people typed them."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, spelling: Spelling) -> None:
        """Create the component with the words it knows."""
        self._model_storage = model_storage
        self._resource = resource
        self._spelling = spelling

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpellingCorrector":
        """Create the component before training."""
        return cls(model_storage, resource, Spelling({}))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SpellingCorrector":
        """Load the words of the training questions."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, Spelling(words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the training questions, and persist them."""
        self._spelling = Spelling.learn(example.get(TEXT) or "" for example in training_data.intent_examples)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._spelling.counts), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is: its misspelt words are there to be learned."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Mend the messages in place."""
        for message in messages:
            if message.get(TEXT):
                message.set(TEXT, self._spelling.mend(message.get(TEXT)), add_to_output=True)
        return messages

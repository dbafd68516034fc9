"""Mends misspelt words before a message is read."""

import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.spelling import Spelling
from assistant.text import clean
from assistant.training_data import read_all

_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(GraphComponent):
    """Replaces a message's text by its mended form; training questions stay as people typed them.

    Setting `also_from`: a folder of training messages whose words are known too.
    """

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, spelling: Spelling
    ) -> None:
        """Create the component with the words it knows."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._spelling = spelling

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings."""
        return {"also_from": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpellingCorrector":
        """Create the component before training."""
        return cls(config, model_storage, resource, Spelling({}))

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
        return cls(config, model_storage, resource, Spelling(words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the training questions, and persist them."""
        questions = [example.get(TEXT) or "" for example in training_data.intent_examples]
        if self._config["also_from"]:
            questions += [clean(example.text) for example in read_all(Path(self._config["also_from"]))]
        self._spelling = Spelling.learn(questions)
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

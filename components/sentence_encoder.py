"""The sentence encoder as a Rasa featurizer."""

import logging
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.classifier import OUT_OF_SCOPE, spoken
from assistant.encoder import Encode, SentenceEncoder, Vectors
from assistant.vector_cache import VectorCache

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MiniLMFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each message with text one sentence vector, shape (1, 1536).

    Settings. `folder`: a folder of your own with model.onnx and tokenizer.json, instead of the packaged ones.
    `cache`: a file that keeps the vectors of the training questions, so that training again encodes only what is new.
    """

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Load the encoder."""
        super().__init__(name, config)
        folder = config.get("folder")
        self._encoder = SentenceEncoder(Path(folder) if folder else None)
        self._cache = Path(config["cache"]) if config.get("cache") else None

    @classmethod
    def required_components(cls) -> list[type]:
        """Return the components that must come before this one."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default settings."""
        return {**DenseFeaturizer.get_default_config(), "folder": None, "cache": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MiniLMFeaturizer":
        """Create the component."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any setting: a wrong folder is refused, with the reason, when it is loaded."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add a vector to each training question, and the vector of a label's name to the first of its questions."""
        examples = training_data.training_examples
        self._encode_names(training_data.intent_examples)
        if self._cache is None:
            self._encode(examples)
            return training_data
        cache = VectorCache(self._cache, self._encoder)
        sentences = self._add(examples, cache.encode)
        try:
            cache.keep(sentences)
        except OSError as error:
            logger.warning("The vectors were not kept in %s (%s): the next training takes longer.", self._cache, error)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add a vector to each message that has text."""
        try:
            self._encode(messages)
        except Exception as error:
            # The patterns for red flags have read the message already; the alarm must not be lost with the encoder.
            logger.error("The sentence encoder failed: %s", type(error).__name__)
        return messages

    def _encode(self, messages: list[Message]) -> None:
        self._add(messages, self._encoder.encode)

    def _encode_names(self, examples: list[Message]) -> None:
        firsts = {example.get_full_intent(): example for example in reversed(examples)}
        firsts.pop(OUT_OF_SCOPE, None)
        for example, vector in zip(firsts.values(), self._encoder.encode([*map(spoken, firsts)]), strict=True):
            self._put(example, vector, INTENT)

    def _add(self, messages: list[Message], encode: Encode) -> list[str]:
        """Add a vector to each message that has text, and return the texts."""
        with_text = [message for message in messages if message.get(TEXT)]
        sentences = [message.get(TEXT) for message in with_text]
        for message, vector in zip(with_text, encode(sentences), strict=True):
            self._put(message, vector, TEXT)
        return sentences

    def _put(self, message: Message, vector: Vectors, attribute: str) -> None:
        origin = self._config[FEATURIZER_CLASS_ALIAS]
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, attribute, origin))

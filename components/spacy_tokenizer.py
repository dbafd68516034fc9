"""Tokens from spaCy's rules for English, without a trained model."""

from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BlankSpacyTokenizer(Tokenizer):
    """Splits text with a blank English pipeline: no model has to be installed."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Make the blank pipeline."""
        super().__init__(config)
        self._pipeline = spacy.blank("en")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what Rasa's tokenizer base class asks for."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is: nothing learns from tokens, and Rasa would hash every one, twice."""
        return training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the tokens of the message's attribute."""
        document = self._pipeline(message.get(attribute))
        return [Token(token.text, token.idx) for token in document if not token.is_space]

"""Red flags as a Rasa component: it looks at every message, whatever the classifier makes of it."""

import logging
from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.red_flags import RedFlags

logger = logging.getLogger(__name__)

RED_FLAG = "red_flag"
FIGURE_OF_SPEECH = "figure_of_speech"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class RedFlagReader(GraphComponent):
    """Sets `red_flag` (sign, level, intent, after_botox; or None) and `figure_of_speech` (true or false).

    It stands after the text is cleaned and before spelling is corrected: it mends words by its own vocabulary.
    """

    def __init__(self, red_flags: RedFlags) -> None:
        """Keep the patterns."""
        self._red_flags = red_flags

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RedFlagReader":
        """Create the component with the patterns of assistant/red_flags.yml."""
        return cls(RedFlags.load())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is: nothing is learned from red flags."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        flag: dict[str, Any] | None = None
        figure = False
        try:
            text = message.get(TEXT) or ""
            found = self._red_flags.read(text)
            flag = asdict(found) if found else None
            figure = self._red_flags.figure_of_speech(text)
        except Exception as error:
            # The classifier still looks at the message. What a person wrote belongs in no log, nor does an error's own
            # message, which may quote it.
            logger.error("The reader of red flags failed: %s", type(error).__name__)
        message.set(RED_FLAG, flag, add_to_output=True)
        message.set(FIGURE_OF_SPEECH, figure, add_to_output=True)

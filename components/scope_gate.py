"""The last component of the pipeline: answer, ask back, or say that it is out of scope."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from assistant.classifier import OUT_OF_SCOPE
from assistant.scope import ASK_BACK, Decision, Thresholds, alarm, decide, sureness

ALARMS = ("emergency", "crisis")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ScopeGate(IntentClassifier, GraphComponent):
    """Replaces the intent by `nlu_fallback` or `out_of_scope` where the classifier is not sure enough.

    The ranking stays, so that the assistant can ask back with the likeliest topics.
    """

    def __init__(self, thresholds: Thresholds) -> None:
        """Keep the thresholds."""
        self._thresholds = thresholds

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ScopeGate":
        """Create the component from `refuse`, `answer` and `alarm` in config.yml."""
        return cls(Thresholds(config["refuse"], config["answer"], config["alarm"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide on each message."""
        for message in messages:
            self._decide(message)
        return messages

    def _decide(self, message: Message) -> None:
        ranking = [(entry["name"], entry["confidence"]) for entry in message.get("intent_ranking")]
        label, probability = ranking[0]
        raised = alarm(ranking, ALARMS, self._thresholds)
        if raised:
            _set_intent(message, raised, dict(ranking)[raised])
        elif label != OUT_OF_SCOPE:
            sure = sureness(probability, message.get("nearness"))
            decision = decide(sure, self._thresholds)
            if decision is Decision.ASK_BACK:
                _set_intent(message, ASK_BACK, sure)
            elif decision is Decision.REFUSE:
                _set_intent(message, OUT_OF_SCOPE, 1 - sure)


def _set_intent(message: Message, name: str, confidence: float) -> None:
    message.set("intent", {"name": name, "confidence": confidence}, add_to_output=True)

"""The last component of the pipeline: raise an alarm, answer, ask back, or say that it is out of scope."""

from dataclasses import fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from assistant.classifier import OUT_OF_SCOPE
from assistant.scope import ASK_BACK, Alarm, Decision, Thresholds, alarm, decide, sureness
from components.alarm_reader import ALARM_PROBABILITIES
from components.red_flag_reader import FIGURE_OF_SPEECH, RED_FLAG


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ScopeGate(IntentClassifier, GraphComponent):
    """Raises the alarm that the red flags and the alarm classifier see, the more urgent of the two.

    Elsewhere it replaces the intent by `nlu_fallback` or `out_of_scope` where the classifier is not sure enough. The
    ranking stays, so that the assistant can ask back with the likeliest topics. An alarm's level goes into the entities
    `urgency` (E, U, C) and `alarm` (the wording: E, E_botox, U, C), which fill the slots of those names.
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
        """Create the component from its thresholds in config.yml."""
        return cls(Thresholds(**{field.name: config[field.name] for field in fields(Thresholds)}))

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide on each message."""
        for message in messages:
            self._decide(message)
        return messages

    def _decide(self, message: Message) -> None:
        ranking = [(entry["name"], entry["confidence"]) for entry in message.get("intent_ranking")]
        label, probability = ranking[0]
        sure = 0.0 if label == OUT_OF_SCOPE else sureness(probability, message.get("nearness"))
        raised = self._alarm(message, sure)
        if raised:
            _raise(message, raised)
        elif label != OUT_OF_SCOPE and message.get("intent")["name"]:
            decision = decide(sure, self._thresholds)
            if decision is Decision.ASK_BACK:
                _set_intent(message, ASK_BACK, sure)
            elif decision is Decision.REFUSE:
                _set_intent(message, OUT_OF_SCOPE, 1 - sure)

    def _alarm(self, message: Message, sure: float) -> Alarm | None:
        flag = message.get(RED_FLAG)
        seen = Alarm(flag["intent"], flag["level"]) if flag else None
        if message.get(FIGURE_OF_SPEECH) and seen is None:
            # "This headache is killing me": it gets a note of care, but no alarm.
            return None
        return alarm(seen, message.get(ALARM_PROBABILITIES) or {}, sure, self._thresholds)


def _raise(message: Message, raised: Alarm) -> None:
    after_botox = (message.get(RED_FLAG) or {}).get("after_botox", False)
    wording = (
        f"{raised.level}_botox"
        if raised.intent == "emergency" and raised.level == "E" and after_botox
        else raised.level
    )
    levels = [{"entity": "urgency", "value": raised.level}, {"entity": "alarm", "value": wording}]
    message.set("entities", [*message.get("entities", []), *levels], add_to_output=True)
    _set_intent(message, raised.intent, 1.0)


def _set_intent(message: Message, name: str, confidence: float) -> None:
    message.set("intent", {"name": name, "confidence": confidence}, add_to_output=True)

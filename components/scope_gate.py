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
from assistant.scope import ASK_BACK, Alarm, Danger, Decision, Thresholds, judge
from components.alarm_reader import ALARM_PROBABILITIES
from components.red_flag_reader import FIGURE_OF_SPEECH, RED_FLAG

# How much likelier an alarm had to be for one to be raised: what is close to it can change with every training.
ALARM_MISSING = "alarm_missing"


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
        ranking = message.get("intent_ranking")
        label, probability = ranking[0]["name"], ranking[0]["confidence"]
        verdict = judge(label, probability, message.get("nearness"), _danger(message), self._thresholds)
        message.set(ALARM_MISSING, verdict.missing, add_to_output=True)
        if verdict.alarm:
            _raise(message, verdict.alarm)
        elif label != OUT_OF_SCOPE and message.get("intent")["name"]:
            if verdict.decision is Decision.ASK_BACK:
                _set_intent(message, ASK_BACK, verdict.sure)
            elif verdict.decision is Decision.REFUSE:
                _set_intent(message, OUT_OF_SCOPE, 1 - verdict.sure)


def _danger(message: Message) -> Danger:
    flag = message.get(RED_FLAG)
    return Danger(
        flag=Alarm(flag["intent"], flag["level"]) if flag else None,
        figure_of_speech=bool(message.get(FIGURE_OF_SPEECH)),
        probabilities=message.get(ALARM_PROBABILITIES) or {},
    )


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

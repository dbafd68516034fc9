import pytest
from rasa.shared.nlu.training_data.message import Message

from components.scope_gate import ScopeGate


@pytest.fixture
def gate(workshop):
    return ScopeGate.create(
        {"refuse": 0.2, "answer": 0.4, "alarm": 0.3}, workshop.storage, workshop.resource, workshop.context
    )


def _decide(gate, ranking, nearness):
    label, confidence = ranking[0]
    message = Message(
        {
            "text": "a question",
            "intent": {"name": label.split("/")[0], "confidence": confidence},
            "intent_ranking": [{"name": name, "confidence": share} for name, share in ranking],
            "nearness": nearness,
        }
    )
    gate.process([message])
    return message.get("intent")["name"]


@pytest.mark.parametrize(
    ("ranking", "nearness", "intent"),
    [
        ([("faq/a", 0.9), ("faq/b", 0.1)], 0.9, "faq"),
        ([("faq/a", 0.5), ("faq/b", 0.4)], 0.6, "nlu_fallback"),
        ([("faq/a", 0.9), ("faq/b", 0.1)], 0.1, "out_of_scope"),
        ([("faq/a", 0.15), ("faq/b", 0.1)], 0.9, "out_of_scope"),
        ([("out_of_scope", 0.3), ("faq/a", 0.2)], 0.9, "out_of_scope"),
        ([("greet", 0.9), ("faq/a", 0.1)], 0.9, "greet"),
    ],
)
def test_it_answers_asks_back_or_refuses(gate, ranking, nearness, intent):
    assert _decide(gate, ranking, nearness) == intent


@pytest.mark.parametrize("nearness", [0.0, 0.9])
def test_an_alarm_is_raised_however_unlike_the_training_questions_it_is(gate, nearness):
    assert _decide(gate, [("faq/a", 0.6), ("emergency", 0.35)], nearness) == "emergency"
    assert _decide(gate, [("out_of_scope", 0.6), ("crisis", 0.35)], nearness) == "crisis"

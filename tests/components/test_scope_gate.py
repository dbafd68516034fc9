import pytest
from rasa.shared.nlu.training_data.message import Message

from components.scope_gate import ScopeGate


@pytest.fixture
def gate(workshop):
    return ScopeGate.create(
        {"refuse": 0.2, "answer": 0.4, "alarm": 0.3, "alarm_if_sure": 0.6, "crisis": 2, "red_flag": 8},
        workshop.storage,
        workshop.resource,
        workshop.context,
    )


def _decide(gate, ranking, nearness):
    return _decided(gate, ranking, nearness).get("intent")["name"]


def _decided(gate, ranking, nearness=0.9, **read):
    label, confidence = ranking[0]
    message = Message(
        {
            **read,
            "text": "a question",
            "intent": {"name": label.split("/")[0], "confidence": confidence},
            "intent_ranking": [{"name": name, "confidence": share} for name, share in ranking],
            "nearness": nearness,
        }
    )
    gate.process([message])
    return message


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
    message = _decided(gate, [("out_of_scope", 0.6)], nearness, alarm_probabilities={"emergency": 0.35})
    assert message.get("intent")["name"] == "emergency"
    message = _decided(gate, [("faq/a", 0.3)], nearness, alarm_probabilities={"crisis": 0.45})
    assert message.get("intent")["name"] == "crisis"


FLAG = {"sign": "thunderclap", "level": "E", "intent": "emergency", "after_botox": False}


def _levels(message):
    return {entity["entity"]: entity["value"] for entity in message.get("entities", [])}


@pytest.mark.parametrize("likeliest", ["faq/a", "greet", "out_of_scope", "check_eligibility"])
def test_a_red_flag_wins_over_whatever_the_classifier_says(gate, likeliest):
    message = _decided(gate, [(likeliest, 1.0)], red_flag=FLAG)
    assert message.get("intent")["name"] == "emergency"
    assert _levels(message) == {"urgency": "E", "alarm": "E"}


@pytest.mark.parametrize(
    ("flag", "learned", "levels"),
    [
        ({**FLAG, "level": "U"}, {}, {"urgency": "U", "alarm": "U"}),
        ({**FLAG, "level": "U"}, {"emergency": 0.9}, {"urgency": "E", "alarm": "E"}),
        ({**FLAG, "after_botox": True}, {}, {"urgency": "E", "alarm": "E_botox"}),
        ({**FLAG, "level": "U", "after_botox": True}, {}, {"urgency": "U", "alarm": "U"}),
        ({**FLAG, "level": "C", "intent": "crisis"}, {}, {"urgency": "C", "alarm": "C"}),
        (None, {"urgent": 0.9}, {"urgency": "U", "alarm": "U"}),
        (None, {"crisis": 0.9}, {"urgency": "C", "alarm": "C"}),
        (None, {"crisis_now": 0.9}, {"urgency": "E", "alarm": "E"}),
        ({**FLAG, "level": "U"}, {"emergency": 0.2}, {"urgency": "U", "alarm": "U"}),
        (FLAG, {"emergency": 0.001}, {}),
        (None, {"crisis": 0.1}, {}),
        (None, {}, {}),
    ],
)
def test_the_level_is_the_higher_of_both_readers(gate, flag, learned, levels):
    message = _decided(gate, [("faq/a", 0.9)], red_flag=flag, alarm_probabilities=learned)
    assert _levels(message) == levels


def test_a_figure_of_speech_raises_no_alarm_by_itself(gate):
    learned = {"figure_of_speech": True, "alarm_probabilities": {"crisis": 0.9}}
    assert _decided(gate, [("faq/a", 0.9)], **learned).get("intent")["name"] == "faq"
    assert _levels(_decided(gate, [("faq/a", 0.9)], **learned, red_flag=FLAG)) == {"urgency": "E", "alarm": "E"}


def test_without_the_classifiers_a_red_flag_still_raises_the_alarm(gate):
    message = Message(
        {
            "text": "x",
            "intent": {"name": None, "confidence": 0.0},
            "intent_ranking": [{"name": "out_of_scope", "confidence": 1.0}],
            "nearness": 0.0,
            "red_flag": FLAG,
        }
    )
    gate.process([message])
    assert message.get("intent")["name"] == "emergency"

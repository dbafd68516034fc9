import logging

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.alarm_classifier import ALARM_LABELS
from components.alarm_reader import ALARM_PROBABILITIES, AlarmReader
from components.question_classifier import FullLabelClassifier
from components.red_flag_reader import RED_FLAG, RedFlagReader
from components.scope_gate import ScopeGate
from components.sentence_encoder import MiniLMFeaturizer

TAUGHT = {
    "emergency": ["my face droops on one side", "i cant swallow since the shots", "sudden worst headache ever"],
    "urgent": ["fourth day of this migraine", "jaw hurts when i chew", "cant keep water down"],
    "crisis": ["i dont want to live", "better off without me", "no point going on"],
    "crisis_now": ["i will kill myself tonight", "i took all my tablets", "the rope is ready"],
    "harmless": ["i can swallow fine", "no drooping at all", "this song kills me"],
    "faq": ["how much does it cost", "are the needles painful", "how long does it last"],
    "out_of_scope": ["pancake recipe", "who won the match", "weather tomorrow"],
}
THRESHOLDS = {"refuse": 0.1, "answer": 0.28, "alarm": 0.2, "alarm_if_sure": 0.5, "crisis": 2, "red_flag": 8}
SECRET = "my arm has gone numb and my name is anna"


@pytest.fixture
def pipeline(workshop):
    """The readers and the gate, the trained ones trained on a few examples, persisted and loaded."""
    featurizer = workshop.create(MiniLMFeaturizer)
    examples = [Message({TEXT: text, INTENT: label}) for label, texts in TAUGHT.items() for text in texts]
    data = featurizer.process_training_data(TrainingData(examples))
    workshop.create(AlarmReader).train(data)
    alarms = workshop.load(AlarmReader)
    workshop.create(FullLabelClassifier).train(data)
    topics = workshop.load(FullLabelClassifier)
    return [workshop.create(RedFlagReader), featurizer, alarms, topics, workshop.create(ScopeGate, **THRESHOLDS)]


def _read(pipeline, text):
    messages = [Message({TEXT: text})]
    for component in pipeline:
        messages = component.process(messages)
    return messages[0]


def test_what_was_loaded_reads_how_likely_each_alarm_is(pipeline):
    probabilities = _read(pipeline, "since the shots i cannot swallow").get(ALARM_PROBABILITIES)
    assert set(probabilities) == set(ALARM_LABELS)
    assert max(probabilities, key=probabilities.get) == "emergency"


def test_it_learns_from_its_folder_and_from_no_topic(workshop, tmp_path):
    folder = tmp_path / "nlu"
    folder.mkdir()
    for label, texts in TAUGHT.items():
        examples = "".join(f"    - {text}\n" for text in texts)
        (folder / f"{label}.yml").write_text(f"nlu:\n- intent: {label}\n  examples: |\n{examples}")
    settings = {"learns_from": str(folder), "cache": str(tmp_path / "alarms")}
    read = []
    for topics in ([], [Message({TEXT: "my face droops", INTENT: "faq"})]):
        featurizer = workshop.create(MiniLMFeaturizer)
        workshop.create(AlarmReader, **settings).train(featurizer.process_training_data(TrainingData(topics)))
        message = _read([featurizer, workshop.load(AlarmReader)], "my face droops to one side")
        read.append(message.get(ALARM_PROBABILITIES))
    assert read[0] == read[1]
    assert max(read[0], key=read[0].get) == "emergency"


def test_the_topics_know_nothing_of_alarms(pipeline):
    names = {entry["name"] for entry in _read(pipeline, "how much is it").get("intent_ranking")}
    assert names == {"faq", "out_of_scope"}


def test_a_message_without_text_has_no_alarm(pipeline):
    assert _read(pipeline, "").get(ALARM_PROBABILITIES) == {}


class _BrokenError(Exception):
    pass


def _broken(*_, **__):
    raise _BrokenError(SECRET)


@pytest.mark.parametrize("broken", ["encoder", "alarms", "topics", "all of them"])
def test_whatever_breaks_the_patterns_still_raise_the_alarm_and_no_log_has_the_text(
    pipeline, broken, monkeypatch, caplog
):
    _, featurizer, alarms, topics, _ = pipeline
    parts = {
        "encoder": (featurizer._encoder, "encode"),
        "alarms": (alarms, "_classifier"),
        "topics": (topics, "_classifier"),
    }
    for name, (owner, attribute) in parts.items():
        if broken in {name, "all of them"}:
            # The classifiers are frozen: a whole broken one takes their place.
            broken_one = type("Broken", (), {"read": _broken, "most_alarming": _broken})()
            stand_in = _broken if attribute == "encode" else broken_one
            monkeypatch.setattr(owner, attribute, stand_in)
    with caplog.at_level(logging.DEBUG):
        message = _read(pipeline, SECRET)
    assert message.get("intent")["name"] == "emergency"
    assert "anna" not in caplog.text
    assert "_BrokenError" in caplog.text or "ValueError" in caplog.text


def test_if_the_patterns_break_the_classifier_still_raises_the_alarm(pipeline, monkeypatch, caplog):
    monkeypatch.setattr(pipeline[0], "_red_flags", type("Broken", (), {"read": _broken})())
    message = _read(pipeline, "i cant swallow since the shots")
    assert message.get(RED_FLAG) is None
    assert message.get("intent")["name"] == "emergency"
    assert "The reader of red flags failed: _BrokenError" in caplog.text


def test_without_the_topics_what_is_no_alarm_has_no_intent(pipeline, monkeypatch):
    monkeypatch.setattr(pipeline[3], "_classifier", type("Broken", (), {"read": _broken})())
    assert _read(pipeline, "this song kills me").get("intent")["name"] is None

"""A topic made by clinic staff works from ten questions, among all the others."""

import pytest
import yaml

from assistant.alarm_classifier import NO_TOPICS
from assistant.classifier import QuestionClassifier
from assistant.encoder import SentenceEncoder
from cli.paths import PROJECT
from tests.taught import taught

CLINIC = yaml.safe_load((PROJECT / "tests/nlu/clinic_topics.yml").read_text())


@pytest.fixture(scope="module")
def rank():
    """Train on everything the assistant learns from, and the clinic's topics; rank the labels for a question."""
    clinic = [(label, question) for label, topic in CLINIC.items() for question in topic["taught"]]
    topics = [(label, question) for label, question in taught() if label not in NO_TOPICS]
    labels, texts = zip(*topics, *clinic, strict=True)
    settings = {
        component["name"]: component for component in yaml.safe_load((PROJECT / "config.yml").read_text())["pipeline"]
    }
    classifier = settings["components.question_classifier.FullLabelClassifier"]
    encoder = SentenceEncoder()
    trained = QuestionClassifier.train(texts, encoder.encode(texts), labels, strength=classifier["strength"])

    def labels_of(question):
        return [label for label, _ in trained.read([question], encoder.encode([question]))[0].ranking]

    return labels_of


def test_ten_questions_are_taught():
    assert all(len(topic["taught"]) == 10 for topic in CLINIC.values())


def test_other_wordings_reach_the_topic(rank):
    asked = [(label, question) for label, topic in CLINIC.items() for question in topic["asked"]]
    first = [rank(question)[0] == label for label, question in asked]
    offered = [label in rank(question)[:3] for label, question in asked]
    # A wrong guess costs a question back; a topic that is not even offered is lost.
    assert sum(first) / len(asked) >= 0.65
    # 27 of 32 are offered; the floor leaves room for one of them.
    assert sum(offered) / len(asked) >= 0.8

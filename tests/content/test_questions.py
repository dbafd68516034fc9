"""The questions the assistant learns from, and those it is measured on."""

from collections import Counter, defaultdict

from assistant.alarm_classifier import HARMLESS, ORDINARY
from assistant.text import key
from tests.content.catalogue import CATALOGUE
from tests.taught import taught

TAUGHT = taught()


def test_no_question_is_taught_under_two_labels_or_twice():
    labels = defaultdict(list)
    for label, question in TAUGHT:
        # The topics' questions stand among the ordinary ones too.
        kind = ORDINARY if label == ORDINARY else ""
        labels[kind, key(question)].append(label)
    assert {question: owners for question, owners in labels.items() if len(owners) > 1 and question[1]} == {}


def test_no_development_question_is_taught(development):
    known = {key(question) for _, question in TAUGHT}
    assert [question for _, question in development if key(question) and key(question) in known] == []


def test_every_label_that_it_came_with_is_measured_with_at_least_eight_questions(development):
    counts = Counter(label for label, _ in development)
    # Levels of an alarm, and what is none, are no labels of a message: tests/safety/dev.yml measures them.
    labels = {label for label, _ in TAUGHT} - {"urgent", "crisis_now", HARMLESS, ORDINARY}
    ours = {label for label in labels if not label.startswith("faq/")} | {f"faq/{topic}" for topic in CATALOGUE}
    assert set(counts) <= labels
    assert {label: counts[label] for label in ours if counts[label] < 8} == {}


def test_no_question_could_be_read_as_markup_or_a_command():
    assert [question for _, question in TAUGHT if set(question) & set("[]{}") or question.startswith("/")] == []

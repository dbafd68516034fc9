import numpy as np
import pytest

from assistant.alarm_classifier import ALARM_LABELS, AlarmClassifier
from assistant.encoder import SentenceEncoder

TAUGHT = [
    ("emergency", "my face is drooping on one side"),
    ("emergency", "i cant swallow since the injections"),
    ("emergency", "sudden worst headache of my life"),
    ("urgent", "this migraine has lasted four days now"),
    ("urgent", "my jaw hurts when i chew, i am 68"),
    ("urgent", "cant keep any water down since yesterday"),
    ("crisis", "i dont want to live like this"),
    ("crisis", "everyone would be better off without me"),
    ("crisis_now", "i am going to kill myself tonight"),
    ("crisis_now", "i have taken all my tablets"),
    ("harmless", "i can swallow fine"),
    ("harmless", "no drooping, no weakness"),
    ("faq/cost_insurance", "how much does it cost"),
    ("faq/does_it_hurt", "are the injections painful"),
    ("greet", "hello there"),
]


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


@pytest.fixture(scope="module")
def classifier(encoder):
    labels, messages = zip(*TAUGHT, strict=True)
    return AlarmClassifier.train(
        messages, encoder.encode(messages), labels, landmarks=50, width=0.5, strength=300, share=0.5
    )


def _read(classifier, encoder, message):
    return classifier.read(message, encoder.encode([message])[0])


def test_each_kind_of_alarm_has_its_probability(classifier, encoder):
    read = _read(classifier, encoder, "one side of my face droops")
    assert set(read) == set(ALARM_LABELS)
    assert max(read, key=read.get) == "emergency"
    assert 0 < sum(read.values()) < 1


@pytest.mark.parametrize(
    ("message", "likelier"),
    [
        ("i will kill myself", "crisis_now"),
        ("no wish to live", "crisis"),
        ("a migraine of four days", "urgent"),
    ],
)
def test_the_kinds_are_told_apart(classifier, encoder, message, likelier):
    read = _read(classifier, encoder, message)
    assert max(read, key=read.get) == likelier


def test_what_is_harmless_is_less_likely_an_alarm(classifier, encoder):
    danger, harmless = (sum(_read(classifier, encoder, text).values()) for text in ("i cant swallow", "i can swallow"))
    assert harmless < danger


def test_a_training_message_word_for_word_is_certain(classifier, encoder):
    assert _read(classifier, encoder, "I can't swallow since the injections")["emergency"] < 1
    assert _read(classifier, encoder, "I CANT swallow, since the injections!!")["emergency"] == 1
    assert sum(_read(classifier, encoder, "I can swallow fine").values()) == 0


def test_what_was_saved_reads_the_same(classifier, encoder, tmp_path):
    classifier.save(tmp_path / "alarms.npz")
    loaded = AlarmClassifier.load(tmp_path / "alarms.npz")
    for _, message in TAUGHT:
        assert _read(loaded, encoder, message) == pytest.approx(_read(classifier, encoder, message))


def test_it_reads_as_the_library_that_taught_it_does(encoder):
    """The kernel's own transformation is folded into the weights: nothing may be lost by it."""
    from sklearn.kernel_approximation import Nystroem
    from sklearn.linear_model import LogisticRegression

    labels, messages = zip(*TAUGHT, strict=True)
    vectors = encoder.encode(messages)
    ours = AlarmClassifier.train(messages, vectors, labels, landmarks=50, width=0.5, strength=300, share=0)
    assert ours.keys
    object.__setattr__(ours, "keys", {})
    kernel = Nystroem(gamma=0.5, n_components=len(messages), random_state=0).fit(vectors)
    targets = [label if label in ALARM_LABELS else "none" for label in labels]
    theirs = LogisticRegression(C=300, max_iter=200).fit(kernel.transform(vectors), targets)
    expected = theirs.predict_proba(kernel.transform(vectors))
    for row, message in enumerate(messages):
        read = ours.read(message, vectors[row])
        by_label = dict(zip(theirs.classes_, expected[row], strict=True))
        assert np.allclose(
            [read[label] for label in ALARM_LABELS], [by_label[label] for label in ALARM_LABELS], atol=1e-3
        )

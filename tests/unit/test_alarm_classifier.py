import numpy as np
import pytest

from assistant.alarm_classifier import ALARM_LABELS, AlarmClassifier, with_sentences
from assistant.encoder import SentenceEncoder
from assistant.training_data import Example

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
    ("ordinary", "how much does it cost"),
    ("ordinary", "are the injections painful"),
    ("greet", "hello there"),
]


SETTINGS = {"dimensions": 512, "landmarks": 50, "width": 0.5, "strength": 20, "share": 0.5}


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


@pytest.fixture(scope="module")
def classifier(encoder):
    labels, messages = zip(*TAUGHT, strict=True)
    return AlarmClassifier.train(messages, encoder.encode(messages), labels, **SETTINGS)


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


def test_a_danger_is_heard_among_other_matters_though_less_than_alone(classifier, encoder):
    def heard(message):
        return sum(classifier.most_alarming([message], encoder.encode([message]), encoder.encode)[0].values())

    danger, others = "my face droops on one side", "How much does it cost?"
    assert heard(f"{others} {danger}.") > sum(_read(classifier, encoder, f"{others} {danger}.").values())
    assert heard(f"{others} {danger}.") < heard(danger)
    assert heard(others) == sum(_read(classifier, encoder, others).values())


def test_the_sentences_of_ordinary_messages_are_learned_alone_and_no_others():
    ordinary = Example("I love it. Where do I park?", "ordinary")
    others = [Example("My face drooped. In 2012.", "harmless"), Example("It hurts. My arm is weak.", "emergency")]
    learned = with_sentences([ordinary, *others])
    assert learned == [
        ordinary, *others, Example("I love it.", "ordinary"), Example("Where do I park?", "ordinary"),
    ]  # fmt: skip


def test_a_topics_question_moves_no_alarm(classifier, encoder):
    taught = [("faq/side_effects", "my face is drooping"), *TAUGHT, ("faq/parking", "where do i park")]
    labels, messages = zip(*taught, strict=True)
    other = AlarmClassifier.train(messages, encoder.encode(messages), labels, **SETTINGS)
    for message in ("my face is drooping", "where do i park", "cant swallow"):
        assert _read(other, encoder, message) == _read(classifier, encoder, message)


def test_an_ordinary_question_is_not_certain_to_be_harmless(classifier, encoder):
    assert _read(classifier, encoder, "are the injections painful")["emergency"] > 0


def test_what_was_saved_reads_the_same(classifier, encoder, tmp_path):
    classifier.save(tmp_path / "alarms.npz")
    loaded = AlarmClassifier.load(tmp_path / "alarms.npz")
    for _, message in TAUGHT:
        assert _read(loaded, encoder, message) == pytest.approx(_read(classifier, encoder, message))


def test_it_is_the_librarys_kernel_ridge_where_every_message_is_a_landmark(encoder):
    """Ours solves for the landmarks only; with all of them, along all axes, it must be scikit-learn's."""
    from sklearn.kernel_ridge import KernelRidge

    labels, messages = zip(*TAUGHT[:12], strict=True)
    vectors = encoder.encode(messages)
    ours = AlarmClassifier.train(
        messages, vectors, labels, **{**SETTINGS, "dimensions": 1536, "strength": 0.5, "share": 0}
    )
    object.__setattr__(ours, "keys", {})
    aims = np.asarray([[label == name for name in ours.labels] for label in labels], dtype=float)
    aims[:, ours.labels.index("none")] = [label == "harmless" for label in labels]
    theirs = KernelRidge(alpha=2, kernel="rbf", gamma=0.5).fit(vectors, aims - aims.mean(axis=0))
    new = encoder.encode(["my face droops", "i can swallow", "no wish to live"])
    for vector, scores in zip(new, theirs.predict(new) + aims.mean(axis=0), strict=True):
        expected = np.exp(5 * scores) / np.exp(5 * scores).sum()
        read = ours.read("", vector)
        assert [read[label] for label in ours.labels if label != "none"] == pytest.approx(
            [share for share, label in zip(expected, ours.labels, strict=True) if label != "none"], abs=0.02
        )


def test_without_any_alarm_to_learn_from_it_sees_none(encoder):
    messages = ["how much does it cost", "are the injections painful"]
    classifier = AlarmClassifier.train(messages, encoder.encode(messages), ["ordinary", "greet"], **SETTINGS)
    assert _read(classifier, encoder, "my face is drooping") == {}

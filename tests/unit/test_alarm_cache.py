import numpy as np
import pytest

from assistant import alarm_cache
from assistant.alarm_cache import AlarmCache
from assistant.alarm_classifier import AlarmClassifier

SETTINGS = {"dimensions": 4, "landmarks": 10, "width": 0.5, "strength": 20.0, "share": 0.5}
MESSAGES = ["my face droops", "i cant swallow", "i can swallow fine", "how much is it", "where do i park"]
LABELS = ["emergency", "emergency", "harmless", "ordinary", "faq/parking"]
VECTORS = np.random.default_rng(1).normal(size=(5, 8)).astype(np.float32)


@pytest.fixture
def trainings(monkeypatch):
    """Count how often a classifier is really trained."""
    done = []
    train = AlarmClassifier.train

    def counted(*learned, **settings):
        done.append(settings)
        return train(*learned, **settings)

    monkeypatch.setattr(alarm_cache.AlarmClassifier, "train", counted)
    return done


def _train(folder, messages=MESSAGES, labels=LABELS, vectors=VECTORS, **settings):
    return AlarmCache(folder).train(messages, vectors, labels, **{**SETTINGS, **settings})


def test_what_was_trained_is_kept_and_reads_the_same(tmp_path, trainings):
    first, second = _train(tmp_path / "alarms"), _train(tmp_path / "alarms")
    assert len(trainings) == 1
    for message, vector in zip([*MESSAGES, "my face"], [*VECTORS, VECTORS[0] + 1], strict=True):
        assert second.read(message, vector) == pytest.approx(first.read(message, vector))


def test_no_change_of_a_topic_has_it_trained_again(tmp_path, trainings):
    _train(tmp_path)
    _train(tmp_path, MESSAGES[:-1], LABELS[:-1], VECTORS[:-1])
    _train(tmp_path, [*MESSAGES[:-1], "is there a car park"], LABELS, np.vstack([VECTORS[:-1], VECTORS[:1] + 1]))
    assert len(trainings) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"messages": ["my face sags", *MESSAGES[1:]]},
        {"labels": ["urgent", *LABELS[1:]]},
        {"vectors": VECTORS + 1},
        {"width": 0.4},
    ],
)
def test_any_other_change_has_it_trained_again_and_the_old_one_goes(tmp_path, trainings, change):
    _train(tmp_path)
    _train(tmp_path, **change)
    assert len(trainings) == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_file_is_replaced(tmp_path, trainings):
    _train(tmp_path)
    [kept] = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    _train(tmp_path)
    _train(tmp_path)
    assert len(trainings) == 2

import pytest

from assistant import alarm_cache
from assistant.alarm_cache import AlarmCache
from assistant.alarm_classifier import AlarmClassifier
from assistant.encoder import SentenceEncoder
from assistant.training_data import Example

SETTINGS = {"dimensions": 4, "landmarks": 10, "width": 0.5, "strength": 20.0, "share": 0.5}
EXAMPLES = [
    Example("my face droops", "emergency"),
    Example("i cant swallow", "emergency"),
    Example("i can swallow fine", "harmless"),
    Example("how much is it", "ordinary"),
]


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


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


def test_what_was_trained_is_kept_and_reads_the_same(tmp_path, encoder, trainings):
    first, second = (AlarmCache(tmp_path / "alarms", encoder).train(EXAMPLES, **SETTINGS) for _ in range(2))
    assert len(trainings) == 1
    for message in (*(example.text for example in EXAMPLES), "my face"):
        vector = encoder.encode([message])[0]
        assert second.read(message, vector) == pytest.approx(first.read(message, vector))


@pytest.mark.parametrize(
    ("examples", "settings"),
    [
        ([Example("my face sags", "emergency"), *EXAMPLES[1:]], SETTINGS),
        ([Example("my face droops", "urgent"), *EXAMPLES[1:]], SETTINGS),
        (EXAMPLES[1:], SETTINGS),
        (EXAMPLES, {**SETTINGS, "width": 0.4}),
    ],
)
def test_any_change_has_it_trained_again_and_the_old_one_goes(tmp_path, encoder, trainings, examples, settings):
    AlarmCache(tmp_path, encoder).train(EXAMPLES, **SETTINGS)
    AlarmCache(tmp_path, encoder).train(examples, **settings)
    assert len(trainings) == 2
    assert len(list(tmp_path.glob("alarms-*.npz"))) == 1


def test_a_damaged_file_is_replaced(tmp_path, encoder, trainings):
    AlarmCache(tmp_path, encoder).train(EXAMPLES, **SETTINGS)
    [kept] = tmp_path.glob("alarms-*.npz")
    kept.write_bytes(kept.read_bytes()[:100])
    AlarmCache(tmp_path, encoder).train(EXAMPLES, **SETTINGS)
    AlarmCache(tmp_path, encoder).train(EXAMPLES, **SETTINGS)
    assert len(trainings) == 2

import numpy as np
import pytest

from assistant.encoder import DIMENSIONS, SentenceEncoder
from assistant.vector_cache import VectorCache

SENTENCES = ["does it hurt", "is it a cure", "how long does it last"]


class CountingEncoder(SentenceEncoder):
    """The real encoder, which also counts what it is asked to encode."""

    def __init__(self):
        super().__init__()
        self.encoded = []

    def encode(self, sentences):
        self.encoded += sentences
        return super().encode(sentences)


@pytest.fixture
def encoder():
    return CountingEncoder()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "vectors.npz"


def _keep(file, encoder, sentences):
    cache = VectorCache(file, encoder)
    vectors = cache.encode(sentences)
    cache.keep(sentences)
    return vectors


def test_vectors_are_those_of_the_encoder_rounded(file, encoder):
    vectors = VectorCache(file, encoder).encode(SENTENCES)
    np.testing.assert_allclose(vectors, encoder.encode(SENTENCES), atol=1e-3)


def test_only_what_is_new_is_encoded(file, encoder):
    _keep(file, encoder, SENTENCES[:2])
    encoder.encoded.clear()
    VectorCache(file, encoder).encode(SENTENCES)
    assert encoder.encoded == SENTENCES[2:]


def test_a_sentence_is_encoded_once_however_often_it_stands_there(file, encoder):
    vectors = VectorCache(file, encoder).encode(["botox?", "botox?"])
    assert encoder.encoded == ["botox?"]
    np.testing.assert_array_equal(vectors[0], vectors[1])


def test_a_kept_vector_is_the_same_as_a_new_one(file, encoder):
    new = _keep(file, encoder, SENTENCES)
    np.testing.assert_array_equal(VectorCache(file, encoder).encode(SENTENCES), new)


def test_what_is_no_longer_used_is_not_kept(file, encoder):
    _keep(file, encoder, SENTENCES)
    _keep(file, encoder, SENTENCES[:1])
    encoder.encoded.clear()
    VectorCache(file, encoder).encode(SENTENCES)
    assert encoder.encoded == SENTENCES[1:]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_damaged_file_holds_nothing(file, encoder, content):
    file.parent.mkdir()
    file.write_bytes(content)
    assert _keep(file, encoder, SENTENCES).shape == (3, DIMENSIONS)
    np.testing.assert_array_equal(VectorCache(file, encoder).encode(SENTENCES[:1])[0, 0] != 0, True)


def test_another_encoders_vectors_are_not_used(file, encoder):
    _keep(file, encoder, SENTENCES)
    other = CountingEncoder()
    other.digest = "another"
    VectorCache(file, other).encode(SENTENCES)
    assert other.encoded == SENTENCES


def test_the_file_holds_no_sentence_in_clear(file, encoder):
    _keep(file, encoder, SENTENCES)
    assert b"hurt" not in file.read_bytes()


def test_a_failed_write_leaves_what_was_there(file, encoder, monkeypatch):
    _keep(file, encoder, SENTENCES)
    before = file.read_bytes()
    monkeypatch.setattr(np, "savez", lambda *_, **__: (_ for _ in ()).throw(OSError("no space")))
    with pytest.raises(OSError, match="no space"):
        _keep(file, encoder, SENTENCES[:1])
    assert file.read_bytes() == before
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]

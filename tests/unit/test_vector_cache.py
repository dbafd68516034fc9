import numpy as np
import pytest

from assistant import vector_cache
from assistant.encoder import SentenceEncoder, meaning
from assistant.vector_cache import VectorCache


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


@pytest.fixture
def asked(encoder):
    """The real encoder, and a list of what it was asked for."""
    asked = []

    def encode(sentences):
        asked.append(list(sentences))
        return encoder.encode(sentences)

    encode.asked = asked
    return encode


def test_vectors_are_those_of_the_encoder_in_the_order_asked(tmp_path, encoder):
    sentences = ["does it hurt", "botox", "does it hurt"]
    vectors = VectorCache(tmp_path / "v.npz", encoder.encode).encode(sentences)
    np.testing.assert_allclose(vectors, meaning(encoder.encode(sentences)), atol=0.05)


def test_what_one_run_encoded_the_next_does_not(tmp_path, asked):
    VectorCache(tmp_path / "v.npz", asked).encode(["does it hurt", "botox"])
    VectorCache(tmp_path / "v.npz", asked).encode(["botox", "how long"])
    assert asked.asked == [["does it hurt", "botox"], ["how long"]]
    assert [file.name for file in tmp_path.iterdir()] == ["v.npz"]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no archive", b"text"])
def test_a_damaged_file_is_made_again(tmp_path, asked, damage):
    (tmp_path / "v.npz").write_bytes(damage)
    assert VectorCache(tmp_path / "v.npz", asked).encode(["botox"]).shape == (1, 384)
    VectorCache(tmp_path / "v.npz", asked).encode(["botox"])
    assert asked.asked == [["botox"]]


def test_a_full_file_keeps_what_is_asked_for_now(tmp_path, asked, monkeypatch):
    monkeypatch.setattr(vector_cache, "_MOST", 2)
    cache = VectorCache(tmp_path / "v.npz", asked)
    cache.encode(["one", "two"])
    cache.encode(["two", "three"])
    cache.encode(["two", "three"])
    assert asked.asked == [["one", "two"], ["three"]]
    cache.encode(["one"])
    assert asked.asked[-1] == ["one"]


def test_where_nothing_can_be_written_it_works_all_the_same(tmp_path, asked):
    (tmp_path / "no_folder").write_text("")
    assert VectorCache(tmp_path / "no_folder/v.npz", asked).encode(["botox"]).shape == (1, 384)


def test_no_sentences_give_no_vectors(tmp_path, asked):
    assert VectorCache(tmp_path / "v.npz", asked).encode([]).shape == (0, 384)

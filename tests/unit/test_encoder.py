import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant import encoder
from assistant.encoder import DIMENSIONS, EncoderError, SentenceEncoder, half_way, meaning


@pytest.fixture(scope="module")
def loaded():
    return SentenceEncoder()


def test_a_sentence_becomes_four_unit_vectors(loaded):
    vectors = loaded.encode(["does it hurt?", "botox"])
    assert vectors.shape == (2, DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(vectors.reshape(2, 4, -1), axis=2), 1, rtol=1e-5)


def test_sentences_that_mean_the_same_lie_closer(loaded):
    hurt, painful, price = meaning(loaded.encode(["does it hurt?", "is it painful?", "what does it cost?"]))
    assert hurt @ painful > 0.7 > 0.4 > hurt @ price


def test_a_sentence_has_the_same_vector_alone_and_in_company(loaded):
    sentences = [f"question number {number} about {'very ' * number}long words" for number in range(70)]
    together = loaded.encode(sentences)
    alone = np.vstack([loaded.encode([sentence]) for sentence in sentences])
    np.testing.assert_array_equal(together, alone)


def test_a_long_message_keeps_its_beginning_and_its_end(loaded):
    filler = "and so it goes on and on " * 400
    start, end, both = meaning(loaded.encode([f"does botox hurt {filler}", f"{filler} does botox hurt", filler]))
    question = meaning(loaded.encode(["does botox hurt"]))[0]
    assert start @ question > both @ question < end @ question


def test_no_sentences_give_no_vectors(loaded):
    assert loaded.encode([]).shape == (0, DIMENSIONS)


def _copy_files(folder):
    for (package, inside, digest), name in [
        (encoder.WEIGHTS, "model.onnx"),
        (encoder.TOKENIZER, "tokenizer.json"),
    ]:
        shutil.copy(encoder._packaged(package, inside, digest), folder / name)


def test_a_folder_of_ones_own_replaces_the_packaged_files(loaded, tmp_path):
    _copy_files(tmp_path)
    own = SentenceEncoder(tmp_path).encode(["botox"])
    # Its layers are taken as they come: only those of the packaged file are known, and joined.
    np.testing.assert_allclose(own, loaded.encode(["botox"]), atol=1e-5)


def test_a_model_that_names_its_states_otherwise_gives_the_last_layer_for_those_half_way(loaded, tmp_path, monkeypatch):
    monkeypatch.setattr(encoder, "_HALF_WAY", "no_such_state")
    _copy_files(tmp_path)
    (other,) = SentenceEncoder(tmp_path).encode(["botox"])
    np.testing.assert_array_equal(half_way(other), meaning(other))
    (own,) = loaded.encode(["botox"])
    assert half_way(own) @ meaning(own) < 0.9


def test_a_folder_without_the_files_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(EncoderError, match=r"has no model\.onnx\. Put it there"):
        SentenceEncoder(tmp_path)


def test_weights_with_another_digest_are_refused(monkeypatch):
    package, inside, _ = encoder.WEIGHTS
    monkeypatch.setattr(encoder, "WEIGHTS", (package, inside, "0" * 64))
    with pytest.raises(EncoderError, match="damaged or changed"):
        SentenceEncoder()


def test_weights_that_are_not_installed_are_named(monkeypatch):
    monkeypatch.setattr(encoder, "WEIGHTS", ("no_such_package", "model.onnx", ""))
    with pytest.raises(EncoderError, match="not installed"):
        SentenceEncoder()


def test_the_measured_files_are_the_installed_ones():
    for part in (encoder.WEIGHTS, encoder.TOKENIZER):
        assert Path(encoder._packaged(*part)).is_file()

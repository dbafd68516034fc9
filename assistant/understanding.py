"""Understand a message as the trained model does, without Rasa: the same parts in the same order, in two seconds."""

import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from assistant import yaml_file
from assistant.alarm_classifier import NO_TOPICS, AlarmClassifier
from assistant.classifier import OUT_OF_SCOPE, QuestionClassifier, spoken
from assistant.encoder import SentenceEncoder
from assistant.red_flags import RedFlags
from assistant.scope import ASK_BACK, Alarm, Danger, Decision, Thresholds, Verdict, judge
from assistant.spelling import Spelling
from assistant.text import clean
from assistant.training_data import Example
from assistant.vector_cache import VectorCache

_GATE = "components.scope_gate.ScopeGate"
_CLASSIFIER = "components.question_classifier.FullLabelClassifier"
_ENCODER = "components.sentence_encoder.MiniLMFeaturizer"
_FILES = {"metadata.json", "domain.yml", "words.json", "alarms.npz", "classifier.npz"}


class ModelError(Exception):
    """The file is no trained model of ours, or is damaged."""


@dataclass(frozen=True)
class Understood:
    """What the assistant makes of a message.

    text: as it is read, its spelling mended; ranking: every label in full with its probability, likeliest first;
    verdict: what becomes of it; sign: the id of the red flag that a pattern saw.
    """

    text: str
    ranking: tuple[tuple[str, float], ...]
    verdict: Verdict
    sign: str | None

    @property
    def label(self) -> str:
        """The likeliest label in full."""
        return self.ranking[0][0]

    @property
    def intent(self) -> str:
        """The intent, as Rasa's parse names it."""
        if self.verdict.alarm:
            return self.verdict.alarm.intent
        if self.verdict.decision is Decision.ANSWER:
            return self.label.split("/")[0]
        return ASK_BACK if self.verdict.decision is Decision.ASK_BACK else OUT_OF_SCOPE


@dataclass(frozen=True)
class Understanding:
    """The parts of a trained model that understand.

    cache: the file with the vectors of its training questions; strength: how its classifier was trained.
    """

    red_flags: RedFlags
    spelling: Spelling
    encoder: SentenceEncoder
    cache: Path | None
    alarms: AlarmClassifier
    questions: QuestionClassifier
    thresholds: Thresholds
    strength: float

    def read(self, message: str) -> Understood:
        """Return what the assistant makes of `message`. Order and logic are those of config.yml (a test compares)."""
        cleaned = clean(message)
        flag = self.red_flags.read(cleaned)
        text = self.spelling.mend(cleaned)
        if not text:
            ranking: tuple[tuple[str, float], ...] = ((OUT_OF_SCOPE, 1.0),)
            nearness, probabilities = 0.0, dict[str, float]()
        else:
            vectors = self.encoder.encode([text])
            reading = self.questions.read([text], vectors)[0]
            ranking, nearness = reading.ranking, reading.nearness
            probabilities = self.alarms.most_alarming([text], vectors, self.encoder.encode)[0]
        danger = Danger(
            flag=Alarm(flag.intent, flag.level) if flag else None,
            figure_of_speech=self.red_flags.figure_of_speech(cleaned),
            probabilities=probabilities,
        )
        verdict = judge(*ranking[0], nearness, danger, self.thresholds)
        return Understood(text, ranking, verdict, flag.sign if flag else None)

    def taught(self, examples: Sequence[Example]) -> "Understanding":
        """Return an understanding that has learned from `examples` instead.

        The alarm classifier stays as it is: it learns little from a topic's questions, and training it takes long.
        """
        topics = [example for example in examples if example.label not in NO_TOPICS]
        questions = [clean(example.text) for example in topics]
        encoder = VectorCache(self.cache, self.encoder) if self.cache else self.encoder
        labels = [example.label for example in topics]
        named = sorted({*labels} - {OUT_OF_SCOPE})
        return replace(
            self,
            spelling=Spelling.learn(clean(example.text) for example in examples),
            questions=QuestionClassifier.train(
                questions,
                encoder.encode(questions),
                labels,
                self.strength,
                dict(zip(named, encoder.encode([*map(spoken, named)]), strict=True)),
            ),
        )


@dataclass(frozen=True)
class Model:
    """A trained model: how it understands, and what it says (the responses of its domain, by name)."""

    understanding: Understanding
    responses: Mapping[str, list[dict[str, Any]]]


def load(model: Path) -> Model:
    """Read a trained model from its archive.

    Raises:
        ModelError: it is none of ours, or damaged.
        EncoderError: the encoder's files are missing.
    """
    try:
        with tempfile.TemporaryDirectory() as scratch, tarfile.open(model) as archive:
            files = _extract(archive, Path(scratch))
            config = _configuration(json.loads(files["metadata.json"].read_text(encoding="utf-8")))
            gate, learning, encoding = config[_GATE], config[_CLASSIFIER], config[_ENCODER]
            folder, cache = (Path(encoding[name]) if encoding.get(name) else None for name in ("folder", "cache"))
            understanding = Understanding(
                red_flags=RedFlags.load(),
                spelling=Spelling(json.loads(files["words.json"].read_text(encoding="utf-8"))),
                encoder=SentenceEncoder(folder),
                cache=cache,
                alarms=AlarmClassifier.load(files["alarms.npz"]),
                questions=QuestionClassifier.load(files["classifier.npz"]),
                thresholds=Thresholds(**{field.name: gate[field.name] for field in fields(Thresholds)}),
                strength=learning["strength"],
            )
            domain = yaml_file.read(files["domain.yml"])
            return Model(understanding, domain["responses"])
    except (OSError, EOFError, tarfile.TarError, zlib.error, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise ModelError(f"The model {model} cannot be read ({type(error).__name__}).") from error


def _extract(archive: tarfile.TarFile, folder: Path) -> dict[str, Path]:
    """Write the files that understanding needs into `folder`, and return them by name."""
    files: dict[str, Path] = {}
    for entry in archive:
        name = Path(entry.name).name
        content = archive.extractfile(entry) if name in _FILES else None
        if content is not None:
            files[name] = folder / name
            files[name].write_bytes(content.read())
    return files


def _configuration(metadata: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the settings of each component by its name."""
    nodes: Iterable[Mapping[str, Any]] = metadata["predict_schema"]["nodes"].values()
    return {node["uses"]: node["config"] for node in nodes}

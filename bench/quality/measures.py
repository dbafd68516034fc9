"""Train a pipeline in a process of its own, and judge its answers."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import nan, sqrt
from pathlib import Path
from typing import Any

import yaml

from assistant.classifier import OUT_OF_SCOPE
from assistant.scope import sureness
from bench.quality.data import Question, Task
from bench.quality.pipelines import Pipeline
from cli import environment
from cli.paths import PROJECT
from cli.problem import Problem

_KEPT = 0.95
_RETRIEVAL = "faq"
# A classifier that knows nothing of retrieval intents is taught every topic as an intent of its own.
_FLAT = "LogisticRegressionClassifier"
_SLASH = "+"
# Of a normal distribution: 95 % lie within.
_Z = 1.96


@dataclass(frozen=True)
class Judged:
    """How a pipeline did.

    top_1: the share of the questions in scope whose right label came first, with its 95 % confidence interval;
    area: under the curve of in scope kept against out of scope refused; refused: of those out of scope, where 95 % of
    those in scope are kept (both nan without questions out of scope); seconds: of training; megabytes: the most that
    the process took; milliseconds: a message, by component: median, 5 % and 95 % of the messages.
    """

    top_1: tuple[float, float, float]
    top_3: float
    macro_f1: float
    area: float
    refused: float
    seconds: float
    megabytes: float
    milliseconds: Mapping[str, tuple[float, float, float]]


def judge(pipeline: Pipeline, task: Task) -> Judged:
    """Train `pipeline` on what the task teaches, and put its questions to it.

    Raises:
        Problem: Rasa could not train it.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        _write(folder, pipeline, task)
        log = folder / "log"
        with log.open("wb") as output:
            done = subprocess.run(
                [sys.executable, "-m", "bench.quality.worker", str(folder)],
                cwd=PROJECT,
                # What an earlier run trained would make this one look quick.
                env=environment.of_child(RASA_CACHE_DIRECTORY=str(folder / "cache")),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if done.returncode:
            kept = PROJECT / "results/bench-quality.log"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(log.read_bytes())
            raise Problem(f"A pipeline failed: {environment.last_line(log)}\nThe whole report is in {kept}.")
        answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    return _judged(task.asked, answers)


def _write(folder: Path, pipeline: Pipeline, task: Task) -> None:
    flat = any(one["name"] == _FLAT for one in pipeline)
    taught = [(label.replace("/", _SLASH) if flat else label, question) for label, question in task.taught]
    retrieved = any("/" in label for label, _ in taught)
    kept = [one for one in pipeline if retrieved or one["name"] != "ResponseSelector"]
    config = {"recipe": "default.v1", "language": "en", "assistant_id": "bench", "pipeline": kept}
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    by_label = groupby(sorted(taught), key=lambda one: one[0])
    nlu: dict[str, Any] = {
        "version": "3.1",
        "nlu": [
            {"intent": label, "examples": "".join(f"- {' '.join(question.split())}\n" for _, question in questions)}
            for label, questions in by_label
        ],
    }
    labels = {label for label, _ in taught}
    if retrieved:
        nlu["responses"] = {
            f"utter_{label}": [{"text": answer}] for label, answer in task.answers.items() if label in labels
        }
    (folder / "nlu.yml").write_text(yaml.safe_dump(nlu, allow_unicode=True, width=10_000), encoding="utf-8")
    (folder / "asked.json").write_text(json.dumps([question for _, question in task.asked]), encoding="utf-8")


def _judged(asked: Sequence[Question], answers: Mapping[str, Any]) -> Judged:
    rankings = [_ranking(one) for one in answers["parsed"]]
    sure = [_sure(ranking, one["nearness"]) for ranking, one in zip(rankings, answers["parsed"], strict=True)]
    names = [[label for label, _ in ranking] for ranking in rankings]
    inside = [place for place, (label, _) in enumerate(asked) if label != OUT_OF_SCOPE]
    outside = [place for place, (label, _) in enumerate(asked) if label == OUT_OF_SCOPE]
    right = [names[place][0] == asked[place][0] for place in inside]
    area, refused = separation([sure[place] for place in inside], [sure[place] for place in outside])
    return Judged(
        top_1=interval(sum(right), len(right)),
        top_3=sum(asked[place][0] in names[place][:3] for place in inside) / len(inside),
        macro_f1=_macro_f1([asked[place][0] for place in inside], [names[place][0] for place in inside]),
        area=area,
        refused=refused,
        seconds=answers["seconds"],
        megabytes=answers["megabytes"],
        milliseconds={name: tuple(times) for name, times in answers["milliseconds"].items()},
    )


def _ranking(parsed: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Return full labels; where Rasa has one label for all topics, it is split as its ResponseSelector does."""
    full: list[tuple[str, float]] = []
    for label, confidence in parsed["ranking"]:
        if label == _RETRIEVAL:
            full += [(key, confidence * part) for key, part in parsed["selected"]]
        else:
            full.append((label.replace(_SLASH, "/"), confidence))
    return sorted(full, key=lambda one: -one[1])


def _sure(ranking: Sequence[tuple[str, float]], nearness: float | None) -> float:
    label, confidence = ranking[0]
    if label == OUT_OF_SCOPE:
        return 0.0
    return confidence if nearness is None else sureness(confidence, nearness)


def separation(inside: Sequence[float], outside: Sequence[float]) -> tuple[float, float]:
    """Return the area under the curve, and how much of `outside` is refused where 95 % of `inside` is kept."""
    from sklearn.metrics import roc_auc_score

    if not outside:
        return nan, nan
    area = roc_auc_score([1] * len(inside) + [0] * len(outside), [*inside, *outside])
    limit = sorted(inside)[int((1 - _KEPT) * len(inside))]
    return float(area), sum(score < limit for score in outside) / len(outside)


def interval(right: int, asked: int) -> tuple[float, float, float]:
    """Return the share, and the 95 % confidence interval by Wilson."""
    share = right / asked
    scale = 1 + _Z**2 / asked
    middle = (share + _Z**2 / (2 * asked)) / scale
    reach = _Z / scale * sqrt(share * (1 - share) / asked + _Z**2 / (4 * asked**2))
    return share, middle - reach, middle + reach


def _macro_f1(right: Sequence[str], named: Sequence[str]) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(right, named, average="macro", labels=sorted(set(right)), zero_division=0))

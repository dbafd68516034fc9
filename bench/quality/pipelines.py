"""The pipelines that are put side by side, each as Rasa's own configuration."""

from typing import Any

from assistant import yaml_file
from cli.paths import PROJECT

Pipeline = list[dict[str, Any]]

OURS = "this assistant"
DEFAULT = "Rasa's default (DIET)"
BAG = "bag of words"
NEAREST = "nearest question"

_WORDS: Pipeline = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]


def pipelines() -> dict[str, Pipeline]:
    """Return the pipelines by name: ours is that of config.yml."""
    return {
        OURS: _ours(),
        DEFAULT: [
            _WORDS[0],
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            *_WORDS[1:],
            {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 0},
            {
                "name": "ResponseSelector",
                "epochs": 100,
                "retrieval_intent": "faq",
                "constrain_similarities": True,
                "random_seed": 0,
            },
        ],
        BAG: [*_WORDS, {"name": "LogisticRegressionClassifier", "max_iter": 100, "solver": "lbfgs"}],
        NEAREST: [*_up_to_the_encoder(), {"name": "bench.quality.nearest.NearestQuestion"}],
    }


def _ours() -> Pipeline:
    pipeline: Pipeline = yaml_file.read(PROJECT / "config.yml")["pipeline"]
    # It learns from the task alone, and what an earlier training kept would make this one look quicker than it is.
    left_out = {"cache", "learns_from", "also_from"}
    return [{key: value for key, value in component.items() if key not in left_out} for component in pipeline]


def _up_to_the_encoder() -> Pipeline:
    ours = _ours()
    place = [component["name"].rpartition(".")[2] for component in ours].index("MiniLMFeaturizer")
    return [ours[place - 1], ours[place]]

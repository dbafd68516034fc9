"""Rasa's own command line, started without TensorFlow: `python -m cli.engine run ...` is `rasa run ...`.

No part of this assistant uses TensorFlow, yet loading it takes more time and memory than all the rest. Rasa loads it
with a module of helpers for training; here that module's code runs when something in it is first used, not before. And
it loads it with its own learning components, which it names whenever it plans a training, to see whether they are in
use; where they are not, their names alone do.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

from cli.paths import PROJECT

HELPERS = "rasa.utils.train_utils"
# Each module with the component in it, and with what else it is asked for.
LEARNERS = {
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.extractors.crf_entity_extractor": ("CRFEntityExtractor", "CRFEntityExtractorOptions"),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": ("ConveRTFeaturizer",),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": ("LanguageModelFeaturizer",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
}


class PutOff(MetaPathFinder):
    """Finds the helpers as Python would, and has them loaded on first use."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to load the helpers; None for any other module."""
        found = PathFinder.find_spec(name, path) if name == HELPERS else None
        if found and found.loader:
            found.loader = LazyLoader(found.loader)
        return found


class NamesOnly(MetaPathFinder, Loader):
    """Finds the modules of the learning components, each with empty classes in it."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to load such a module; None for any other."""
        return ModuleSpec(name, self) if name in LEARNERS else None

    def exec_module(self, module: ModuleType) -> None:
        """Fill `module`."""
        for name in LEARNERS[module.__name__]:
            setattr(module, name, type(name, (), {}))


def put_off_tensorflow() -> None:
    """Have TensorFlow loaded when it is used. Call it before anything of Rasa is imported."""
    sys.meta_path.insert(0, PutOff())


def leave_learners_out(config: str) -> None:
    """Have only the names of the learning components loaded, unless `config`, the text of a config.yml, uses one.

    Call it before anything of Rasa is imported.
    """
    if not any(component in config for component, *_ in LEARNERS.values()):
        sys.meta_path.insert(0, NamesOnly())


if __name__ == "__main__":
    put_off_tensorflow()
    leave_learners_out((PROJECT / "config.yml").read_text(encoding="utf-8"))
    from rasa.__main__ import main

    main()

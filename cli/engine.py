"""Rasa's own command line, started without TensorFlow: `python -m cli.engine run ...` is `rasa run ...`.

No part of this assistant uses TensorFlow, yet loading it takes more time and memory than all the rest. Rasa loads it
with a module of helpers for training; here that module's code runs when something in it is first used, not before.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

HELPERS = "rasa.utils.train_utils"


class PutOff(MetaPathFinder):
    """Finds the helpers as Python would, and has them loaded on first use."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to load the helpers; None for any other module."""
        found = PathFinder.find_spec(name, path) if name == HELPERS else None
        if found and found.loader:
            found.loader = LazyLoader(found.loader)
        return found


def put_off_tensorflow() -> None:
    """Have TensorFlow loaded when it is used. Call it before anything of Rasa is imported."""
    sys.meta_path.insert(0, PutOff())


if __name__ == "__main__":
    put_off_tensorflow()
    from rasa.__main__ import main

    main()

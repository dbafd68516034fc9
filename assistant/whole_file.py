"""Write a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written(file: Path) -> Iterator[Path]:
    """Yield where to write: what stands there at the end of the block takes the place of `file`, unless it failed.

    The folder is made if it is missing.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    # Beside it, so that taking its place is one step.
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}-") as scratch:
        made = Path(scratch) / file.name
        yield made
        os.replace(made, file)

"""What the assistant learns from."""

from assistant import training_data
from cli.paths import PROJECT


def taught() -> list[tuple[str, str]]:
    """Return (label, question) for every training question."""
    return [(example.label, example.text) for example in training_data.load(PROJECT / training_data.FOLDER)]

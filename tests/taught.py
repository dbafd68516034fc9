"""What the assistant learns from."""

import yaml

from assistant.faq import questions
from cli.paths import PROJECT


def taught() -> list[tuple[str, str]]:
    """Return (label, question) for every training question."""
    files = [*PROJECT.glob("data/faq/*.yml"), *PROJECT.glob("data/nlu/*.yml")]
    entries = [nlu for file in files for nlu in yaml.safe_load(file.read_text())["nlu"]]
    return [(nlu["intent"], question) for nlu in entries for question in questions(nlu["examples"])]

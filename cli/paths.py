"""Where the project's files are."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MODELS = PROJECT / "models"
# Where what is published is kept: several machines share it on a common volume.
PUBLISHED = Path(os.environ.get("MIGRAINE_PUBLISHED") or MODELS)
# The development sets, which nothing is trained on; relative to the project.
QUESTIONS = Path("tests/nlu/dev.yml")
SAFETY = (Path("tests/safety/dev.yml"), Path("tests/safety/second.yml"))
# Written to be missed: it is measured, but a change of the answers is not held back by it.
HOSTILE = Path("tests/safety/hostile.yml")
# Rasa's own working folder; our logs and the conversations live there too. Never committed.
WORK = PROJECT / ".rasa"
# Texts of topics that are not finished; nothing reads them but their writers. Never committed.
DRAFTS = PROJECT / "drafts"

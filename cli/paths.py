"""Where the project's files are."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MODELS = PROJECT / "models"
# Rasa's own working folder; our logs and the conversations live there too. Never committed.
WORK = PROJECT / ".rasa"
# Texts of topics that are not finished; nothing reads them but their writers. Never committed.
DRAFTS = PROJECT / "drafts"

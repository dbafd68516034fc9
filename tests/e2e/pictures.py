"""Make the terminal pictures of docs/staff-guide.md: `python -m tests.e2e.pictures`. It follows the guide in a copy.

The commands and what they print are real; publishing trains a model, so it takes some minutes.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from cli.paths import PROJECT

_WIDTH = 96
_TITLE = "Parking"
_QUESTIONS = (
    "where can i leave my car", "is the car park free?", "do you have disabled bays", "any street spaces nearby",
    "how early do the barriers open", "my wife drops me off, where should she stop", "do I need a permit",
    "how much do you charge for the car park",
)  # fmt: skip
_HARD = (
    "Notwithstanding considerable variability in availability, accommodation of vehicles is customarily facilitated "
    "adjacent to the administrative establishment, contingent upon prior authorization. Ask your nurse."
)
_ANSWER = (
    "There is a car park behind the clinic. It is free for visits of less than 3 hours, and it has four wide bays "
    "close to the door. It fills up in the morning, so come a little early. Ask the nurse at the desk for a permit."
)


def _typed(answer: str, last: str) -> str:
    """Return what is typed for a topic: an empty line ends the questions, the answer, the sources and the topics."""
    return "\n".join([_TITLE, *_QUESTIONS, "", answer, "", "1", "", last, ""])


def _run(project: Path, *arguments: str, typed: str = "") -> str:
    """Run a command in the copy, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments], cwd=project, input=typed, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "COLUMNS": str(_WIDTH), "PYTHONPATH": str(project)},
    )  # fmt: skip
    print(f"{' '.join(arguments)}\n{done.stdout}", flush=True)
    return done.stdout


def _draw(name: str, command: str, printed: str, last: int = 40) -> None:
    """Draw a command and the last lines it printed."""
    console = Console(record=True, width=_WIDTH, file=io.StringIO())
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text("\n".join(printed.strip().splitlines()[-last:])))
    console.save_svg(str(PROJECT / f"docs/images/staff-{name}.svg"), title="Terminal")


def main() -> None:
    """Follow the guide."""
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "assistant"
        ignore = shutil.ignore_patterns(
            ".git", ".venv", ".uv", "*.egg-info", ".*_cache", ".hypothesis", "node_modules", "releases", "live"
        )
        shutil.copytree(PROJECT, project, ignore=ignore)
        # What patients get before.
        _run(project, "faq", "publish", "--as", "Nurse Ann")
        asked, tried = "where can i park?", "is there a car park"
        _draw("try", f'migraine faq try "{asked}"', _run(project, "faq", "try", asked))
        _draw("check", "migraine faq new", _run(project, "faq", "new", typed=_typed(_HARD, "drop\nyes")), last=14)
        _run(project, "faq", "new", typed=_typed(_ANSWER, "yes"))
        printed = _run(project, "faq", "try", tried, "--draft", "data/faq/parking.yml")
        _draw("draft", f'migraine faq try "{tried}" --draft parking', printed)
        _draw("publish", "migraine faq publish", _run(project, "faq", "publish", "--as", "Nurse Joy"))
        _run(project, "faq", "undo", "--as", "Nurse Joy")
        _draw("history", "migraine faq history", _run(project, "faq", "history"))


if __name__ == "__main__":
    main()

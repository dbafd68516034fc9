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
    "is it hard to find a space in the morning",
)  # fmt: skip
_HARD = (
    "Notwithstanding considerable variability in availability, accommodation of vehicles is customarily facilitated "
    "adjacent to the administrative establishment, contingent upon prior authorization. Ask your nurse."
)
_ANSWER = (
    "There is a car park behind the clinic. It is free for visits of less than 3 hours, and it has four wide bays "
    "close to the door. It fills up in the morning, so come a little early. Ask the nurse at the desk for a permit."
)


def _typed(answer: str) -> str:
    return "\n".join([_TITLE, *_QUESTIONS, "", answer, "", "1", "", ""]) + "\n"


def _draw(project: Path, name: str, command: str, *arguments: str, typed: str = "", last: int = 40) -> None:
    """Run a command in the copy, and draw the last lines it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments], cwd=project, input=typed, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "COLUMNS": str(_WIDTH), "PYTHONPATH": str(project)},
    )  # fmt: skip
    print(f"{command}\n{done.stdout}", flush=True)
    console = Console(record=True, width=_WIDTH, file=io.StringIO())
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text("\n".join(done.stdout.strip().splitlines()[-last:])))
    console.save_svg(str(PROJECT / f"docs/images/staff-{name}.svg"), title="Terminal")


def main() -> None:
    """Follow the guide."""
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "assistant"
        ignore = shutil.ignore_patterns(".git", ".venv", ".uv", "*.egg-info", ".*_cache", ".hypothesis", "node_modules")
        shutil.copytree(PROJECT, project, ignore=ignore, symlinks=True)
        shutil.rmtree(project / "models" / "releases", ignore_errors=True)
        (project / "models" / "live").unlink(missing_ok=True)
        _draw(project, "try", 'migraine faq try "where can i park?"', "faq", "try", "where can i park?")
        _draw(project, "check", "migraine faq new", "faq", "new", typed=_typed(_HARD) + "no\n", last=14)
        _draw(project, "new", "migraine faq new", "faq", "new", typed=_typed(_ANSWER) + "yes\n", last=14)
        question = "is there a car park"
        _draw(
            project, "draft", f'migraine faq try "{question}" --draft parking',
            "faq", "try", question, "--draft", "data/faq/parking.yml",
        )  # fmt: skip
        _draw(project, "publish", "migraine faq publish", "faq", "publish", "--as", "Nurse Joy")
        _draw(project, "undo", "migraine faq undo", "faq", "undo", "--as", "Nurse Joy")
        _draw(project, "history", "migraine faq history", "faq", "history")


if __name__ == "__main__":
    main()

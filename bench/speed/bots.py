"""The two bots side by side: each a project folder of its own, trained and run by the commands that people use."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from rasa.cli import initial_project
from rasa.engine.recipes import config_files

from assistant import yaml_file
from bench.speed import content
from cli import environment, servers
from cli.client import Conversation
from cli.paths import PROJECT
from cli.problem import Problem

OURS = "this assistant"
DEFAULT = "Rasa's default"
_SHARED = ("actions", "assistant", "data", "domain.yml", "clinic.yml")
_OUR_OWN = ("cli", "components", "config.yml", "endpoints.yml", "credentials.yml", "requirements/runtime.txt")
_MOST_SECONDS = 7200
_SECONDS_TO_STOP = 30
# As `rasa init` makes them: a few stories beside the rules, or its two learning policies would have nothing to learn.
_STORIES = {
    "version": "3.1",
    "stories": [
        {"story": intent, "steps": [{"intent": "greet"}, {"action": "utter_greet"}, {"intent": "faq"},
                                    {"action": "utter_faq"}, {"intent": intent}, {"action": f"utter_{intent}"}]}
        for intent in ("thank", "goodbye", "bot_challenge")
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Served:
    """A bot at work. processes: its servers by name."""

    bot: "Bot"
    address: str
    processes: Mapping[str, psutil.Process]
    began: float

    def memory(self) -> dict[str, float]:
        """Return the resident memory of each process, in bytes."""
        return {name: float(process.memory_info().rss) for name, process in self.processes.items()}


@dataclass(frozen=True)
class Bot:
    """A bot in its folder, with the commands that train and serve it; in those of its servers `{port}` is to be filled.

    actions: the port of its action server.
    """

    name: str
    folder: Path
    train_command: Sequence[str]
    serve_commands: Mapping[str, Sequence[str]]
    actions: int

    def train(self) -> float:
        """Train with what is there, and return the seconds it took.

        Raises:
            Problem: it failed.
        """
        began = time.perf_counter()
        process = self._start("train", self.train_command)
        try:
            failed = process.wait(_MOST_SECONDS) != 0
        finally:
            process.kill()
        if failed:
            raise Problem(self._report(f"{self.name} cannot be trained", "train"))
        return time.perf_counter() - began

    def endpoints(self) -> Path:
        """Write the endpoints for a process of its own that shares the running action server, and return the file."""
        settings = yaml_file.read(self.folder / "endpoints.yml")
        settings["action_endpoint"]["url"] = f"http://{servers.HOST}:{self.actions}/webhook"
        if "tracker_store" in settings:
            settings["tracker_store"]["db"] = str(self.folder / "inside.db")
        file = self.folder / "inside.yml"
        content.write(file, settings)
        return file

    def forget(self) -> None:
        """Remove all that training left."""
        shutil.rmtree(self.folder / ".rasa", ignore_errors=True)
        shutil.rmtree(self.folder / "models", ignore_errors=True)

    def model(self) -> Path:
        """Return the newest model."""
        return max((self.folder / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)

    @contextmanager
    def served(self, question: str) -> Iterator[Served]:
        """Run its servers; `question` has been answered when the block begins. `began`: seconds that took.

        Raises:
            Problem: they do not start.
        """
        port = str(servers.free_port())
        with ExitStack() as stack:
            began = time.perf_counter()
            started = {}
            for name, command in self.serve_commands.items():
                process = self._start(name, [part.format(port=port) for part in command])
                stack.callback(_stop, process)
                started[name] = process
            address = f"http://{servers.HOST}:{port}"
            while not servers.answers(f"{address}/webhooks/rest/"):
                dead = [name for name, process in started.items() if process.poll() is not None]
                if dead or time.perf_counter() - began > _MOST_SECONDS:
                    raise Problem(self._report(f"{self.name} does not start", (dead or [next(iter(started))])[0]))
                time.sleep(0.02)
            if not Conversation(address).say(question):
                raise Problem(f"{self.name} does not answer")
            took = time.perf_counter() - began
            yield Served(self, address, _servers(started), took)

    def _start(self, name: str, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        # Where this project publishes, and other settings of it, are no affair of the bot's.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("MIGRAINE_")}
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=self.folder,
                env={**inherited, **environment.QUIET},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _report(self, what: str, name: str) -> str:
        log = self.folder / f"{name}.log"
        return f"{what}: {environment.last_line(log)} The whole report was in {log}."


def ours(folder: Path) -> Bot:
    """Make this assistant in `folder`: the same files and commands as in the project."""
    _copy(folder, (*_SHARED, *_OUR_OWN))
    actions = servers.free_port()
    return Bot(
        OURS,
        folder,
        ("cli", "train", "--force"),
        {"serve": ("cli", "serve", "--port", "{port}", "--actions-port", str(actions))},
        actions,
    )


def default(folder: Path, epochs: int | None = None, policies: bool = True) -> Bot:
    """Make Rasa's default bot in `folder` on our content: the config and channel of `rasa init`, our custom actions.

    Args:
        folder: where.
        epochs: of each learning component, instead of Rasa's own 100.
        policies: whether it has those that learn; without them it needs half the time to start. With `epochs` only.
    """
    _copy(folder, _SHARED)
    begun = Path(initial_project.__path__[0])
    for name in ("config.yml", "credentials.yml"):
        shutil.copy(begun / name, folder / name)
    if epochs:
        _hurry(folder / "config.yml", epochs, policies)
    actions = servers.free_port()
    content.write(folder / "endpoints.yml", {"action_endpoint": {"url": f"http://{servers.HOST}:{actions}/webhook"}})
    content.write(folder / "data/stories.yml", _STORIES)
    return Bot(
        DEFAULT,
        folder,
        ("rasa", "train", "--skip-validation"),
        {
            "rasa": ("rasa", "run", "--interface", servers.HOST, "--port", "{port}"),
            "actions": ("rasa_sdk", "--actions", "actions", "--port", str(actions)),
        },
        actions,
    )


def _copy(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, folder / name)


def _hurry(file: Path, epochs: int, policies: bool) -> None:
    """Write the configuration that Rasa would use by default to `file`, with fewer epochs, all `policies` or some."""
    usual = yaml_file.read(Path(config_files.__path__[0]) / "default_config.yml")
    usual["policies"] = [policy for policy in usual["policies"] if policies or "epochs" not in policy]
    for component in (*usual["pipeline"], *usual["policies"]):
        if "epochs" in component:
            component["epochs"] = epochs
    content.write(file, usual)


def _servers(started: Mapping[str, "subprocess.Popen[bytes]"]) -> dict[str, psutil.Process]:
    """Return the processes by what they do."""
    found = {}
    for process in started.values():
        parent = psutil.Process(process.pid)
        for each in (parent, *parent.children(recursive=True)):
            command = " ".join(each.cmdline())
            name = "action server" if "rasa_sdk" in command else "Rasa server" if " run " in command else "starter"
            found[name] = each
    return found


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Stop a server as a person would, and wait until its port is free again."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

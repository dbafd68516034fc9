"""Start and stop the two servers: Rasa's and the one for the custom actions."""

import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import yaml

from cli import environment, model
from cli.client import is_assistant
from cli.paths import PROJECT, WORK
from cli.problem import Problem
from cli.progress import progress

HOST = "127.0.0.1"
PORT = 5005
ACTIONS_PORT = 5055
_MOST_SECONDS_TO_START = 180
_MOST_SECONDS_TO_STOP = 10


@dataclass(frozen=True)
class Running:
    """The two servers at work."""

    address: str
    processes: dict[str, "subprocess.Popen[bytes]"]

    def stopped(self) -> str | None:
        """Return the name of a server that has stopped by itself, or None."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)


@contextmanager
def connected() -> Iterator[str]:
    """Yield the address of a running assistant; where there is none, run one that leaves nothing behind.

    Raises:
        Problem: it cannot be started.
    """
    address = f"http://{HOST}:{PORT}"
    if is_assistant(address):
        yield address
        return
    with tempfile.TemporaryDirectory() as scratch:
        conversations = Path(scratch) / "conversations.db"
        with running(HOST, free_port(), free_port(), conversations) as servers:
            yield servers.address


@contextmanager
def running(host: str, port: int, actions_port: int, conversations: Path) -> Iterator[Running]:
    """Run both servers until the block ends; they answer when it begins.

    Args:
        host: address that Rasa listens on; the action server is for Rasa alone, on loopback.
        port: Rasa's port.
        actions_port: the action server's port.
        conversations: SQLite file of the conversations.

    Raises:
        Problem: a port is taken, there is no whole model, or a server does not start.
    """
    for taken in (port, actions_port):
        require_free(host if taken == port else HOST, taken)
    trained = model.ready()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        endpoints = _endpoints(scratch / "endpoints.yml", actions_port, conversations)
        actions = environment.start(
            "rasa_sdk", "--actions", "actions", "--port", str(actions_port), "--quiet",
            log=WORK / f"actions-{actions_port}.log", SANIC_HOST=HOST,
        )  # fmt: skip
        stack.callback(_stop, actions)
        rasa = environment.start(
            "rasa", "run", "--quiet", "--model", str(trained), "--interface", host, "--port", str(port),
            "--endpoints", str(endpoints), "--credentials", "credentials.yml",
            log=WORK / f"rasa-{port}.log",
        )  # fmt: skip
        stack.callback(_stop, rasa)
        servers = Running(f"http://{HOST if host == '0.0.0.0' else host}:{port}", {"action": actions, "Rasa": rasa})  # noqa: S104
        with progress("Starting (about 15 s)"):
            _wait(servers, f"{servers.address}/webhooks/rest/", f"http://{HOST}:{actions_port}/health")
        yield servers


def require_free(host: str, port: int) -> None:
    """Make sure that nothing listens on `port`.

    Raises:
        Problem: something does, or the address is not this machine's.
    """
    with socket.socket() as probe:
        # As the servers do: a port whose last connection has just closed is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(
                f"Port {port} on {host} is taken ({error.strerror}). Stop the program that uses it, "
                "or choose others: migraine serve --port 5006 --actions-port 5056"
            ) from error


def free_port() -> int:
    """Return a port that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _endpoints(file: Path, actions_port: int, conversations: Path) -> Path:
    settings = yaml.safe_load((PROJECT / "endpoints.yml").read_text(encoding="utf-8"))
    settings["action_endpoint"]["url"] = f"http://{HOST}:{actions_port}/webhook"
    if settings["tracker_store"].get("dialect") == "sqlite":
        conversations.parent.mkdir(parents=True, exist_ok=True)
        settings["tracker_store"]["db"] = str(conversations)
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return file


def _wait(servers: Running, *addresses: str) -> None:
    deadline = time.monotonic() + _MOST_SECONDS_TO_START
    for address in addresses:
        while not _answers(address):
            name = servers.stopped()
            if name or time.monotonic() > deadline:
                what = f"The {name} server stopped" if name else "The servers did not answer"
                raise Problem(f"{what} while starting. The reports are in {WORK}: rasa-*.log and actions-*.log.")
            time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_MOST_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

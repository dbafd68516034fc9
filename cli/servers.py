"""Start and stop the two servers: Rasa's and the one for the custom actions."""

import argparse
import errno
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
from urllib.parse import urlsplit
from urllib.request import urlopen

import yaml

from assistant import releases, yaml_file
from cli import environment, model
from cli.client import is_assistant
from cli.paths import PROJECT, PUBLISHED
from cli.problem import Problem
from cli.progress import progress

HOST = "127.0.0.1"
PORT = 5005
ACTIONS_PORT = 5055
DEFAULT_ADDRESS = f"http://{HOST}:{PORT}"
CONVERSATIONS = "conversations.db"
SECRET = "chat-secret"  # noqa: S105 - a file's name
_MOST_SECONDS_TO_START = 180
_MOST_SECONDS_TO_STOP = 10


@dataclass(frozen=True)
class Running:
    """The two servers at work."""

    address: str
    processes: dict[str, "subprocess.Popen[bytes]"]
    folder: Path

    def stopped(self) -> str | None:
        """Return the name of a server that has stopped by itself, or None."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def report(self, name: str) -> str:
        """Return the last line that the server `name` wrote, and where the rest is."""
        log = self.folder / f"{name}.log"
        return f"{environment.last_line(log)}\nThe whole report is in {log}."


@contextmanager
def connected(address: str | None = None) -> Iterator[str]:
    """Yield the address of a running assistant; where there is none, run one that leaves nothing behind.

    Args:
        address: where it must be running already; by default it is looked for where `migraine serve` puts it.

    Raises:
        Problem: it does not answer at `address`, or cannot be started.
    """
    if is_assistant(address or DEFAULT_ADDRESS):
        yield address or DEFAULT_ADDRESS
        return
    if address:
        raise Problem(f"No assistant answers at {address}. Start one there, or leave --server out.")
    with (
        tempfile.TemporaryDirectory() as scratch,
        running(HOST, free_port(), free_port(), Path(scratch)) as servers,
    ):
        yield servers.address


def address(text: str) -> str:
    """Return `text` if it is a server's web address.

    Raises:
        argparse.ArgumentTypeError: it is not.
    """
    try:
        parts = urlsplit(text.rstrip("/"))
        sound = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1) and text.isprintable()
    except ValueError:
        sound = False
    if not sound or " " in text:
        raise argparse.ArgumentTypeError(f"{text!r} is not an address such as {DEFAULT_ADDRESS}")
    return text.rstrip("/")


def add_server_option(parser: argparse.ArgumentParser) -> None:
    """Let a verb be told which running assistant to talk to."""
    parser.add_argument(
        "--server", type=address, metavar="URL", help=f"a running assistant ({DEFAULT_ADDRESS}, if one runs there)"
    )


@contextmanager
def running(
    host: str,
    port: int,
    actions_port: int,
    folder: Path,
    credentials: Path = PROJECT / "credentials.yml",
    trained: Path | None = None,
    pointer: Path | None = None,
) -> Iterator[Running]:
    """Run both servers until the block ends; they answer when it begins.

    Args:
        host: address that Rasa listens on; the action server is for Rasa alone, on loopback.
        port: Rasa's port.
        actions_port: the action server's port.
        folder: where the conversations (SQLite), the secret of their tokens and the servers' reports go.
        credentials: the channels and their settings.
        trained: the model to run; by default the live one, and whatever is published while they run.
        pointer: where the live model is from then on, if it may change. Only together with `trained`.

    Raises:
        Problem: a port is taken, clinic.yml is wrong, there is no whole model, or a server does not start.
    """
    if is_assistant(f"http://{host}:{port}"):
        raise Problem(
            f"The assistant already runs at http://{host}:{port}. Talk to it with `make chat`, or stop it first."
        )
    if port == actions_port:
        raise Problem(f"Both servers cannot listen on port {port}. Choose another for one of them.")
    for taken in (port, actions_port):
        require_free(host if taken == port else HOST, taken)
    _check_clinic()
    if trained is None:
        trained, pointer = model.live(), PUBLISHED / "live" / releases.MODEL
    following = {"MIGRAINE_LIVE_MODEL": str(pointer)} if pointer else {}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        endpoints = _endpoints(scratch / "endpoints.yml", actions_port, folder / CONVERSATIONS)
        actions = environment.start(
            "rasa_sdk", "--actions", "actions", "--port", str(actions_port), "--quiet",
            log=folder / "actions.log", SANIC_HOST=HOST,
        )  # fmt: skip
        stack.callback(_stop, actions)
        rasa = environment.start(
            "cli.engine", "run", "--quiet", "--model", str(trained), "--interface", host, "--port", str(port),
            "--endpoints", str(endpoints), "--credentials", str(credentials),
            log=folder / "rasa.log", MIGRAINE_CHAT_SECRET_FILE=str(folder / SECRET), **environment.THRIFTY,
            **following,
        )  # fmt: skip
        stack.callback(_stop, rasa)
        reachable = HOST if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
        servers = Running(f"http://{reachable}:{port}", {"actions": actions, "rasa": rasa}, folder)
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
            if error.errno == errno.EADDRINUSE:
                raise Problem(
                    f"Port {port} on {host} is taken ({error.strerror}). Stop the program that uses it, "
                    "or choose others: migraine serve --port 5006 --actions-port 5056"
                ) from error
            raise Problem(f"It cannot listen on {host}, port {port} ({error.strerror}). Choose another.") from error


def free_port() -> int:
    """Return a port that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _check_clinic() -> None:
    """Refuse settings of the clinic that cannot be right before anything starts."""
    from assistant import clinic

    try:
        clinic.load()
    except clinic.ClinicError as error:
        raise Problem(str(error)) from error


def _endpoints(file: Path, actions_port: int, conversations: Path) -> Path:
    settings = yaml_file.read(PROJECT / "endpoints.yml")
    settings["action_endpoint"]["url"] = f"http://{HOST}:{actions_port}/webhook"
    if settings["tracker_store"].get("dialect") == "sqlite":
        conversations.parent.mkdir(parents=True, exist_ok=True)
        settings["tracker_store"]["db"] = str(conversations)
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return file


def _wait(servers: Running, *addresses: str) -> None:
    deadline = time.monotonic() + _MOST_SECONDS_TO_START
    for address in addresses:
        while not answers(address):
            name = servers.stopped()
            if name:
                raise Problem(f"The {name} server stopped while starting: {servers.report(name)}")
            if time.monotonic() > deadline:
                raise Problem(f"The servers did not answer within {_MOST_SECONDS_TO_START} s: {servers.report('rasa')}")
            time.sleep(0.1)


def answers(address: str) -> bool:
    """Return whether a server answers at `address`."""
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

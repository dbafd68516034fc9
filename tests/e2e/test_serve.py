import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from cli import servers
from cli.client import Conversation, is_assistant
from cli.paths import PROJECT
from tests.e2e.conftest import run


def _listening(port):
    """Return the local addresses that listen on `port`, as the kernel writes them."""
    lines = [
        line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return {line[1].split(":")[0] for line in lines if line[3] == "0A" and int(line[1].split(":")[1], 16) == port}


def test_both_servers_listen_on_loopback_only(running):
    ports = [int(running.address.rpartition(":")[2])]
    arguments = running.processes["actions"].args
    ports.append(int(arguments[arguments.index("--port") + 1]))
    for port in ports:
        assert _listening(port) == {"0100007F"}


def test_what_a_person_types_is_in_no_report(running):
    conversation = Conversation(running.address)
    for text in ["my xylophone hurts when i sneeze", "how long", "say that again", "what is a xylophone"]:
        conversation.say(text)
    for log in running.folder.glob("*.log"):
        assert "xylophone" not in log.read_text(errors="replace")


def test_the_servers_call_nobody(running):
    environ = Path(f"/proc/{running.processes['rasa'].pid}/environ").read_text()
    assert "RASA_TELEMETRY_ENABLED=false" in environ


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_both_servers_cleanly(copy, model, name):
    shutil.copy(model, copy / "models")
    port, actions_port = servers.free_port(), servers.free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "serve", "--port", str(port), "--actions-port", str(actions_port)],
        cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for line in process.stdout:
        if "Ctrl-C stops it" in line:
            break
    address = f"http://127.0.0.1:{port}"
    assert is_assistant(address)
    Conversation(address).say("does it hurt?")
    process.send_signal(name)
    rest, errors = process.communicate(timeout=60)
    assert (process.returncode, rest.strip()) == (0, "Stopped."), errors
    servers.require_free(servers.HOST, port)
    servers.require_free(servers.HOST, actions_port)
    with closing(sqlite3.connect(copy / ".rasa/conversations.db")) as database:
        assert database.execute("SELECT COUNT(*) FROM events").fetchone()[0] > 0


def test_a_taken_port_is_named_with_what_to_do(model):
    with socket.socket() as taken:
        taken.bind((servers.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--actions-port", str(servers.free_port()))
    assert done.returncode == 1
    assert done.stderr.startswith(f"migraine: Port {port} on 127.0.0.1 is taken")
    assert "migraine serve --port 5006" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--port", "0"], "is not a port: give a number from 1 to 65535"),
        (["--port", "70000"], "is not a port"),
        (["--actions-port", "-1"], "is not a port"),
        (["--port", "6001", "--actions-port", "6001"], "Both servers cannot listen on port 6001"),
        (["--host", "127.0.0.999"], "It cannot listen on 127.0.0.999"),
    ],
)
def test_settings_that_cannot_be_are_named(options, says):
    done = run("serve", *options)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_assistant_on_the_same_port_is_pointed_to_the_first(running):
    port = running.address.rpartition(":")[2]
    done = run("serve", "--port", port, "--actions-port", str(servers.free_port()))
    assert done.returncode == 1
    assert done.stderr.startswith(f"migraine: The assistant already runs at {running.address}. Talk to it")


@pytest.mark.parametrize("damage", ["empty", "cut", "not an archive"])
def test_a_damaged_model_is_named_with_what_to_do(copy, model, damage):
    target = copy / "models" / model.name
    whole = model.read_bytes()
    target.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "not an archive": b"hello" * 1000}[damage])
    done = run("serve", "--port", str(servers.free_port()), "--actions-port", str(servers.free_port()), cwd=copy)
    assert done.returncode == 1
    assert done.stderr == (
        f"migraine: The model {target} is damaged. Delete this file and run the command again: it trains a new one.\n"
    )


def test_a_server_that_stops_while_starting_is_reported(copy, model):
    shutil.copy(model, copy / "models")
    (copy / "credentials.yml").write_text("no.such.Channel:\n")
    done = run("serve", "--port", str(servers.free_port()), "--actions-port", str(servers.free_port()), cwd=copy)
    assert done.returncode == 1
    assert "The rasa server stopped while starting" in done.stderr
    assert "no.such.Channel" in done.stderr


def test_rasa_shell_works_too(model, copy):
    shutil.copy(model, copy / "models")
    environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONWARNINGS": "ignore"}
    arguments = ["-m", "rasa", "shell", "--port", str(servers.free_port())]
    shell = pexpect.spawn(sys.executable, arguments, cwd=str(copy), encoding="utf-8", timeout=60, env=environment)
    shell.expect("Your input ->")
    # Rasa's shell keeps /stop for itself; any other slash is plain text, here too.
    shell.send("/goodbye\r")
    shell.expect("Goodbye, and take care")
    shell.expect("Your input ->")
    shell.send("does it hurt?\r")
    shell.expect("pinpricks")
    shell.close(force=True)


def test_the_default_ports_are_the_ones_in_the_settings():
    import yaml

    endpoints = yaml.safe_load((PROJECT / "endpoints.yml").read_text())
    assert endpoints["action_endpoint"]["url"] == f"http://127.0.0.1:{servers.ACTIONS_PORT}/webhook"

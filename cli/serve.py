"""Run the assistant for HTTP clients until Ctrl-C."""

import argparse
import signal
import time
from types import FrameType

from cli import servers
from cli.paths import WORK
from cli.problem import Problem

EXAMPLES = """\
  migraine serve                       on this machine only, port 5005
  migraine serve --port 5006 --actions-port 5056
  migraine serve --host 0.0.0.0        on every address: put a proxy with TLS in front"""

_SECONDS_BETWEEN_PURGES = 3600


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's options."""
    parser.add_argument("--host", default=servers.HOST, help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=servers.PORT, help="port (%(default)s)")
    parser.add_argument(
        "--actions-port",
        type=_port,
        default=servers.ACTIONS_PORT,
        help="port of the action server (%(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Start both servers, say where they are, and stop them on Ctrl-C or a polite kill."""
    from assistant import privacy

    # Also when started in the background, where a shell lets Ctrl-C be ignored.
    for polite in (signal.SIGINT, signal.SIGTERM):
        signal.signal(polite, _interrupt)
    conversations = WORK / servers.CONVERSATIONS
    privacy.purge(conversations)
    try:
        with servers.running(args.host, args.port, args.actions_port, WORK) as running:
            print(
                f"\nThe assistant is ready at {running.address}\n"
                f"  on a web page:        {running.address}/chat\n"
                "  in another terminal:  make chat\n"
                f"  over HTTP:            POST {running.address}/webhooks/rest/webhook\n"
                "Ctrl-C stops it.",
                flush=True,
            )
            purged = time.monotonic()
            while (name := running.stopped()) is None:
                time.sleep(0.5)
                if time.monotonic() - purged > _SECONDS_BETWEEN_PURGES:
                    privacy.purge(conversations)
                    purged = time.monotonic()
            raise Problem(f"The {name} server stopped by itself: {running.report(name)}")
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt

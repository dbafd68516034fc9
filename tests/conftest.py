import os
import warnings
from pathlib import Path

import pytest

from cli import environment

os.environ.update(environment.QUIET)
warnings.filterwarnings("ignore", module="packaging|spacy|matplotlib")


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present content; trained now if there is none."""
    from cli import model

    return model.ready()


@pytest.fixture(scope="session")
def running(model, tmp_path_factory):
    """The real servers, on ports of their own."""
    from cli import servers

    folder = tmp_path_factory.mktemp("running")
    with servers.running(servers.HOST, servers.free_port(), servers.free_port(), folder, trained=model) as running:
        yield running


@pytest.fixture(scope="session")
def address(running) -> str:
    """Where the real servers answer."""
    return running.address


@pytest.fixture
def say(address):
    """Hold a new conversation: say something, get the replies."""
    from cli.client import Conversation

    return Conversation(address).say

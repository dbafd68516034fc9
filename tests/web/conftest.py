from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from cli import model as models
from cli import servers
from tests.web.client import Chat

CLINIC = "https://www.clinic.example"
MANY = {"messages_per_session": 10_000, "requests_per_address": 100_000, "sessions_per_address": 100_000}


@contextmanager
def serving(folder: Path, ports=None, trained=None, pointer=None, **settings):
    """Run the real servers, the web channel with these settings, on ports of their own."""
    credentials = folder / "credentials.yml"
    channels = {"components.rest_channel.RestChannel": None, "components.web_channel.WebChannel": settings}
    credentials.write_text(yaml.safe_dump(channels))
    ports = ports or (servers.free_port(), servers.free_port())
    trained = trained or models.ready()
    with servers.running(servers.HOST, *ports, folder, credentials, trained, pointer) as running:
        yield running


@pytest.fixture(scope="session")
def widget(tmp_path_factory):
    """A folder as the widget's build leaves it."""
    folder = tmp_path_factory.mktemp("dist")
    (folder / "demo.html").write_text("<!doctype html><script src='/chat/widget.js' defer></script>")
    (folder / "widget.js").write_text("console.log('hello');")
    (folder / "chat-A6UF5NKP.js").write_text("export const chat = 1;")
    (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return folder


@pytest.fixture(scope="session")
def web(model, tmp_path_factory, widget):
    """The real servers with the clinic's site allowed and room for many tests."""
    with serving(tmp_path_factory.mktemp("web"), allowed_origins=[CLINIC], limits=MANY, widget=str(widget)) as running:
        yield running


@pytest.fixture
def chat(web):
    """A new conversation."""
    return Chat(web.address)


@pytest.fixture
def another(web):
    """Another person's conversation."""
    return Chat(web.address)

"""docs/openapi.yml holds for the running server, whatever it is sent."""

import re

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cli.paths import PROJECT
from tests.web.client import Chat

FILE = PROJECT / "docs/openapi.yml"
CONTRACT = yaml.safe_load(FILE.read_text())
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_path(FILE)


@pytest.fixture(scope="module")
def talkative(web):
    """A conversation that sends anything."""
    return Chat(web.address)


@schema.include(method=["GET", "POST"]).parametrize()
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_it_is_sent_it_answers_as_described(case, web, talkative):
    _check(case, web, {"Authorization": f"Bearer {talkative.token}"})
    _check(case, web, {})


@schema.include(method="DELETE").parametrize()
@settings(max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_erasing_is_as_described(case, web):
    for headers in ({"Authorization": f"Bearer {Chat(web.address).token}"}, {}):
        _check(case, web, headers)


def _check(case, web, headers):
    response = case.call(base_url=web.address, headers=headers)
    case.validate_response(response, checks=CHECKS)


def test_every_route_is_described_and_every_described_route_is_there():
    from assistant.memory import OneWorkersMemory
    from assistant.session_token import Tokens
    from assistant.web_settings import WebSettings
    from components.web_channel import WebChannel

    channel = WebChannel(Tokens("x" * 32), WebSettings(), OneWorkersMemory())
    routes = {
        (method, (channel.url_prefix() + route.uri).rstrip("/").replace("<name:str>", "{name}"))
        for route in channel.blueprint(None)._future_routes
        for method in route.methods
        if method != "HEAD"
    }
    assert routes == {(method.upper(), path) for path, methods in CONTRACT["paths"].items() for method in methods}


def test_every_error_code_is_described():
    source = "".join(file.read_text() for file in PROJECT.glob("components/web_*.py"))
    codes = set(re.findall(r'(?:Refusal|later)\(\s*\d{3}, "(\w+)"|unauthorized\("(\w+)"|_trouble\("(\w+)"\)', source))
    known = CONTRACT["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["code"]["enum"]
    named = {code for found in codes for code in found if code}
    assert len(named) > 10
    assert named <= set(known)


def test_the_limits_that_it_names_are_the_usual_ones():
    from assistant.limits import Limits

    text = CONTRACT["paths"]["/chat/messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert text["properties"]["text"]["maxLength"] == Limits().characters

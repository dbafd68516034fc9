"""What the web channel does not do, and how it says so."""

import json
import socket
import time
from urllib.parse import urlsplit

import jwt
import pytest

from assistant.session_token import Tokens
from tests.web.client import ask, new_id
from tests.web.conftest import CLINIC

WITH_TOKEN = [
    ("GET", "/chat/messages"),
    ("POST", "/chat/messages"),
    ("DELETE", "/chat/session"),
    ("POST", "/chat/feedback"),
]
BODY = {"id": new_id(), "text": "does it hurt"}


@pytest.mark.parametrize(("method", "path"), WITH_TOKEN)
def test_without_a_token_nothing_is_read_said_or_erased(web, method, path):
    refused = ask(web.address, method, path, BODY if method == "POST" else None)
    assert (refused.status, refused.code) == (401, "token_missing")
    assert refused.headers["www-authenticate"] == "Bearer"


def _forged(token):
    header, payload, signature = token.split(".")
    now = int(time.time())
    yield "another signature", f"{header}.{payload}.{signature[::-1]}"
    yield "another secret", jwt.encode({"sub": "x" * 32, "iat": now, "exp": now + 60}, "x" * 64, algorithm="HS256")
    yield "unsigned", jwt.encode({"sub": "x" * 32, "iat": now, "exp": now + 60}, None, algorithm="none")
    yield "no token", "hello"
    yield "the sender's name", "Basic YW5uYTphbm5h"


@pytest.mark.parametrize(("method", "path"), WITH_TOKEN)
def test_a_forged_token_is_refused(web, chat, method, path):
    for how, token in _forged(chat.token):
        refused = chat.ask(method, path, BODY if method == "POST" else None, token=token)
        assert (refused.status, refused.code) == (401, "token_invalid"), how


def test_a_token_is_refused_when_its_day_is_over(web, chat):
    tokens = Tokens((web.folder / "chat-secret").read_text())
    token, _ = tokens.issue(now=time.time() - 25 * 3600)
    for method, path in WITH_TOKEN:
        refused = chat.ask(method, path, BODY if method == "POST" else None, token=token)
        assert (refused.status, refused.code) == (401, "token_expired")


def test_nobody_reads_continues_or_erases_anothers_conversation(chat, another):
    chat.say("does it hurt")
    assert another.history() == []
    assert "haven't told you anything" in another.say("say that again")[0]["text"]
    another.ask("DELETE", "/chat/session")
    assert chat.texts() == ["does it hurt"]


@pytest.mark.parametrize("name", ["sender", "sender_id", "session", "metadata"])
def test_a_client_cannot_choose_the_sender(chat, name):
    refused = chat.ask("POST", "/chat/messages", {**BODY, name: "anna"})
    assert (refused.status, refused.code) == (400, "body_invalid")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "body_invalid"),
        (b"not json", "body_invalid"),
        (b"\xff\xfe", "body_invalid"),
        (b"[]", "body_invalid"),
        (b"null", "body_invalid"),
        (b"[" * 10_000, "body_invalid"),
        (b'{"text": "hi"}', "body_invalid"),
        ({"id": "1", "text": "hi"}, "id_invalid"),
        ({"id": 1, "text": "hi"}, "id_invalid"),
        ({"id": new_id() + "\n", "text": "hi"}, "id_invalid"),
        ({"id": new_id(), "text": 5}, "body_invalid"),
        ({"id": new_id(), "text": None}, "body_invalid"),
        ({"id": new_id(), "text": ""}, "text_empty"),
        ({"id": new_id(), "text": " \n "}, "text_empty"),
        ({"id": new_id(), "text": "a" * 1001}, "text_too_long"),
    ],
    ids=range(15),
)
def test_a_wrong_message_is_refused_with_what_to_do(chat, body, code):
    refused = chat.ask("POST", "/chat/messages", body, Content_Type="application/json")
    assert (refused.status, refused.code) == (400, code)
    assert chat.history() == []


@pytest.mark.parametrize(
    "body",
    [
        {"message": 5, "helpful": True},
        {"message": "x", "helpful": True},
        {"message": f"{new_id()}-1", "helpful": "yes"},
        {},
    ],
)
def test_wrong_feedback_is_refused(chat, body):
    refused = chat.ask("POST", "/chat/feedback", body)
    assert (refused.status, refused.code) == (400, "body_invalid")


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
def test_only_json_is_taken(chat, content_type):
    refused = chat.ask("POST", "/chat/messages", json.dumps(BODY).encode(), Content_Type=content_type)
    assert (refused.status, refused.code) == (415, "content_type_unsupported")


def test_json_with_its_character_set_is_taken(chat):
    body = json.dumps({"id": new_id(), "text": "does it hurt"}).encode()
    assert chat.ask("POST", "/chat/messages", body, Content_Type="application/json; charset=utf-8").status == 200


@pytest.mark.parametrize("size", [16_385, 900_000])
def test_a_large_body_is_refused_before_it_is_read(chat, size):
    refused = chat.ask("POST", "/chat/messages", b"a" * size, Content_Type="application/json")
    assert (refused.status, refused.code) == (413, "request_entity_too_large")


def test_a_large_body_in_chunks_is_refused_too(web, chat):
    refused = _raw(
        web,
        b"POST /chat/messages HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"2000\r\n"
        + b"a" * 0x2000
        + b"\r\n2001\r\n"
        + b"a" * 0x2001
        + b"\r\n",
    )
    assert refused.startswith(b"HTTP/1.1 413")
    assert b'{"error":{"code":"request_entity_too_large"' in refused


def test_an_impossible_length_is_refused_and_stops_nobody(web, chat):
    refused = _raw(web, b"POST /chat/messages HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nabc")
    assert refused.startswith(b"HTTP/1.1 400")
    assert chat.say("does it hurt")


def _raw(web, sent):
    """Send these bytes, and return all that comes back."""
    with socket.create_connection((urlsplit(web.address).hostname, urlsplit(web.address).port), timeout=10) as line:
        line.sendall(sent)
        received = b""
        while b'"}}' not in received:
            part = line.recv(65_536)
            if not part:
                break
            received += part
        return received


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/chat/nothing", 404, "not_found"),
        ("GET", "/chat/assets/", 404, "not_found"),
        ("GET", "/chat/sessions", 405, "method_not_allowed"),
        ("PUT", "/chat/messages", 405, "method_not_allowed"),
        ("POST", "/chat", 405, "method_not_allowed"),
    ],
)
def test_what_is_not_there_is_refused_in_the_same_form(web, method, path, status, code):
    refused = ask(web.address, method, path)
    assert (refused.status, refused.code) == (status, code)
    assert ("allow" in refused.headers) == (status == 405)


# ---- other sites


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", f"{CLINIC}.evil.example", "http://www.clinic.example"]
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/chat/sessions"), ("GET", "/chat/config"), ("OPTIONS", "/chat/messages")]
)
def test_another_sites_page_is_refused(web, origin, method, path):
    refused = ask(web.address, method, path, Origin=origin)
    assert (refused.status, refused.code) == (403, "origin_not_allowed")
    assert not [name for name in refused.headers if name.startswith("access-control")]


def test_the_pages_own_site_is_let_in(web):
    assert ask(web.address, "POST", "/chat/sessions", Origin=web.address).status == 201


def test_the_clinics_site_may_use_it_and_read_the_answers(web, chat):
    answer = chat.ask("POST", "/chat/messages", {"id": new_id(), "text": "does it hurt"}, Origin=CLINIC)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == CLINIC
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers


def test_the_clinics_site_can_read_errors_too(web):
    refused = ask(web.address, "GET", "/chat/messages", Origin=CLINIC)
    assert refused.status == 401
    assert refused.headers["access-control-allow-origin"] == CLINIC
    assert refused.headers["access-control-expose-headers"] == "retry-after"


def test_a_browser_of_the_clinics_site_is_told_what_it_may_send(web):
    preflight = ask(
        web.address, "OPTIONS", "/chat/session", Origin=CLINIC,
        Access_Control_Request_Method="DELETE", Access_Control_Request_Headers="authorization",
    )  # fmt: skip
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == CLINIC
    assert "DELETE" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-headers"] == "authorization, content-type"


# ---- headers and pages


@pytest.mark.parametrize("path", ["/chat", "/chat/config", "/chat/messages", "/chat/widget.js", "/chat/nothing"])
def test_every_answer_has_the_security_headers_and_no_cookie(web, path):
    headers = ask(web.address, "GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_what_is_personal_is_not_cached(web, chat):
    assert chat.ask("GET", "/chat/messages").headers["cache-control"] == "no-store"


def test_the_page_loads_from_its_own_server_only(web, widget):
    page = ask(web.address, "GET", "/chat")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.body == (widget / "demo.html").read_bytes()
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "file", "content_type"),
    [
        ("/chat/widget.js", "widget.js", "text/javascript; charset=utf-8"),
        ("/chat/assets/chat-A6UF5NKP.js", "chat-A6UF5NKP.js", "text/javascript; charset=utf-8"),
        ("/chat/assets/icon.svg", "icon.svg", "image/svg+xml"),
    ],
)
def test_the_widget_is_served_to_the_listed_sites_and_cached_by_its_tag(web, widget, path, file, content_type):
    first = ask(web.address, "GET", path, Origin=CLINIC)
    assert (first.status, first.headers["content-type"], first.body) == (
        200,
        content_type,
        (widget / file).read_bytes(),
    )
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    assert first.headers["access-control-allow-origin"] == CLINIC
    again = ask(web.address, "GET", path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert ask(web.address, "HEAD", path).headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    "name", ["../credentials.yml", "%2e%2e%2fcredentials.yml", "..%2F..%2Fetc%2Fpasswd", "nothing.js", "%00"]
)
def test_no_other_file_is_served(web, name):
    refused = ask(web.address, "GET", f"/chat/assets/{name}")
    assert (refused.status, refused.code) == (404, "not_found")

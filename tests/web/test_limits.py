"""How much one person, one address and all together may ask."""

import itertools

import pytest

from cli.problem import Problem
from tests.web.client import ask, new_id
from tests.web.conftest import serving

MINUTE = 60
HOUR = 3600
NEXT = itertools.count(1)


@pytest.fixture(scope="module")
def strict(model, tmp_path_factory):
    """The real servers, that allow very little, behind one proxy of our own."""
    limits = {
        "characters": 20, "body_bytes": 200, "messages_per_session": 2, "requests_per_address": 12,
        "sessions_per_address": 3, "open_sessions": 6,
    }  # fmt: skip
    with serving(tmp_path_factory.mktemp("strict"), limits=limits, proxies=1, widget="not/built") as running:
        yield running.address


@pytest.fixture
def visitor(strict):
    """Ask as somebody at an address that no other test has."""
    address = f"192.0.2.{next(NEXT)}"

    def visit(method, path, body=None, token=None, address=address):
        return ask(strict, method, path, body, token, X_Forwarded_For=f"203.0.113.9, {address}")

    return visit


def _open(visitor):
    opened = visitor("POST", "/chat/sessions")
    assert opened.status == 201
    return opened.data["token"]


def _is_too_much(answer, seconds):
    assert (answer.status, answer.code) == (429, "too_many_requests")
    return 0 < int(answer.headers["retry-after"]) <= seconds


def test_a_person_is_asked_to_wait_after_too_many_messages(visitor):
    token = _open(visitor)
    answers = [visitor("POST", "/chat/messages", {"id": new_id(), "text": "does it hurt"}, token) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert _is_too_much(answers[-1], MINUTE)
    assert visitor("GET", "/chat/messages", token=token).status == 200
    assert visitor("DELETE", "/chat/session", token=token).status == 204


def test_a_sign_of_danger_is_answered_however_much_was_said_before(visitor):
    token = _open(visitor)
    answers = [visitor("POST", "/chat/messages", {"id": new_id(), "text": "i want to die"}, token) for _ in range(4)]
    assert ["Please reach out to someone now" in answer.data["messages"][0]["text"] for answer in answers] == [True] * 4
    assert visitor("DELETE", "/chat/session", token=token).status == 204


def test_an_address_is_asked_to_wait_after_too_many_requests(visitor):
    statuses = [visitor("GET", "/chat/config").status for _ in range(13)]
    assert statuses == [200] * 12 + [429]
    assert _is_too_much(visitor("GET", "/chat/config"), MINUTE)
    assert visitor("GET", "/chat/config", address="192.0.2.250").status == 200


def test_an_address_cannot_open_session_after_session(visitor):
    tokens = [_open(visitor) for _ in range(3)]
    assert _is_too_much(visitor("POST", "/chat/sessions"), HOUR)
    for token in tokens:
        visitor("DELETE", "/chat/session", token=token)


def test_a_client_does_not_get_another_address_by_saying_so(strict, visitor):
    forwarded = [f"198.51.100.{number}, 192.0.2.251" for number in range(4)]
    answers = [ask(strict, "POST", "/chat/sessions", X_Forwarded_For=addresses) for addresses in forwarded]
    assert [answer.status for answer in answers] == [201] * 3 + [429]
    for answer in answers[:3]:
        visitor("DELETE", "/chat/session", token=answer.data["token"])


def test_when_too_many_are_here_a_new_person_is_told_until_somebody_leaves(visitor):
    opened = []
    for number in range(10):
        answer = visitor("POST", "/chat/sessions", address=f"198.51.100.{number}")
        if answer.status != 201:
            break
        opened.append(answer.data["token"])
    assert (answer.status, answer.code) == (503, "full")
    assert int(answer.headers["retry-after"]) == MINUTE
    for token in opened:
        assert visitor("DELETE", "/chat/session", token=token).status == 204
    late = visitor("POST", "/chat/sessions", address="198.51.100.200")
    assert late.status == 201
    visitor("DELETE", "/chat/session", token=late.data["token"])


def test_the_limits_can_be_set_and_the_widget_learns_them(visitor, strict):
    assert visitor("GET", "/chat/config").data["limits"] == {"characters": 20}
    token = _open(visitor)
    long = [visitor("POST", "/chat/messages", {"id": new_id(), "text": "a" * times}, token) for times in (21, 180)]
    assert [answer.code for answer in long] == ["text_too_long", "request_entity_too_large"]
    visitor("DELETE", "/chat/session", token=token)


def test_by_default_no_other_site_is_let_in_and_the_widget_is_ours_alone(strict):
    assert ask(strict, "POST", "/chat/sessions", Origin="https://www.clinic.example").status == 403


def test_where_the_widget_is_not_built_the_page_says_how(strict):
    for path in ("/chat", "/chat/widget.js"):
        answer = ask(strict, "GET", path)
        assert (answer.status, answer.code) == (503, "widget_not_built")
        assert "retry-after" in answer.headers
        assert "npm run build" in answer.data["error"]["message"]


def test_a_short_secret_stops_the_start_with_what_to_do(model, tmp_path, monkeypatch):
    monkeypatch.setenv("MIGRAINE_CHAT_SECRET", "hunter2")
    with (
        pytest.raises(Problem, match="MIGRAINE_CHAT_SECRET is shorter than 32 characters") as refused,
        serving(tmp_path),
    ):
        pass
    assert "hunter2" not in str(refused.value)
    assert "hunter2" not in (tmp_path / "rasa.log").read_text()

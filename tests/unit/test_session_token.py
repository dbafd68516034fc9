import base64
import json
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest

from assistant.privacy import KEPT_HOURS
from assistant.session_token import VARIABLE, BadTokenError, ExpiredTokenError, SecretError, Tokens, secret

OURS = "a" * 64


@pytest.fixture
def tokens():
    return Tokens(OURS)


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path / "folder" / "secret"


def _part(data):
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def test_a_token_leads_back_to_its_conversation(tokens):
    token, session = tokens.issue()
    assert tokens.read(token) == session
    assert session.expires == pytest.approx(time.time() + KEPT_HOURS * 3600, abs=2)


def test_no_two_conversations_have_the_same_id_and_none_can_be_guessed(tokens):
    ids = {tokens.issue()[1].id for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(base64.urlsafe_b64decode(id_)) * 8 >= 128 for id_ in ids)


def test_a_token_is_dead_after_a_day(tokens):
    token, _ = tokens.issue(now=time.time() - KEPT_HOURS * 3600 - 1)
    with pytest.raises(ExpiredTokenError):
        tokens.read(token)


def test_a_token_lives_until_then(tokens):
    token, session = tokens.issue(now=time.time() - KEPT_HOURS * 3600 + 60)
    assert tokens.read(token) == session


def _claims(**changes):
    now = int(time.time())
    # Made when the tests are collected, read when they run: far apart in a long run.
    return {"sub": "mine", "iat": now, "exp": now + 24 * 3600, **changes}


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        "ü",
        jwt.encode(_claims(), "b" * 64, algorithm="HS256"),
        jwt.encode(_claims(), OURS, algorithm="HS512"),
        f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(_claims())}.",
        jwt.encode({"sub": "mine", "iat": 0}, OURS, algorithm="HS256"),
        jwt.encode({"iat": 0, "exp": 2**40}, OURS, algorithm="HS256"),
        jwt.encode(_claims(sub=7), OURS, algorithm="HS256"),
        jwt.encode(_claims(exp="soon"), OURS, algorithm="HS256"),
    ],
    ids=[
        "empty", "no token", "not ASCII", "another secret", "another algorithm", "unsigned", "without an end",
        "without a conversation", "a number as conversation", "a word as end",
    ],
)  # fmt: skip
def test_a_token_that_we_did_not_issue_is_refused(tokens, token):
    with pytest.raises(BadTokenError):
        tokens.read(token)


def test_a_changed_token_is_refused(tokens):
    header, _, signature = tokens.issue()[0].split(".")
    with pytest.raises(BadTokenError):
        tokens.read(".".join([header, _part(_claims(sub="another's")), signature]))


def test_the_secret_is_made_once_for_this_user_alone_and_stays(file):
    made = secret(file)
    assert len(made) == 64
    assert secret(file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_servers_that_start_together_share_one_secret(file):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(secret, [file] * 8))) == 1


def test_the_environments_secret_comes_first_and_leaves_no_file(file, monkeypatch):
    monkeypatch.setenv(VARIABLE, "x" * 32)
    assert secret(file) == "x" * 32
    assert not file.exists()


@pytest.mark.parametrize("short", ["", "hunter2", "x" * 31])
def test_a_short_secret_is_refused_without_being_shown(file, monkeypatch, short):
    monkeypatch.setenv(VARIABLE, short)
    with pytest.raises(SecretError, match=f"{VARIABLE} is shorter than 32 characters") as refused:
        secret(file)
    assert not short or short not in str(refused.value)


def test_a_damaged_file_is_named(file):
    secret(file)
    file.write_text("cut")
    with pytest.raises(SecretError, match="shorter than 32"):
        secret(file)


def test_a_folder_that_cannot_be_written_is_named(file):
    file.parent.write_text("not a folder")
    with pytest.raises(SecretError, match="Make the folder writable"):
        secret(file)


def test_a_conversations_alias_is_always_the_same_and_another_secret_makes_another(tokens):
    assert tokens.alias("anna") == Tokens(OURS).alias("anna") != tokens.alias("bert")
    assert Tokens("b" * 64).alias("anna") != tokens.alias("anna")
    assert "anna" not in tokens.alias("anna")

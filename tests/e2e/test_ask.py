import json
import shutil

import pytest

from assistant import faq, sources
from cli import servers
from cli.client import Conversation
from cli.paths import PROJECT
from tests.e2e.conftest import run

TOPICS = faq.load(PROJECT / faq.FOLDER)
SOURCES = sources.load(PROJECT / sources.FILE)


def test_a_question_gets_its_answer_with_sources(address):
    done = run("ask", "--server", address, "will my eyelid droop after the shots")
    topic = TOPICS["side_effects"]
    shown = " ".join(done.stdout.split())
    assert done.returncode == 0
    assert " ".join(topic.answer.splitlines()[0].split()) in shown
    assert SOURCES[topic.sources[0]].title in shown
    assert f"Reviewed {topic.reviewed}" in shown


def test_without_quotes_the_words_are_one_question(address):
    assert (
        run("ask", "--server", address, "does", "it", "hurt").stdout
        == run("ask", "--server", address, "does it hurt").stdout
    )


def test_json_holds_the_whole_answer(address):
    done = run("ask", "--server", address, "--json", "does it hurt?")
    (message,) = json.loads(done.stdout)["messages"]
    topic = TOPICS["does_it_hurt"]
    assert message["text"] == topic.answer
    assert [source["id"] for source in message["sources"]] == list(topic.sources)
    assert message["reviewed"] == topic.reviewed.isoformat()


def test_piped_questions_are_answered_one_a_line(address):
    done = run("ask", "--server", address, "--json", typed="side effects\n\nwho is it for\n")
    answered = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["question"] for answer in answered] == ["side effects", "who is it for"]
    assert answered[0]["messages"][0]["text"] == TOPICS["side_effects"].answer


def test_without_a_question_it_says_what_to_do(address):
    done = run("ask", "--server", address)
    assert done.returncode == 1
    assert "There is no question. Try: migraine ask" in done.stderr


def test_a_server_that_is_not_there_is_named():
    done = run("ask", "--server", "http://127.0.0.1:9", "does it hurt")
    assert done.returncode == 1
    assert (
        done.stderr == "migraine: No assistant answers at http://127.0.0.1:9. Start one there, or leave --server out.\n"
    )


def test_without_a_running_server_it_starts_what_it_needs_and_leaves_nothing(copy, model):
    # Where nothing runs, even if the assistant runs on this machine meanwhile.
    file = copy / "cli/servers.py"
    file.write_text(file.read_text().replace("PORT = 5005", f"PORT = {servers.free_port()}"))
    shutil.copy(model, copy / "models")
    done = run("ask", "--json", "does it hurt?", cwd=copy)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["messages"][0]["text"] == TOPICS["does_it_hurt"].answer
    assert not list(copy.glob("**/*.db"))


@pytest.mark.parametrize(
    "question",
    [
        "does it hurt?",
        "17 days since the shots and nothing",
        "what is the weather",
        "hello",
        "should i stop my pills",
    ],
)
def test_terminal_and_http_give_the_same_answer(address, question):
    over_http = [reply.text for reply in Conversation(address).say(question)]
    asked = json.loads(run("ask", "--server", address, "--json", question).stdout)
    chatted = run("chat", "--server", address, typed=f"{question}\n").stdout
    assert [message["text"] for message in asked["messages"]] == over_http
    assert " ".join(over_http[0].replace("\n- ", "\n").split()) in " ".join(chatted.replace("\n- ", "\n").split())


def test_an_empty_question_is_no_question(address):
    assert "There is no question" in run("ask", "--server", address, "  ").stderr


@pytest.mark.parametrize(
    "wrong",
    ["127.0.0.1:9", "garbage", "http://", "http://[", "http://127.0.0.1:abc", "http://127.0.0.1:99999", "http://a b"],
)
def test_what_is_no_address_is_refused_with_an_example(wrong):
    done = run("ask", "--server", wrong, "does it hurt")
    assert done.returncode == 2
    assert "is not an address such as http://127.0.0.1:5005" in done.stderr


def test_wrong_bytes_and_closed_input_are_no_reason_to_stop(address):
    import subprocess
    import sys

    command = [sys.executable, "-m", "cli", "ask", "--json", "--server", address]
    done = subprocess.run(command, cwd=PROJECT, input=b"side effects\xff\n", capture_output=True)
    assert done.returncode == 0
    assert json.loads(done.stdout)["messages"][0]["text"] == TOPICS["side_effects"].answer
    closed = subprocess.run(["sh", "-c", '"$@" <&-', "sh", *command], cwd=PROJECT, capture_output=True, text=True)
    assert closed.returncode == 1
    assert "There is no question" in closed.stderr

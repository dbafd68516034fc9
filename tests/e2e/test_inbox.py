"""What several people ask in vain reaches the staff, who make a topic of it; what one person asks does not."""

import shutil

import pytest

from assistant import faq
from cli import servers
from cli.client import Conversation
from tests.e2e.conftest import run
from tests.web.client import Chat

ONCE = "who shaved the zebra yesterday"


@pytest.fixture(scope="module")
def running(model, tmp_path_factory):
    """The real servers with an inbox of their own."""
    folder = tmp_path_factory.mktemp("inbox")
    with servers.running(servers.HOST, servers.free_port(), servers.free_port(), folder) as running:
        yield running


@pytest.fixture
def staff(running, copy, model):
    """Run `migraine faq inbox` in a copy of the project, over the conversations of the real servers."""
    shutil.copy(model, copy / "models")
    store = running.folder / servers.CONVERSATIONS
    return lambda *arguments, typed="": run("faq", "inbox", "--store", str(store), *arguments, cwd=copy, typed=typed)


@pytest.fixture
def chats(running):
    """Ask the same in four conversations: in the browser, over HTTP and in the terminal; and once something else."""
    chats = [Chat(running.address), Chat(running.address)]
    chats[0].say("do you have wifi in the waiting room")
    chats[1].say("is there free wifi in the waiting room")
    Conversation(running.address).say("does the waiting room have wifi? my number is 020 7946 0958")
    run("chat", "--server", running.address, typed="hello\nfree wifi in the waiting room?\n")
    Conversation(running.address).say(ONCE)
    # Nobody is to read these, however many they are.
    for _ in range(3):
        Conversation(running.address).say("i want to kill myself and nobody would miss me")
        Conversation(running.address).say("should i double my dose of topiramate tonight")
    yield chats
    for chat in chats:
        chat.ask("DELETE", "/chat/session")


def _group(shown):
    return next(line.split()[1].rstrip(":") for line in shown.splitlines() if line.startswith("Group "))


def test_what_people_ask_in_vain_becomes_part_of_a_topic_and_is_then_dealt_with(staff, chats, copy, running):
    shown = staff()
    assert shown.returncode == 0, shown.stderr
    assert ": 4 conversations" in shown.stdout
    assert shown.stdout.count("Group ") == 1
    assert "wifi" in shown.stdout
    assert "[number]" in shown.stdout
    for hidden in ("7946", "zebra", "kill", "topiramate"):
        assert hidden not in shown.stdout

    # Erased conversations leave at once; three remain, then two.
    chats[0].ask("DELETE", "/chat/session")
    assert ": 3 conversations" in staff().stdout
    group = _group(staff().stdout)
    before = (copy / "data/faq/botox_procedure.yml").read_text()
    assert "Nothing was changed." in staff("assign", group, "botox_procedure", typed="no\n").stdout
    assert (copy / "data/faq/botox_procedure.yml").read_text() == before

    done = staff("assign", group, "botox_procedure", typed="yes\n")
    assert done.returncode == 0, done.stderr
    assert "is there free wifi in the waiting room" in done.stdout
    topic = faq.read(copy / "data/faq/botox_procedure.yml")
    assert {"is there free wifi in the waiting room", "free wifi in the waiting room?"} <= set(topic.questions)
    assert not [question for question in topic.questions if "[" in question or "7946" in question]

    # It is not shown again, even in other words.
    for words in ("have you got wifi in the waiting room", "any free wifi in your waiting room", "waiting room wifi?"):
        Conversation(running.address).say(words)
    after = staff()
    assert "There is nothing to show." in after.stdout
    assert f"There is no group {group}" in staff("dismiss", group).stderr


def test_a_group_that_is_erased_below_the_minimum_is_not_shown(staff, running):
    chats = [Chat(running.address) for _ in range(3)]
    for chat, words in zip(
        chats, ("who won the match", "who won the match last night", "who won the cup match"), strict=True
    ):
        chat.say(words)
    shown = staff().stdout
    assert ": 3 conversations" in shown
    chats[0].ask("DELETE", "/chat/session")
    assert "There is nothing to show." in staff().stdout
    Conversation(running.address).say("who won that match")
    group = _group(staff().stdout)
    assert staff("dismiss", group, "--yes").returncode == 0
    assert "There is nothing to show." in staff().stdout


def test_a_new_topic_begins_with_what_people_asked(staff, running, copy):
    for words in ("do you sell gift cards", "can i buy a gift card", "gift cards for my mum"):
        Conversation(running.address).say(words)
    group = _group(staff().stdout)
    answers = ["Gift cards", "", "", "We have none. Ask the nurse.", "", "", "none", "later"]
    done = staff("new", group, typed="\n".join(answers) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    draft = (copy / "drafts/gift_cards.yml").read_text()
    assert "- can i buy a gift card" in draft
    assert "There is nothing to show." in staff().stdout


def test_without_conversations_it_says_where_they_are(copy, tmp_path):
    done = run("faq", "inbox", "--store", str(tmp_path / "none.db"), cwd=copy)
    assert done.returncode == 1
    assert "nobody has talked to the assistant here yet" in done.stderr


@pytest.mark.parametrize("group", ["x", "-1"])
def test_what_is_no_number_is_refused(staff, group):
    done = staff("dismiss", group)
    assert done.returncode == 2

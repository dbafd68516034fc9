import re
import sys

import pexpect
import pytest

from cli.chat import choice
from cli.paths import PROJECT
from tests.e2e.conftest import run


def test_a_number_picks_a_choice(address):
    done = run("chat", "--server", address, typed="side effects\n1\n")
    assert "[1] Serious risks" in done.stdout
    assert "The main serious risk is" in done.stdout
    assert done.returncode == 0


def test_where_a_number_is_an_answer_it_picks_no_choice(address):
    done = run("chat", "--server", address, typed="do i qualify\nyes\nyes\n1\n1\n6 months\n1\n1\n")
    assert "> I don't know" in done.stdout
    plain = " ".join(done.stdout.split())
    assert "headache days a month: 1; migraine days among them: 1; for how long: 6 months" in plain
    # The summary is confirmed by the number of its button; then a number picks a choice again.
    assert "Botox is not usually used at this number of days." in plain
    assert "My headaches, for my visit" in plain


def test_choices_of_several_messages_are_numbered_in_a_row(address):
    done = run("chat", "--server", address, typed="do i qualify\nyes\nno\n10\n5\n2 months\ndoes it hurt?\n")
    assert "[4] Yes" in done.stdout


def test_help_and_quit_are_for_the_terminal_and_other_slashes_are_plain_text(address):
    done = run("chat", "--server", address, typed="/help\n/restart\n/quit\nnever read\n")
    assert done.stdout.count("/help shows this") == 2
    assert "start again" in done.stdout
    assert "never read" not in done.stdout


def test_empty_lines_are_passed_over(address):
    done = run("chat", "--server", address, typed="\n\n   \n")
    assert done.stdout.count("I'm sorry") == 0


@pytest.mark.parametrize("width", [40, 60, 120])
def test_lines_fit_the_terminal(address, width):
    done = run("chat", "--server", address, typed="side effects\ncost\n", COLUMNS=str(width))
    assert max(len(line) for line in done.stdout.splitlines()) <= min(width, 88)


def test_without_color_there_are_no_escapes(address):
    assert "\x1b" not in run("chat", "--server", address, typed="side effects\n", NO_COLOR="1").stdout


def test_when_the_server_leaves_first_one_can_still_leave(model, tmp_path):
    from cli import servers

    with servers.running(servers.HOST, servers.free_port(), servers.free_port(), tmp_path, trained=model) as running:
        child = _terminal(running.address)
        for process in running.processes.values():
            process.terminate()
            process.wait()
        child.send("does it hurt\r")
        child.expect("does not answer")
        child.expect("You:")
        child.send("/quit\r")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0


def _terminal(address, **environment):
    import os

    child = pexpect.spawn(
        sys.executable, ["-m", "cli", "chat", "--server", address], cwd=str(PROJECT), encoding="utf-8", timeout=30,
        dimensions=(50, 80), env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **environment},
    )  # fmt: skip
    child.expect("not a doctor")
    child.expect("You:")
    return child


@pytest.mark.parametrize("key", ["c", "d"])
def test_ctrl_c_and_ctrl_d_leave_politely(address, key):
    child = _terminal(address)
    child.sendcontrol(key)
    child.expect("Goodbye")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_in_a_terminal_lines_can_be_edited_and_recalled(address):
    child = _terminal(address, NO_COLOR="1")
    child.send("does it hurrt\x7f\x7ft?\r")
    child.expect("pinpricks")
    child.expect("You:")
    child.send("\x1b[A\r")
    child.expect("pinpricks")
    child.expect("You:")
    child.sendcontrol("d")
    child.expect(pexpect.EOF)


def test_sources_stand_in_a_dim_line(address):
    child = _terminal(address)
    child.send("does it hurt\r")
    child.expect(re.escape("\x1b[2mSources: "))
    child.expect("You:")
    child.sendcontrol("d")
    child.expect(pexpect.EOF)


@pytest.mark.parametrize(
    ("typed", "choices", "said"),
    [
        ("1", ["A", "B"], "A"),
        ("2", ["A", "B"], "B"),
        ("3", ["A", "B"], "3"),
        ("0", ["A", "B"], "0"),
        ("15", [], "15"),
        ("²", ["A", "B"], "²"),
        ("hurt", ["A"], "hurt"),
    ],
)
def test_only_the_number_of_a_choice_is_a_choice(typed, choices, said):
    assert choice(typed, choices) == said

"""People under load are checked: what is right counts, and what is not is seen."""

import subprocess
import sys

import pytest
import yaml

from bench import load
from bench.load import Look, people
from bench.report import table_text
from cli import servers
from cli.paths import PROJECT


@pytest.fixture(scope="module")
def assistant(model, tmp_path_factory):
    with load.serving(tmp_path_factory.mktemp("load")) as running:
        yield running


def test_people_are_answered_rightly_and_nothing_is_lost(assistant):
    seen = people(assistant.address, 3, 3, (0.1, 0.3))
    assert seen["conversations"] >= 3
    assert len(seen["seconds"]) >= 3
    assert (seen["wrong"], seen["lost"], seen["refused"]) == ([], [], {})
    assert 0 < min(seen["seconds"]) <= max(seen["seconds"]) < seen["took"]


def test_the_tables_hold_what_was_seen(assistant):
    plan = load.Plan((2,), 2, 2, 4, 3, 2)
    levels, soak, burst = load.tables(assistant, plan, (0.1, 0.3))
    assert levels.rows[0][0] == 2
    assert [row[0] for row in burst.rows] == ["before", "burst", "after"]
    assert all(row[1] > 50 for row in soak.rows)
    assert all(table_text(table) for table in (levels, soak, burst))


def _talk(tmp_path, address, **turn):
    talks = tmp_path / "talks.yml"
    talks.write_text(yaml.safe_dump([{"weight": 1, "name": "one", "turns": [turn]}]))
    command = [sys.executable, "-m", "bench.load.people", address, "--people", "1", "--seconds", "1"]
    return subprocess.run(
        [*command, "--think", "0", "0.1", "--talks", str(talks)], cwd=PROJECT, capture_output=True, text=True
    )


def test_a_wrong_answer_stops_it_before_the_load(assistant, tmp_path):
    done = _talk(tmp_path, assistant.address, say="does it hurt", topic="what_is_migraine")
    assert done.returncode == 1
    assert "'does it hurt' is not answered with the topic what_is_migraine" in done.stderr


def test_nobody_there_is_said(tmp_path):
    done = _talk(tmp_path, f"http://127.0.0.1:{servers.free_port()}", say="does it hurt")
    assert done.returncode == 1
    assert "POST /chat/sessions" in done.stderr


def test_a_leak_is_seen_and_its_absence_too():
    flat = [Look(second, 1000 * load.MIB, 100) for second in range(60)]
    leaking = [Look(second, (1000 + second) * load.MIB, 100) for second in range(60)]
    assert load._slope(flat, "rasa") == pytest.approx(0)
    assert load._slope(leaking, "rasa") == pytest.approx(60)

import os
import subprocess

from cli.paths import PROJECT


def _install(folder, **environment):
    return subprocess.run(
        ["requirements/install", "development"], cwd=folder, capture_output=True, text=True, timeout=600,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_a_second_set_up_does_nothing():
    done = _install(PROJECT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_python_3_10_one_line_says_what_to_do(copy):
    done = _install(
        copy,
        UV_PYTHON_PREFERENCE="only-managed",
        UV_PYTHON_DOWNLOADS="never",
        UV_PYTHON_INSTALL_DIR=str(copy),
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("setup: Python 3.10 is missing. Install it")


def test_locks_hold_hashes_and_no_addresses():
    for lock in ("runtime", "development", "uv"):
        text = (PROJECT / f"requirements/{lock}.txt").read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_the_environment_has_exactly_what_the_lock_says():
    import re
    from importlib.metadata import version

    lock = (PROJECT / "requirements/development.txt").read_text()
    for name, locked in re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", lock, re.MULTILINE):
        assert version(name) == locked


def test_rasa_started_by_hand_does_not_call_home():
    environment = {name: value for name, value in os.environ.items() if name != "RASA_TELEMETRY_ENABLED"}
    done = subprocess.run(
        [PROJECT / ".venv/bin/python", "-c", "import os; print(os.environ['RASA_TELEMETRY_ENABLED'])"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "false\n"

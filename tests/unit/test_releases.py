import json
import os
import signal
import subprocess
import sys

import pytest

from assistant import releases
from assistant.releases import BusyError, Deed, LostError, NothingBeforeError, Record, Releases
from cli.paths import PROJECT

ANNA = Deed("Anna", "2026-11-24T15:00:00+00:00")
BEN = Deed("Ben", "2026-11-24T16:00:00+00:00")


def content(**topics):
    return {f"data/faq/{name}.yml": text.encode() for name, text in topics.items()} | {"data/sources.yml": b"a: {}\n"}


ONE, TWO = content(pain="no", cost="much"), content(pain="a little", drive="yes")


def publish(known, new, deed=ANNA, changes=("something",)):
    with known.alone(deed), known.candidate(new) as folder:
        (folder / releases.MODEL).write_bytes(b"model of " + releases.digest(new).encode())
        before = known.live()
        number = before.number if before else None
        release = known.add(folder, Record(0, deed, changes, number, releases.digest(new), "program"))
        known.go_live(release)
    return release


def is_whole(release):
    return (
        releases.digest(release.content) == release.record.content
        and release.model.read_bytes() == b"model of " + release.record.content.encode()
    )


@pytest.fixture
def root(tmp_path):
    """A project whose answers are those that are published next."""
    releases.write(ONE, tmp_path)
    return tmp_path


@pytest.fixture
def known(root):
    return Releases(root / "models")


@pytest.fixture
def two(known, root):
    """Two versions were published, and the files are those of the second."""
    publish(known, ONE)
    publish(known, TWO, BEN)
    releases.restore(root, ONE, TWO)
    return known


def test_before_anything_is_published_nothing_is_live(known):
    assert known.live() is None
    assert known.all() == []


def test_what_is_published_is_live_with_everything_that_made_it(two):
    live = two.live()
    assert (live.number, live.record.published, live.record.before) == (2, BEN, 1)
    assert live.content == TWO
    assert is_whole(live)
    assert [release.number for release in two.all()] == [2, 1]


def test_it_can_be_read_from_another_place_too(two, root):
    (root / "models").rename(root / "moved")
    assert Releases(root / "moved").live().number == 2


def test_content_is_told_apart_by_names_and_bytes():
    assert releases.digest(ONE) == releases.digest(dict(reversed(ONE.items())))
    assert releases.digest(content(a="b")) != releases.digest(content(b="a"))
    assert releases.digest(content(a="b")) != releases.digest(content(a="b "))


def test_a_live_version_that_is_gone_is_named(two):
    folder = two.live().folder
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(LostError, match="releases/2"):
        two.live()


# ---- going back


def test_undo_brings_back_model_and_files_and_loses_nothing(two, root):
    release, left = two.undo(root, ANNA)
    assert (release.number, two.live().number, left) == (1, 1, [])
    assert releases.read(root) == ONE
    assert two.get(2).record.undone == ANNA
    assert two.get(2).content == TWO


def test_a_file_edited_since_is_left_alone_and_named(two, root):
    edited = root / "data/faq/pain.yml"
    edited.write_text("my own words")
    other = root / "data/faq/new.yml"
    other.write_text("a draft")
    assert two.undo(root, ANNA)[1] == ["data/faq/pain.yml"]
    assert edited.read_text() == "my own words"
    assert other.read_text() == "a draft"
    assert (root / "data/faq/cost.yml").read_text() == "much"
    assert not (root / "data/faq/drive.yml").exists()


def test_undo_goes_back_step_by_step_and_then_says_that_there_is_no_more(two, root):
    publish(two, content(pain="very much"))
    assert [two.undo(root, ANNA)[0].number, two.undo(root, ANNA)[0].number] == [2, 1]
    with pytest.raises(NothingBeforeError):
        two.undo(root, ANNA)


def test_after_an_undo_the_next_version_has_a_number_of_its_own_and_leads_back_past_the_undone(two, root):
    two.undo(root, ANNA)
    assert publish(two, content(pain="other")).number == 3
    assert two.get(2).record.undone == ANNA
    assert two.undo(root, ANNA)[0].number == 1


def test_a_version_with_the_same_answers_is_no_place_to_go_back_to(two, root):
    publish(two, TWO, changes=("a new program",))
    assert two.undo(root, ANNA)[0].number == 1


# ---- who may


def test_publishing_twice_at_once_is_refused_with_who_is_at_it(known):
    with known.alone(ANNA), pytest.raises(BusyError, match="Anna since 15:00"), known.alone(BEN):
        pass
    with known.alone(BEN):
        pass


def test_the_lock_goes_with_its_process(known, root):
    code = (
        "import sys, time; from pathlib import Path; from assistant.releases import *\n"
        "with Releases(Path(sys.argv[1])).alone(Deed('Cleo', '2026-11-24T15:00:00')):\n"
        "    print('locked', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, root / "models"], cwd=PROJECT, stdout=subprocess.PIPE)
    holder.stdout.readline()
    with pytest.raises(BusyError, match="Cleo"), known.alone(ANNA):
        pass
    holder.kill()
    holder.wait()
    with known.alone(ANNA):
        pass


def test_an_approval_holds_for_exactly_this_content(known):
    known.approve(releases.digest(ONE), ANNA)
    known.approve(releases.digest(ONE), BEN)
    known.approve(releases.digest(ONE), Deed("ben", "2026-11-25T09:00:00+00:00"))
    assert sorted(deed.by for deed in known.approvals(releases.digest(ONE))) == ["Anna", "ben"]
    assert known.approvals(releases.digest(TWO)) == []


# ---- how many


def test_old_models_go_before_old_answers_and_neither_the_live_nor_the_one_before_goes(known, root, monkeypatch):
    monkeypatch.setattr(releases, "MODELS_KEPT", 3)
    monkeypatch.setattr(releases, "RELEASES_KEPT", 5)
    for number in range(1, 9):
        publish(known, content(pain=str(number)))
    assert [release.number for release in known.all()] == [8, 7, 6, 5, 4]
    assert [release.number for release in known.all() if release.model.exists()] == [8, 7, 6]
    for number in range(9, 15):
        publish(known, content(pain=str(number)))
        known.undo(root, ANNA)
    assert (known.live().number, known.before().number) == (8, 7)
    assert is_whole(known.live())
    assert is_whole(known.before())
    assert len(known.all()) == 5


# ---- killed at any moment

# Kills itself when it is about to touch the disk for the n-th time.
SUICIDE = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from tests.unit.test_releases import *
left, root = int(sys.argv[1]), Path(sys.argv[2])
CHANGING = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.chmod"}
def watch(event, args):
    global left
    if event in CHANGING or (event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)):
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
sys.addaudithook(watch)
"""


def killed_at_each_step(root, deed, prepare):
    """Do the deed again and again, killed one step later each time, until it comes through; yield after each try."""
    for step in range(200):
        folder = root / str(step)
        folder.mkdir()
        known = prepare(folder)
        command = [sys.executable, "-c", SUICIDE + deed, str(step), str(folder), str(PROJECT)]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
        yield known, folder
        if done.returncode == 0:
            assert step > 10, "it was hardly ever killed"
            return
        assert done.returncode == -signal.SIGKILL, done.stderr
    raise AssertionError("it never came through")


def assert_tidy(root):
    names = {path.name for path in (root / "models/releases").iterdir()}
    assert [name for name in names if name.startswith(".new")] == []
    assert {path.name for path in (root / "models").iterdir()} <= {"releases", "live"}


def test_killed_at_any_step_of_publishing_a_whole_version_is_live_and_the_next_one_tidies_up(tmp_path):
    def prepare(folder):
        publish(Releases(folder / "models"), ONE)
        return Releases(folder / "models")

    seen = set()
    for known, folder in killed_at_each_step(tmp_path, 'publish(Releases(root / "models"), TWO)', prepare):
        live = known.live()
        assert is_whole(live)
        seen.add(live.number)
        third = publish(known, content(pain="third"))
        assert (known.live().number, is_whole(third), third.record.before) == (third.number, True, live.number)
        assert [release.number for release in known.all()] == list(range(third.number, 0, -1))
        assert_tidy(folder)
    assert seen == {1, 2}


def test_killed_at_any_step_of_the_very_first_publishing_nothing_or_a_whole_version_is_live(tmp_path):
    for known, folder in killed_at_each_step(
        tmp_path, 'publish(Releases(root / "models"), ONE)', lambda folder: Releases(folder / "models")
    ):
        assert known.live() is None or is_whole(known.live())
        publish(known, TWO)
        assert is_whole(known.live())
        assert_tidy(folder)


def test_killed_at_any_step_of_undoing_it_can_be_undone_and_nothing_is_lost(tmp_path):
    def prepare(folder):
        known = Releases(folder / "models")
        publish(known, ONE)
        publish(known, TWO)
        releases.write(TWO, folder)
        return known

    deed = 'known = Releases(root / "models")\nwith known.alone(ANNA): known.undo(root, ANNA)'
    for known, folder in killed_at_each_step(tmp_path, deed, prepare):
        assert is_whole(known.live())
        if known.live().number == 2:
            for name, text in releases.read(folder).items():
                assert text in {ONE.get(name), TWO.get(name)}
            with known.alone(BEN):
                assert known.undo(folder, BEN)[1] == []
        assert known.live().number == 1
        assert releases.read(folder) == ONE
        publish(known, content(pain="third"))
        assert is_whole(known.get(2))


def test_killed_while_old_versions_are_removed_the_live_one_is_whole(tmp_path):
    def prepare(folder):
        known = Releases(folder / "models")
        for number in range(4):
            publish(known, content(pain=str(number)))
        return known

    deed = (
        "releases.MODELS_KEPT = 2; releases.RELEASES_KEPT = 3\n"
        'known = Releases(root / "models")\nwith known.alone(ANNA): known.go_live(known.live())'
    )
    for known, folder in killed_at_each_step(tmp_path, deed.replace("\nwith", "\nknown.live()\nwith"), prepare):
        assert is_whole(known.live())
        publish(known, content(pain="last"))
        assert_tidy(folder)


def test_a_record_reads_back_as_it_was_written():
    record = Record(3, ANNA, ("a", "b"), 2, "c", "d", {"right": 0.9}, BEN, None)
    from dataclasses import asdict

    assert Record.of(json.loads(json.dumps(asdict(record)))) == record


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    file = tmp_path / "folder/file"
    releases.put(file, b"old")
    os.chmod(file.parent, 0o755)
    releases.put(file, b"new")
    assert file.read_bytes() == b"new"
    assert os.listdir(file.parent) == ["file"]

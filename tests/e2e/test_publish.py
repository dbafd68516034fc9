"""Publishing as the clinic's staff do it: `migraine faq publish`, `undo`, `history` and `approve`."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.paths import PROJECT
from tests.e2e.conftest import run
from tests.second_model import with_answer

ANSWER = "data/faq/does_it_hurt.yml"


class Clinic:
    """A copy of the project where version 1 is live."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def faq(self, *arguments):
        return run("faq", *arguments, cwd=self.folder)

    def start(self, *arguments):
        """Start `migraine faq` and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", "faq", *arguments],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def python(self, code):
        done = subprocess.run([sys.executable, "-c", code], cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def edit(self, words, model=None):
        """Change an answer; with `model`, as if it had been trained with that already."""
        file = self.folder / ANSWER
        text = file.read_text()
        (line,) = re.findall(r"text: \|-\n( +.*)\n", text)
        file.write_text(text.replace(line, f"{line} {words}"))
        if model:
            answer = self.python("from assistant import faq; print(faq.load()['does_it_hurt'].answer)")
            with_answer(
                model, Path(self.python("from cli import model; print(model.current())")), "does_it_hurt", answer
            )

    @property
    def live(self):
        """The record of the live version."""
        return json.loads((self.folder / "models/live/record.json").read_text())

    @property
    def served(self):
        """The live version's answer."""
        return (self.folder / "models/live" / ANSWER).read_text()

    def leftovers(self):
        models = self.folder / "models"
        return [path.name for path in (*models.glob(".training*"), *models.glob("releases/.new*"))]


@pytest.fixture
def clinic(copy, model):
    shutil.copy(model, copy / "models")
    (copy / ".rasa").mkdir()
    # What was learned before, as the staff's machine has it.
    for kept in (PROJECT / ".rasa/vectors.npz", *(PROJECT / ".rasa/alarms").glob("*.npz")):
        place = copy / kept.relative_to(PROJECT)
        place.parent.mkdir(exist_ok=True)
        shutil.copy(kept, place)
    clinic = Clinic(copy)
    clinic.python("from cli import model; model.live()")
    return clinic


def test_an_edit_goes_live_is_in_the_history_and_can_be_taken_back(clinic, model):
    assert clinic.live["changes"] == ["the first version, made of the answers as they were"]
    before = (clinic.folder / ANSWER).read_text()
    clinic.edit("It is over soon.", model)

    done = clinic.faq("publish", "--as", "Anna")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Version 2 is published" in done.stdout
    assert "- does_it_hurt: answer changed" in done.stdout
    assert "It is over soon." in clinic.served
    assert (clinic.live["published"]["by"], clinic.live["figures"]["right"] > 0.85) == ("Anna", True)
    assert clinic.leftovers() == []
    assert clinic.faq("publish").stdout.startswith("There is nothing to publish: it is as in version 2")

    history = clinic.faq("history").stdout
    assert history.index("Version 2 (live)") < history.index("Version 1")
    assert "published: Anna" in history
    assert "of the test questions are answered right" in " ".join(history.split())

    (clinic.folder / "data/faq/side_effects.yml").open("a").write("# a note of my own\n")
    undone = clinic.faq("undo", "--as", "Ben")
    assert undone.stdout.startswith("Version 1 is live again")
    assert (clinic.folder / ANSWER).read_text() == before == clinic.served
    assert "# a note of my own" in (clinic.folder / "data/faq/side_effects.yml").read_text()
    assert "Version 2 (undone: Ben" in clinic.faq("history").stdout
    assert "It is over soon." in (clinic.folder / "models/releases/2" / ANSWER).read_text()
    assert "migraine faq edit does_it_hurt" in undone.stdout
    assert "It is over soon." in (clinic.folder / "drafts/does_it_hurt.yml").read_text()
    again = clinic.faq("undo")
    assert (again.returncode, "There is no version before" in again.stderr) == (1, True)


def test_a_topic_that_takes_anothers_questions_does_not_reach_patients(clinic):
    # A new topic is given every other question of another one.
    file = clinic.folder / "data/faq/injection_sites.yml"
    victim = file.read_text()
    title = re.search(r'title: "(.*)"', victim)[1]
    asked = [line for line in re.findall(r"^    - .*\n", victim, re.MULTILINE) if title not in line]
    taker = victim.replace("injection_sites", "needle_map").replace(title, "A map of the needles")
    for number, line in enumerate(asked):
        if number % 2:
            victim = victim.replace(line, "", 1)
        else:
            taker = taker.replace(line, "", 1)
    file.write_text(victim)
    (clinic.folder / "data/faq/needle_map.yml").write_text(taker)
    done = clinic.faq("publish", "--as", "Anna")
    said = " ".join(done.stdout.split())
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"\d+ questions of injection_sites now go to needle_map", said), said
    assert re.search(r'Nearest to it among what is new: ".+" in needle_map', said)
    assert "Nothing was published: patients get the same answers as before." in done.stderr
    assert clinic.live["number"] == 1
    assert clinic.leftovers() == []


def test_what_the_check_refuses_is_not_even_trained(clinic):
    file = clinic.folder / ANSWER
    file.write_text(file.read_text().replace("sources: [", "sources: [nobody_knows, "))
    done = clinic.faq("publish")
    assert done.returncode == 1
    assert "nobody_knows" in done.stdout
    assert "Nothing was published" in done.stderr
    assert "Training" not in done.stderr
    assert clinic.live["number"] == 1


def test_with_two_people_a_second_name_must_have_approved_exactly_this(clinic, model):
    settings = clinic.folder / "clinic.yml"
    settings.write_text(settings.read_text().replace("two_people:", "two_people: yes"))
    clinic.edit("It is over soon.", model)
    assert "Nobody has approved exactly this content yet" in clinic.faq("publish", "--as", "Anna").stderr

    approved = clinic.faq("approve", "--as", "anna", "--yes").stdout
    assert "- does_it_hurt: answer changed" in approved
    assert "It is over soon." in approved
    assert "It was approved by Anna only" in clinic.faq("publish", "--as", "Anna").stderr

    # Not agreed yet: its question was not answered.
    assert "do you agree" in clinic.faq("approve", "--as", "Ben").stdout
    assert "It was approved by Anna only" in clinic.faq("publish", "--as", "Anna").stderr
    clinic.faq("approve", "--as", "Ben", "--yes")
    clinic.edit("Really.")
    assert "Nobody has approved exactly this" in clinic.faq("publish", "--as", "Anna").stderr
    file = clinic.folder / ANSWER
    file.write_text(file.read_text().replace(" Really.", ""))

    done = clinic.faq("publish", "--as", "Anna")
    assert done.returncode == 0, done.stderr
    assert (clinic.live["published"]["by"], clinic.live["approved"]["by"]) == ("Anna", "Ben")
    assert "There is nothing to approve" in clinic.faq("approve").stderr


def test_one_topic_is_published_while_another_waits(clinic, model):
    clinic.edit("It is over soon.", model)
    waiting = clinic.folder / "data/faq/aftercare.yml"
    waiting.write_text(waiting.read_text().replace("Follow your own clinic's", "You qualify. Follow your own clinic's"))
    refused = clinic.faq("publish", "--as", "Anna")
    assert "To publish other topics meanwhile, name them" in refused.stderr
    done = clinic.faq("publish", "Does it hurt?", "--as", "Anna")
    assert done.returncode == 0, done.stdout + done.stderr
    assert clinic.live["changes"] == ["does_it_hurt: answer changed"]
    assert "It is over soon." in clinic.served
    assert "You qualify" not in (clinic.folder / "models/live/data/faq/aftercare.yml").read_text()
    assert "Not published yet: aftercare: answer changed" in clinic.faq("list").stdout
    assert "You qualify" in waiting.read_text()


def test_ctrl_c_says_that_nothing_was_published(clinic):
    clinic.edit("It is over soon.")
    process = clinic.start("publish")
    _wait_for(process, b"Training")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert b"Stopped. Nothing was published" in said
    assert clinic.live["number"] == 1


def test_publishing_twice_at_once_is_refused(clinic):
    clinic.edit("It is over soon.")
    first = clinic.start("publish", "--as", "Anna")
    try:
        _wait_for(first, b"Checking")
        second = clinic.faq("publish", "--as", "Ben")
        assert second.returncode == 1
        assert re.match(r"migraine: Somebody is publishing just now \(Anna since \d\d:\d\d\)\. Wait", second.stderr)
        assert clinic.faq("undo").stderr == second.stderr
    finally:
        first.kill()
        first.wait()


def test_killed_while_it_trains_or_tries_out_the_live_version_stays_and_the_next_publishing_tidies_up(clinic, model):
    before = clinic.served
    clinic.edit("It is over soon.")
    for moment, prepared in ((b"Training", False), (b"Trying it out", True)):
        if prepared:
            (clinic.folder / ANSWER).write_text(before)
            clinic.edit("It is over soon.", model)
        process = clinic.start("publish")
        _wait_for(process, moment)
        time.sleep(2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert clinic.live["number"] == 1
        assert clinic.served == before
    _wait_until(lambda: not _processes_in(clinic.folder))
    assert clinic.leftovers() != []

    done = clinic.faq("publish")
    assert done.returncode == 0, done.stderr
    assert "It is over soon." in clinic.served
    assert [name for name in clinic.leftovers() if name.startswith(".new")] == []


def test_removing_what_patients_have_says_that_they_lose_it(clinic):
    removed = clinic.faq("remove", "aftercare", "--yes")
    assert "Patients lose it once that is published: migraine faq publish" in removed.stdout
    assert (clinic.folder / "models/live/data/faq/aftercare.yml").exists()


def test_unpublished_edits_do_not_reach_patients_through_a_restart(clinic):
    clinic.edit("It is over soon.")
    done = run("ask", "--json", "does it hurt?", cwd=clinic.folder)
    assert "unpublished changes in data/faq; patients do not get them before `migraine faq publish`" in done.stderr
    (message,) = json.loads(done.stdout)["messages"]
    assert "It is over soon." not in message["text"]
    assert clinic.live["number"] == 1


def test_a_live_version_that_is_gone_is_not_replaced_by_what_nobody_published(clinic):
    clinic.edit("It is over soon.")
    (clinic.folder / "models/releases/1").rename(clinic.folder / "elsewhere")
    done = clinic.faq("history")
    assert done.returncode == 1
    assert "is missing. Put the folder back from a backup" in done.stderr


def _wait_for(process, words):
    """Read what the process says until these words come."""
    said = b""
    while words not in said:
        chunk = os.read(process.stderr.fileno(), 1000)
        assert chunk, said
        said += chunk


def _wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def _processes_in(folder):
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder and (process / "cmdline").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found

import errno
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant import faq
from assistant.faq import FaqError, Topic
from assistant.faq_file import id_of, text_of, tidy, write
from cli.paths import PROJECT

FILES = sorted((PROJECT / faq.FOLDER).glob("*.yml"))
TOPIC = Topic(
    id="parking",
    title="Parking at the clinic",
    questions=("Parking at the clinic", "headaches < 15 days: is it free?"),
    answer="If you have < 15 or >= 8 days:\n\n- 50% # off\n- 'a' & \"b\"\n\nAsk a nurse.",
    sources=("nhs_migraine",),
    reviewed=date(2026, 11, 23),
    review_due=date(2027, 11, 23),
    related=("aftercare", "side_effects"),
)
COMMENTED = """\
# Parking: the desk knows more.
version: "3.1"

nlu:
- intent: faq/parking            # the file's name
  examples: |
    - Parking at the clinic
    - is it free?

# What we say.
responses:
  utter_faq/parking:
  - text: |-
      It is free.

      Ask a nurse.
    # said by the desk
    metadata:
      related: [aftercare]       # one is enough
      title: 'Parking at the clinic'
      sources: [nhs_migraine]    # ids
      reviewed: "2026-11-23"     # in quotes
      review_due: "2027-11-23"
"""


def read(text):
    return faq.parse(text, Path("parking.yml"))


def test_a_topic_is_written_in_the_form_of_the_others():
    ours = faq.read(PROJECT / "data/faq/aftercare.yml")
    assert text_of(ours) == (PROJECT / "data/faq/aftercare.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_did_not_change_is_left_alone_to_the_letter(file):
    before = file.read_text(encoding="utf-8")
    assert text_of(faq.read(file), before) == before
    changed = text_of(replace(faq.read(file), review_due=date(2028, 1, 2)), before)
    lines = zip(before.splitlines(), changed.splitlines(), strict=True)
    assert [new for old, new in lines if old != new] == ['      review_due: "2028-01-02"']


def test_numbers_and_signs_survive():
    assert read(text_of(TOPIC)) == TOPIC


def test_comments_order_and_quoting_survive_a_change():
    after = text_of(
        replace(
            read(COMMENTED),
            questions=("Parking at the clinic", "where?"),
            answer="It is behind the house.\n\nAsk a nurse.",
            sources=("nhs_migraine", "nhs_headaches"),
        ),
        COMMENTED,
    )
    expected = COMMENTED.replace("- is it free?", "- where?").replace("It is free.", "It is behind the house.")
    expected = expected.replace("[nhs_migraine]    # ids", "[nhs_migraine, nhs_headaches] # ids")
    assert after == expected


def test_a_file_that_cannot_be_read_is_not_changed_blindly():
    with pytest.raises(FaqError):
        text_of(TOPIC, COMMENTED.replace("title:", "titel:"))


ids = some.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
letters = some.characters(exclude_categories=["Cs"])
topics = some.builds(
    Topic,
    id=ids,
    title=some.text(letters, min_size=1),
    questions=some.lists(some.text(letters), min_size=1, max_size=5).map(tuple),
    answer=some.text(some.one_of(letters, some.sampled_from("\n\n-#: '\"|>\t%@")), min_size=1),
    sources=some.lists(ids, max_size=3).map(tuple),
    reviewed=some.dates(),
    review_due=some.dates(),
    related=some.lists(ids, max_size=3).map(tuple),
).map(tidy)


@given(topics.filter(lambda topic: topic.title and topic.answer and topic.questions))
def test_whatever_is_written_is_read_as_it_was(topic):
    text = text_of(topic)
    assert faq.parse(text, Path(f"{topic.id}.yml")) == topic


@given(
    topics.filter(lambda topic: topic.title and topic.answer and topic.questions),
    topics.filter(lambda topic: topic.title and topic.answer and topic.questions),
)
def test_whatever_is_changed_is_read_as_it_was(one, other):
    other = replace(other, id=one.id)
    assert faq.parse(text_of(other, text_of(one)), Path(f"{one.id}.yml")) == other
    commented = replace(other, id="parking")
    after = text_of(commented, COMMENTED)
    assert read(after) == commented
    assert "# said by the desk" in after


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Parking at the clinic", "parking_at_the_clinic"),
        ("Can I drive home?", "can_i_drive_home"),
        ("Don't rub: it's sore!", "dont_rub_its_sore"),
        ("Café für alle", "cafe_fur_alle"),
        ("24 hours", "topic_24_hours"),
        ("???", ""),
        ("A very long title that would make a very long name", "a_very_long_title_that_would_make_a_very"),
    ],
)
def test_an_id_comes_from_the_title(title, id_):
    assert id_of(title) == id_


def test_files_are_written_together(tmp_path):
    write({tmp_path / "a.yml": "1", tmp_path / "b.yml": "é"})
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"a.yml": "1", "b.yml": "é"}


def test_rights_and_links_stay(tmp_path):
    file, link = tmp_path / "a.yml", tmp_path / "link.yml"
    file.write_text("old")
    file.chmod(0o600)
    link.symlink_to(file)
    write({link: "new"})
    assert link.is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("new", 0o600)


@pytest.mark.parametrize("stopped", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_stops_on_the_way_leaves_all_files_as_they_were(tmp_path, monkeypatch, stopped, step):
    (tmp_path / "a.yml").write_text("old")
    done, real = [], getattr(os, step)

    def fail_at_the_second(*arguments):
        done.append(arguments)
        if len(done) == 2:
            raise stopped
        return real(*arguments)

    monkeypatch.setattr(os, step, fail_at_the_second)
    with pytest.raises(type(stopped)):
        write({tmp_path / "a.yml": "new", tmp_path / "b.yml": "new"})
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a.yml": "old"}


def test_a_file_for_which_there_is_no_room_leaves_the_old_one(tmp_path):
    file = tmp_path / "a.yml"
    file.write_text("old")
    short = (
        "import pathlib, resource, signal; from assistant.faq_file import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        f"write({{pathlib.Path({str(file)!r}): 'x' * 2000}})"
    )
    done = subprocess.run([sys.executable, "-c", short], cwd=PROJECT, capture_output=True, text=True)
    assert "File too large" in done.stderr
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a.yml": "old"}


def test_killed_at_any_moment_a_file_is_the_old_or_the_new_one(tmp_path):
    file = tmp_path / "a.yml"
    contents = [letter * 200_000 for letter in "ab"]
    file.write_text(contents[0])
    endless = (
        "import itertools, pathlib; from assistant.faq_file import write\n"
        f"file = pathlib.Path({str(file)!r}); print(flush=True)\n"
        "for letter in itertools.cycle('ba'): write({file: letter * 200_000})"
    )
    for attempt in range(8):
        process = subprocess.Popen([sys.executable, "-c", endless], cwd=PROJECT, stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.01 + 0.007 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert file.read_text() in contents
        assert [other.name for other in tmp_path.glob("*.yml")] == ["a.yml"]
        # What it was writing is no topic to anybody.
        assert {other.suffix for other in tmp_path.iterdir()} <= {".yml", ".tmp"}

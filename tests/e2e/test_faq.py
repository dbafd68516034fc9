"""`migraine faq` as the clinic's staff use it, in a copy of the project with a few topics."""

import os
import re
import shutil
import signal
import subprocess
import sys

import pexpect
import pytest

from assistant import faq, sources
from cli.paths import PROJECT
from tests.e2e.conftest import run

TOPICS = ("aftercare", "side_effects", "serious_risks", "botox_onset")
QUESTIONS = (
    "where can i leave my car", "is the car park free?", "do you have disabled bays", "any street spaces nearby",
    "how early do the barriers open", "my wife drops me off, where should she stop", "do I need a permit",
)  # fmt: skip
ANSWER = (
    "There is a car park behind the clinic. It is free for visits of < 3 hours, and it has four wide bays close to the "
    "door. It fills up in the morning, so come a little early.",
    "Ask the nurse at the desk for a permit when you arrive.",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A project of few topics, which have been checked once: checking them again takes a second."""
    project = tmp_path_factory.mktemp("small")
    for folder in ("assistant", "cli"):
        shutil.copytree(PROJECT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("faq", "nlu"):
        (project / "data" / folder).mkdir(parents=True)
    for name in ("sources.yml", "nlu/small_talk.yml", *(f"faq/{topic}.yml" for topic in TOPICS)):
        text = (PROJECT / "data" / name).read_text(encoding="utf-8")
        others = ", ".join(topic for topic in TOPICS if f"faq/{topic}.yml" != name)
        (project / "data" / name).write_text(re.sub(r"related: .*", f"related: [{others}]", text), encoding="utf-8")
    assert faq_(project, "check").returncode == 0
    return project


@pytest.fixture
def clinic(small, tmp_path):
    """A copy of it for one test."""
    return shutil.copytree(small, tmp_path / "clinic")


def faq_(clinic, *arguments, typed="", **environment):
    return run("faq", *arguments, cwd=clinic, typed=typed, **environment)


def files(clinic):
    """Return what is in the folder of topics, to the letter."""
    return {file.name: file.read_bytes() for file in (clinic / "data/faq").iterdir()}


def answers(
    title="Parking at the clinic", questions=QUESTIONS, answer=ANSWER, sources="1 16", related="", end=("yes",)
):
    return "\n".join([title, *questions, "", *answer, "", sources, related, *end, ""])


def test_a_new_topic_is_asked_for_shown_and_written(clinic):
    before = files(clinic)
    done = faq_(clinic, "new", typed=answers())
    assert done.returncode == 0, done.stderr
    assert "data/faq/parking_at_the_clinic.yml" in done.stdout
    assert "utter_" not in done.stdout
    topic = faq.read(clinic / "data/faq/parking_at_the_clinic.yml")
    assert topic.title == "Parking at the clinic"
    assert topic.questions == ("Parking at the clinic", *QUESTIONS)
    assert topic.answer == "\n\n".join(ANSWER)
    assert topic.sources == ("fda_label_botox", "nhs_migraine")
    assert set(topic.related) < set(TOPICS)
    assert len(topic.related) == 3
    assert (topic.review_due - topic.reviewed).days in {365, 366}
    assert {**before, "parking_at_the_clinic.yml": files(clinic)["parking_at_the_clinic.yml"]} == files(clinic)
    assert faq_(clinic, "check", "parking_at_the_clinic").stdout == "All is well.\n"


def test_a_part_can_be_corrected_before_it_is_written(clinic):
    typed = answers(end=("title", "Parking", "related", "2 aftercare", "answer", *ANSWER[1:], "", "yes"))
    assert faq_(clinic, "new", typed=typed).returncode == 0
    topic = faq.read(clinic / "data/faq/parking.yml")
    assert topic.questions[0] == topic.title == "Parking"
    assert topic.answer == ANSWER[1]
    assert topic.related[-1] == "aftercare"


def test_what_cannot_be_used_is_said_at_once_and_asked_again(clinic):
    typed = "\n".join([
        "Side effects", "???", "A title that is far too long for any button", "Parking",
        "drive home?", "hiya", "Parking", *QUESTIONS[:3], "", *QUESTIONS[3:], "",
        *ANSWER, "", "999", "xyz", "guideline", "1", "nonsense", "1 2 3 4", "none", "yes", "",
    ])  # fmt: skip
    done = faq_(clinic, "new", typed=typed)
    for said in (
        "There is a topic side_effects already", "Please use letters", "A button has room for 32",
        "That is one of the questions of aftercare already",
        "That is one of the greetings already", "That one is there already", "4 more, please",
        "Please type numbers from 1 to", "European Headache Federation", "no topic nonsense", "Three at most",
    ):  # fmt: skip
        assert said in " ".join(done.stdout.split())
    assert faq.read(clinic / "data/faq/parking.yml").related == ()


def test_what_is_blocked_is_kept_as_a_draft_and_edit_goes_on_with_it(clinic):
    before = files(clinic)
    done = faq_(clinic, "new", typed=answers(sources="", end=("yes", "later")))
    assert done.returncode == 1
    assert "The sources are missing" in done.stdout
    assert "Please type one of: later, drop" in done.stdout
    assert "migraine faq edit parking_at_the_clinic" in " ".join(done.stdout.split())
    assert files(clinic) == before
    assert "parking_at_the_clinic is a draft" in faq_(clinic, "list").stdout
    done = faq_(
        clinic, "edit", "parking_at_the_clinic", EDITOR=editing("sources: []", "sources: [nhs_migraine]"), VISUAL=""
    )
    assert done.returncode == 0, done.stderr
    assert faq.read(clinic / "data/faq/parking_at_the_clinic.yml").sources == ("nhs_migraine",)
    assert list((clinic / "drafts").iterdir()) == []


def test_the_sources_there_are_stand_above_those_to_choose_from(clinic):
    done = faq_(clinic, "edit", "aftercare", typed="sources\n16\nyes\n", EDITOR="", VISUAL="")
    assert done.returncode == 0, done.stdout + done.stderr
    shown = done.stdout.split("Until now they are these")[1]
    assert title_of(1) in " ".join(shown.split("are known")[0].split())
    assert faq.read(clinic / "data/faq/aftercare.yml").sources == ("nhs_migraine",)


def test_a_source_that_is_not_in_the_list_is_added_to_it(clinic):
    file = clinic / "data/sources.yml"
    before = file.read_text()
    known = "other\nNHS. Migraine\n"
    none = "other\n\n"
    added = 'other\n???\nleaflet\nOur clinic. "Parking" (2026)\nclinic.example\nhttps://clinic.example/parking\n16'
    done = faq_(clinic, "new", typed=answers(sources=none + known.replace("NHS. Migraine", title_of(16)) + added))
    assert done.returncode == 0, done.stdout
    assert "None was added" in done.stdout
    assert done.stdout.count("In words by which a colleague finds it") == 2
    assert "it is number 16" in done.stdout
    assert file.read_text() == (
        f'{before}our_clinic_parking_2026:\n  title: "Our clinic. \\"Parking\\" (2026)"\n'
        '  url: "https://clinic.example/parking"\n'
    )
    topic = faq.read(clinic / "data/faq/parking_at_the_clinic.yml")
    assert topic.sources == ("nhs_migraine", "our_clinic_parking_2026")
    assert faq_(clinic, "check").returncode == 0


def title_of(number):
    """The title of the source with this number in the list."""
    return list(sources.load(PROJECT / sources.FILE).values())[number - 1].title


def test_drop_forgets_what_was_typed_but_not_by_a_slip(clinic):
    before = files(clinic)
    done = faq_(clinic, "new", typed=answers(end=("drop", "no", "drop", "yes")))
    assert "Nothing was written" in done.stdout
    assert files(clinic) == before
    assert list((clinic / "drafts").iterdir()) == []


@pytest.mark.parametrize("lines", [3, 9, 12, 14])
def test_an_input_that_ends_keeps_what_was_typed_and_edit_asks_for_the_rest(clinic, lines):
    before, typed = files(clinic), answers().split("\n")
    done = faq_(clinic, "new", typed="\n".join(typed[:lines]))
    assert (done.returncode, "migraine faq edit parking_at_the_clinic" in done.stderr) == (1, True)
    assert files(clinic) == before
    rest = {
        3: [*QUESTIONS[2:], "", *ANSWER, "", "1 16", "", "yes", ""],
        9: [*ANSWER, "", "1 16", "", "yes", ""],
        12: ["1 16", "", "yes", ""],
        14: ["", "yes", ""],
    }
    done = faq_(clinic, "edit", "parking_at_the_clinic", typed="\n".join(rest[lines]), EDITOR="", VISUAL="")
    assert done.returncode == 0, done.stdout + done.stderr
    topic = faq.read(clinic / "data/faq/parking_at_the_clinic.yml")
    assert (topic.questions, topic.answer) == (("Parking at the clinic", *QUESTIONS), "\n\n".join(ANSWER))


def test_an_input_that_ends_before_the_title_writes_nothing(clinic):
    assert "Nothing was written" in faq_(clinic, "new").stderr
    assert not (clinic / "drafts").exists()


@pytest.mark.parametrize("lines", [0, 5, 10, 13])
def test_ctrl_c_at_any_question_loses_nothing(clinic, lines):
    before, typed = files(clinic), answers().split("\n")[:lines]
    child = pexpect.spawn(sys.executable, ["-m", "cli", "faq", "new"], cwd=str(clinic), timeout=60, encoding="utf-8")
    for line in typed:
        child.expect("> ")
        child.sendline(line)
    child.expect("> ")
    child.sendintr()
    child.expect("is kept as a draft" if lines else "Nothing was written")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert files(clinic) == before
    if lines:
        draft = (clinic / "drafts/parking_at_the_clinic.yml").read_text()
        assert all(line in draft for line in typed if len(line) > 4)


def test_killed_between_two_parts_the_draft_has_the_first(clinic):
    child = pexpect.spawn(sys.executable, ["-m", "cli", "faq", "new"], cwd=str(clinic), timeout=60, encoding="utf-8")
    for line in answers().split("\n")[:9]:
        child.expect("> ")
        child.sendline(line)
    child.expect("Answer")
    child.close(force=True)
    assert QUESTIONS[-1] in (clinic / "drafts/parking_at_the_clinic.yml").read_text()


def test_without_an_editor_a_topic_is_changed_part_by_part(clinic):
    before = files(clinic)
    typed = ["questions", "can i take my bike", "1", "", "answer", *ANSWER, "", "review", "2026-11-24", "yes", ""]
    done = faq_(clinic, "edit", "After the injections", typed="\n".join(typed), EDITOR="", VISUAL="")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "aftercare: changed, 1 question added, 1 question REMOVED" in done.stdout
    topic = faq.read(clinic / "data/faq/aftercare.yml")
    assert topic.questions[-1] == "can i take my bike"
    assert "can i exercise after" in topic.questions
    assert "AFTERCARE" not in topic.questions
    assert topic.answer == "\n\n".join(ANSWER)
    assert str(topic.reviewed) == "2026-11-24"
    assert str(topic.review_due) == "2027-11-24"
    assert {**files(clinic), "aftercare.yml": b""} == {**before, "aftercare.yml": b""}
    assert "Nothing was changed" in faq_(clinic, "edit", "aftercare", typed="nothing\n", EDITOR="", VISUAL="").stdout


def test_in_a_terminal_the_old_answer_stands_there_to_be_changed(clinic):
    child = pexpect.spawn(
        sys.executable, ["-m", "cli", "faq", "edit", "botox_onset"], cwd=str(clinic), timeout=60, encoding="utf-8",
        env={**os.environ, "EDITOR": "", "VISUAL": ""}, dimensions=(50, 1000),
    )  # fmt: skip
    child.expect("What do you want to change")
    child.sendline("answer")
    old = faq.read(clinic / "data/faq/botox_onset.yml").answer
    paragraphs = [line for line in old.splitlines() if line]
    child.expect(r"empty\s+one\s+ends")
    child.expect("> ")
    child.sendline(" Really.")
    for _ in paragraphs[1:]:
        child.expect("> ")
        child.sendline("")
    child.expect("> ")
    child.sendline("")
    child.expect("Write it")
    child.sendline("yes")
    child.expect(pexpect.EOF)
    assert faq.read(clinic / "data/faq/botox_onset.yml").answer == old.replace(
        paragraphs[0], f"{paragraphs[0]} Really."
    )


def test_a_topic_that_is_removed_takes_its_buttons_along_and_can_be_brought_back(clinic):
    before = files(clinic)
    assert faq_(clinic, "remove", "After the injections", typed="no\n").returncode == 1
    assert files(clinic) == before
    done = faq_(clinic, "remove", "After the injections", typed="yes\n")
    assert done.returncode == 0, done.stderr
    assert "side_effects would lose its button to it" in done.stdout
    assert "Patients never had it." in done.stdout
    assert "aftercare" not in faq.read(clinic / "data/faq/side_effects.yml").related
    assert faq_(clinic, "check").returncode == 0
    back = faq_(clinic, "edit", "aftercare", typed="yes\n", EDITOR="", VISUAL="")
    assert back.returncode == 0, back.stdout + back.stderr
    assert files(clinic)["aftercare.yml"] == before["aftercare.yml"]


def test_a_draft_is_thrown_away_when_that_is_wanted(clinic):
    faq_(clinic, "new", typed=answers(end=("later",)))
    assert "Thrown away" in faq_(clinic, "remove", "parking_at_the_clinic", "--yes").stdout
    assert list((clinic / "drafts").iterdir()) == []
    assert "no topic parking_at_the_clinic" in faq_(clinic, "remove", "parking_at_the_clinic").stderr


def editing(old, new):
    """An editor that replaces a word, and is not clever about it."""
    code = f"import sys; t = open(sys.argv[1]).read(); open(sys.argv[1], 'w').write(t.replace({old!r}, {new!r}))"
    return f'{sys.executable} -c "{code}"'


def test_an_edited_topic_is_written_and_nothing_else_in_it_changes(clinic):
    before = files(clinic)["aftercare.yml"].decode()
    done = faq_(clinic, "edit", "After the injections", EDITOR=editing("drive home?", "can i drive?"), VISUAL="")
    assert done.returncode == 0, done.stderr
    assert files(clinic)["aftercare.yml"].decode() == before.replace("drive home?", "can i drive?")


def test_a_bad_edit_changes_no_topic_and_is_not_lost(clinic):
    before = files(clinic)
    editor = editing("cold pack may ease", "cold pack will help")
    done = faq_(clinic, "edit", "aftercare", typed="edit\nkeep\n", EDITOR=editor, VISUAL="")
    assert (done.returncode, files(clinic)) == (1, before)
    assert done.stdout.count('We never say "will help"') == 2
    assert "will help" in (clinic / "drafts/aftercare.yml").read_text()
    done = faq_(clinic, "edit", "aftercare", EDITOR=editing("will help", "can ease"), VISUAL="")
    assert "unfinished draft" in done.stdout
    assert done.returncode == 0, done.stderr
    assert "Once a clinician has read it" in done.stdout
    assert b"cold pack can ease" in files(clinic)["aftercare.yml"]


def test_an_editor_that_changes_nothing_leaves_nothing(clinic):
    before = files(clinic)
    assert faq_(clinic, "edit", "aftercare", EDITOR="true", VISUAL="").stdout == "Nothing was changed.\n"
    assert files(clinic) == before
    assert not (clinic / "drafts/aftercare.yml").exists()


def test_an_editor_that_is_not_there_or_fails_is_said(clinic):
    assert "could not be started" in faq_(clinic, "edit", "aftercare", EDITOR="no-such-editor", VISUAL="").stderr
    assert "ended with an error" in faq_(clinic, "edit", "aftercare", EDITOR="false", VISUAL="").stderr


def test_a_topic_that_somebody_else_changed_meanwhile_is_not_overwritten(clinic):
    theirs = clinic / "data/faq/aftercare.yml"
    done = faq_(clinic, "edit", "aftercare", EDITOR=f"sed -i -e s/drive/ride/ {theirs}", VISUAL="")
    assert done.returncode == 1
    assert "somebody else changed" in done.stderr
    assert "ride home?" in theirs.read_text()
    assert (clinic / "drafts/aftercare.yml").exists()


def test_the_list_has_what_is_overdue_first(clinic):
    file = clinic / "data/faq/side_effects.yml"
    file.write_text(file.read_text().replace('due: "2027', 'due: "2025'))
    (clinic / "data/faq/aftercare.yml").write_text("nlu: [")
    lines = faq_(clinic, "list").stdout.splitlines()
    assert lines[0].split() == ["topic", "title", "questions", "sources", "next", "review"]
    assert lines[1].split()[:3] == ["side_effects", "Side", "effects"]
    assert lines[1].rstrip().endswith("overdue")
    assert lines[-1] == "aftercare cannot be read: migraine faq check aftercare says why."


def test_a_topic_is_shown_by_its_name_or_title_and_a_slip_names_the_nearest(clinic):
    by_title = faq_(clinic, "show", "after the injections")
    assert by_title.stdout == faq_(clinic, "show", "Aftercare").stdout
    assert by_title.stdout == faq_(clinic, "show", "data/faq/aftercare.yml").stdout
    assert "FDA. BOTOX label" in by_title.stdout
    for typed in ("aftercaer", "after the injection"):
        done = faq_(clinic, "show", typed)
        assert (done.returncode, "Did you mean aftercare?" in done.stderr) == (1, True)


def test_the_check_says_what_must_be_mended_and_where(clinic):
    file = clinic / "data/faq/aftercare.yml"
    file.write_text(file.read_text().replace("A cold pack may ease", "A cold pack will help"))
    line = (
        file.read_text().splitlines().index(next(line for line in file.read_text().splitlines() if "will help" in line))
    )
    done = faq_(clinic, "check", "aftercare", COLUMNS="200")
    assert done.returncode == 1
    assert done.stdout.startswith("Must be mended before patients can see it:")
    assert f'data/faq/aftercare.yml, line {line + 1}: We never say "will help"' in " ".join(done.stdout.split())


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_spreadsheet_goes_out_and_in_without_a_change(clinic, tmp_path, ending):
    before = files(clinic)
    # Where the person is, not where the project is.
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(clinic)!r}); from cli.main import main; "
               "sys.exit(main(sys.argv[1:]))"]  # fmt: skip
    for verb in ("export", "import"):
        done = subprocess.run(
            [*program, "faq", verb, f"faq.{ending}"], cwd=elsewhere, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout == "Nothing would change.\n"
    assert files(clinic) == before
    again = subprocess.run([*program, "faq", "export", f"faq.{ending}"], cwd=elsewhere, capture_output=True, text=True)
    assert (again.returncode, "--force" in again.stderr) == (1, True)


def test_a_spreadsheet_shows_what_would_change_and_asks(clinic):
    faq_(clinic, "export", "faq.csv", "aftercare", "side_effects")
    file = clinic / "faq.csv"
    file.write_text(
        file.read_text("utf-8-sig")
        .replace("drive home?", "may i take my bike")
        .replace("tired after botox", "worn out"),
        "utf-8",
    )
    before = files(clinic)
    refused = faq_(clinic, "import", "faq.csv", typed="no\n")
    assert (
        "aftercare: changed, 1 question added, 1 question REMOVED\n  - drive home?\n  + may i take my bike\n"
        in refused.stdout
    )
    assert files(clinic) == before
    assert faq_(clinic, "import", "faq.csv", "--yes").returncode == 0
    after = files(clinic)
    assert after["aftercare.yml"] == before["aftercare.yml"].replace(b"drive home?", b"may i take my bike")
    assert after["side_effects.yml"] == before["side_effects.yml"].replace(b"- tired after botox", b"- worn out")


def test_one_bad_row_keeps_all_topics_as_they_are_and_names_its_cell(clinic):
    faq_(clinic, "export", "faq.csv")
    file = clinic / "faq.csv"
    good = file.read_text("utf-8-sig").replace("drive home?", "may i take my bike")
    before = files(clinic)
    for bad, cell in (
        (good.replace("A cold pack may ease", "A cold pack will help"), "D2"),
        (good.replace("medication_guide, fda", "my_aunt, fda"), "E2"),
        (good.replace("After the injections,After", "After the injections,=1+"), "C2"),
    ):
        assert bad != good
        file.write_text(bad, "utf-8")
        done = faq_(clinic, "import", "faq.csv", "--yes")
        assert done.returncode == 1
        assert f"\n- {cell}: " in done.stderr
        assert files(clinic) == before


def test_killed_while_it_writes_each_topic_is_whole(clinic):
    faq_(clinic, "export", "faq.csv")
    file = clinic / "faq.csv"
    file.write_text(file.read_text("utf-8-sig").replace("2026-11-23", "2026-11-22"), "utf-8")
    before = files(clinic)
    # Kills itself at the second of the five renames.
    code = (
        "import os, signal, sys; real, done = os.replace, []\n"
        "def replace(*arguments):\n"
        "    done.append(1) if str(arguments[1]).endswith('.yml') else None\n"
        "    os.kill(os.getpid(), signal.SIGKILL) if len(done) == 2 else real(*arguments)\n"
        "os.replace = replace\n"
        "from cli.main import main; sys.exit(main(['faq', 'import', 'faq.csv', '--yes']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=clinic, capture_output=True, env={**os.environ, "COLUMNS": "80"}
    )
    assert done.returncode == -signal.SIGKILL
    after = {name: content for name, content in files(clinic).items() if name.endswith(".yml")}
    assert sum(after[name] != before[name] for name in before) == 1
    for name, content in after.items():
        assert content in {before[name], before[name].replace(b"2026-11-23", b"2026-11-22")}
    # Once more, and it is done.
    assert faq_(clinic, "import", "faq.csv", "--yes").returncode == 0
    assert faq_(clinic, "import", "faq.csv").stdout == "Nothing would change.\n"

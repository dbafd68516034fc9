import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook

from assistant import faq, faq_file, faq_sheet
from assistant.faq_sheet import COLUMNS, SheetError
from cli.paths import PROJECT

TOPICS = faq.load(PROJECT / faq.FOLDER)
HEAD = ",".join(COLUMNS)
ANSWER = "Behind the house.\n\nAsk a nurse."
ROW = f'parking,Parking,where?,"{ANSWER}","nhs_migraine, amf_botox",2026-11-23,2027-11-23,aftercare'


def sheet(tmp_path, text, known=None, encoding="utf-8"):
    file = tmp_path / "faq.csv"
    file.write_bytes(text.encode(encoding))
    return faq_sheet.read(file, known or {})


def errors(tmp_path, text, known=None):
    with pytest.raises(SheetError) as error:
        sheet(tmp_path, text, known)
    return list(error.value.errors)


def workbook(tmp_path, *rows):
    book = Workbook()
    for row in (COLUMNS, *rows):
        book.active.append(row)
    book.save(tmp_path / "faq.xlsx")
    return tmp_path / "faq.xlsx"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_exported_makes_the_very_same_files(tmp_path, ending):
    file = tmp_path / f"faq.{ending}"
    file.write_bytes(faq_sheet.write(file, TOPICS.values()))
    # Also where there was none of them: nothing comes from the files that are there.
    imported = [one.topic for one in faq_sheet.read(file, {})]
    assert imported == list(TOPICS.values())
    for topic in imported:
        before = (PROJECT / faq.FOLDER / f"{topic.id}.yml").read_text(encoding="utf-8")
        assert faq_file.text_of(topic, before) == before


dangerous = some.text(some.sampled_from("=+-@'\t\n;,\"ab< "), min_size=1).map(str.strip).filter(bool)


@given(some.lists(dangerous, min_size=1, max_size=4), dangerous, some.sampled_from(["a.xlsx", "a.csv"]))
def test_whatever_a_text_begins_with_it_comes_back_and_is_no_formula(tmp_path_factory, questions, answer, name):
    topic = faq_file.tidy(
        replace(TOPICS["aftercare"], title="=1+1", questions=tuple(f"{text}x" for text in questions), answer=answer)
    )
    file = tmp_path_factory.mktemp("sheet") / name
    file.write_bytes(faq_sheet.write(file, [topic]))
    (one,) = faq_sheet.read(file, {})
    assert one.topic == topic
    if name == "a.csv":
        cells = [cell for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")) for cell in row]
        assert [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell] == []
    else:
        cells = [cell for row in load_workbook(file).active.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_as_excel_writes_it_anywhere(tmp_path, encoding, delimiter):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(
        csv.reader(io.StringIO(f"{HEAD}\n{ROW}\n,,wo? é,,,,,\n", newline=""))
    )
    (one,) = sheet(tmp_path, stream.getvalue(), encoding=encoding)
    assert one.topic.questions == ("where?", "wo? é")
    assert one.topic.answer == ANSWER
    assert one.topic.sources == ("nhs_migraine", "amf_botox")
    assert (one.questions, one.cells["answer"]) == (["C2", "C3"], "D2")


def test_a_date_of_the_spreadsheets_own_is_a_date(tmp_path):
    row = ("parking", "Parking", 15, "Yes.", "nhs_migraine", datetime(2026, 11, 23), date(2027, 11, 23), None)
    (one,) = faq_sheet.read(workbook(tmp_path, row), {})
    assert (one.topic.reviewed, one.topic.review_due) == (date(2026, 11, 23), date(2027, 11, 23))
    assert one.topic.questions == ("15",)


@pytest.mark.parametrize(("typed", "read"), [("23.11.2026", (2026, 11, 23)), ("23/11/2026", (2026, 11, 23))])
def test_a_date_that_a_program_rewrote_is_read_where_it_can_mean_one_day_only(tmp_path, typed, read):
    assert sheet(tmp_path, f"{HEAD}\n{ROW.replace('2026-11-23', typed)}\n")[0].topic.reviewed == date(*read)


def test_what_is_left_empty_stays_as_it_is_in_a_topic_that_is_there(tmp_path):
    (one,) = sheet(tmp_path, "topic,question\naftercare,After the injections\n", TOPICS)
    assert one.topic == replace(TOPICS["aftercare"], questions=("After the injections",))


BAD = {
    "a formula": (f"{HEAD}\n{ROW.replace('where?', '=1+1')}\n", ["C2: this is a formula"]),
    "a date that could be two": (
        f"{HEAD}\n{ROW.replace('2027-11-23', '11/10/2027')}\n",
        ["G2: 11/10/2027 could be one"],
    ),
    "no date": (f"{HEAD}\n{ROW.replace('2027-11-23', 'soon')}\n", ["G2: soon is not a date"]),
    "a question that is missing": (f"{HEAD}\n{ROW}\nparking,Parking,,,,,,\n", ["C3: the question is missing"]),
    "a topic that is missing": (f"{HEAD}\n{ROW.replace('parking', '', 1)}\n", ["A2: the topic is missing"]),
    "a name that is none": (f"{HEAD}\n{ROW.replace('parking', 'Car Park', 1)}\n", ["A2: Car Park is no name"]),
    "two answers": (f"{HEAD}\n{ROW}\nparking,,how?,Another.,,,,\n", ["D3: this differs from D2"]),
    "parts of a new topic that are missing": (
        "topic,question\nparking,where?\n",
        ["B2: the title", "D2: the answer", "E2: the sources", "F2: the reviewed", "G2: the review_due"],
    ),
    "an unknown column": ("topic,question,colour\n", ["C1: the column colour is unknown"]),
    "a column twice": ("topic,question,Question\n", ["C1: the column question is there twice"]),
    "no head": ("parking,where?\n", ["A1: the column parking is unknown", "B1: the column where? is unknown"]),
    "too few columns": ("topic\n", ["A1: there is no column question"]),
    "only a head": (f"{HEAD}\n", ["faq.csv has no question"]),
    "nothing": ("", ["faq.csv is empty"]),
    "a quotation mark that is open": (f'{HEAD}\n"parking\n', ["faq.csv cannot be told apart"]),
}


@pytest.mark.parametrize("what", BAD)
def test_each_error_names_its_cell(tmp_path, what):
    text, expected = BAD[what]
    found = errors(tmp_path, text)
    assert len(found) == len(expected)
    for error, beginning in zip(found, expected, strict=True):
        assert error.startswith(beginning)


def test_all_errors_are_named_at_once(tmp_path):
    text = f"{HEAD}\n{ROW.replace('where?', '=1').replace('2026-11-23', 'soon')}\nPARK,,x,,,,,\n"
    assert [error.partition(":")[0] for error in errors(tmp_path, text)] == ["C2", "A3", "F2"]


def test_a_formula_is_never_taken_for_its_value(tmp_path):
    row = ("parking", "Parking", "where?", '=HYPERLINK("http://x","y")', "a", "2026-11-23", "2027-11-23", "=1/0")
    with pytest.raises(SheetError) as error:
        faq_sheet.read(workbook(tmp_path, row), {})
    assert [one[:24] for one in error.value.errors[:2]] == ["D2: this is a formula, a", "H2: this is a formula, a"]


def test_an_error_of_the_spreadsheet_is_no_text(tmp_path):
    book = Workbook()
    book.active.append(COLUMNS)
    book.active.append(["parking", "#REF!"])
    book.save(tmp_path / "faq.xlsx")
    with pytest.raises(SheetError, match="B2: this is an error of the spreadsheet"):
        faq_sheet.read(tmp_path / "faq.xlsx", {})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("faq.xls", b"", "neither .xlsx nor .csv"),
        ("faq.xlsx", b"hello", "not a spreadsheet in the form .xlsx"),
        ("faq.xlsx", b"PK\x05\x06" + b"\0" * 18, "not a spreadsheet in the form .xlsx"),
        ("faq.csv", "topic,question\nparking,où".encode("cp1252"), "not in UTF-8"),
        ("faq.csv", "topic,question\n".encode("utf-16"), "not in UTF-8"),
        ("faq.csv", b"topic\0question\n", "not a text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SheetError, match=says):
        faq_sheet.read(tmp_path / name, {})


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path, monkeypatch):
    with pytest.raises(SheetError, match="No such file"):
        faq_sheet.read(tmp_path / "faq.csv", {})
    file = workbook(tmp_path)
    for limit, says in (("_LARGEST", "too large"), ("_LARGEST_UNPACKED", "too large"), ("_MOST_ROWS", "too many rows")):
        with monkeypatch.context() as patched:
            patched.setattr(faq_sheet, limit, -1)
            with pytest.raises(SheetError, match=says):
                faq_sheet.read(file, {})


def test_a_line_of_the_file_leads_back_to_its_cell(tmp_path):
    (one,) = sheet(tmp_path, f"{HEAD}\n{ROW}\nparking,,how?,,,,,\n")
    lines = faq_file.text_of(one.topic).splitlines()
    where = {
        lines[number - 1].strip().split(":")[0]: one.cell("\n".join(lines), number)
        for number in range(1, len(lines) + 1)
    }
    assert where["- where?"] == "C2"
    assert where["- how?"] == "C3"
    assert where["Behind the house."] == where["Ask a nurse."] == "D2"
    assert [where[name] for name in ("title", "sources", "reviewed", "review_due", "related")] == [
        "B2",
        "E2",
        "F2",
        "G2",
        "H2",
    ]
    assert where["nlu"] == "A2"

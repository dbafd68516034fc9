"""Exchange topics with a spreadsheet (.xlsx or .csv): a row a question, and what a topic has once in one of its rows.

Nothing in a spreadsheet is ever calculated: a formula is an error on the way in, and cannot arise on the way out.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from assistant import faq_document
from assistant.faq import ID, Topic
from assistant.faq_file import one_line, tidy

COLUMNS = ("topic", "title", "question", "answer", "sources", "reviewed", "review_due", "related")
# What a topic has once; of these, a new topic needs all but the last.
_ONCE = ("title", "answer", "sources", "reviewed", "review_due", "related")
_WIDTHS = {"question": 60, "answer": 80}
_LARGEST = 20_000_000
_LARGEST_UNPACKED = 200_000_000
_MOST_ROWS = 100_000
# What a spreadsheet program takes for a formula at the beginning of a cell; the apostrophes are ours.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SEPARATORS = re.compile(r"[\s,;]+")
_DELIMITERS = (",", ";", "\t")


class SheetError(Exception):
    """A spreadsheet cannot be taken in; each of `errors` names the cell, or the file, and what to do."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = tuple(errors)


class Cell(NamedTuple):
    """What stands in a cell, and its name, such as B7."""

    text: str
    name: str


@dataclass(frozen=True)
class Imported:
    """A topic of a spreadsheet. cells: where each part stands, by its column; questions: where each question stands."""

    topic: Topic
    cells: Mapping[str, str]
    questions: Sequence[str]

    def cell(self, text: str, line: int) -> str:
        """Return the cell behind a line of `text`, the topic's file."""
        document = faq_document.read(self.topic.id, text)
        for question, name in zip(document.questions, self.questions, strict=False):
            if question.line == line:
                return name
        if document.answer and document.answer.line <= line <= document.answer.line + document.answer.value.count("\n"):
            return self.cells["answer"]
        for column in ("reviewed", "review_due", "title"):
            part = getattr(document, column)
            if part and part.line == line:
                return self.cells[column]
        for column in ("sources", "related"):
            if any(part.line == line for part in getattr(document, column)):
                return self.cells[column]
        return self.cells["topic"]


@dataclass
class _Gathered:
    """What the rows of one topic have said so far."""

    parts: dict[str, Cell]
    questions: list[Cell] = field(default_factory=list)


def read(file: Path, known: Mapping[str, Topic]) -> list[Imported]:
    """Return the topics of a spreadsheet. `known`: those there are; a part that is left empty stays as it is there.

    Raises:
        SheetError: the file, or a cell of it, cannot be taken in; every error is named.
    """
    rows = list(_rows(file))
    if not rows:
        raise SheetError([f"{file.name} is empty. `migraine faq export` writes one in the right form."])
    errors: list[str] = []
    columns = _columns(rows[0], errors)
    if errors:
        raise SheetError(errors)
    gathered = _gather(rows[1:], columns, errors)
    if not gathered and not errors:
        raise SheetError([f"{file.name} has no question. A row has at least a topic and a question."])
    imported = [_imported(id_, one, known.get(id_), errors) for id_, one in gathered.items()]
    if errors:
        raise SheetError(errors)
    return [one for one in imported if one is not None]


def write(file: Path, topics: Iterable[Topic]) -> bytes:
    """Return the content of a spreadsheet of `topics`, in the form that the file's ending names.

    Raises:
        SheetError: the ending is neither .xlsx nor .csv.
    """
    kind = _kind(file)
    rows = [COLUMNS, *(row for topic in topics for row in _topic_rows(topic))]
    return _xlsx(rows) if kind == ".xlsx" else _csv(rows)


def _topic_rows(topic: Topic) -> Iterator[Sequence[str]]:
    once = {
        "title": topic.title,
        "answer": topic.answer,
        "sources": ", ".join(topic.sources),
        "reviewed": topic.reviewed.isoformat(),
        "review_due": topic.review_due.isoformat(),
        "related": ", ".join(topic.related),
    }
    for question in topic.questions:
        parts = {"topic": topic.id, "question": question, **once}
        yield [parts.get(column, "") for column in COLUMNS]
        once = {}


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([f"'{text}" if _FORMULA.match(text) else text for text in row] for row in rows)
    # The mark at the beginning tells Excel that this is UTF-8.
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("FAQ")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 22)
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text or None)
            if text:
                # Text whatever it begins with, also when somebody changes the cell.
                cell.data_type = "s"
                cell.quotePrefix = True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 0)
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _kind(file: Path) -> str:
    kind = file.suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise SheetError(
            [f'{file.name} is neither .xlsx nor .csv. Save it as "Excel workbook (.xlsx)" or "CSV UTF-8".']
        )
    return kind


def _rows(file: Path) -> Iterator[list[Cell | str]]:
    """Yield the cells of each row; where one cannot be taken in, the error stands in its place."""
    kind = _kind(file)
    try:
        if file.stat().st_size > _LARGEST:
            raise SheetError([f"{file.name} is too large. Take fewer topics at a time."])
        rows = _xlsx_rows(file) if kind == ".xlsx" else _csv_rows(file)
        for number, row in enumerate(rows):
            if number > _MOST_ROWS:
                raise SheetError([f"{file.name} has too many rows. Remove the empty ones, or take fewer topics."])
            yield row
    except OSError as error:
        raise SheetError([f"{file} cannot be read: {error.strerror}."]) from error


def _csv_rows(file: Path) -> Iterator[list[Cell | str]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError([f'{file.name} is not in UTF-8. Save it as "CSV UTF-8", or as .xlsx.']) from error
    if "\0" in text:
        raise SheetError([f'{file.name} is not a text. Save it as "CSV UTF-8", or as .xlsx.'])
    # Excel separates by semicolons where the comma is in the numbers.
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetError(
            [f"{file.name} cannot be told apart into cells ({error}). Save it again, or as .xlsx."]
        ) from error
    for number, row in enumerate(rows, start=1):
        yield [_csv_cell(text, f"{_letter(place)}{number}") for place, text in enumerate(row)]


def _csv_cell(text: str, name: str) -> Cell | str:
    if text.startswith("="):
        return f"{name}: this is a formula, and only text is taken in. Type what it should say."
    return Cell(text[1:] if text.startswith("'") and _FORMULA.match(text) else text, name)


def _xlsx_rows(file: Path) -> Iterator[list[Cell | str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    broken = SheetError(
        [f"{file.name} is not a spreadsheet in the form .xlsx, or is locked or damaged. Save it again."]
    )
    try:
        with ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
                raise SheetError([f"{file.name} is too large. Take fewer topics at a time."])
        # Formulas stay what they are: their last values may be old, or made up.
        book = load_workbook(file, read_only=True, data_only=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise broken from error
    try:
        if not book.worksheets:
            raise broken
        for number, row in enumerate(book.worksheets[0].iter_rows(), start=1):
            yield [_xlsx_cell(cell, f"{_letter(place)}{number}") for place, cell in enumerate(row)]
    except (BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise broken from error
    finally:
        book.close()


def _xlsx_cell(cell: Any, name: str) -> Cell | str:
    value = cell.value
    if value is None:
        return Cell("", name)
    if cell.data_type == "f":
        return f"{name}: this is a formula, and only text is taken in. Type what it should say."
    if cell.data_type == "e":
        return f"{name}: this is an error of the spreadsheet, {value}. Type what it should say."
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), name)
    if isinstance(value, bool):
        return Cell(str(value).upper(), name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Excel's own way of writing the end of a line.
    return Cell(str(value).replace("_x000D_", ""), name)


def _columns(heads: Sequence[Cell | str], errors: list[str]) -> dict[str, int]:
    """Return the place of each column."""
    columns: dict[str, int] = {}
    for place, head in enumerate(heads):
        if isinstance(head, str):
            errors.append(head)
            continue
        name = "_".join(head.text.lower().split())
        if name in columns:
            errors.append(f"{head.name}: the column {name} is there twice. Remove one.")
        elif name in COLUMNS:
            columns[name] = place
        elif name:
            errors.append(f"{head.name}: the column {head.text} is unknown. Known are {', '.join(COLUMNS)}.")
    for name in ("topic", "question"):
        if name not in columns and not errors:
            errors.append(f"A1: there is no column {name}. The first row has the names of the columns.")
    return columns


def _gather(
    rows: Iterable[Sequence[Cell | str]], columns: Mapping[str, int], errors: list[str]
) -> dict[str, _Gathered]:
    gathered: dict[str, _Gathered] = {}
    last = ""
    for number, row in enumerate(rows, start=2):
        errors += [cell for cell in row if isinstance(cell, str)]
        cells = {name: _cell(row, place, number) for name, place in columns.items()}
        if not any(cell.text for cell in cells.values()):
            continue
        id_ = cells["topic"].text or last
        if not ID.fullmatch(id_):
            errors.append(
                f"{cells['topic'].name}: {f'{id_} is no name of a topic' if id_ else 'the topic is missing'}. "
                "Use small letters, digits and _, such as parking."
            )
            continue
        last = id_
        one = gathered.setdefault(id_, _Gathered({"topic": cells["topic"]}))
        question = cells["question"]
        # An error of the cell itself has been said.
        if question.text:
            one.questions.append(question)
        elif not isinstance(row[columns["question"]] if columns["question"] < len(row) else None, str):
            errors.append(f"{question.name}: the question is missing. Each row has one.")
        for name in _ONCE:
            cell = cells.get(name)
            if cell is None or not cell.text:
                continue
            before = one.parts.setdefault(name, cell)
            if before.text != cell.text:
                errors.append(f"{cell.name}: this differs from {before.name}. A topic has one {name}.")
    return gathered


def _cell(row: Sequence[Cell | str], place: int, number: int) -> Cell:
    """Return the cell of a row as it will be kept; an empty one where it is missing or could not be taken in."""
    cell = row[place] if place < len(row) else ""
    if isinstance(cell, str):
        return Cell("", f"{_letter(place)}{number}")
    lines = [line.rstrip() for line in cell.text.splitlines()]
    return Cell("\n".join(lines).strip(), cell.name)


def _imported(id_: str, one: _Gathered, known: Topic | None, errors: list[str]) -> Imported | None:
    row = re.sub(r"\D", "", one.parts["topic"].name)
    before = len(errors)
    values: dict[str, Any] = {}
    for name in _ONCE:
        cell = one.parts.get(name)
        if cell is None:
            if known is None and name != "related":
                errors.append(f"{_letter(COLUMNS.index(name))}{row}: the {name} of the new topic {id_} is missing.")
            values[name] = getattr(known, name) if known else ()
        elif name in {"sources", "related"}:
            values[name] = tuple(filter(None, _SEPARATORS.split(cell.text)))
        elif name in {"reviewed", "review_due"}:
            values[name] = _date(cell, errors)
        else:
            values[name] = one_line(cell.text) if name == "title" else cell.text
    if len(errors) > before or not one.questions:
        return None
    topic = tidy(Topic(id=id_, questions=tuple(cell.text for cell in one.questions), **values))
    cells = {name: f"{_letter(COLUMNS.index(name))}{row}" for name in COLUMNS}
    return Imported(
        topic, {**cells, **{name: cell.name for name, cell in one.parts.items()}}, [cell.name for cell in one.questions]
    )


def _date(cell: Cell, errors: list[str]) -> date | None:
    """Read a date, also as a spreadsheet program may have written it, if that can mean one day only."""
    read = set()
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"):
        try:
            read.add(datetime.strptime(cell.text, form).date())
        except ValueError:
            continue
    if len(read) == 1:
        return read.pop()
    what = "could be one of two days" if read else "is not a date"
    errors.append(f"{cell.name}: {cell.text} {what}. Write it with the year first, such as 2026-11-23.")
    return None


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))

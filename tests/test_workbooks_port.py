"""The port to workbooks: one contract that the file, its twin in memory and the Google spreadsheet all keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from google_access import client_of
from saving import save
from sheetflow.cells import (
    CellEdit,
    CellFault,
    CellRange,
    CellRef,
    ComputedTab,
    KeyedRow,
    Patch,
    Rule,
    Snapshot,
    Style,
    Table,
    Value,
)
from sheetflow.engine.planner import Effort
from sheetflow.translate.document import document_of
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.google.workbook import GoogleWorkbook
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.port import Workbook
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY, snapshot
from sheets_server.server import SheetsServer

SAMPLES = sorted((Path(__file__).parents[1] / "sample_sheets").glob("*.xlsx"))
PLAN = """
    | Publication | Type      | Delivery date | Count |
    | Autumn tips | Blog post | 2026-12-04    | 3     |
    | Sale        | Reel      | 2026-12-11    | 0.5   |
"""
FORMULA_LIKE = ["=1+1", "+62 812", "-5", "@home", "=HYPERLINK(1)", "'quoted"]
ODD_TEXTS = ["_x0041_", "a\nb", " edge ", "<&>\"'", "🎉", "TRUE", "12", "2026-12-04", "50%"]
BEYOND_GOOGLE = ["a\r\nb", "\x01", "#REF!"]
"""Texts that a file can hold: Sheets tells no text `#REF!` from the error, and keeps no control characters."""

KINDS = ("memory", "xlsx", "google")
Maker: TypeAlias = Callable[[Snapshot], Workbook]


@pytest.fixture(params=KINDS)
def workbook(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Makes a workbook of each kind that holds a snapshot."""
    with ExitStack() as open_ones:

        def make(content: Snapshot) -> Workbook:
            if request.param == "memory":
                return MemoryWorkbook(content)
            if request.param == "xlsx":
                save(content, tmp_path / "plan.xlsx")
                return XlsxWorkbook(tmp_path / "plan.xlsx")
            server: SheetsServer = request.getfixturevalue("server")
            client = open_ones.enter_context(client_of(server))
            return GoogleWorkbook(server.load(content), client)

        yield make


def edit(row: int, column: int, before: Value, after: Value) -> CellEdit:
    """An edit of the tab that the tests draw."""
    return CellEdit(ref=CellRef("Plan", row, column), before=before, after=after)


def patch(*edits: CellEdit, tabs: tuple[ComputedTab, ...] = ()) -> Patch:
    """The edits with the rows in which they lie; all tabs of these tests mean something to SheetFlow."""
    places = dict.fromkeys((each.ref.sheet, each.ref.row) for each in edits)
    rows = tuple(
        KeyedRow(sheet=sheet, row=row, key=f"{sheet} {row}", key_column=1, head=1, is_new=True)
        for sheet, row in places
    )
    return Patch(edits=edits, rows=rows, tabs=tabs, sheets=("Plan", "Notes"))


def tab(*rows: tuple[Value, ...], **more: Any) -> ComputedTab:
    """A computed tab named Steps."""
    return ComputedTab(sheet="Steps", rows=rows, **more)


def held(workbook: Workbook, sheet: str = "Plan") -> Table:
    """The tab as the workbook holds it now."""
    return next(table for table in workbook.read().tables if table.sheet == sheet)


def shows(table: Table, *rows: tuple[Value, ...]) -> bool:
    """Whether the table holds these rows and nothing else; a date may be told as its number."""
    return len(table.rows) == len(rows) and all(
        len(present) == len(wanted) and all(map(table.shows, present, wanted))
        for present, wanted in zip(table.rows, rows, strict=True)
    )


def test_reads_what_stands_there(workbook: Maker) -> None:
    """Texts, numbers, dates and blanks come back as they are; tabs in their order."""
    book = workbook(snapshot({"Plan": PLAN, "Notes": "| keep me |"}))
    assert [table.sheet for table in book.read().tables] == ["Plan", "Notes"]
    table = held(book)
    assert shows(
        table,
        ("Publication", "Type", "Delivery date", "Count"),
        ("Autumn tips", "Blog post", date(2026, 12, 4), 3),
        ("Sale", "Reel", date(2026, 12, 11), 0.5),
    )
    assert table.at(9, 9) is None


def test_tells_formulas_and_merges(workbook: Maker) -> None:
    """A formula comes with its text, merged cells as ranges, an error of a formula as a fault."""
    drawing = {"Plan": "| =A2*2 | #REF! | x |\n| 1 | text | y |"}
    table = held(workbook(snapshot(drawing, {"Plan": ["C1:C2"]})))
    assert table.formulas == {(1, 1): "=A2*2"}
    assert table.at(1, 2) == CellFault("#REF!")
    assert table.merged == (CellRange(1, 3, 2, 3),)


def test_writes_edits_and_reads_them_back(workbook: Maker) -> None:
    """Changed cells hold their new values, all others their old ones."""
    book = workbook(snapshot({"Plan": PLAN, "Notes": "| keep me |"}))
    book.read()
    moment = datetime(2026, 1, 2, 10, 30)  # noqa: DTZ001 - cells know no zone
    report = book.write(
        patch(
            edit(2, 4, 3, 4),
            edit(1, 6, None, "Flag"),
            edit(2, 6, None, date(2026, 12, 24)),
            edit(3, 6, None, moment),
            edit(7, 1, None, True),
            edit(3, 1, "Sale", None),
        )
    )
    assert (report.written, report.skipped, report.drifted) == (6, (), ())
    table = held(book)
    assert table.shows(table.at(2, 6), date(2026, 12, 24))
    assert table.shows(table.at(3, 6), moment)
    assert (table.at(1, 6), table.at(2, 4), table.at(3, 1)) == ("Flag", 4, None)
    assert table.rows[1][:2] == ("Autumn tips", "Blog post")
    assert table.at(7, 1) is True
    assert book.read().tables[1].rows == (("keep me",),)


@pytest.mark.parametrize("text", FORMULA_LIKE + ODD_TEXTS)
def test_text_stays_text(workbook: Maker, text: str) -> None:
    """Whatever a text looks like, it is written as that text, in the team's tabs and in computed ones."""
    book = workbook(snapshot({"Plan": PLAN}))
    book.read()
    book.write(patch(edit(5, 1, None, text), tabs=(tab((text, "end")),)))
    assert held(book).at(5, 1) == text
    assert held(book, "Steps").at(1, 1) == text
    assert not held(book).formulas
    assert not held(book, "Steps").formulas


@pytest.mark.parametrize("text", BEYOND_GOOGLE)
@pytest.mark.parametrize("workbook", ["memory", "xlsx"], indirect=True)
def test_a_file_keeps_the_oddest_texts(workbook: Maker, text: str) -> None:
    """Line ends of old, control characters and the words of errors stay as they are in a file."""
    book = workbook(snapshot({"Plan": PLAN}))
    book.write(patch(edit(5, 1, None, text), tabs=(tab((text,)),)))
    assert held(book).at(5, 1) == text
    assert held(book, "Steps").at(1, 1) == text


def test_an_empty_patch_changes_nothing(workbook: Maker) -> None:
    """Nothing to write means that nothing is written."""
    book = workbook(snapshot({"Plan": PLAN}))
    before = book.read()
    report = book.write(Patch())
    assert (report.written, report.skipped, report.drifted) == (0, (), ())
    assert book.read().tables == before.tables


def test_draws_a_tab_anew(workbook: Maker) -> None:
    """A computed tab holds its new rows only, and stands where it was; a smaller one leaves nothing of the larger."""
    book = workbook(snapshot({"Steps": "| old | old |\n| old | old |\n| old |", "Plan": PLAN}))
    rows: tuple[tuple[Value, ...], ...] = (("ID", "Due"), ("P-1", date(2026, 12, 4)), (None, 2.5))
    for shown in (rows, rows[:2], rows):
        book.read()
        book.write(Patch(tabs=(tab(*shown),), sheets=("Steps", "Plan")))
        assert [table.sheet for table in book.read().tables] == ["Steps", "Plan"]
        assert shows(held(book, "Steps"), *shown)


def test_makes_a_tab_that_is_not_there(workbook: Maker) -> None:
    """A new tab comes behind the others, with all its looks; values come back as they were given."""
    book = workbook(snapshot({"Plan": PLAN}))
    book.read()
    style = Style(fill="FDE3E1", ink="A61B1B", bold=True, align="right", number_format="0%")
    rows: tuple[tuple[Value, ...], ...] = (("Name", "Share"), ("Ann", 0.5), ("=x", True))
    drawn = tab(
        *rows,
        styles={(1, 1): replace(style, number_format=None), (2, 2): style},
        widths=(12.0, 0.0),
        heights={1: 24.0},
        frozen_columns=1,
        filtered=CellRange(1, 1, 3, 2),
        rules=(Rule(area=CellRange(2, 1, 3, 1), operator="equal", operand="Ann", style=style),),
    )
    book.write(Patch(tabs=(drawn,), sheets=("Plan", "Steps")))
    assert [table.sheet for table in book.read().tables] == ["Plan", "Steps"]
    assert shows(held(book, "Steps"), *rows)


def test_a_tab_of_very_many_rows(workbook: Maker) -> None:
    """A computed tab grows and shrinks by thousands of rows."""
    book = workbook(snapshot({"Plan": PLAN}))
    for count in (3, 3000, 5):
        rows = tuple((f"P-{number}", number) for number in range(count))
        book.read()
        book.write(Patch(tabs=(tab(*rows),), sheets=("Plan", "Steps")))
        assert held(book, "Steps").rows == rows


def test_skips_cells_that_changed_meanwhile(workbook: Maker) -> None:
    """An edit whose cell holds something else, a formula, or nothing of its own is left out and told."""
    drawn = snapshot({"Plan": "| a | =B9 | b |\n| c | d | e |\n| f | g | h |"}, {"Plan": ["A2:A3"]})
    book = workbook(drawn)
    book.read()
    wrong = (
        edit(1, 1, "z", "new"),
        edit(1, 2, None, "new"),
        edit(3, 1, None, "new"),
        CellEdit(ref=CellRef("Elsewhere", 1, 1), before=None, after="new"),
    )
    report = book.write(patch(*wrong, edit(1, 3, "b", "new")))
    assert report.skipped == wrong
    assert report.written == 1
    assert held(book).at(1, 1) == "a"
    assert held(book).formulas == {(1, 2): "=B9"}
    assert held(book).at(1, 3) == "new"


def test_a_second_reading_is_like_the_first(workbook: Maker) -> None:
    """Reading changes nothing, and a tab that was written is read as it was written."""
    book = workbook(snapshot({"Plan": PLAN}))
    assert book.read().tables == book.read().tables
    book.write(Patch(tabs=(tab(("a", 1), ("b", None, 2)),), sheets=("Plan", "Steps")))
    assert held(book, "Steps").rows == (("a", 1), ("b", None, 2))
    assert book.read().tables == book.read().tables


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_sample_gives_the_same_plan_from_everywhere(file: Path, server: SheetsServer) -> None:
    """A sheet is planned the same, byte for byte, from a file, from memory and from a Google spreadsheet."""
    content = XlsxWorkbook(file).read()
    assert planned(MemoryWorkbook(content)) == planned(XlsxWorkbook(file))
    with client_of(server) as client:
        number = server.load(content)
        computed = with_results(content, GoogleWorkbook(number, client).read())
        from_google = planned(GoogleWorkbook(number, client))
    assert from_google == planned(MemoryWorkbook(computed))
    assert computed == content or file.stem == "messy"


def with_results(content: Snapshot, computed: Snapshot) -> Snapshot:
    """The workbook with the results of formulas whose value no program has stored yet: Sheets computes them."""
    tables = []
    for table, other in zip(content.tables, computed.tables, strict=True):
        rows = [list(row) for row in table.rows]
        for row, column in table.formulas:
            if table.at(row, column) is None and other.at(row, column) is not None:
                cells = rows[row - 1]
                cells += [None] * (column - len(cells))
                cells[column - 1] = other.at(row, column)
        tables.append(replace(table, rows=tuple(map(tuple, rows))))
    return replace(content, tables=tuple(tables))


def planned(book: Workbook) -> str:
    """The plan of a trial run as JSON."""
    outcome = recalculate(book, TODAY, effort=Effort.FAST, dry_run=True)
    return json.dumps(document_of(outcome.plan, outcome.problems), ensure_ascii=False)

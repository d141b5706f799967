"""Workbooks: one contract that the Excel file and its twin in memory both keep, and what only a file can do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sheetflow.cells import (
    CellEdit,
    CellFault,
    CellRange,
    CellRef,
    ColumnLook,
    ComputedTab,
    Patch,
    Rule,
    Snapshot,
    Style,
    Table,
    Value,
)
from sheetflow.errors import UserError
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.port import Workbook
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import snapshot

PLAN = """
    | Publication | Type      | Delivery date | Count |
    | Autumn tips | Blog post | 2026-12-04    | 3     |
    | Sale        | Reel      | 2026-12-11    | 0.5   |
"""
FORMULA_LIKE = ["=1+1", "+62 812", "-5", "@home", "=HYPERLINK(1)", "'quoted"]
ODD_TEXTS = ["_x0041_", "a\nb", "a\r\nb", " edge ", "<&>\"'", "\x01", "🎉", "#REF!", "TRUE", "12"]

Maker: TypeAlias = Callable[[Snapshot], Workbook]


def save(content: Snapshot, path: Path) -> None:
    """Write a snapshot as a file, by the library alone."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in content.tables:
        sheet: Any = book.create_sheet(table.sheet)
        for number, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                cell.value = value.code if isinstance(value, CellFault) else value
                if isinstance(value, str):
                    cell.data_type = "s"
        for (number, column), formula in table.formulas.items():
            sheet.cell(number, column).value = formula
        for area in table.merged:
            sheet.merge_cells(area.a1)
    book.save(path)


@pytest.fixture(params=["memory", "xlsx"])
def workbook(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    """Makes a workbook of each kind that holds a snapshot."""

    def make(content: Snapshot) -> Workbook:
        if request.param == "memory":
            return MemoryWorkbook(content)
        save(content, tmp_path / "plan.xlsx")
        return XlsxWorkbook(tmp_path / "plan.xlsx")

    return make


def edit(
    row: int, column: int, before: Value, after: Value, style: Style | None = None
) -> CellEdit:
    """An edit of the tab that the tests draw."""
    return CellEdit(ref=CellRef("Plan", row, column), before=before, after=after, style=style)


def tab(rows: tuple[tuple[Value, ...], ...], **more: Any) -> ComputedTab:
    """A computed tab named Steps."""
    return ComputedTab(sheet="Steps", rows=rows, **more)


def held(workbook: Workbook, sheet: str = "Plan") -> Table:
    """The tab as the workbook holds it now."""
    return next(table for table in workbook.read().tables if table.sheet == sheet)


def test_reads_what_stands_there(workbook: Maker) -> None:
    """Texts, numbers, dates and blanks come back as they are."""
    table = held(workbook(snapshot({"Plan": PLAN})))
    assert table.rows[1] == ("Autumn tips", "Blog post", date(2026, 12, 4), 3)
    assert table.rows[2] == ("Sale", "Reel", date(2026, 12, 11), 0.5)
    assert table.at(9, 9) is None


def test_writes_edits_and_reads_them_back(workbook: Maker) -> None:
    """Changed cells hold their new values, all others their old ones."""
    book = workbook(snapshot({"Plan": PLAN, "Notes": "| keep me |"}))
    edits = (
        edit(2, 4, 3, 4),
        edit(1, 6, None, "Flag"),
        edit(2, 6, None, date(2026, 12, 24)),
        edit(3, 6, None, datetime(2026, 1, 2, 10, 30)),  # noqa: DTZ001 - cells know no zone
        edit(7, 1, None, True),
        edit(3, 1, "Sale", None),
    )
    report = book.write(Patch(edits=edits))
    assert (report.written, report.skipped) == (6, ())
    table = held(book)
    assert table.rows[1] == (
        "Autumn tips",
        "Blog post",
        date(2026, 12, 4),
        4,
        None,
        date(2026, 12, 24),
    )
    assert table.rows[2][0] is None
    assert table.rows[2][5] == datetime(2026, 1, 2, 10, 30)  # noqa: DTZ001 - cells know no zone
    assert table.at(7, 1) is True
    assert held(book, "Notes").rows == (("keep me",),)


@pytest.mark.parametrize("text", FORMULA_LIKE + ODD_TEXTS)
def test_text_stays_text(workbook: Maker, text: str) -> None:
    """Whatever a text looks like, it is written as that text, in the team's tabs and in computed ones."""
    book = workbook(snapshot({"Plan": PLAN}))
    book.write(Patch(edits=(edit(5, 1, None, text),), tabs=(tab(((text,),)),)))
    assert held(book).at(5, 1) == text
    assert held(book, "Steps").at(1, 1) == text
    assert not held(book).formulas
    assert not held(book, "Steps").formulas


def test_skips_cells_that_changed_meanwhile(workbook: Maker) -> None:
    """An edit whose cell holds something else, a formula, or nothing of its own is left out and told."""
    drawn = snapshot({"Plan": "| a | =B9 | b |\n| c | d | e |\n| f | g | h |"}, {"Plan": ["A2:A3"]})
    book = workbook(drawn)
    wrong = (
        edit(1, 1, "z", "new"),
        edit(1, 2, None, "new"),
        edit(3, 1, None, "new"),
        CellEdit(ref=CellRef("Elsewhere", 1, 1), before=None, after="new"),
    )
    report = book.write(Patch(edits=(*wrong, edit(1, 3, "b", "new"))))
    assert report.skipped == wrong
    assert report.written == 1
    assert held(book).at(1, 1) == "a"
    assert held(book).formulas == {(1, 2): "=B9"}
    assert held(book).at(1, 3) == "new"


def test_draws_a_tab_anew(workbook: Maker) -> None:
    """A computed tab holds its new rows only, wherever it was before."""
    book = workbook(snapshot({"Steps": "| old | old |\n| old | old |", "Plan": PLAN}))
    rows: tuple[tuple[Value, ...], ...] = (("ID", "Due"), ("P-1", date(2026, 12, 4)), (None, 2.5))
    merges = (CellRange(4, 1, 4, 2),)
    book.write(Patch(tabs=(tab(rows, merges=merges),)))
    assert [table.sheet for table in book.read().tables] == ["Steps", "Plan"]
    assert held(book, "Steps").rows == rows
    assert held(book, "Steps").merged == merges


def test_formulas_errors_and_merges_are_told(tmp_path: Path) -> None:
    """A file's formulas come with their text and no value, its errors as faults, its merged cells as ranges."""
    drawing = {"Plan": '| =A2*2 | #REF! | x |\n| 1 | "#N/A" | y |'}
    save(snapshot(drawing, {"Plan": ["C1:C2"]}), tmp_path / "a.xlsx")
    table = held(XlsxWorkbook(tmp_path / "a.xlsx"))
    assert table.formulas == {(1, 1): "=A2*2"}
    assert table.at(1, 1) is None
    assert table.at(1, 2) == CellFault("#REF!")
    assert table.at(2, 2) == "#N/A"
    assert table.merged == (CellRange(1, 3, 2, 3),)


def test_days_of_the_1904_calendar(tmp_path: Path) -> None:
    """A workbook that counts its days from 1904 shows the same dates, and tells its epoch."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.worksheets[0]
    sheet.title = "Plan"
    sheet.append([date(2026, 12, 4), 44898])
    book.save(tmp_path / "mac.xlsx")
    workbook = XlsxWorkbook(tmp_path / "mac.xlsx")
    assert workbook.read().epoch == date(1904, 1, 1)
    assert held(workbook).rows == ((date(2026, 12, 4), 44898),)
    workbook.write(Patch(edits=(edit(1, 3, None, date(2027, 1, 1)),)))
    assert held(workbook).at(1, 3) == date(2027, 1, 1)


def test_an_empty_patch_leaves_the_file_byte_for_byte(tmp_path: Path) -> None:
    """Nothing to write means that nothing is written; so does a patch of which every edit is skipped."""
    path = tmp_path / "plan.xlsx"
    save(snapshot({"Plan": PLAN}), path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    XlsxWorkbook(path).write(Patch())
    XlsxWorkbook(path).write(Patch(edits=(edit(1, 1, "other", "new"),)))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_output_leaves_the_source_alone(tmp_path: Path) -> None:
    """With another output the source stays as it is, and the output is there even if nothing had to change."""
    source, output = tmp_path / "plan.xlsx", tmp_path / "planned.xlsx"
    save(snapshot({"Plan": PLAN}), source)
    before = source.read_bytes()
    XlsxWorkbook(source, output).write(Patch())
    assert output.read_bytes() == before
    XlsxWorkbook(source, output).write(Patch(edits=(edit(2, 4, 3, 5),)))
    assert held(XlsxWorkbook(output)).at(2, 4) == 5
    assert source.read_bytes() == before


def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the new file cannot take the old one's place, the old one stays and nothing lies about."""
    path = tmp_path / "plan.xlsx"
    save(snapshot({"Plan": PLAN}), path)
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError) as caught:
        XlsxWorkbook(path).write(Patch(edits=(edit(2, 4, 3, 5),)))
    assert caught.value.code == "file_not_writable"
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file_missing"),
        (b"", "file_not_xlsx"),
        (b"Publication,Type\n", "file_not_xlsx"),
        (b"PK\x03\x04 and then nothing of a zip", "file_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .xls", "file_not_xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file_encrypted",
        ),
    ],
)
def test_files_that_are_no_workbooks(tmp_path: Path, content: bytes | None, code: str) -> None:
    """What cannot be read is refused with the reason, when read and when written."""
    path = tmp_path / "plan.xlsx"
    if content is not None:
        path.write_bytes(content)
    for attempt in (XlsxWorkbook(path).read, lambda: XlsxWorkbook(path).write(Patch())):
        with pytest.raises(UserError) as caught:
            attempt()
        assert caught.value.code == code


def test_looks_of_a_computed_tab(tmp_path: Path) -> None:
    """Widths, colours, frozen panes, filters, rules, direction and page set-up reach the file."""
    import openpyxl

    path = tmp_path / "plan.xlsx"
    save(snapshot({"Plan": PLAN}), path)
    style = Style(ink="A61B1B", fill="FDE3E1", bold=True, align="right", number_format="0%")
    drawn = tab(
        (("A", "B"), (0.5, "=x")),
        styles={(2, 1): style, (2, 2): Style(left_edge="243B53", under="D9E2EC")},
        widths=(12.0, 30.0),
        heights={1: 22.0},
        frozen_columns=1,
        filtered=True,
        rules=(Rule(area=CellRange(2, 1, 2, 1), operator="greaterThan", operand=1.0, style=style),),
        right_to_left=True,
        footer="Steps & more",
    )
    XlsxWorkbook(path).write(Patch(tabs=(drawn,)))
    sheet: Any = openpyxl.load_workbook(path)["Steps"]
    cell, other = sheet["A2"], sheet["B2"]
    assert (cell.font.color.rgb, cell.fill.fgColor.rgb) == ("FFA61B1B", "FFFDE3E1")
    assert (cell.font.b, cell.number_format) == (True, "0%")
    assert (other.data_type, other.quotePrefix, other.border.left.style) == ("s", True, "medium")
    assert sheet.column_dimensions["B"].width == 30
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:B2")
    assert sheet.sheet_view.rightToLeft
    assert not sheet.sheet_view.showGridLines
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.left.text == "Steps && more"
    assert [str(block.sqref) for block in sheet.conditional_formatting] == ["A2"]


def test_the_teams_format_is_kept(tmp_path: Path) -> None:
    """A formatted cell keeps its look and its own date format; a rule is not added twice."""
    import openpyxl
    from openpyxl.styles import PatternFill

    path = tmp_path / "plan.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = "Plan"
    sheet["A1"].fill = PatternFill("solid", fgColor="FFFFEE00")
    sheet["B1"].number_format = "dd/mm/yyyy"
    book.save(path)
    style = Style(fill="F7F9FB", number_format="[$-409]ddd d mmm")
    area = CellRange(1, 1, 9, 1)
    rule = Rule(area=area, operator="equal", operand="Red", style=Style(fill="FDE3E1"))
    look = ColumnLook(sheet="Plan", column=1, width=20.0, rules=(rule,))
    day = date(2026, 12, 4)
    for before, after in ((None, day), (day, date(2026, 12, 5))):
        edits = tuple(edit(1, column, before, after, style) for column in (1, 2, 3))
        XlsxWorkbook(path).write(Patch(edits=edits, looks=(look,)))
    sheet = openpyxl.load_workbook(path)["Plan"]
    assert sheet["A1"].fill.fgColor.rgb == "FFFFEE00"
    assert sheet["A1"].number_format == "[$-409]ddd d mmm"
    assert sheet["B1"].number_format == "dd/mm/yyyy"
    assert sheet["C1"].fill.fgColor.rgb == "FFF7F9FB"
    assert sum(len(block.rules) for block in sheet.conditional_formatting) == 1


def test_macros_stay(tmp_path: Path, project: Path) -> None:
    """A workbook with macros still has them after writing."""
    import zipfile

    corpus = project.parent / "shared" / "data" / "xlsx" / "corpus"
    files = sorted(corpus.rglob("*.xlsm"), key=lambda path: (path.stat().st_size, path.name))
    found = [path for path in files if _has_macros(path)]
    if not found:
        pytest.skip("the collection of real workbooks is not beside the checkout")
    path = tmp_path / "macros.xlsm"
    shutil.copy(found[0], path)
    XlsxWorkbook(path).write(Patch(tabs=(tab((("ID",),)),)))
    with zipfile.ZipFile(path) as archive:
        assert "xl/vbaProject.bin" in archive.namelist()


def _has_macros(path: Path) -> bool:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return "xl/vbaProject.bin" in archive.namelist()


def test_hostile_files_are_refused(project: Path) -> None:
    """Broken, encrypted and malicious files are refused with a reason, and quickly."""
    hostile = project.parent / "shared" / "data" / "xlsx" / "hostile"
    files = sorted(path for path in hostile.rglob("*") if path.is_file())
    if not files:
        pytest.skip("the collection of hostile workbooks is not beside the checkout")
    for path in files:
        with pytest.raises(UserError) as caught:
            XlsxWorkbook(path).read()
        assert caught.value.code in {"file_unreadable", "file_encrypted", "file_not_xlsx"}, path

"""The Excel file as a workbook: what only a file can do."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from raw_workbooks import MAIN, OTHER, packed, plain
from saving import save
from sheetflow.cells import (
    CellEdit,
    CellFault,
    CellRange,
    CellRef,
    ColumnLook,
    ComputedTab,
    Patch,
    Rule,
    Style,
    Table,
    Value,
)
from sheetflow.errors import UserError
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.port import Workbook
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import snapshot

PLAN = """
    | Publication | Type      | Delivery date | Count |
    | Autumn tips | Blog post | 2026-12-04    | 3     |
    | Sale        | Reel      | 2026-12-11    | 0.5   |
"""


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


@pytest.mark.parametrize("blank", ["<v></v>", "<v/>"])
def test_a_formula_saved_with_a_blank_text_has_been_computed(tmp_path: Path, blank: str) -> None:
    """A blank text is a value that counts as a blank cell; a formula saved with none is told to have none."""
    cells = (
        f'<c r="A2" t="str"><f>IF(1,"","x")</f>{blank}</c><c r="B2" t="str"><f>"x"</f></c>'
        f'<c r="C2"><f>1+1</f>{blank}</c><c r="D2" t="str">{blank}</c>'
        '<c r="E2" t="str"><f>"y"</f><v>y</v></c>'
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2">{cells}</row></sheetData></worksheet>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(packed(plain() | {OTHER: sheet}))
    table = held(XlsxWorkbook(path), "Notes")
    assert table.rows[1] == ("", None, None, None, "y")
    assert set(table.formulas) == {(2, 1), (2, 2), (2, 3), (2, 5)}


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
        filtered=CellRange(1, 1, 2, 2),
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
    assert sheet.oddFooter.right.text.strip() == "Steps && more"
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


def _with_totals(path: Path) -> None:
    """Two publications in an Excel table, its totals below them, and a note beside the totals."""
    import openpyxl
    from openpyxl.worksheet.table import Table as ExcelTable
    from openpyxl.worksheet.table import TableColumn

    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = "Plan"
    day = date(2026, 12, 4)
    for row in (
        ("Publication", "Type", "Delivery date"),
        ("Autumn tips", "Blog post", day),
        ("Sale", "Reel", day),
        ("2 publications", "=SUBTOTAL(103,B2:B3)", day, None, "ask Sari"),
        ("In spring", None, None),
    ):
        sheet.append(row)
    table = ExcelTable(displayName="Plan", ref="A1:C4", totalsRowCount=1)
    names = ("Publication", "Type", "Delivery date")
    table.tableColumns = [TableColumn(id=n, name=name) for n, name in enumerate(names, start=1)]
    sheet.add_table(table)
    book.save(path)


def test_totals_of_a_table_are_no_rows_of_the_team(tmp_path: Path) -> None:
    """A row of totals reads as blank, formulas too; what stands beside it or below it is read as anywhere."""
    _with_totals(tmp_path / "plan.xlsx")
    table = held(XlsxWorkbook(tmp_path / "plan.xlsx"))
    assert table.rows[3] == (None, None, None, None, "ask Sari")
    assert table.rows[4] == ("In spring",)
    assert table.formulas == {}


def test_totals_of_a_table_are_not_planned(tmp_path: Path) -> None:
    """With values under every header of a publication, they still get no ID, no flag and no steps."""
    import openpyxl

    path = tmp_path / "plan.xlsx"
    _with_totals(path)
    outcome = recalculate(XlsxWorkbook(path), date(2026, 11, 23))
    titles = [planned.title for planned in outcome.plan.publications]
    assert titles == ["Autumn tips", "Sale", "In spring"]
    sheet: Any = openpyxl.load_workbook(path)["Plan"]
    assert [cell.value for cell in sheet[4]][:5] == [
        *("2 publications", "=SUBTOTAL(103,B2:B3)", datetime(2026, 12, 4)),  # noqa: DTZ001 - cells know no zone
        *(None, "ask Sari"),
    ]
    assert not any(cell.value for cell in sheet[4][5:])
    assert sheet.tables["Plan"].totalsRowCount == 1

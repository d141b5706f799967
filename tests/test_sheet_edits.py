"""What a worksheet's XML says after cells were written, case by case: values, places, looks, widths and rules."""

from __future__ import annotations

from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest

from generated_sheets import sheet, written
from raw_workbooks import MAIN
from sheetflow.cells import CellFault, CellRange, Value
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.sheets.cell_xml import serial_number
from sheetflow.workbooks.xlsx.sheets.splice import CellWrite, present_styles
from sheetflow.workbooks.xlsx.sheets.worksheet import Worksheet


def put(xml: bytes, row: int, column: int, value: Value, style: int | None = None) -> str:
    """What stands between the tags of the sheet's rows after one write."""
    new = written(xml, [CellWrite(row=row, column=column, value=value, style=style)]).decode()
    return new.partition("<sheetData>")[2].partition("</sheetData>")[0]


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (None, '<c r="A1"/>'),
        ("", '<c r="A1"/>'),
        (7, '<c r="A1"><v>7</v></c>'),
        (-0.1, '<c r="A1"><v>-0.1</v></c>'),
        (True, '<c r="A1" t="b"><v>1</v></c>'),
        (date(2026, 12, 4), '<c r="A1"><v>46360</v></c>'),
        (datetime(2026, 12, 4, 6), '<c r="A1"><v>46360.25</v></c>'),  # noqa: DTZ001  a sheet knows no zones
        ("=1+1", '<c r="A1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'),
        (
            "a<b>&\n",
            '<c r="A1" t="inlineStr"><is><t xml:space="preserve">a&lt;b&gt;&amp;\n</t></is></c>',
        ),
        (
            "\r_x0041_\x01",
            '<c r="A1" t="inlineStr"><is><t xml:space="preserve">_x000D__x005F_x0041__x0001_</t></is></c>',
        ),
        (
            CellFault("#REF!"),
            '<c r="A1" t="inlineStr"><is><t xml:space="preserve">#REF!</t></is></c>',
        ),
        (float("nan"), '<c r="A1" t="inlineStr"><is><t xml:space="preserve">nan</t></is></c>'),
    ],
)
def test_how_values_are_stored(value: Value, content: str) -> None:
    """Each value has its own form: texts are texts, and what no cell can hold as a number is a text too."""
    assert (
        put(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), 1, 1, value)
        == f'<row r="1">{content}</row>'
    )


@pytest.mark.parametrize(
    ("day", "epoch", "number"),
    [
        (date(1900, 3, 1), date(1899, 12, 30), 61),
        (date(1900, 2, 28), date(1899, 12, 30), None),
        (date(1904, 1, 1), date(1904, 1, 1), 0),
        (date(1903, 12, 31), date(1904, 1, 1), None),
        (date(2026, 12, 4), date(1904, 1, 1), 44898),
    ],
)
def test_days_in_both_calendars(day: date, epoch: date, number: int | None) -> None:
    """Days count from 1900 or from 1904; before its first certain day a workbook holds none."""
    assert serial_number(day, epoch) == number


def test_a_text_is_cut_to_what_a_cell_holds() -> None:
    """A cell holds 32,767 units of UTF-16, and no half of a character."""
    xml = written(sheet(""), [CellWrite(row=1, column=1, value="🎉" * 20_000)])
    assert xml.decode().count("🎉") == 16_383


def test_what_a_cell_keeps_and_what_goes() -> None:
    """A cell keeps its address, its look and what is not known; what told of its old value goes."""
    rows = '<row r="3"><c r="B3" s="7" t="s" cm="1" vm="2" ph="1" x:y="z"><v>1</v></c></row>'
    assert put(sheet(rows), 3, 2, 5) == '<row r="3"><c r="B3" s="7" x:y="z"><v>5</v></c></row>'
    assert put(sheet(rows), 3, 2, 5, 4) == '<row r="3"><c r="B3" s="4" x:y="z"><v>5</v></c></row>'


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (
            1,
            1,
            '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="C2"/><c r="E2"/></row><row r="5" ht="9"/>',
        ),
        (2, 1, '<row r="2"><c r="A2"><v>5</v></c><c r="C2"/><c r="E2"/></row><row r="5" ht="9"/>'),
        (2, 4, '<row r="2"><c r="C2"/><c r="D2"><v>5</v></c><c r="E2"/></row><row r="5" ht="9"/>'),
        (2, 6, '<row r="2"><c r="C2"/><c r="E2"/><c r="F2"><v>5</v></c></row><row r="5" ht="9"/>'),
        (
            4,
            2,
            '<row r="2"><c r="C2"/><c r="E2"/></row><row r="4"><c r="B4"><v>5</v></c></row><row r="5" ht="9"/>',
        ),
        (
            5,
            2,
            '<row r="2"><c r="C2"/><c r="E2"/></row><row r="5" ht="9"><c r="B5"><v>5</v></c></row>',
        ),
        (
            6,
            2,
            '<row r="2"><c r="C2"/><c r="E2"/></row><row r="5" ht="9"/><row r="6"><c r="B6"><v>5</v></c></row>',
        ),
    ],
)
def test_new_cells_stand_in_order(row: int, column: int, expected: str) -> None:
    """A new cell, or the first of a new row, stands where its address belongs."""
    rows = '<row r="2"><c r="C2"/><c r="E2"/></row><row r="5" ht="9"/>'
    assert put(sheet(rows), row, column, 5) == expected


def test_nothing_is_written_where_nothing_stands() -> None:
    """A blank in a cell that is not there leaves the sheet as it is: the very same bytes."""
    xml = sheet('<row r="1"><c r="A1"/></row>')
    assert written(xml, [CellWrite(row=9, column=9, value=None)]) is xml


def test_rows_out_of_order_are_found() -> None:
    """Rows and cells that stand out of order are written where they stand."""
    rows = '<row r="5"><c r="C5"/><c r="A5"/></row><row r="2"><c r="A2"/></row>'
    assert put(sheet(rows), 5, 1, 1) == rows.replace('<c r="A5"/>', '<c r="A5"><v>1</v></c>')
    assert put(sheet(rows), 2, 1, 1) == rows.replace('<c r="A2"/>', '<c r="A2"><v>1</v></c>')


def test_present_styles() -> None:
    """A cell has its own look; where there is none, that of its row if it is in force, else of its column."""
    rows = '<row r="1" s="3" customFormat="1"><c r="A1" s="5"/><c r="B1"/></row><row r="2" s="3"/>'
    xml = sheet(rows, before='<cols><col min="2" max="4" style="8" width="9"/></cols>')
    places = [(1, 1), (1, 2), (1, 3), (2, 3), (9, 4), (9, 5)]
    looks = present_styles(Worksheet(sheet="Plan", xml=xml, places=places))
    assert [looks[place] for place in places] == [5, 0, 3, 8, 8, 0]
    assert '<c r="C9" s="8"><v>1</v></c>' in put(xml, 9, 3, 1)
    assert '<c r="C1" s="3"><v>1</v></c>' in put(xml, 1, 3, 1)


def rule(color: str, priority: int = 1, area: str = "F2:F1048576") -> tuple[CellRange, bytes]:
    """A conditional format as it is given to the sheet."""
    xml = (
        f'<conditionalFormatting sqref="{area}"><cfRule type="cellIs" dxfId="4" priority="{priority}" operator="equal">'
        f'<formula>"{color}"</formula></cfRule></conditionalFormatting>'
    )
    return CellRange(2, 6, 1_048_576, 6), xml.encode()


CELL = CellWrite(row=1, column=1, value=1)


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("{here}", "{here}"),
        (
            '<autoFilter ref="A1:B2"/>{here}<pageMargins/>',
            '<autoFilter ref="A1:B2"/>{new}<pageMargins/>',
        ),
        ("<mergeCells/>{here}<dataValidations/>", "<mergeCells/>{new}<dataValidations/>"),
        (
            "{here}<extLst><ext><y:cfRule priority='6'/></ext></extLst>",
            "{new}<extLst><ext><y:cfRule priority='6'/></ext></extLst>",
        ),
    ],
)
def test_where_conditional_formats_stand(around: str, expected: str) -> None:
    """A new rule stands where the format wants it, and is weaker than all others."""
    after = around.replace("{here}", "")
    xml = written(sheet("", after=after), [CELL], rules=[rule("Red")])
    priority = 7 if "cfRule" in after else 1
    new = rule("Red", priority)[1].decode()
    tail = xml.decode().partition("</sheetData>")[2].removesuffix("</worksheet>")
    assert tail == expected.replace("{here}", new).replace("{new}", new)


def test_conditional_formats_are_not_added_twice() -> None:
    """A rule that covers the sheet's rows stays the only one, even where its ends have moved; another one is added."""
    once = written(sheet('<row r="40"/>'), [CELL], rules=[rule("Red"), rule("Amber")])
    assert written(once, [CELL], rules=[rule("Red"), rule("Amber")]) == once
    moved = once.replace(b"F2:F1048576", b"H9 F1:F1048570")
    assert written(moved, [CELL], rules=[rule("Red")]) == moved
    short = once.replace(b"F2:F1048576", b"F2:F9")
    assert written(short, [CELL], rules=[rule("Red")]).count(b"<cfRule") == 3
    assert written(once, [CELL], rules=[rule("Green")]).count(b"<cfRule") == 3


def test_conditional_formats_take_the_prefix() -> None:
    """Where the sheet's elements have a prefix, those of a new rule have it too."""
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>'.encode()
    new = ET.fromstring(written(xml, [CELL], rules=[rule("Red")]))  # noqa: S314 - made here
    assert new.findtext(f".//{{{MAIN}}}cfRule/{{{MAIN}}}formula") == '"Red"'


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "",
            '<cols><col min="3" max="3" width="20" customWidth="1"/><col min="9" max="9" width="7.5" customWidth="1"/></cols>',
        ),
        (
            '<cols><col min="3" max="3" width="5" customWidth="1"/><col min="8" max="9" hidden="1"/></cols>',
            None,
        ),
        (
            '<cols><col min="2" max="2" width="4"/><col min="10" max="12" width="4"/></cols>',
            (
                '<cols><col min="2" max="2" width="4"/><col min="3" max="3" width="20" customWidth="1"/>'
                '<col min="9" max="9" width="7.5" customWidth="1"/><col min="10" max="12" width="4"/></cols>'
            ),
        ),
        (
            '<cols><col max="9" min="1" style="5" width="8.4"/></cols>',
            (
                '<cols><col max="2" min="1" style="5" width="8.4"/><col customWidth="1" max="3" min="3" style="5" width="20"/>'
                '<col max="8" min="4" style="5" width="8.4"/><col customWidth="1" max="9" min="9" style="5" width="7.5"/></cols>'
            ),
        ),
    ],
)
def test_widths(before: str, expected: str | None) -> None:
    """Columns get their widths where nobody has chosen one, and keep their looks."""
    widths = {3: 20.0, 9: 7.5}
    once = written(sheet("", before=before), [CELL], widths=widths)
    assert once.decode().partition(f'"{MAIN}">')[2].partition("<sheetData>")[0] == (
        before if expected is None else expected
    )
    assert written(once, [CELL], widths=widths) == once


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (sheet("").decode().encode("utf-16"), "sheet_encoding"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?>" + sheet(""), "sheet_encoding"),
        (f'<worksheet xmlns="{MAIN}"/>'.encode(), "sheet_damaged"),
        (sheet('<row r="1"><c r="A1"></row>'), "sheet_damaged"),
        (sheet(f'<x:row r="1" xmlns:x="{MAIN}"/>'), "sheet_damaged"),
        (sheet(f'<row r="1"><x:c r="A1" xmlns:x="{MAIN}"/></row>'), "sheet_damaged"),
        (sheet('<row r="1"/><row r="1"/>'), "sheet_disordered"),
        (sheet('<row r="1"><c r="A1"/><c r="A1"/></row>'), "sheet_disordered"),
        (sheet('<row r="1"><c r="A2"/></row>'), "sheet_disordered"),
        (sheet('<row r="1"><c r="a1"/></row>'), "sheet_disordered"),
    ],
)
def test_sheets_that_cannot_be_edited(xml: bytes, code: str) -> None:
    """A sheet in which a cell cannot be told for certain is refused, with its name."""
    with pytest.raises(UserError) as caught:
        written(xml, [CELL])
    assert (caught.value.code, caught.value.facts["sheet"]) == (code, "Plan")

"""Patches in a workbook's file: what they must change changes, and nothing else in the package."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest

from packages import HEADED, changed, edit, opened, parts, strict, written
from raw_workbooks import (
    BOOK,
    BOOK_LINKS,
    CHAIN,
    KIND,
    LINKS,
    OTHER,
    SHEET,
    STYLES,
    TYPES,
    packed,
    plain,
    replaced,
)
from sheetflow.cells import CellRange, ColumnLook, Patch, Rule, Style
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.patching import patched
from sheetflow.workbooks.xlsx.reading.package import package_of
from sheetflow.workbooks.xlsx.reading.reader import read_snapshot
from sheetflow.workbooks.xlsx.zipped.archive import Archive


def test_edits_touch_their_sheet_and_no_other_part() -> None:
    """A value changes its sheet and the word on calculation, a new look the style sheet, and nothing else."""
    members = plain()
    assert changed(members, written(members, Patch(edits=(edit(2, 7, "new"),)))) == {BOOK, SHEET}
    styled = written(members, Patch(edits=(edit(2, 7, "new", Style(fill="FDE3E1")),)))
    assert changed(members, styled) == {BOOK, SHEET, STYLES}
    assert 'fullCalcOnLoad="1"' in parts(styled)[BOOK]


def test_the_same_patch_gives_the_same_bytes() -> None:
    """No clock and no chance reach the file; done twice, nothing is appended again."""
    rule = Rule(area=CellRange(2, 7, 9, 7), operator="equal", operand="Red", style=Style(bold=True))
    patch = Patch(
        edits=(edit(2, 7, "=1+1", Style(fill="FDE3E1")), edit(2, 8, date(2026, 12, 4))),
        looks=(ColumnLook(sheet="Publications", column=7, width=12.0, rules=(rule,)),),
        tabs=(HEADED,),
    )
    content = written(plain(), patch)
    assert content == written(plain(), patch)
    assert patched(package_of(content, "plan.xlsx"), patch, patch.edits) == content


def test_the_strict_form() -> None:
    """A strict workbook gets parts, relations and styles in its own words, and not one of the usual form."""
    members = strict(plain())
    content = written(members, Patch(edits=(edit(2, 7, "new", Style(bold=True)),), tabs=(HEADED,)))
    made = parts(content)
    new = made["xl/worksheets/sheet3.xml"] + made[BOOK] + made[BOOK_LINKS] + made[STYLES]
    assert "schemas.openxmlformats.org/spreadsheetml" not in new
    assert LINKS not in new
    tables = {
        table.sheet: table for table in read_snapshot(package_of(content, "plan.xlsx")).tables
    }
    assert tables["Publications"].at(2, 7) == "new"
    assert tables["Steps"].at(2, 1) == "P-001"


def test_prefixes_are_followed() -> None:
    """Where a workbook writes its elements with a prefix, so do the elements put into it."""
    book = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", plain()[BOOK]).replace("xmlns=", "xmlns:x=")
    links = re.sub(r"<(/?)(?=Rel)", r"<\1p:", plain()[BOOK_LINKS]).replace("xmlns=", "xmlns:p=")
    content = written(plain() | {BOOK: book, BOOK_LINKS: links}, Patch(tabs=(HEADED,)))
    assert "<x:sheet name=" in parts(content)[BOOK]
    assert "<x:definedName name=" in parts(content)[BOOK]
    assert "<p:Relationship Id=" in parts(content)[BOOK_LINKS]
    assert opened(content).sheetnames[-1] == "Steps"


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        (r"<definedNames>.*</definedNames>", "</sheets><definedNames>"),
        (r"<calcPr [^>]*>", '</definedNames><calcPr fullCalcOnLoad="1"/></workbook>'),
    ],
)
def test_elements_that_are_missing_come_in_their_order(gone: str, expected: str) -> None:
    """Names and the word on calculation are put where the format wants them."""
    members = plain()
    members[BOOK] = re.sub(gone, "", members[BOOK])
    assert expected in parts(written(members, Patch(tabs=(HEADED,))))[BOOK]


def test_a_workbook_without_styles_gets_them() -> None:
    """The part, its relation and its type are made when the first look is needed."""
    members = replaced(
        plain(),
        BOOK_LINKS,
        (f'<Relationship Id="rId3" Type="{LINKS}/styles" Target="styles.xml"/>', ""),
    )
    members = replaced(
        members, TYPES, (f'<Override PartName="/{STYLES}" ContentType="{KIND}.styles+xml"/>', "")
    )
    members[SHEET] = re.sub(r' s="\d"|<conditionalF.*</conditionalFormatting>', "", members[SHEET])
    del members[STYLES]
    content = written(members, Patch(edits=(edit(2, 7, date(2026, 12, 4)),)))
    assert opened(content)["Publications"]["G2"].number_format == "yyyy-mm-dd"


def test_names_in_any_case_and_with_any_slash() -> None:
    """Parts are found however the archive spells their names, and keep that spelling."""
    odd = {
        name.replace("xl/worksheets/sheet1", "XL\\Worksheets\\Sheet1"): text
        for name, text in plain().items()
    }
    content = written(odd, Patch(edits=(edit(2, 7, "new"),)))
    assert changed(odd, content) == {BOOK, "XL\\Worksheets\\Sheet1.xml"}


def test_an_edit_where_a_formula_stands_refuses_the_file() -> None:
    """What is made by something else is never written over: the reason and the cell are told."""
    members = replaced(plain(), SHEET, ('<c r="D2" s="1"><v>', '<c r="D2" s="1"><f>1+1</f><v>'))
    with pytest.raises(UserError) as caught:
        written(members, Patch(edits=(edit(2, 4, "new"),)))
    assert caught.value.code == "cell_holds_formula"


@pytest.mark.parametrize(("name", "encoding"), [("UTF-16", "utf-16"), ("windows-1252", "cp1252")])
def test_parts_in_another_encoding_refuse_the_file(name: str, encoding: str) -> None:
    """A part that cannot be spliced is refused in one sentence, not half written."""
    members: dict[str, str | bytes] = dict(plain())
    members[STYLES] = plain()[STYLES].replace("UTF-8", name).encode(encoding)
    package = package_of(packed(members), "plan.xlsx")
    with pytest.raises(UserError) as caught:
        patched(package, Patch(tabs=(HEADED,)), ())
    assert caught.value.code == "file_unsafe"


def test_macros_and_all_else_in_a_package_stay() -> None:
    """Parts that nothing here knows keep their packed bytes, their order and their entries."""
    members = plain() | {"xl/vbaProject.bin": "macros", "customXml/item1.xml": "<x/>"}
    content = written(members, Patch(edits=(edit(2, 7, "new"),), tabs=(HEADED,)))
    before, after = Archive(packed(members)), Archive(content)
    for name in ("xl/vbaProject.bin", "customXml/item1.xml", OTHER, CHAIN):
        assert before.record(name) == after.record(name)
    assert after.names[: len(before.names)] == before.names
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.infolist()[0].date_time == (2024, 2, 29, 12, 30, 2)

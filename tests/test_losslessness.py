"""The judge of loss-free writing sees every kind of damage, and none where there is none."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from losslessness import Owned, losses
from raw_workbooks import (
    BOOK,
    BOOK_LINKS,
    CELL,
    CHAIN,
    FLAG,
    LINKS,
    OTHER,
    RULE,
    SHEET,
    STEPS,
    STRINGS,
    STYLES,
    TYPES,
    XF,
    Members,
    packed,
    plain,
    replaced,
    written,
)

OWNED = Owned(cells={"Publications": {(row, 7) for row in range(1, 6)}}, tabs={"Steps"})


def change(part: str, old: str, new: str) -> Callable[[Members], Members]:
    """A damage that replaces a piece of one part."""
    return lambda members: replaced(members, part, (old, new))


def renamed(members: Members, old: str, new: str) -> Members:
    """The members, one of them spelt otherwise."""
    return {new if name == old else name: data for name, data in members.items()}


def without(members: Members, part: str) -> Members:
    """The members without one."""
    return {name: data for name, data in members.items() if name != part}


DAMAGES: dict[str, Callable[[Members], Members]] = {
    "a value of the team": change(SHEET, "<v>46370</v>", "<v>46371</v>"),
    "a style of the team": change(SHEET, '<c r="D2" s="1">', '<c r="D2">'),
    "a blank of the team filled": change(SHEET, FLAG, f'<c r="F2"><v>1</v></c>{FLAG}'),
    "a cell lost": change(SHEET, '<c r="D2" s="1"><v>46370</v></c>', ""),
    "a row's height": change(SHEET, 'ht="20" ', ""),
    "a row lost": change(SHEET, '<row r="4"', '<row r="9"'),
    "a cell twice": change(SHEET, FLAG, FLAG + FLAG),
    "cells out of order": change(SHEET, '<c r="A3"', '<c r="H3"'),
    "rows out of order": change(
        SHEET, '<row r="3" spans="1:6">', '<row r="5"/><row r="3" spans="1:6">'
    ),
    "a cell outside its row's spans": change(SHEET, 'spans="1:7" ht', 'spans="1:6" ht'),
    "a cell outside the dimension": change(SHEET, 'ref="A1:G4"', 'ref="A1:F4"'),
    "a cell of another row": change(SHEET, 'r="G2"', 'r="G3"'),
    "a cell beyond the last column": change(SHEET, FLAG, f'{FLAG}<c r="XFE2"><v>1</v></c>'),
    "a formula": change(SHEET, FLAG, '<c r="G2"><f>1+1</f><v>2</v></c>'),
    "the width of a column": change(SHEET, 'width="30"', 'width="31"'),
    "columns that overlap": change(SHEET, '<col min="7"', '<col min="2"'),
    "a rule of the team": change(SHEET, '"High"</formula>', '"Low"</formula>'),
    "a rule twice": change(SHEET, RULE, RULE + RULE.replace('priority="2"', 'priority="3"')),
    "a rule before the team's": change(SHEET, 'priority="2"', 'priority="1"'),
    "a rule on the team's cells": change(SHEET, 'sqref="G2:G1048576"', 'sqref="F2:G1048576"'),
    "a drop-down": change(SHEET, '"Low,High"', '"Low"'),
    "a margin": change(SHEET, 'left="0.7"', 'left="0.8"'),
    "an element in the wrong place": change(SHEET, "</sheetData>", "</sheetData><sheetPr/>"),
    "a namespace": change(SHEET, f' xmlns:r="{LINKS}"', ""),
    "another namespace": change(SHEET, FLAG, FLAG.replace("<c ", '<c xmlns="urn:x" ')),
    "XML that is none": change(SHEET, "</worksheet>", ""),
    "a prefix that nobody declared": change(SHEET, FLAG, FLAG.replace("<c ", '<c q:x="1" ')),
    "a look moved": change(STYLES, '<cellXfs count="4">', f'<cellXfs count="5">{XF}'),
    "a look changed": change(STYLES, 'numFmtId="164" fontId="0"', 'numFmtId="14" fontId="0"'),
    "looks miscounted": change(STYLES, 'cellXfs count="4"', 'cellXfs count="3"'),
    "a look without its font": change(STYLES, XF, XF.replace('fontId="1"', 'fontId="9"')),
    "a number format": change(STYLES, "dd/mm/yyyy", "mm/dd/yyyy"),
    "a format of rules": change(STYLES, "<dxf><font><b/>", "<dxf><font><u/>"),
    "a style's name": change(STYLES, 'name="Normal"', 'name="Standard"'),
    "the style of tables": change(STYLES, "TableStyleMedium9", "TableStyleLight1"),
    "a sheet renamed": change(BOOK, 'name="Notes"', 'name="Note"'),
    "a sheet hidden": change(BOOK, 'name="Notes"', 'name="Notes" state="hidden"'),
    "a sheet of nobody": change(BOOK, 'name="Steps"', 'name="Stairs"'),
    "a sheet twice": change(BOOK, 'name="Steps" sheetId="4"', 'name="Steps" sheetId="3"'),
    "a sheet moved": change(
        BOOK, "<sheets>", '<sheets><sheet name="Steps" sheetId="9" r:id="rId6"/>'
    ),
    "a name": change(BOOK, "Notes!$A$1<", "Notes!$A$2<"),
    "a name lost": change(BOOK, '<definedName name="Rate">Notes!$A$1</definedName>', ""),
    "a name twice": change(BOOK, 'name="_xlnm.Print_Titles" localSheetId="2"', 'name="rate"'),
    "a name for the team's tab": change(BOOK, 'localSheetId="2"', 'localSheetId="0"'),
    "the calculation": change(BOOK, 'calcId="191029"', 'calcId="1"'),
    "no calculation": change(BOOK, ' fullCalcOnLoad="1"', ""),
    "a view of the workbook": change(BOOK, 'xWindow="0"', 'xWindow="9"'),
    "a relation": change(BOOK_LINKS, 'Id="rId5"', 'Id="rId7"'),
    "a relation twice": change(BOOK_LINKS, 'Id="rId6"', 'Id="rId5"'),
    "a relation that dangles": change(BOOK_LINKS, "worksheets/sheet3.xml", "worksheets/sheet9.xml"),
    "a content type": change(TYPES, "calcChain+xml", "calcchain+xml"),
    "a content type that dangles": change(TYPES, f"/{STEPS}", "/xl/worksheets/sheet9.xml"),
    "a content type twice": change(TYPES, f"/{STEPS}", f"/{SHEET}"),
    "an entry of calcChain": change(CHAIN, '<c r="B1" i="1"/>', ""),
    "calcChain names a value": change(CHAIN, "</calcChain>", '<c r="G2" i="3"/></calcChain>'),
    "a shared string": change(STRINGS, "<t>Sale</t>", "<t>Sales</t>"),
    "a shared string moved": change(STRINGS, "<si>", "<si><t>new</t></si><si>"),
    "another sheet": change(OTHER, "<v>4</v>", "<v>5</v>"),
    "another sheet's spelling": change(OTHER, "<v>4</v>", "<v >4</v>"),
    "a formula in a computed tab": change(STEPS, CELL, '<c r="A1"><f>1</f></c>'),
    "a look that is not there": change(STEPS, 's="3"', 's="4"'),
    "a tab selected beside another": change(
        STEPS,
        "<sheetData>",
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData>',
    ),
    "a relation that no list names": change(
        STEPS, "</sheetData>", f'</sheetData><drawing xmlns:r="{LINKS}" r:id="rId1"/>'
    ),
    "a member lost": lambda members: without(members, CHAIN),
    "a member spelt otherwise": lambda members: renamed(members, STRINGS, "xl/SharedStrings.xml"),
    "a member of nobody": lambda members: {**members, "xl/more.xml": "<a/>"},
    "members in another order": lambda members: {CHAIN: members[CHAIN], **members},
}


def test_a_right_result_has_no_losses() -> None:
    """Owned cells, owned tabs and what they need may change."""
    assert losses(packed(plain()), packed(written()), OWNED) == []
    assert losses(packed(plain()), packed(plain()), OWNED) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_seen(name: str) -> None:
    """Each kind of damage to a right result is found."""
    damaged = DAMAGES[name](written())
    assert losses(packed(plain()), packed(damaged), OWNED)


def test_a_library_that_writes_everything_anew_is_seen() -> None:
    """Loaded and saved by openpyxl, even without an edit, hardly a member is what it was."""
    goal = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(packed(plain()))).save(goal)
    assert len(losses(packed(plain()), goal.getvalue(), OWNED)) > 9


def test_nothing_is_owned_unless_it_is_named() -> None:
    """The same result is a loss where the column, or the tab, is not ours."""
    before, after = packed(plain()), packed(written())
    assert losses(before, after, Owned(tabs=OWNED.tabs))
    assert losses(before, after, Owned(cells=OWNED.cells))


def test_members_are_compared_as_they_lie_there() -> None:
    """Deflating everything anew, storing it, or another comment is a difference, whatever it holds."""
    before, after = packed(plain()), packed(written(), method=zipfile.ZIP_STORED)
    assert losses(before, after, OWNED)
    assert losses(before, packed(written(), comment=b"hello"), OWNED)


def lying(content: bytes) -> bytes:
    """The first entry of the directory says one byte more than there is."""
    at = content.index(b"PK\x01\x02") + 24
    size = struct.unpack("<L", content[at : at + 4])[0]
    return content[:at] + struct.pack("<L", size + 1) + content[at + 4 :]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-9],
        lambda content: content.replace(b"xl/styles.xml", b"xl/Styles.xml", 1),
        lambda content: content[:200] + b"\0" + content[201:],
        lying,
    ],
    ids=["cut off", "header and directory differ", "a bit of data", "a lying size"],
)
def test_broken_archives_are_seen(spoil: Callable[[bytes], bytes]) -> None:
    """An archive that a lenient reader would still open is told."""
    assert losses(packed(plain()), spoil(packed(written())), OWNED)


def test_two_members_of_one_name_are_seen() -> None:
    """A second member of the same name would hide the first."""
    twice = {**written(), "xl/STYLES.xml": written()[STYLES]}
    assert losses(packed(plain()), packed(twice), OWNED)


def test_the_teams_look_stays_on_a_cell_that_was_there() -> None:
    """An owned cell keeps font, fill and its own date format; a format may be added where it had none."""
    dated = replaced(plain(), SHEET, ('<c r="D2" s="1">', '<c r="D2" s="2">'))
    owned = Owned(cells={"Publications": {(2, 4), (3, 4)}})
    grown = replaced(
        replaced(dated, BOOK, ('calcId="191029"', 'calcId="191029" fullCalcOnLoad="1"')),
        STYLES,
        ('<cellXfs count="3">', '<cellXfs count="5">'),
        ("</cellXfs>", f"{_day('1', 'Font')}{_day('0', 'NumberFormat')}</cellXfs>"),
    )
    kept = replaced(grown, SHEET, ('<c r="D2" s="2">', '<c r="D2" s="3">'))
    bare = replaced(grown, SHEET, ('<c r="D2" s="2">', '<c r="D2" s="0">'))
    other = replaced(grown, SHEET, ('<c r="D3" s="1">', '<c r="D3" s="4">'))
    assert losses(packed(dated), packed(kept), owned) == []
    assert losses(packed(dated), packed(bare), owned)
    assert losses(packed(dated), packed(other), owned)


def _day(font: str, applied: str) -> str:
    """A look that shows a day in the usual format."""
    return (
        f'<xf numFmtId="14" fontId="{font}" fillId="0" borderId="0" xfId="0" apply{applied}="1"/>'
    )

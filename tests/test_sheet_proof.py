"""Comparing two states of a sheet: nothing may be different but the cells that were written."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from sheetflow.workbooks.xlsx.proof.sheet_pairs import frames_of_same_rows
from sheetflow.workbooks.xlsx.proof.sheet_print import SheetPrint, is_same_text

ROWS = '<row r="1" spans="1:2"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'


def is_same_print(old: list[bytes], new: list[bytes], cells: Collection[tuple[int, int]]) -> bool:
    """Whether two states say the same, as a parser hears them."""
    one, other = SheetPrint(cells), SheetPrint(cells)
    return is_same_text(one.of(old), other.of(new)) and (one.columns, one.formats) == (
        other.columns,
        other.formats,
    )


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        pytest.param(ROWS, True, id="nothing"),
        pytest.param(
            ROWS.replace("1:2", "1:3").replace("</row>", '<c r="C1"><v>2</v></c></row>'),
            True,
            id="a cell more",
        ),
        pytest.param(ROWS.replace('<c r="A1"><v>1</v></c>', ""), False, id="a cell less"),
        pytest.param(
            ROWS.replace("</row>", '<c r="C1"><v>2</v></c><x/></row>'),
            False,
            id="an element behind it",
        ),
        pytest.param(
            ROWS.replace("</row>", '<c r="D1"><v>2</v></c></row>'), False, id="a cell elsewhere"
        ),
        pytest.param(ROWS.replace('<row r="1"', '<row r="1" ht="30"'), False, id="a higher row"),
        pytest.param(
            ROWS.replace("<v>1</v>", "<v>1.0</v>"), False, id="a number written otherwise"
        ),
        pytest.param(
            ROWS.replace('<c r="A1">', '<c r="C1"><v>2</v></c><c r="A1">'), None, id="out of order"
        ),
    ],
)
@pytest.mark.parametrize("form", ["usual", "unusual"])
def test_sheets_are_compared_in_two_ways(now: str, form: str, is_same: bool | None) -> None:
    """Rows beside rows as bytes where cells are written as usual; else as a parser sees them. Both find the same."""
    old, new = (
        f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode() for rows in (ROWS, now)
    )
    if form == "usual":
        found = frames_of_same_rows([old], [new], {b"C1"}) is not None
        assert found is bool(is_same)
        return
    old, new = (
        xml.replace(b'<c r="', b"<c  r='").replace(b'1">', b"1'>").replace(b'1" t=', b"1' t=")
        for xml in (old, new)
    )
    assert old == new or frames_of_same_rows([old], [new], {b"C1"}) is None
    if is_same is not None:
        assert is_same_print([old], [new], {(1, 3)}) is is_same


def test_sheets_may_come_in_any_pieces() -> None:
    """Where a sheet is cut into pieces makes no difference, even within a tag."""
    old = f"<worksheet><cols/><sheetData>{ROWS * 3}</sheetData><x/></worksheet>".encode()
    new = old.replace(b'<v>1</v></c><c r="B1"', b'<v>2</v></c><c r="B1"')
    whole = frames_of_same_rows([old], [new], {b"A1"})
    assert whole == (b"<worksheet><cols/><sheetData></sheetData><x/></worksheet>",) * 2
    for size in (1, 2, 7, 50):
        cut = [old[at : at + size] for at in range(0, len(old), size)]
        assert frames_of_same_rows(cut, [new], {b"A1"}) == whole
        assert frames_of_same_rows(cut, [new], {b"B1"}) is None
        assert is_same_print(cut, [old], ())
        assert is_same_print(cut, [new], {(1, 1)})
        assert not is_same_print(cut, [new], {(1, 2)})


def test_rules_of_extensions_are_no_new_rules() -> None:
    """Conditional formats may be added beside the rows; those within an extension are the team's, as all in it."""
    rule = '<conditionalFormatting sqref="A1"><cfRule priority="1"/></conditionalFormatting>'
    sheet = "<worksheet><sheetData/>{}<extLst><ext>{}</ext></extLst></worksheet>"
    old = sheet.format("", rule).encode()
    for beside, within, is_same in ((rule, rule, True), ("", 2 * rule, False), (rule, "", False)):
        new = sheet.format(beside, within).encode()
        one, other = SheetPrint(()), SheetPrint(())
        assert is_same_text(one.of([old]), other.of([new])) is is_same
        assert (one.formats, bool(other.formats)) == ([], bool(beside))

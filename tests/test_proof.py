"""The proof: what the writer makes passes, and whatever else is different in a file makes it fail."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from raw_workbooks import (
    BOOK,
    BOOK_LINKS,
    CHAIN,
    OTHER,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    packed,
    plain,
)
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
    Value,
)
from sheetflow.errors import OwnError
from sheetflow.workbooks.xlsx import workbook
from sheetflow.workbooks.xlsx.patching import patched
from sheetflow.workbooks.xlsx.proof.proof import prove
from sheetflow.workbooks.xlsx.reading.package import package_of
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

Change = Callable[[bytes], bytes]
STEPS: tuple[tuple[Value, ...], ...] = (
    ("ID", "Due", "Share"),
    ("P-001", date(2026, 12, 4), 0.5),
    (None, "=1+1", True),
)
RED = Rule(area=CellRange(2, 9, 4, 9), operator="equal", operand="Red", style=Style(fill="FDE3E1"))


def edit(row: int, column: int, after: Value, before: Value = None) -> CellEdit:
    """An edit of the team's sheet."""
    return CellEdit(ref=CellRef("Publications", row, column), before=before, after=after)


PATCH = Patch(
    edits=(
        edit(1, 9, "Flag"),
        edit(2, 9, "Red"),
        edit(3, 9, "Grün <&>"),
        edit(3, 10, date(2026, 12, 24)),
    ),
    looks=(ColumnLook(sheet="Publications", column=9, width=12.0, rules=(RED,)),),
    tabs=(ComputedTab(sheet="Steps", rows=STEPS, filtered=CellRange(1, 1, 3, 3)),),
)
BEFORE = packed(plain())


def after() -> dict[str, bytes]:
    """The members of the workbook with the patch in it, by name."""
    package = package_of(BEFORE, "plan.xlsx")
    return members(patched(package, PATCH, PATCH.edits))


def members(content: bytes) -> dict[str, bytes]:
    """What a file holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def proved(content: bytes) -> None:
    """The content is proved to be the workbook with the patch in it."""
    prove(package_of(BEFORE, "plan.xlsx"), content, PATCH, PATCH.edits)


def test_what_the_writer_makes_passes() -> None:
    """The patched workbook is proved, and the same again with nothing to do."""
    package = package_of(BEFORE, "plan.xlsx")
    proved(patched(package, PATCH, PATCH.edits))
    prove(package, BEFORE, Patch(), ())


def swapped(old: str, new: str) -> Change:
    """A change of a text that must be there."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return change


@pytest.mark.parametrize(
    ("part", "change"),
    [
        pytest.param(SHEET, swapped('<row r="3"', '<row r="3" hidden="1"'), id="a hidden row"),
        pytest.param(
            SHEET,
            swapped("<sheetData>", '<sheetProtection sheet="1"/><sheetData>'),
            id="a new element",
        ),
        pytest.param(SHEET, swapped("Red", "Green"), id="another value written"),
        pytest.param(SHEET, swapped('r="I3"', 'r="K3"'), id="written beside"),
        pytest.param(SHEET, swapped('<c r="B2"', '<c r="B2" s="9"'), id="another style"),
        pytest.param(SHEET, swapped("</worksheet>", ""), id="no end"),
        pytest.param(SHEET, swapped('<c r="B2"', '<c r="B2" r="C9"'), id="an attribute twice"),
        pytest.param(OTHER, swapped("<v>", "<v>1"), id="a value of another sheet"),
        pytest.param(STRINGS, swapped("Autumn", "Winter"), id="a shared text"),
        pytest.param(
            STYLES, swapped("<cellXfs", "<cellXfs><xf/></cellXfs><cellXfs"), id="styles renumbered"
        ),
        pytest.param(BOOK, swapped('name="Notes"', 'name="Notizen"'), id="a sheet renamed"),
        pytest.param(BOOK, swapped("$A$1:$B$2", "$A$1:$B$3"), id="a name of the team's"),
        pytest.param(BOOK_LINKS, swapped("sheet2.xml", "sheet1.xml"), id="another target"),
        pytest.param(TYPES, swapped("styles+xml", "theme+xml"), id="another type"),
        pytest.param(CHAIN, swapped("<c ", '<c r="A9" i="1"/><c '), id="more to calculate"),
    ],
)
def test_any_other_change_is_found(part: str, change: Change) -> None:
    """One more thing that is different, anywhere, and the file is thrown away."""
    parts = after()
    with pytest.raises(OwnError) as caught:
        proved(packed({**parts, part: change(parts[part])}))
    assert caught.value.code == "file_unproved"


def test_members_that_come_or_go_are_found() -> None:
    """A member that is gone, is new without being SheetFlow's, or stands elsewhere, is found."""
    parts = after()
    without = {name: data for name, data in parts.items() if name != CHAIN}
    turned = dict(reversed(parts.items()))
    for wrong in (without, {**parts, "xl/extra.xml": b"<a/>"}, turned):
        with pytest.raises(OwnError):
            proved(packed(wrong))


def test_the_same_bytes_packed_otherwise_are_found() -> None:
    """An untouched member keeps its very bytes, packed as they were."""
    with pytest.raises(OwnError):
        proved(packed(after(), method=zipfile.ZIP_STORED))


def test_an_own_tab_with_other_values_is_found() -> None:
    """What the tabs of SheetFlow show is compared cell by cell."""
    parts = after()
    name = next(
        name
        for name in parts
        if name.startswith("xl/worksheets/") and b"P-001" in parts[name] and name != SHEET
    )
    with pytest.raises(OwnError) as caught:
        proved(packed({**parts, name: parts[name].replace(b"P-001", b"P-007")}))
    assert caught.value.facts["what"] == "Steps!A2"


@pytest.mark.parametrize(
    "value", ["", "_x0041_", " a\r\nb ", "x" * 40_000, 0.1, 1e300, True, CellFault("#N/A"), None]
)
def test_unlikely_values_are_seen(value: Value) -> None:
    """Whatever was written is recognised when it is read again."""
    package = package_of(BEFORE, "plan.xlsx")
    edits = (edit(2, 9, value),)
    tabs = (ComputedTab(sheet="Steps", rows=((value, "end"),)),)
    patch = Patch(edits=edits, tabs=tabs)
    prove(package, patched(package, patch, edits), patch, edits)


def test_nothing_is_replaced_without_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the writer errs, the workbook stays as it was, and no copy and no leftover lies beside it."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(BEFORE)

    def err(*_: object) -> bytes:
        parts = after()
        return packed({**parts, OTHER: parts[OTHER].replace(b"<v>", b"<v>1", 1)})

    monkeypatch.setattr(workbook, "patched", err)
    with pytest.raises(OwnError):
        XlsxWorkbook(path).write(PATCH)
    assert path.read_bytes() == BEFORE
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("lines_uncounted")
def test_the_proof_of_a_large_sheet_is_quick() -> None:
    """5,000 rows by 30 columns with 15,000 edits are proved in less than a second of computing."""
    letters = [chr(65 + n) if n < 26 else f"A{chr(39 + n)}" for n in range(30)]
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{row + n}</v></c>' for n, letter in enumerate(letters))
        + "</row>"
        for row in range(1, 5_001)
    )
    before, _, rest = plain()[SHEET].partition("<sheetData>")
    sheet = f"{before}<sheetData>{rows}</sheetData>{rest.partition('</sheetData>')[2]}"
    package = package_of(packed({**plain(), SHEET: sheet}), "plan.xlsx")
    edits = tuple(
        edit(row, column, f"text {row}", row + column - 1)
        for row in range(1, 5_001)
        for column in (29, 30, 31)
    )
    patch = Patch(edits=edits)
    content = patched(package, patch, edits)
    began = process_time()
    prove(package, content, patch, edits)
    assert process_time() - began < 1.0

"""Run after run in the same workbook: the team's things stay, and what SheetFlow adds does not pile up."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

import corpus
import unusual_company as company
import unusual_packages as packages
import unusual_sheets as sheets
from judge.book import book_of
from losslessness import Owned, losses
from raw_workbooks import packed, plain
from sheetflow.entrypoints.cli import run

DAYS = ("2026-11-23", "2026-11-24", "2026-12-10", "2026-12-21")
OWNED = Owned(
    cells={"Publications": {(row, column) for row in range(1, 5) for column in range(7, 15)}},
    tabs=set(corpus.TABS),
)
KINDS: dict[str, packages.Maker] = {
    "as Excel saves it": plain,
    "a table": company.excel_table,
    "styled columns": sheets.styled_columns,
}


def on_day(path: Path, day: str) -> None:
    """One run."""
    assert run(["recalculate", str(path), "--today", day]) in {0, 1}


def counts(content: bytes) -> dict[str, int]:
    """How much there is of what could pile up."""
    book = book_of(content)
    styles = book.target(book.main, "styles") or ""
    names = book.tree(book.main).one("definedNames")
    return {
        "members": len(book.archive.members),
        "sheets": len(book.sheets),
        "names": len(names.children) if names else 0,
        "rules": len(book.tree(book.sheets[0].part).all("conditionalFormatting")),
    } | {
        node.local: len(node.children)
        for node in book.tree(styles).children
        if node.local in {"fonts", "fills", "borders", "cellXfs", "dxfs", "numFmts"}
    }


@pytest.mark.parametrize("kind", KINDS)
def test_each_day_leaves_the_rest_alone(tmp_path: Path, kind: str) -> None:
    """Every run of the following days is judged like the first; at the end nothing of the team's is different."""
    path = tmp_path / "plan.xlsx"
    first = packages.content_of(KINDS[kind])
    path.write_bytes(first)
    for day in DAYS:
        before = path.read_bytes()
        on_day(path, day)
        assert path.read_bytes() != before
        assert losses(before, path.read_bytes(), OWNED) == []
    assert losses(first, path.read_bytes(), OWNED) == []


def test_nothing_piles_up(tmp_path: Path) -> None:
    """Once the colours of all flags have been seen, runs add no style, rule, name or part."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(packed(plain()))
    for day in DAYS[:2] * 2:
        on_day(path, day)
    settled = counts(path.read_bytes())
    for day in DAYS[:2] * 2:
        on_day(path, day)
    assert counts(path.read_bytes()) == settled


def test_tabs_stay_where_the_team_moved_them(tmp_path: Path) -> None:
    """A computed tab that was dragged to the front, or hidden, stays there; the names follow their sheets."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(packed(plain()))
    on_day(path, DAYS[0])
    book = openpyxl.load_workbook(path)
    book.move_sheet("Today", -book.sheetnames.index("Today"))
    book.move_sheet("Steps", 1 - book.sheetnames.index("Steps"))
    book["Steps"].sheet_state = "hidden"
    book.save(path)
    before = path.read_bytes()
    on_day(path, DAYS[1])
    assert losses(before, path.read_bytes(), OWNED) == []
    assert [sheet.name for sheet in book_of(path.read_bytes()).sheets] == book.sheetnames


def test_a_tab_that_was_deleted_comes_back(tmp_path: Path) -> None:
    """Without Timeline and History, the next run adds them; the others are drawn again in their places."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(packed(plain()))
    on_day(path, DAYS[0])
    book = openpyxl.load_workbook(path)
    for name in ("Timeline", "History"):
        del book[name]
    book.save(path)
    before = path.read_bytes()
    on_day(path, DAYS[1])
    assert losses(before, path.read_bytes(), OWNED) == []
    assert {sheet.name for sheet in book_of(path.read_bytes()).sheets} >= {"Timeline", "History"}


def test_what_the_team_typed_over_is_written_again(tmp_path: Path) -> None:
    """A flag that somebody overwrote, and one that somebody cleared, come back; a note beside them stays."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(packed(plain()))
    on_day(path, DAYS[0])
    members = {member.name: member.content for member in book_of(path.read_bytes()).archive.members}
    part = "xl/worksheets/sheet1.xml"
    xml = members[part].decode()
    typed = re.sub(r'<c r="G2"[^>]*>.*?</c>', '<c r="G2" t="str"><v>fine</v></c>', xml)
    typed = re.sub(r'<c r="G3"[^>]*>.*?</c>', "", typed)
    typed = re.sub(r'(<c r="N4".*?</c>)', r'\1<c r="O4"><v>99</v></c>', typed)
    typed = re.sub(r' spans="[^"]*"', "", typed).replace(":N4", ":O4")
    path.write_bytes(packed(members | {part: typed.encode()}))
    before = path.read_bytes()
    on_day(path, DAYS[0])
    assert losses(before, path.read_bytes(), OWNED) == []
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["Publications"]
    assert [sheet[place].value for place in ("G2", "G3", "O4")] == ["Green", "Green", 99]

"""LibreOffice opens what was written, shows the plan, and keeps its colours and its charts when it saves again."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

import corpus
import unusual_company as company
import unusual_sheets as sheets
from judge.book import book_of
from office import converted, shown
from raw_workbooks import packed

SAMPLE = Path(__file__).parents[1] / "sample_sheets" / "agency.xlsx"
OTHERS = {
    "prefixed": sheets.prefixed,
    "table": company.excel_table,
    "rules": company.newer_rules,
    "old": sheets.days_from_1904,
}


@pytest.fixture(scope="module")
def office(needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of recalculated workbooks, each beside what LibreOffice makes of it."""
    folder = tmp_path_factory.mktemp("opening")
    soffice = needs("soffice")
    shutil.copy(SAMPLE, folder / "agency.xlsx")
    for name, maker in OTHERS.items():
        (folder / f"{name}.xlsx").write_bytes(packed(maker()))
    files = [folder / f"{name}.xlsx" for name in ("agency", *OTHERS)]
    for file in files:
        corpus.recalculated(file, file.with_suffix(".json"))
    (folder / "again").mkdir()
    converted(soffice, files, "fods", folder)
    converted(soffice, files[:1], "xlsx", folder / "again")
    return folder


@pytest.mark.parametrize("name", ["agency", *OTHERS])
def test_values_are_shown(office: Path, name: str) -> None:
    """Every row has the plan's flag and reason, and no cell of it is a formula."""
    plan = json.loads((office / f"{name}.json").read_text("utf-8"))
    tabs = shown(office / f"{name}.fods")
    sheet = plan["publications"][0]["sheet"]
    cells = tabs[sheet]
    texts = [(row, cell.text) for (row, _), cell in cells.items()]
    for planned in plan["publications"]:
        row = next(row for row, text in texts if text == planned["id"])
        seen = {cell.text for (number, _), cell in cells.items() if number == row}
        assert planned["flag"] in seen
        assert not planned["why"] or planned["why"] in seen
    assert not [cell for cell in cells.values() if cell.formula]
    assert {"Steps", "Today", "Workload", "Timeline"} <= tabs.keys()


@pytest.mark.parametrize("name", ["agency", *OTHERS])
def test_each_sheet_shows_what_the_fast_reader_reads(office: Path, name: str) -> None:
    """No cell is missing or moved: two readers that share no code see the same places filled."""
    book = python_calamine.load_workbook(str(office / f"{name}.xlsx"))
    tabs = shown(office / f"{name}.fods")
    assert list(tabs) == list(book.sheet_names)
    for sheet, cells in tabs.items():
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        held = {
            (row, column)
            for row, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value != ""
        }
        assert held == {place for place, cell in cells.items() if cell.text or cell.formula}, sheet


def test_colours_and_chart_are_kept(office: Path) -> None:
    """Saved again by LibreOffice, the flags still have their colours and Workload its charts."""
    path = office / "again" / "agency.xlsx"
    book = openpyxl.load_workbook(path)
    first: Any = book.worksheets[0]
    flag = next(
        cell.column_letter
        for row in first.iter_rows(max_row=9)
        for cell in row
        if cell.value == "Flag"
    )
    areas = [str(block.sqref) for block in first.conditional_formatting]
    assert [area for area in areas if area.startswith(flag)]
    rules = [rule for block in first.conditional_formatting for rule in block.rules]
    assert all(rule.dxf is not None and rule.dxf.fill is not None for rule in rules)
    workload: Any = book["Workload"]
    assert workload._charts
    assert list(workload.conditional_formatting)


def test_nothing_is_repaired(office: Path) -> None:
    """Every part of a result is XML that a strict parser takes, and every relation leads somewhere."""
    for name in ("agency", *OTHERS):
        path = office / f"{name}.xlsx"
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
        book = book_of(path.read_bytes())
        for part in book.parts:
            if part.endswith((".xml", ".rels")):
                book.tree(part)
            for link in book.links(part):
                assert link.target is None or link.target in book.parts, (name, link)

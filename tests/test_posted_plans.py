"""Planning posted tabs: the plan is that of the file, and what is answered is what a file would get."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posting import applied, posted_tabs, posted_workbook
from sheetflow.cells import (
    CellEdit,
    CellRef,
    ComputedTab,
    Patch,
    Snapshot,
    Style,
    StyleRows,
    same_value,
)
from sheetflow.engine.planner import Effort
from sheetflow.errors import UserError
from sheetflow.translate.document import document_of
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.port import Workbook
from sheetflow.workbooks.posted.answer import tab_document
from sheetflow.workbooks.posted.tables import PostedTab
from sheetflow.workbooks.posted.workbook import PostedWorkbook
from sheetflow.workbooks.xlsx.package.addresses import area_of
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY, snapshot

SAMPLES = sorted((Path(__file__).parents[1] / "sample_sheets").glob("*.xlsx"))
EPOCH = date(1899, 12, 30)
PLAN = """
    | ID  | Publication | Type      | Delivery date | Flag |
    | P-1 | Autumn tips | Blog post | 2026-12-04    |      |
"""


def document(book: Workbook, *, dry_run: bool) -> str:
    """The plan as JSON."""
    outcome = recalculate(book, TODAY, effort=Effort.FAST, dry_run=dry_run)
    return json.dumps(document_of(outcome.plan, outcome.problems), ensure_ascii=False)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_sample_is_planned_the_same_as_from_its_file(file: Path) -> None:
    """Every sample sheet gives the same plan, byte for byte, from .xlsx and from posted tabs."""
    content = XlsxWorkbook(file).read()
    assert document(posted_workbook(content), dry_run=True) == document(
        XlsxWorkbook(file), dry_run=True
    )


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_what_is_answered_makes_the_workbook_that_a_patch_makes(file: Path) -> None:
    """Edits and tabs, applied by hand to what was posted, give what the patch gives in memory; then nothing is left."""
    content = XlsxWorkbook(file).read()
    twin, book = MemoryWorkbook(content), posted_workbook(content)
    recalculate(twin, TODAY, effort=Effort.FAST)
    recalculate(book, TODAY, effort=Effort.FAST)
    made = applied(content, json.loads(json.dumps(book.answer())))
    _assert_same(made, twin.read())
    again = posted_workbook(made)
    recalculate(again, TODAY, effort=Effort.FAST)
    assert (again.answer()["edits"], again.answer()["tabs"]) == ([], [])


def _assert_same(one: Snapshot, other: Snapshot) -> None:
    assert [table.sheet for table in one.tables] == [table.sheet for table in other.tables]
    for table, twin in zip(one.tables, other.tables, strict=True):
        assert table.formulas == twin.formulas
        assert table.merged == twin.merged
        height = max(len(table.rows), len(twin.rows))
        width = max(map(len, (*table.rows, *twin.rows)), default=0)
        for row in range(1, height + 1):
            for column in range(1, width + 1):
                both = table.at(row, column), twin.at(row, column)
                assert same_value(*both), (table.sheet, row, column, both)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_every_date_comes_with_a_format_that_shows_one(file: Path) -> None:
    """A date goes out as a number: a tab that left its format out would show 46360."""
    book = posted_workbook(XlsxWorkbook(file).read())
    patch = recalculate(book, TODAY, effort=Effort.FAST).patch
    for tab in patch.tabs:
        for row, cells in enumerate(tab.rows, start=1):
            for column, value in enumerate(cells, start=1):
                assert not isinstance(value, date) or tab.styles[row, column].number_format


def test_an_edit_says_what_it_replaces_and_how_it_looks() -> None:
    """The cell by name and number, both values, the number format of a date, and the place of its style."""
    book = posted_workbook(snapshot({"Plan": PLAN}))
    style = Style(ink="1F2933", number_format="d mmm")
    edits = (
        CellEdit(ref=CellRef("Plan", 2, 2), before="Autumn tips", after=None),
        CellEdit(ref=CellRef("Plan", 2, 6), before=None, after=date(2026, 12, 4), style=style),
        CellEdit(ref=CellRef("Plan", 3, 6), before=None, after=date(2026, 12, 5)),
    )
    book.write(Patch(edits=edits))
    answer = book.answer()
    common = {"sheet": "Plan", "column": 6, "before": None}
    assert answer["edits"] == [
        {
            "sheet": "Plan",
            "cell": "B2",
            "row": 2,
            "column": 2,
            "before": "Autumn tips",
            "after": None,
        },
        {**common, "cell": "F2", "row": 2, "after": 46360, "number_format": "d mmm", "style": 0},
        {**common, "cell": "F3", "row": 3, "after": 46361, "number_format": "yyyy-mm-dd"},
    ]
    assert answer["styles"] == [{"ink": "1F2933", "number_format": "d mmm"}]


def test_edits_that_do_not_fit_are_left_out_of_the_answer() -> None:
    """A cell that holds something else, or a formula, is not answered; the report names it."""
    book = posted_workbook(snapshot({"Plan": "| a | =B9 => 1 | c |"}))
    wrong = CellEdit(ref=CellRef("Plan", 1, 1), before="z", after="new")
    formula = CellEdit(ref=CellRef("Plan", 1, 2), before=1, after="new")
    right = CellEdit(ref=CellRef("Plan", 1, 3), before="c", after="new")
    report = book.write(Patch(edits=(wrong, formula, right)))
    assert report.skipped == (wrong, formula)
    assert [edit["cell"] for edit in book.answer()["edits"]] == ["C1"]


def test_a_formula_in_a_computed_column_is_left_alone() -> None:
    """As in a file: whoever put a formula under Flag keeps it."""
    drawn = PLAN.replace("2026-12-04    |      |", '2026-12-04    | =UPPER("x") => X |')
    book = posted_workbook(snapshot({"Plan": drawn}))
    recalculate(book, TODAY, effort=Effort.FAST)
    assert "E2" not in {edit["cell"] for edit in book.answer()["edits"]}


def test_rows_are_told_apart_by_what_the_team_typed() -> None:
    """Whoever writes looks at these columns first: where they differ, the rows have moved meanwhile."""
    book = posted_workbook(snapshot({"Plan": f"{PLAN}| | | | | |"}))
    recalculate(book, TODAY, effort=Effort.FAST)
    assert book.answer()["watched"] == [{"sheet": "Plan", "head": 1, "columns": [1, 2, 3, 4]}]


def test_a_cut_tab_is_refused_only_where_it_is_needed() -> None:
    """A long tab that has nothing to do with the plan may come without its end."""
    (fields_of_plan,) = posted_tabs(snapshot({"Plan": PLAN}))
    whole = PostedTab(**fields_of_plan)
    log = PostedTab(name="Log", values=[["When", "What"]], is_cut=True)
    recalculate(PostedWorkbook([whole, log], EPOCH, 100), TODAY, effort=Effort.FAST)
    cut = PostedTab(**fields_of_plan, is_cut=True)
    with pytest.raises(UserError) as refused:
        recalculate(PostedWorkbook([cut, log], EPOCH, 100), TODAY, effort=Effort.FAST)
    assert (refused.value.code, refused.value.facts) == ("posted_tab_cut", {"sheet": "Plan"})


styles = st.builds(
    Style,
    ink=st.sampled_from([None, "111111", "222222"]),
    fill=st.sampled_from([None, "AAAAAA", "BBBBBB"]),
    bold=st.booleans(),
    size=st.sampled_from([None, 9.0, 10.0]),
    indent=st.integers(0, 2),
    number_format=st.sampled_from([None, "0%", "d mmm"]),
)


@given(st.lists(st.lists(st.one_of(st.none(), styles), max_size=6), max_size=8), st.booleans())
def test_layers_paint_every_cell_as_its_style_says(
    looks: list[list[Style | None]], doubled: bool
) -> None:
    """Laid over one another, the layers give each cell all that its style says, and no other cell anything."""
    rows = [tuple(row) for row in looks]
    rows = [row for row in rows for _ in range(2)] if doubled else rows
    tab = ComputedTab(sheet="Steps", rows=(), styles=StyleRows(tuple(rows)))
    painted: dict[tuple[int, int], dict[str, Any]] = {}
    for layer in json.loads(json.dumps(tab_document(tab, EPOCH)))["layers"]:
        for address in layer["ranges"]:
            area = area_of(address)
            assert area is not None
            for row in range(area.first_row, area.last_row + 1):
                for column in range(area.first_column, area.last_column + 1):
                    painted.setdefault((row, column), {})[layer["property"]] = layer["value"]
    assert painted == {
        (row, column): said
        for row, cells in enumerate(rows, start=1)
        for column, style in enumerate(cells, start=1)
        if style and (said := _said(style))
    }


def _said(style: Style) -> dict[str, Any]:
    values = {field.name: getattr(style, field.name) for field in fields(style)}
    return {name: value for name, value in values.items() if value not in {None, 0}}


def test_a_long_tab_comes_down_to_few_rectangles() -> None:
    """Tens of thousands of rows with the same look are one rectangle a property."""
    look = (Style(ink="111111", fill="AAAAAA"), Style(ink="111111"))
    tab = ComputedTab(sheet="Steps", rows=(), styles=StyleRows((look,) * 40_000))
    drawn = {layer["property"]: layer["ranges"] for layer in tab_document(tab, EPOCH)["layers"]}
    assert drawn == {"ink": ["A1:B40000"], "fill": ["A1:A40000"]}


def test_nothing_is_left_of_a_workbook_that_was_answered() -> None:
    """Two requests after one another know nothing of each other."""
    content = snapshot({"Plan": PLAN})
    first, second = posted_workbook(content), posted_workbook(content)
    recalculate(first, TODAY, effort=Effort.FAST)
    assert first.answer()["edits"]
    assert second.answer()["edits"] == []
    assert len(second.read().tables) == len(content.tables)

"""Posted tabs: values as spreadsheets hand them over, and the limits of what is taken."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posting import posted_workbook
from sheetflow.cells import CellFault, CellRange, Snapshot, Table, Value, same_value
from sheetflow.errors import UserError
from sheetflow.workbooks.posted.tables import PostedTab, check_sizes, table_of
from sheetflow.workbooks.posted.values import carried_value, value_of
from sheetflow.workbooks.posted.workbook import EPOCH_OF_1904

SINCE_1900 = date(1899, 12, 30)


@pytest.mark.parametrize(
    ("carried", "pattern", "expected"),
    [
        ("", None, None),
        (None, None, None),
        ("text", None, "text"),
        ("2026-12-04", "yyyy-mm-dd", "2026-12-04"),
        (True, None, True),
        (3.0, "General", 3),
        (0.5, None, 0.5),
        (46360, "General", 46360),
        (46360, "#,##0.00", 46360),
        (46360, '0 "days"', 46360),
        (46360, "[Red]0", 46360),
        (46360.0, "yyyy-mm-dd", date(2026, 12, 4)),
        (46360, "[$-409]ddd d mmm", date(2026, 12, 4)),
        (46360, "[$-F800]dddd, mmmm dd, yyyy", date(2026, 12, 4)),
        (46360.4375, "m/d/yyyy h:mm", datetime(2026, 12, 4, 10, 30)),  # noqa: DTZ001 - cells know no zone
        (46359.99999999999, "m/d/yyyy h:mm", date(2026, 12, 4)),
        (0.4375, "h:mm", 0.4375),
        (46360, "[h]:mm", 46360),
        (-3, "yyyy-mm-dd", -3),
        (4_000_000, "yyyy-mm-dd", 4_000_000),
        ("#N/A", "General", CellFault("#N/A")),
        ("#SPILL!", None, CellFault("#SPILL!")),
        ("#hashtag", None, "#hashtag"),
    ],
)
def test_a_value_is_what_the_cell_shows(carried: Any, pattern: str | None, expected: Value) -> None:
    """A number is a date where its format shows one; an error is its own word; blank text is nothing."""
    value = value_of(carried, pattern, SINCE_1900)
    assert (value, type(value)) == (expected, type(expected))


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    """The same number is another day, and goes back as the number that it was."""
    assert value_of(44898, "yyyy-mm-dd", EPOCH_OF_1904) == date(2026, 12, 4)
    assert carried_value(date(2026, 12, 4), EPOCH_OF_1904) == 44898


def test_a_tab_stands_where_its_filled_cells_begin() -> None:
    """Rows and columns before the first filled cell are blank; blank ends are left out."""
    tab = PostedTab(name="Plan", values=[["a", ""], ["", 2], ["", ""]], row=3, column=2)
    assert table_of(tab, SINCE_1900).rows == ((), (), (None, "a"), (None, None, 2))


def test_formulas_are_told_from_texts_that_look_like_them() -> None:
    """A text that begins with = and is shown as it is was typed as text."""
    tab = PostedTab(
        name="Plan",
        values=[[3, "=A1", "x"], ["", 5]],
        formulas=[["=1+2", "=A1", "x"], None],
        row=2,
        column=2,
    )
    assert table_of(tab, SINCE_1900).formulas == {(2, 2): "=1+2"}


def test_a_formula_that_yields_a_blank_text_has_been_computed() -> None:
    """A blank text under a formula is a value; nothing at all means that nobody has computed it."""
    tab = PostedTab(name="Plan", values=[["", None]], formulas=[['=""', "=B2"]])
    table = table_of(tab, SINCE_1900)
    assert (table.at(1, 1), table.at(1, 2)) == ("", None)
    assert set(table.formulas) == {(1, 1), (1, 2)}


def test_merges_are_told_and_totals_left_out() -> None:
    """Merged cells are known by their ranges; a row of totals is blank, and its formulas are forgotten."""
    tab = PostedTab(
        name="Plan",
        values=[["a", "b", "note"], [1, 2, "kept"], [3, 4, "kept too"]],
        formulas=[None, None, ["=SUM(A2)", None, None]],
        merges=["A1:B1"],
        totals=["A3:B3"],
    )
    table = table_of(tab, SINCE_1900)
    assert table.merged == (CellRange(1, 1, 1, 2),)
    assert table.rows[2] == (None, None, "kept too")
    assert not table.formulas


@pytest.mark.parametrize(
    ("tabs", "code"),
    [
        ([PostedTab(name="A", values=[["x"]] * 11)], "posted_tab_long"),
        ([PostedTab(name="A", values=[["x"]], row=11)], "posted_tab_long"),
        ([PostedTab(name="A", values=[["x"] * 2001])], "posted_tab_wide"),
        ([PostedTab(name="A", values=[["x"]], column=2001)], "posted_tab_wide"),
        ([PostedTab(name="A", values=[]), PostedTab(name="a", values=[])], "posted_tab_twice"),
    ],
)
def test_a_tab_that_is_too_large_is_refused(tabs: list[PostedTab], code: str) -> None:
    """Length, width and names are looked at before any cell is."""
    with pytest.raises(UserError) as refused:
        check_sizes(tabs, most_rows=10)
    assert refused.value.code == code
    assert refused.value.facts["sheet"] in {"A", "a"}


def test_few_cells_far_apart_are_no_way_round_the_limits() -> None:
    """What counts is the rectangle that the cells span: a small request asks for no large memory."""
    tabs = [PostedTab(name=f"T{i}", values=[["x"]], row=900, column=1900) for i in range(2)]
    with pytest.raises(UserError, match="posted_cells_many"):
        check_sizes(tabs, most_rows=10**6)


def test_a_text_that_no_cell_can_hold_is_refused_by_its_place() -> None:
    """The cell is named as the sheet names it."""
    tab = PostedTab(name="Plan", values=[["a" * 32_768]], row=3, column=4)
    with pytest.raises(UserError) as refused:
        table_of(tab, SINCE_1900)
    assert refused.value.facts == {"sheet": "Plan", "cell": "D3", "most": 32_767}


def test_the_cells_of_a_limit_are_those_of_all_tabs() -> None:
    """Workbooks of the usual size pass."""
    check_sizes([PostedTab(name=f"T{i}", values=[["x"] * 30] * 1000) for i in range(20)], 20_000)


days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    texts.filter(lambda text: not text.startswith("#") and text != "Loading..."),
    days,
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - cells know no zone
        lambda moment: moment.replace(microsecond=0)
    ),
    st.sampled_from(["#N/A", "#REF!", "#DIV/0!"]).map(CellFault),
)


@given(
    st.lists(st.lists(values, max_size=5), max_size=5), st.sampled_from([SINCE_1900, EPOCH_OF_1904])
)
def test_a_table_comes_back_as_it_was(rows: list[list[Value]], epoch: date) -> None:
    """Whatever stands in a sheet, posting it and reading it gives the same values at the same places."""
    table = Table(sheet="Plan", rows=tuple(map(tuple, rows)))
    read = posted_workbook(Snapshot(tables=(table,), epoch=epoch)).read().tables[0]
    for row, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells, start=1):
            assert same_value(read.at(row, column), value), (row, column)
    assert len(read.rows) <= len(rows)

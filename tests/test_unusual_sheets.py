"""Legal workbooks of kinds that libraries never write come back whole too, or are refused with a reason."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import python_calamine

import corpus
import unusual_company as company
import unusual_packages as packages
import unusual_sheets as sheets
from losslessness import Owned, losses
from raw_workbooks import plain

TABS = {name for tab in corpus.TABS for name in (tab, f"{tab} (SheetFlow)")}
PERSIAN_TABS = {"گام‌ها", "امروز", "بار کاری", "خط زمان", "مشکل‌ها", "تغییرها", "تاریخچه"}
ROWS = 3

DONE: dict[str, packages.Maker] = {
    "as Excel saves it": plain,
    "no addresses": sheets.without_addresses,
    "prefixes": sheets.prefixed,
    "rich texts": sheets.rich_texts,
    "days from 1904": sheets.days_from_1904,
    "filtered rows": sheets.filtered_rows,
    "a table": company.excel_table,
    "a table with totals": company.excel_table_with_totals,
    "merged cells": sheets.merged_cells,
    "a protected sheet": sheets.protected,
    "comments": company.comments,
    "rules of Excel 2010": company.newer_rules,
    "line breaks in headers": sheets.line_breaks_in_headers,
    "styled columns": sheets.styled_columns,
    "rows that are closed in themselves": sheets.bare_rows_below,
    "a bare package": packages.bare_package,
    "spaced out": sheets.spaced_out,
    "other places": packages.other_places,
    "taken names": packages.taken_names,
    "awkward names": sheets.awkward_names,
    "macros": packages.with_macros,
    "byte order marks": packages.marked,
    "sizes behind the members": packages.trailed,
    "zip64": packages.zip64,
    "nothing deflated": packages.stored,
    "folders": packages.folders,
}
EITHER: dict[str, tuple[packages.Maker, str]] = {
    "strict": (packages.strict, "strict"),
    "UTF-16": (packages.wide_characters, "written in a form"),
}
REFUSED: dict[str, packages.Maker] = {
    "signed": packages.signed,
    "a pivot table": company.pivot_below,
    "an array formula": company.array_below,
    "a data table": company.data_table_below,
}


def owned(content: bytes, header: int = 1, columns: tuple[int, ...] = tuple(range(7, 15))) -> Owned:
    """The cells of the computed columns in the rows of the table, and the computed tabs whose names are free."""
    cells = {(row, column) for row in range(header, header + ROWS + 1) for column in columns}
    had = set(corpus.sheet_names(content))
    return Owned(cells={sheet_of(content): cells}, tabs=(TABS | PERSIAN_TABS) - had)


def sheet_of(content: bytes) -> str:
    """The tab of publications: the first."""
    return corpus.sheet_names(content)[0]


def saved(tmp_path: Path, content: bytes, suffix: str = ".xlsx") -> Path:
    """A file that holds the bytes."""
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(content)
    return path


def grid(path: Path) -> list[list[Any]]:
    """The first sheet as an independent reader sees it."""
    book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def faults(path: Path, before: bytes, may_change: Owned) -> Iterator[str]:
    """What is wrong with the result of a run."""
    status, said = corpus.recalculated(path, path.with_suffix(".json"))
    if status == corpus.NOT_DONE or path.read_bytes() == before:
        yield f"not done: {status} {said}"
        return
    yield from losses(before, path.read_bytes(), may_change)
    yield from corpus.second_run_faults(path, path.with_suffix(".json"))


@pytest.mark.parametrize("kind", DONE)
def test_it_comes_back_whole(tmp_path: Path, kind: str) -> None:
    """The computed columns stand beside the table, and nothing else is different."""
    content = packages.content_of(DONE[kind])
    path = saved(tmp_path, content, ".xlsm" if kind == "macros" else ".xlsx")
    assert list(faults(path, content, owned(content))) == []
    head, *rows = grid(path)
    assert tuple(head[6:]) == corpus.COLUMNS
    assert [row[6] for row in rows[:ROWS]] == ["Green"] * ROWS
    assert [row[12].isoformat() for row in rows[:ROWS]] == [
        "2026-12-14",
        "2026-12-15",
        "2026-12-16",
    ]


def test_a_header_in_row_5(tmp_path: Path) -> None:
    """What stands above the table stays there; the columns are headed in the header's row."""
    content = packages.content_of(sheets.header_in_row_5)
    path = saved(tmp_path, content)
    assert list(faults(path, content, owned(content, header=5))) == []
    assert grid(path)[4][6:] == list(corpus.COLUMNS)
    assert grid(path)[0][0] == "Plan of Q4"


def test_computed_columns_among_the_teams(tmp_path: Path) -> None:
    """Flag and Forecast are filled where they stand, with the look they have; the others come at the end."""
    content = packages.content_of(sheets.computed_before)
    path = saved(tmp_path, content)
    columns = (7, 9, *range(10, 16))
    assert list(faults(path, content, owned(content, columns=columns))) == []
    rows = grid(path)
    assert rows[0][6:10] == ["Flag", "Ours", "Forecast", "Why"]
    assert rows[1][6:8] == ["Green", 7]


def test_values_of_other_kinds_give_way(tmp_path: Path) -> None:
    """A picture in a cell, a data type and an error under Flag become flags, with nothing left of what they were."""
    content = packages.content_of(sheets.values_of_other_kinds)
    path = saved(tmp_path, content)
    assert list(faults(path, content, owned(content, columns=tuple(range(7, 15))))) == []
    assert [row[6] for row in grid(path)[1:4]] == ["Green"] * ROWS


def test_a_blank_tab_is_taken(tmp_path: Path) -> None:
    """A blank tab of a computed tab's name is used; one with something in it never is."""
    content = packages.content_of(sheets.blank_today)
    path = saved(tmp_path, content)
    mine = Owned(cells=owned(content).cells, tabs=TABS)
    assert list(faults(path, content, mine)) == []
    names = corpus.sheet_names(path.read_bytes())
    assert (names[:2], names.count("Today")) == (["Publications", "Today"], 1)


def test_no_cell_is_written_beyond_the_sheet(tmp_path: Path) -> None:
    """Where no column is left on the right, the file is refused, or the columns stand elsewhere."""
    content = packages.content_of(sheets.stray_cell)
    path = saved(tmp_path, content)
    status, said = corpus.recalculated(path, tmp_path / "plan.json")
    assert "mistake" not in said
    assert status != corpus.NOT_DONE or path.read_bytes() == content
    assert losses(content, path.read_bytes(), owned(content)) == []


def test_formulas_under_a_computed_header_stay(tmp_path: Path) -> None:
    """The team's own formulas under Flag are left alone; all else is filled."""
    content = packages.content_of(company.formulas_below)
    path = saved(tmp_path, content)
    mine = owned(content, columns=tuple(range(8, 15)))
    cells = {
        (1, 7),
        *mine.cells["Publications"],
    }  # the rules that colour flags belong to the column
    assert list(faults(path, content, Owned(cells={"Publications": cells}, tabs=mine.tabs))) == []


def test_a_persian_workbook(tmp_path: Path) -> None:
    """Headers, flags and tabs come in Persian, and the sheets run from right to left."""
    content = packages.content_of(sheets.right_to_left)
    path = saved(tmp_path, content)
    assert list(faults(path, content, owned(content))) == []
    assert grid(path)[1][6] == "سبز"


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    """Where writing would break something, one sentence says what, and the file stays byte for byte."""
    content = packages.content_of(REFUSED[kind])
    path = saved(tmp_path, content)
    status, said = corpus.recalculated(path, tmp_path / "plan.json")
    assert (status, path.read_bytes() == content) == (corpus.NOT_DONE, True), said
    assert "mistake" not in said
    assert said.strip().endswith(".")
    assert kind.rsplit(maxsplit=1)[-1].casefold() in said.casefold()


@pytest.mark.parametrize("kind", EITHER)
def test_it_is_done_or_refused(tmp_path: Path, kind: str) -> None:
    """Done with nothing lost, or refused by name and left as it was; never read as if it were empty."""
    maker, named = EITHER[kind]
    content = packages.content_of(maker)
    path = saved(tmp_path, content)
    status, said = corpus.recalculated(path, tmp_path / "plan.json")
    assert "mistake" not in said
    if status == corpus.NOT_DONE:
        assert path.read_bytes() == content
        assert named in said.casefold()
    else:
        assert losses(content, path.read_bytes(), owned(content)) == []

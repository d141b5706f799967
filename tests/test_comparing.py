"""What if: the plan of a trial run compared with the one that the sheet holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from plans import TEAM, WORKFLOW
from sheetflow.cells import Snapshot, Value
from sheetflow.domain.flag import Flag
from sheetflow.domain.settings import Language
from sheetflow.entrypoints.cli.comparing import MOST_LINES, comparison
from sheetflow.translate.document import english
from sheetflow.translate.reading import read_workspace
from sheetflow.translate.shown import Shown, shown_rows
from sheetflow.usecases.comparing import Comparison, Shift, compare
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from sheets import TODAY, snapshot

POSTS = """
    | ID  | Publication | Type | Delivery date | Priority |
    | P-1 | One         | Post | 2026-11-27    |          |
    | P-2 | Two         | Post | 2026-11-27    | High     |
    | P-3 | Three       | Post | 2026-12-11    |          |
"""
SHEET = {"Publications": POSTS, "Workflows": WORKFLOW, "Team": TEAM}
AWAY = """
    | Name | From       | To         |
    | Bob  | 2026-11-24 | 2026-11-30 |
"""


def recalculated(sheet: dict[str, str] | None = None) -> Snapshot:
    """The drawn sheet with its plan in it."""
    workbook = MemoryWorkbook(snapshot(sheet or SHEET))
    recalculate(workbook, TODAY)
    return workbook.read()


def with_tab(before: Snapshot, name: str, drawing: str) -> Snapshot:
    """The same workbook with one more tab."""
    return replace(before, tables=(*before.tables, *snapshot({name: drawing}).tables))


def with_value(before: Snapshot, sheet: str, cell: tuple[int, int], value: Value) -> Snapshot:
    """The same workbook with another value in a cell (row, column)."""

    def edited(rows: tuple[tuple[Value, ...], ...]) -> tuple[tuple[Value, ...], ...]:
        cells = [list(row) for row in rows]
        cells[cell[0] - 1][cell[1] - 1] = value
        return tuple(map(tuple, cells))

    return replace(
        before,
        tables=tuple(
            replace(table, rows=edited(table.rows)) if table.sheet == sheet else table
            for table in before.tables
        ),
    )


def compared(held: Snapshot) -> Comparison:
    """What a trial run over the workbook finds."""
    found = recalculate(MemoryWorkbook(held), TODAY, dry_run=True).comparison
    assert found is not None
    return found


def shown(found: Comparison) -> str:
    """What the terminal shows, without the ends of its lines."""
    console = Console(width=120, color_system=None)
    with console.capture() as captured:
        for thing in comparison(found, english(TODAY)):
            console.print(thing)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def test_a_sheet_without_a_plan_has_nothing_to_compare() -> None:
    """The first run compares with nothing, and says so."""
    found = compared(snapshot(SHEET))
    assert found == Comparison(is_first=True)
    assert shown(found).startswith("The sheet holds no plan yet")


def test_the_same_plan_changes_nothing() -> None:
    """A trial run right after a run finds nothing different."""
    found = compared(recalculated())
    assert found.is_empty
    assert not found.is_first
    assert shown(found) == "Compared with the sheet's plan, nothing changes."


def test_a_run_that_writes_compares_nothing() -> None:
    """Only a trial run asks what would be."""
    assert recalculate(MemoryWorkbook(snapshot(SHEET)), TODAY).comparison is None


def test_who_loses_when_somebody_is_away() -> None:
    """The designer falls ill: both posts come later, the weightier one first; what moves is told step by step."""
    found = compared(with_tab(recalculated(), "Time off", AWAY))
    assert found.gains == ()
    losses = {shift.id: shift for shift in found.losses}
    assert [found.losses[0].id, set(losses)] == ["P-2", {"P-1", "P-2"}]
    two = losses["P-2"]
    assert (two.before, two.after.flag) == (
        Shown(flag=Flag.GREEN, forecast=date(2026, 11, 27)),
        Flag.RED,
    )
    assert (two.weight, two.days, two.weighted_days) == (4, -4, -16)
    moved = {(move.id, move.after.step) for move in found.moves}
    assert {("P-1", "Design"), ("P-2", "Design")} <= moved
    assert "P-3" not in {id_ for id_, _ in moved}


def test_who_gains_when_somebody_comes_back() -> None:
    """The illness is over before its time: what was lost is gained."""
    held = recalculated({**SHEET, "Time off": AWAY})
    gone = tuple(table for table in held.tables if table.sheet != "Time off")
    found = compared(replace(held, tables=gone))
    assert found.losses == ()
    assert [(shift.id, shift.days, shift.flag_steps) for shift in found.gains] == [
        ("P-2", 4, 2),
        ("P-1", 4, 2),
    ]


def test_a_comparison_as_it_is_shown() -> None:
    """Gains, losses and moves, one line each, from what it is to what it would be."""
    said = shown(compared(with_tab(recalculated(), "Time off", AWAY)))
    lines = [" ".join(line.split()) for line in said.splitlines() if "──" not in line]
    assert [line for line in lines if line] == [
        "Loses (2 rows, 8 working days later)",
        "ID Publication Flag Forecast Working days Weighted",
        "P-2 Two Green → Red Fri 27 Nov → Thu 3 Dec 4 later 16 later",
        "P-1 One Green → Red Fri 27 Nov → Thu 3 Dec 4 later 8 later",
        "Moves (6)",
        "ID Step Owner Dates",
        "P-1 Copy Ann Tue 24 Nov → Mon 30 Nov",
        "P-1 Design Bob Wed 25 Nov - Thu 26 Nov → Tue 1 Dec - Wed 2 Dec",
        "P-1 Publish Ann Fri 27 Nov → Thu 3 Dec",
        "P-2 Copy Ann Tue 24 Nov → Mon 30 Nov",
        "P-2 Design Bob Wed 25 Nov - Thu 26 Nov → Tue 1 Dec - Wed 2 Dec",
        "P-2 Publish Ann Fri 27 Nov → Thu 3 Dec",
    ]


def test_a_new_row_is_told_apart() -> None:
    """A row that the sheet's plan does not know neither gains nor loses."""
    held = recalculated()
    table = next(table for table in held.tables if table.sheet == "Publications")
    grown = replace(table, rows=(*table.rows, ("P-4", "Four", "Post", date(2026, 12, 18))))
    tables = tuple(grown if t.sheet == "Publications" else t for t in held.tables)
    found = compared(replace(held, tables=tables))
    assert found.new == ("P-4",)
    assert not (found.gains)
    assert not (found.losses)
    assert "New in the plan (1): P-4" in shown(found)


def test_a_better_flag_weighs_more_than_a_later_date() -> None:
    """The team itself moved the delivery date: the row comes later, and is better off."""
    late = {**SHEET, "Time off": AWAY}
    held = with_value(recalculated(late), "Publications", (3, 4), date(2026, 12, 18))
    gains = {shift.id: shift for shift in compared(held).gains}
    assert gains["P-2"].days < 0
    assert (gains["P-2"].before.flag, gains["P-2"].after.flag) == (Flag.RED, Flag.GREEN)


def test_a_row_with_an_error_loses() -> None:
    """A type that nobody knows makes a green row red, with no forecast any more."""
    held = with_value(recalculated(), "Publications", (4, 3), "Podkast")
    (lost,) = compared(held).losses
    assert (lost.id, lost.after, lost.days) == ("P-3", Shown(flag=Flag.RED, forecast=None), 0)
    assert "Fri 11 Dec → none" in shown(compared(held))


def test_without_the_columns_the_steps_tab_tells_the_forecast() -> None:
    """Where the team wants no computed columns, the last plan's publish steps are the forecasts."""
    workbook = MemoryWorkbook(snapshot({**SHEET, "Time off": AWAY}))
    recalculate(workbook, TODAY, new_columns=False)
    tables = tuple(table for table in workbook.read().tables if table.sheet != "Time off")
    found = compared(replace(workbook.read(), tables=tables))
    assert [(shift.id, shift.days) for shift in found.gains] == [("P-2", 4), ("P-1", 4)]
    assert found.gains[0].before.flag is None


@pytest.mark.parametrize("language", list(Language))
def test_the_sheet_is_read_in_its_language(language: Language) -> None:
    """Flags and forecasts are understood as the workbook's language and calendar write them."""
    calendar = "Jalali" if language is Language.FA else "Gregorian"
    settings = f"| Setting | Value |\n| Language | {language} |\n| Calendar | {calendar} |"
    held = recalculated({**SHEET, "Settings": settings})
    reading = read_workspace(held, TODAY)
    assert shown_rows(reading, held, TODAY)["P-3"] == Shown(
        flag=Flag.GREEN, forecast=date(2026, 12, 11)
    )


def test_long_lists_are_cut() -> None:
    """Fifteen lines of each are enough; the others are counted."""
    shift = Shift(
        id="P-1",
        title="A title that is longer than the thirty letters that there is room for",
        weight=2,
        before=Shown(flag=Flag.RED, forecast=date(2026, 12, 4)),
        after=Shown(flag=Flag.RED, forecast=date(2026, 12, 3)),
        days=1,
        flag_steps=0,
    )
    gains = tuple(replace(shift, id=f"P-{n}") for n in range(MOST_LINES + 12))
    ids = tuple(f"N-{n}" for n in range(MOST_LINES + 2))
    said = shown(Comparison(is_first=False, gains=gains, new=ids))
    assert said.startswith("Gains (27 rows, 27 working days earlier)")
    assert "P-14" in said
    assert "P-15" not in said
    assert "and 12 more" in said
    assert "room for" not in said
    assert said.endswith("N-14 and 2 more")


def test_rows_that_leave_the_plan_are_no_loss() -> None:
    """A row put on hold is grey: neither better nor worse."""
    held = recalculated()
    reading = read_workspace(held, TODAY)
    outcome = recalculate(MemoryWorkbook(held), TODAY, dry_run=True)
    resting = tuple(
        replace(row, flag=Flag.GREY, forecast=None, steps=()) if row.id == "P-1" else row
        for row in outcome.plan.publications
    )
    found = compare(
        reading.workspace,
        shown_rows(reading, held, TODAY),
        replace(outcome.plan, publications=resting),
    )
    assert found.is_empty

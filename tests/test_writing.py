"""From a plan to the patch: which cells change, which tabs are drawn anew, and what is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest

from sheetflow.cells import CellEdit, Patch, Snapshot, Table, Value
from sheetflow.domain.change import Change, Moved
from sheetflow.domain.flag import Reason
from sheetflow.domain.history import Event, EventKind
from sheetflow.domain.plan import Plan
from sheetflow.engine.planner import Effort, plan
from sheetflow.translate.layout import COMPUTED
from sheetflow.translate.reading import Reading, read_workspace
from sheetflow.translate.writing import patch_for
from sheetflow.workbooks.memory import MemoryWorkbook
from sheets import TODAY, snapshot

ROWS = """
    | ID    | Publication | Type | Delivery date | Current step |
    | P-001 | Autumn tips | Post | 2026-12-04    | Copy         |
    |       | Sale        | Post | 2026-12-11    |              |
"""
WORKFLOWS = """
    | Type | Step    | Phase    | Skill | Days | Hours | Kind    |
    | Post | Copy    | Creation | Words | 1    | 3     | work    |
    | Post | Design  | Creation | Art   | 2    | 6     | work    |
    | Post | Publish | Delivery | Words | 0.25 | 0.25  | publish |
"""
TEAM = """
    | Name | Skills |
    | Ann  | Words  |
    | Bob  | Art    |
"""
STARTED = Event(when=TODAY, id="P-001", step="Copy", kind=EventKind.STARTED, owner="Ann", due=TODAY)


@dataclass(frozen=True)
class Run:
    """One recalculation without a file: what was read, planned and is to be written."""

    reading: Reading
    plan: Plan
    patch: Patch
    after: Snapshot

    def table(self, sheet: str) -> Table:
        """A tab as it is after writing."""
        return next(table for table in self.after.tables if table.sheet == sheet)

    def cell(self, row: int, header: str, sheet: str = "Publications") -> Value:
        """The value under a header after writing."""
        table = self.table(sheet)
        headers = next(row for row in table.rows if "Publication" in row)
        return table.at(row, headers.index(header) + 1)


def run(content: Snapshot, *, events: tuple[Event, ...] = (), new_columns: bool = True) -> Run:
    """Recalculate once."""
    reading = read_workspace(content, TODAY)
    made = plan(reading.workspace, TODAY, Effort.FAST)
    patch = patch_for(reading, made, content, new_columns=new_columns, events=events)
    workbook = MemoryWorkbook(content)
    assert workbook.write(patch).skipped == ()
    return Run(reading, made, patch, workbook.read())


def drawn(publications: str = ROWS, **tabs: str) -> Snapshot:
    """A workbook with the workflow and the team of this file; further tabs by name, `_` for a space."""
    more = {name.replace("_", " "): text for name, text in tabs.items()}
    return snapshot({"Publications": publications, "Workflows": WORKFLOWS, "Team": TEAM} | more)


def edits_at(patch: Patch) -> Mapping[str, CellEdit]:
    """The edits by address."""
    return {edit.ref.a1: edit for edit in patch.edits}


def test_missing_columns_are_added_at_the_right_end() -> None:
    """The first run adds every computed column with its header, in the order of the contract."""
    first = run(drawn())
    headers = first.table("Publications").rows[0]
    assert headers == ("ID", "Publication", "Type", "Delivery date", "Current step", *COMPUTED)
    assert first.cell(2, "Flag") == "Green"
    assert first.cell(2, "Step owner") == "Ann"
    assert first.cell(2, "Step due") == TODAY
    assert first.cell(2, "Start by") is None
    assert isinstance(first.cell(3, "Start by"), date)
    assert first.cell(3, "Slack") == 1


def test_blank_ids_are_filled() -> None:
    """A row without an ID gets one; a table without the column gets the column."""
    assert run(drawn()).cell(3, "ID") == "P-002"
    without = "| Publication | Type | Delivery date |\n| Sale | Post | 2026-12-11 |"
    assert run(drawn(without)).cell(2, "ID") == "P-001"


def test_new_columns_avoid_what_stands_beside_the_table() -> None:
    """Notes right of the table without a header are not written over."""
    rows = """
        | Publication | Type | Delivery date |  |        |
        | Sale        | Post | 2026-12-11    |  | a note |
    """
    first = run(drawn(rows))
    assert first.table("Publications").at(2, 5) == "a note"
    assert first.table("Publications").at(1, 6) == "ID"


def test_no_new_columns_if_not_wanted() -> None:
    """With new columns turned off only the columns that are there are filled."""
    rows = """
        | ID    | Publication | Type | Delivery date | Flag |
        | P-001 | Sale        | Post | 2026-12-11    |      |
    """
    first = run(drawn(rows), new_columns=False)
    assert set(edits_at(first.patch)) == {"E2"}
    assert first.cell(2, "Flag") == "Green"


def test_a_second_run_writes_nothing() -> None:
    """Right after a run the workbook holds all that a run would write."""
    first = run(drawn(), events=(STARTED,))
    second = run(first.after)
    assert second.patch.is_empty


def test_only_cells_that_differ_are_edited() -> None:
    """When one publication moves, the cells of the others are not touched."""
    first = run(drawn())
    sheet = first.table("Publications")
    rows = list(sheet.rows)
    rows[2] = (*rows[2][:3], date(2026, 12, 18), *rows[2][4:])
    moved = replace(sheet, rows=tuple(rows))
    tables = tuple(moved if t.sheet == "Publications" else t for t in first.after.tables)
    second = run(replace(first.after, tables=tables))
    assert second.patch.edits
    assert {edit.ref.row for edit in second.patch.edits} == {3}


def test_formulas_are_left_alone() -> None:
    """A formula in a computed column stays, whatever the plan says."""
    rows = """
        | ID    | Publication | Type | Delivery date | Flag          | Slack |
        | P-001 | Sale        | Post | 2026-12-11    | =A1 => "fine" | =1    |
    """
    first = run(drawn(rows), new_columns=False)
    assert not {"E2", "F2"} & set(edits_at(first.patch))
    assert first.table("Publications").formulas == {(2, 5): "=A1", (2, 6): "=1"}


def test_faulty_rows_are_red_and_say_why() -> None:
    """A row with an input error is flagged with its problem; its other computed cells are cleared."""
    rows = """
        | ID    | Publication | Type    | Delivery date | Flag  | Why | Forecast   |
        | P-001 | Sale        | Nothing | 2026-12-11    | Green | ok  | 2026-12-11 |
        | P-002 | Tips        | Post    | 2026-12-11    |       |     |            |
    """
    first = run(drawn(rows), new_columns=False)
    assert first.cell(2, "Flag") == "Red"
    assert "Nothing" in str(first.cell(2, "Why"))
    assert first.cell(2, "Forecast") is None
    assert first.cell(3, "Flag") == "Green"


def test_columns_of_single_steps_are_filled() -> None:
    """Where the team adds `Design due` and the like, they are filled; they are never added."""
    rows = """
        | ID    | Publication | Type | Delivery date | Design owner | Design start | Design due |
        | P-001 | Sale        | Post | 2026-12-11    |              |              |            |
    """
    first = run(drawn(rows))
    design = next(s for s in first.plan.publications[0].steps if s.step == "Design")
    assert first.cell(2, "Design owner") == "Bob"
    assert first.cell(2, "Design start") == design.start
    assert first.cell(2, "Design due") == design.due


def test_edits_carry_the_look_of_computed_cells() -> None:
    """Dates have a format that people read, headers their colour, and Flag its conditional formats."""
    first = run(drawn())
    edits = edits_at(first.patch)
    header, due = edits["F1"].style, edits["J2"].style
    assert header is not None
    assert header.fill == "E4EBF5"
    assert due is not None
    assert due.number_format == "[$-409]ddd d mmm"
    rules = [rule for look in first.patch.looks for rule in look.rules]
    assert [rule.operand for rule in rules] == ["Green", "Amber", "Red", "Grey"]


def test_computed_tabs_come_in_their_order() -> None:
    """The first run draws all computed tabs, the ones that people look at first."""
    names = [tab.sheet for tab in run(drawn()).patch.tabs]
    assert names == ["Steps", "Today", "Workload", "Timeline", "Problems", "Changes", "History"]


def test_history_is_appended_to() -> None:
    """Events go below the last row of History; what stands there is not written again."""
    first = run(drawn(), events=(STARTED,))
    assert first.table("History").rows[1][:4] == (TODAY, "P-001", "Copy", "started")
    finished = replace(STARTED, kind=EventKind.FINISHED)
    second = run(first.after, events=(finished,))
    assert {edit.ref.sheet for edit in second.patch.edits} >= {"History"}
    assert "History" not in [tab.sheet for tab in second.patch.tabs]
    assert second.table("History").rows[:2] == first.table("History").rows
    assert second.table("History").rows[2][3] == "finished"


def test_changes_stay_on_show_until_something_moves_again() -> None:
    """A run without changes leaves the Changes tab as the last one drew it."""
    first = run(drawn())
    reading = read_workspace(first.after, TODAY)
    change = Change(
        id="P-001",
        step="Copy",
        what=Moved.OWNER,
        before="Bob",
        after="Ann",
        why=Reason(code="owner_balance"),
    )
    moved = patch_for(reading, replace(first.plan, changes=(change,)), first.after)
    assert [tab.sheet for tab in moved.tabs] == ["Changes"]
    workbook = MemoryWorkbook(first.after)
    workbook.write(moved)
    second = run(workbook.read())
    assert second.patch.is_empty
    assert second.table("Changes").at(2, 5) == "Bob"


@pytest.mark.parametrize("name", ["Today", "Timeline", "Workload", "Problems", "Changes"])
def test_a_teams_own_tab_is_not_written_over(name: str) -> None:
    """A tab of the team's that bears the name of one of SheetFlow's stays; that one takes another name."""
    first = run(drawn(**{name: "| our own | notes |"}))
    assert f"{name} (SheetFlow)" in [tab.sheet for tab in first.patch.tabs]
    assert first.table(name).rows == (("our own", "notes"),)
    assert run(first.after).patch.is_empty


@pytest.mark.parametrize(
    ("language", "flag", "tab"), [("id", "Hijau", "Langkah"), ("fa", "سبز", "گام‌ها")]
)
def test_writes_in_the_workbooks_language(language: str, flag: str, tab: str) -> None:
    """Flags and tabs are written in the Language of Settings, and known again at the next run."""
    settings = f"| Setting | Value |\n| Language | {language} |"
    first = run(drawn(Settings=settings))
    assert flag in [cell for row in first.table("Publications").rows for cell in row]
    assert tab in [table.sheet for table in first.after.tables]
    assert run(first.after).patch.is_empty


def test_jalali_dates_are_written_as_text() -> None:
    """With Calendar Jalali every date that SheetFlow writes is a text such as ۱۴۰۵/۰۹/۲۰."""
    settings = "| Setting | Value |\n| Language | fa |\n| Calendar | Jalali |"
    first = run(drawn(Settings=settings))
    values = [edit.after for edit in first.patch.edits]
    assert "۱۴۰۵/۰۹/۲۰" in values
    assert not any(isinstance(value, date) for value in values)
    assert run(first.after).patch.is_empty

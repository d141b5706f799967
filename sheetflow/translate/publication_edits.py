"""The edits in one table of publications: IDs where there are none, and the computed columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetflow.cells import (
    CellEdit,
    CellRange,
    CellRef,
    ColumnLook,
    Patch,
    Style,
    Table,
    Value,
)
from sheetflow.domain.plan import PlannedStep, PublicationPlan
from sheetflow.translate import palette
from sheetflow.translate.builtin import find_step
from sheetflow.translate.filling import (
    LOOKS,
    WIDTHS,
    Filling,
    faulty_fillings,
    filling,
    fillings,
)
from sheetflow.translate.keyed_rows import keyed_rows
from sheetflow.translate.layout import COMPUTED, PublicationsTab, StepColumn
from sheetflow.translate.views.facing import turned_style
from sheetflow.translate.views.scene import Scene

OWN_COLUMNS = ("ID", *COMPUTED)
LAST_ROW_OF_A_SHEET = 1_048_576
HEADER_PADDING, OWNER_PADDING = 3, 3
WIDTH_OF_A_LETTER, MOST_WIDTH = 0.95, 130.0


def publication_patch(
    scene: Scene, tab: PublicationsTab, table: Table, *, new_columns: bool
) -> Patch:
    """What changes in the table; columns that are missing are added at its right end."""
    new = _new_columns(tab, table) if new_columns else {}
    columns = {**tab.columns, **new}
    edits = [_header_edit(scene, tab, header, column) for header, column in new.items()]
    for row, cells in _cells(scene, tab, columns).items():
        for column, wanted in cells.items():
            is_new = column in new.values()
            edits += _edits(table, CellRef(tab.sheet, row, column), wanted, is_new=is_new)
    if scene.right_to_left:
        edits = [replace(edit, style=_turned(edit.style)) for edit in edits]
    return Patch(
        edits=tuple(edits),
        looks=_looks(scene, tab, columns, new),
        rows=tuple(keyed_rows(scene.workspace, tab, table, new)),
        filled=tuple(CellRef(tab.sheet, tab.header_row, c) for c in sorted(_filled(tab, columns))),
    )


def _filled(tab: PublicationsTab, columns: Mapping[str, int]) -> set[int]:
    computed = {column for header, column in columns.items() if header in COMPUTED}
    return computed | {column.column for column in tab.step_columns}


def _turned(style: Style | None) -> Style | None:
    return style and turned_style(style)


def _new_columns(tab: PublicationsTab, table: Table) -> dict[str, int]:
    """The places of the missing columns: right of everything that stands in the table's rows."""
    rows = table.rows[tab.header_row - 1 : tab.last_row]
    filled = (_last_filled(row) for row in rows)
    merged = (
        m.last_column
        for m in table.merged
        if m.last_row >= tab.header_row and m.first_row <= tab.last_row
    )
    end = max((tab.last_column, *filled, *merged))
    missing = [header for header in OWN_COLUMNS if header not in tab.columns]
    return {header: end + place for place, header in enumerate(missing, start=1)}


def _last_filled(row: tuple[Value, ...]) -> int:
    return max((place for place, value in enumerate(row, start=1) if value is not None), default=0)


def _header_edit(scene: Scene, tab: PublicationsTab, header: str, column: int) -> CellEdit:
    look = LOOKS[header]
    return CellEdit(
        ref=CellRef(tab.sheet, tab.header_row, column),
        before=None,
        after=scene.header("Publications", header),
        style=replace(palette.COMPUTED_HEAD, align=look.align, indent=look.indent),
    )


def _cells(
    scene: Scene, tab: PublicationsTab, columns: Mapping[str, int]
) -> dict[int, dict[int, Filling]]:
    """The cells to be, by row and column."""
    faulty = {row.row: row for row in scene.workspace.faulty if row.sheet == tab.sheet}
    found: dict[int, dict[int, Filling]] = {}
    ids = dict(tab.new_ids)
    for plan in scene.plan.publications:
        if plan.sheet == tab.sheet and plan.row not in faulty:
            found[plan.row] = _placed(fillings(scene, plan), columns)
            found[plan.row] |= _step_cells(scene, tab, plan)
    for number, row in faulty.items():
        found[number] = _placed(faulty_fillings(scene, row), columns)
    if "ID" in columns:
        look = palette.COMPUTED if "ID" in tab.columns else LOOKS["ID"]
        for number, row_id in sorted(ids.items()):
            found.setdefault(number, {})[columns["ID"]] = Filling(row_id, look)
    return found


def _placed(cells: Mapping[str, Filling], columns: Mapping[str, int]) -> dict[int, Filling]:
    return {columns[header]: cell for header, cell in cells.items() if header in columns}


def _step_cells(
    scene: Scene, tab: PublicationsTab, row: PublicationPlan
) -> Iterator[tuple[int, Filling]]:
    """The cells under headers such as `Design due`."""
    for column in tab.step_columns:
        step = _step(scene, row, column)
        value = None
        if step is not None:
            values = {"owner": scene.owner(step.owner), "start": step.start, "due": step.due}
            value = values[column.what]
        yield column.column, filling(scene, column.what, value)


def _step(scene: Scene, row: PublicationPlan, column: StepColumn) -> PlannedStep | None:
    workflow = scene.workspace.workflows.get(row.type)
    name = find_step(workflow, column.step) if workflow else None
    return next((step for step in row.steps if step.step == name), None)


def _edits(table: Table, ref: CellRef, wanted: Filling, *, is_new: bool) -> Iterator[CellEdit]:
    place = (ref.row, ref.column)
    if place in table.formulas or any(span.covers(*place) for span in table.merged):
        return
    before = table.at(*place)
    if is_new or not table.shows(before, wanted.value):
        yield CellEdit(ref=ref, before=before, after=wanted.value, style=wanted.style)


def _looks(
    scene: Scene, tab: PublicationsTab, columns: Mapping[str, int], new: Mapping[str, int]
) -> tuple[ColumnLook, ...]:
    """The widths of the new columns, and the colours of the flags."""
    looks = [
        ColumnLook(sheet=tab.sheet, column=column, width=_width(scene, header))
        for header, column in new.items()
        if header != "Flag"
    ]
    if "Flag" in columns:
        column = columns["Flag"]
        area = CellRange(tab.first_row, column, LAST_ROW_OF_A_SHEET, column)
        width = _width(scene, "Flag") if "Flag" in new else None
        rules = scene.flag_rules(area)
        looks.append(ColumnLook(sheet=tab.sheet, column=column, width=width, rules=rules))
    return tuple(looks)


def _width(scene: Scene, header: str) -> float:
    return max(
        WIDTHS[header],
        len(scene.header("Publications", header)) + HEADER_PADDING,
        _longest_owner(scene) + OWNER_PADDING if header == "Step owner" else 0,
        min(_longest_reason(scene) * WIDTH_OF_A_LETTER, MOST_WIDTH) if header == "Why" else 0,
    )


def _longest_reason(scene: Scene) -> int:
    reasons = (scene.tongue.reason(row.why) for row in scene.plan.publications)
    return max(map(len, reasons), default=0)


def _longest_owner(scene: Scene) -> int:
    owners = {step.owner for row in scene.plan.publications for step in row.steps}
    return max((len(scene.owner(owner) or "") for owner in owners), default=0)

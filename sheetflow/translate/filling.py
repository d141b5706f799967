"""What SheetFlow fills in beside each publication, and how those cells look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.cells import Style, Value
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import PlannedStep, PublicationPlan, State
from sheetflow.domain.publication import FaultyRow
from sheetflow.errors import Fact
from sheetflow.translate import palette
from sheetflow.translate.views.scene import Scene, day_style

DAY_COLUMNS = {"Start by", "Step due", "Ready by", "Forecast"}
WIDTHS = {
    "ID": 9.0,
    "Flag": 10.0,
    "Why": 76.0,
    "Start by": 16.0,
    "Step owner": 18.0,
    "Step due": 16.0,
    "Ready by": 16.0,
    "Forecast": 16.0,
    "Slack": 8.0,
}
LOOKS = {
    **dict.fromkeys(DAY_COLUMNS, palette.COMPUTED_DAY),
    "ID": palette.COMPUTED_TEXT,
    "Flag": palette.COMPUTED_FLAG,
    "Why": palette.COMPUTED_TEXT,
    "Step owner": palette.COMPUTED_TEXT,
    "Slack": palette.COMPUTED_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Filling:
    """A cell's value to be, and its style where the team gave it none."""

    value: Value
    style: Style


def fillings(scene: Scene, row: PublicationPlan) -> Mapping[str, Filling]:
    """The computed cells of a publication, by canonical header."""
    step = current_step(row)
    values: dict[str, str | int | date | None] = {
        "Flag": scene.flag(row.flag),
        "Why": scene.tongue.reason(row.why) or None,
        "Start by": row.start_by,
        "Step owner": scene.owner(step.owner) if step else None,
        "Step due": step.due if step else None,
        "Ready by": row.ready_by,
        "Forecast": row.forecast,
        "Slack": row.slack_days,
    }
    return {header: filling(scene, header, value) for header, value in values.items()}


def faulty_fillings(scene: Scene, row: FaultyRow) -> Mapping[str, Filling]:
    """The computed cells of a row with an input error: red, and what is wrong."""
    facts: Mapping[str, Fact] = row.facts  # type: ignore[assignment]
    sentence, _ = scene.tongue.told(row.code, facts)
    blank: dict[str, str | None] = dict.fromkeys(WIDTHS)
    del blank["ID"]
    values = blank | {"Flag": scene.flag(Flag.RED), "Why": sentence}
    return {header: filling(scene, header, value) for header, value in values.items()}


def filling(scene: Scene, header: str, value: str | float | date | None) -> Filling:
    """A value under a computed header; `<Step> start` and `<Step> due` count by their last word."""
    shown = scene.day(value) if isinstance(value, date) else value
    return Filling(shown, _style(scene, header, value))


def current_step(row: PublicationPlan) -> PlannedStep | None:
    """The step that is worked on and due first, else the first that is planned."""
    left = [step for step in row.steps if step.state is not State.DONE and step.start is not None]
    return min(left, key=_order, default=None)


def _order(step: PlannedStep) -> tuple[bool, date, int]:
    now = step.state is State.NOW
    day, quarter = (step.due, step.due_quarter) if now else (step.start, step.start_quarter)
    return not now, day or date.max, quarter or 0


def _style(scene: Scene, header: str, value: str | float | date | None) -> Style:
    if header in DAY_COLUMNS or header in {"start", "due"}:
        day = value if isinstance(value, date) else None
        return day_style(scene, day, palette.COMPUTED_DAY)
    return LOOKS.get(header, palette.COMPUTED)

"""A plan in short, for whoever pressed the button: how many rows have each flag, what moved, what needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sheetflow.domain.change import Change
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan, PublicationPlan
from sheetflow.domain.workspace import Workspace
from sheetflow.translate.document import Document
from sheetflow.translate.language import Tongue
from sheetflow.translate.views.scene import Scene

URGENT = (Flag.RED, Flag.AMBER)


def summary_of(plan: Plan, workspace: Workspace, tongue: Tongue) -> Document:
    """The counts by flag, the changes, and the red rows before the amber ones, each with its place in the workbook.

    Sentences and days are in the tongue, flags in canonical English.
    """
    counts = Counter(row.flag for row in plan.publications)
    scene = Scene(plan=plan, workspace=workspace, tongue=tongue)
    rows = {row.id: row for row in plan.publications}
    return {
        **{flag.value.lower(): counts[flag] for flag in Flag},
        "moved": [_moved(change, rows, scene) for change in plan.changes],
        "attention": [_attention(row, tongue) for row in _urgent(plan.publications)],
    }


def _urgent(rows: Iterable[PublicationPlan]) -> list[PublicationPlan]:
    return sorted(
        (row for row in rows if row.flag in URGENT), key=lambda row: URGENT.index(row.flag)
    )


def _attention(row: PublicationPlan, tongue: Tongue) -> Document:
    return {
        "id": row.id,
        "title": row.title,
        "flag": row.flag.value,
        "why": tongue.reason(row.why),
        "sheet": row.sheet,
        "row": row.row,
    }


def _moved(change: Change, rows: dict[str, PublicationPlan], scene: Scene) -> Document:
    row = rows[change.id]
    return {
        "id": change.id,
        "title": row.title,
        "step": scene.tongue.show("step", change.step),
        "what": scene.tongue.show("moved", change.what),
        "from": _side(change.before, scene),
        "to": _side(change.after, scene),
        "why": scene.tongue.reason(change.why),
        "sheet": row.sheet,
        "row": row.row,
    }


def _side(side: str | date | None, scene: Scene) -> str | None:
    return scene.tongue.date(side) if isinstance(side, date) else scene.owner(side)

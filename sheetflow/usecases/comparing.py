"""What if: a plan compared with the one that the sheet holds. Who gains, who loses, what moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheetflow.domain.flag import Flag
from sheetflow.domain.history import LastStep
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.work.workdays import WorkDays
from sheetflow.translate.shown import Shown

WORSE = {Flag.GREEN: 0, Flag.AMBER: 1, Flag.RED: 2}
UNKNOWN = Shown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One publication that would be better or worse off; `days` are working days that its forecast comes earlier.

    `weight` is that of its priority; `flag_steps` are the steps from red to green that its flag takes, less than 0 for
    those from green to red.
    """

    id: str
    title: str
    weight: int
    before: Shown
    after: Shown
    days: int
    flag_steps: int

    @property
    def weighted_days(self) -> int:
        """The working days earlier, times the weight."""
        return self.days * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step that would change its owner or its dates."""

    id: str
    before: LastStep
    after: PlannedStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a plan would change; `is_first` where the sheet holds no plan to compare with.

    Gains and losses come with the weightiest first, moves in the order of the plan. `new` are the IDs of the
    publications that the sheet's plan does not know.
    """

    is_first: bool
    gains: tuple[Shift, ...] = ()
    losses: tuple[Shift, ...] = ()
    moves: tuple[Move, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not (self.gains or self.losses or self.moves or self.new)


def compare(workspace: Workspace, present: Mapping[str, Shown], plan: Plan) -> Comparison:
    """Compare a plan with the Steps tab and with what each publication's own row shows."""
    known = {id_ for id_, _ in workspace.last_plan}
    known |= {id_ for id_, shown in present.items() if shown != UNKNOWN}
    if not known:
        return Comparison(is_first=True)
    days = WorkDays(workspace.calendar)
    rows = [row for row in plan.publications if row.id in known]
    shifts = sorted(
        (_shift(row, present.get(row.id, UNKNOWN), days) for row in rows), key=_weightiest
    )
    return Comparison(
        is_first=False,
        gains=tuple(shift for shift in shifts if _tendency(shift) > 0),
        losses=tuple(shift for shift in shifts if _tendency(shift) < 0),
        moves=tuple(_moves(workspace, plan)),
        new=tuple(row.id for row in plan.publications if row.steps and row.id not in known),
    )


def _shift(row: PublicationPlan, before: Shown, days: WorkDays) -> Shift:
    after = Shown(flag=row.flag, forecast=row.forecast)
    earlier = 0
    if before.forecast and after.forecast:
        earlier = days.between(after.forecast, before.forecast)
    return Shift(
        id=row.id,
        title=row.title,
        weight=row.priority.weight,
        before=before,
        after=after,
        days=earlier,
        flag_steps=_flag_steps(before.flag, after.flag),
    )


def _flag_steps(before: Flag | None, after: Flag | None) -> int:
    if before not in WORSE or after not in WORSE:
        return 0
    return WORSE[before] - WORSE[after]


def _tendency(shift: Shift) -> int:
    """More than 0 for a gain, less for a loss: a flag says more than a date, which the team may have moved itself."""
    return shift.flag_steps or shift.days


def _weightiest(shift: Shift) -> tuple[int, int, str]:
    return -abs(shift.weighted_days), -abs(shift.flag_steps * shift.weight), shift.id


def _moves(workspace: Workspace, plan: Plan) -> Iterator[Move]:
    steps = {(row.id, step.step): step for row in plan.publications for step in row.steps}
    for key in dict.fromkeys((change.id, change.step) for change in plan.changes):
        yield Move(id=key[0], before=workspace.last_plan[key], after=steps[key])

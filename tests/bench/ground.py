"""The engine's ground for a contender of its own: the scene of a workspace, its field, and a state to fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine import building, moving, planner
from sheetflow.engine.assemble import assemble
from sheetflow.engine.board import Board
from sheetflow.engine.field import Field, Ints, State
from sheetflow.engine.jobs import crew_of, jobs_of
from sheetflow.engine.laying import Wishes, as_arrays, empty_state, lay_out
from sheetflow.engine.scene import Scene
from sheetflow.engine.tries import row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where a schedule is built by hand."""

    scene: Scene
    field: Field
    state: State

    def by_delivery(self) -> list[int]:
        """The jobs by delivery date, the heavier ones first."""
        rows = [job.row for job in self.scene.jobs]
        return sorted(
            range(len(rows)),
            key=lambda j: (rows[j].delivery, -rows[j].priority.weight, rows[j].id),
        )


def scene_for(workspace: Workspace, today: date) -> Scene:
    """The scene of a workspace, on a line that is long enough for bad plans too."""
    crew = crew_of(workspace)
    jobs = jobs_of(workspace, crew, today)
    days = 3 * planner._first_length(jobs, today)
    return planner._scene(workspace, crew, jobs, today, days)


def ground_for(scene: Scene, wishes: Wishes) -> Ground:
    """Current steps and publish steps in their places, all else still to be placed."""
    field, state = as_arrays(lay_out(scene, wishes)), as_arrays(empty_state(scene, lay_out(scene, {})))
    ground = Ground(scene=scene, field=field, state=state)
    must(building.lay_foundation(field, state, row_of(ground.by_delivery())))
    return ground


def finished(ground: Ground, order: Ints, workspace: Workspace) -> Plan:
    """The plan of a state in which all before publishing is placed; nothing of it is moved any more."""
    field, state = ground.field, ground.state
    must(building.settle(field, state))
    must(building.follow_up(field, state, row_of(order)))
    moving.adopt(field, state)
    return assemble(Board(ground.scene, field, state), workspace)


def must(done: bool) -> None:
    """Stop where the line of days was too short after all.

    Raises:
        RuntimeError: The kernel found no room.
    """
    if not done:
        raise RuntimeError("the line of days is too short for this contender")

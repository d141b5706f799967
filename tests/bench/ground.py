"""The engine's ground for a contender of its own: the scene of a workspace, its field, and a state to fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine import planner
from sheetflow.engine.assemble import assemble
from sheetflow.engine.kernel.compiled import Kernel, can_compile, compiled_kernel, plain_kernel
from sheetflow.engine.kernel.field import Field, Ints, State
from sheetflow.engine.kernel.laying import Wishes, empty_state, lay_out
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.work.job_maker import jobs_of
from sheetflow.engine.work.jobs import crew_of
from sheetflow.engine.work.scene import Scene, scene_of

LINE_LENGTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where a schedule is built by hand: `field` and `state` are in the kernel's form."""

    scene: Scene
    kernel: Kernel
    field: Field
    state: State

    def by_delivery(self) -> Ints:
        """The jobs by delivery date, the heavier ones first."""
        rows = [job.row for job in self.scene.jobs]
        return sorted(
            range(len(rows)),
            key=lambda j: (rows[j].delivery, -rows[j].priority.weight, rows[j].id),
        )

    def lay_foundation(self) -> None:
        """Put down current steps and publish steps."""
        order = self.kernel.row(self.by_delivery())
        must(self.kernel.lay_foundation(self.field, self.state, order))

    def finished(self, workspace: Workspace) -> Plan:
        """The plan of a state in which all before publishing is placed; none of that is moved any more."""
        kernel, field, state = self.kernel, self.field, self.state
        must(kernel.settle(field, state))
        must(kernel.follow_up(field, state, kernel.row(self.by_delivery())))
        kernel.adopt(field, state)
        board = Board(self.scene, lay_out(self.scene, {}), kernel.plain(state))
        return assemble(board, workspace)


def quickest_kernel() -> Kernel:
    """The compiled kernel where numba is installed."""
    return compiled_kernel() if can_compile() else plain_kernel()


def scene_for(workspace: Workspace, today: date) -> Scene:
    """The scene of a workspace, on a line that is long enough for bad plans too."""
    crew = crew_of(workspace)
    jobs = jobs_of(workspace, crew, today)
    days = LINE_LENGTHS * planner._first_length(jobs, today)
    return scene_of(workspace, crew, jobs, today, days)


def ground_for(scene: Scene, kernel: Kernel, wishes: Wishes) -> Ground:
    """A ground on which nothing is placed yet."""
    field = lay_out(scene, wishes)
    return Ground(
        scene=scene,
        kernel=kernel,
        field=kernel.field(field),
        state=kernel.state(empty_state(scene, field)),
    )


def must(done: bool) -> None:
    """Stop where the line of days was too short after all.

    Raises:
        RuntimeError: The kernel found no room.
    """
    if not done:
        raise RuntimeError("the line of days is too short for this contender")

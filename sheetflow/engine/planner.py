"""The plan of a workspace. Read this file first.

    workspace -> jobs (what is left to do) -> a scene (who can work when)
              -> several schedules, built in several ways -> the best of them
              -> steps moved as late, or as close together, as no date suffers from -> the plan

Everything is counted in quarters of days from today; ties are broken by IDs and names, never by chance.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.assemble import assemble
from sheetflow.engine.compiled import Kernel, can_compile, compiled_kernel, plain_kernel
from sheetflow.engine.jobs import Crew, Job, crew_of, jobs_of
from sheetflow.engine.laying import LONGEST_LINE
from sheetflow.engine.scene import Scene
from sheetflow.engine.search import search
from sheetflow.engine.timeline import timeline
from sheetflow.engine.tries import LineTooShortError, Pace
from sheetflow.engine.workdays import WorkDays
from sheetflow.errors import UserError

FIRST_DAYS = 120
DAYS_BEHIND_LAST_DELIVERY = 60


class Effort(StrEnum):
    """How long to look for a better plan; counted in moves, never in seconds."""

    FAST = "fast"
    BALANCED = "balanced"
    THOROUGH = "thorough"


LEAST_MOVES, MOVES_PER_JOB, MOST_MOVES = 8_000, 250, 40_000
ROUNDS = {Effort.FAST: 0, Effort.BALANCED: 1, Effort.THOROUGH: 10}
WORTH_COMPILING = 3_000
"""So many tasks, or moves, take longer in plain Python than the compiled kernel takes to load."""


def plan(
    workspace: Workspace,
    today: date,
    effort: Effort = Effort.BALANCED,
    progress: Callable[[float], None] = lambda _: None,
    kernel: Kernel | None = None,
) -> Plan:
    """The best plan found for a workspace as of `today`; the same for the same input, in whatever order its rows are.

    `progress` is told the share of the search that is done; it may raise StopSearchError to end it there. `kernel` None
    takes the quicker one.
    """
    crew = crew_of(workspace)
    jobs = jobs_of(workspace, crew, today)
    days = _first_length(jobs, today)
    moves = min(max(LEAST_MOVES, MOVES_PER_JOB * len(jobs)), MOST_MOVES)
    pace = Pace(
        rounds=ROUNDS[effort],
        moves=moves,
        improver=lambda: kernel or _quicker(moves),
        progress=progress,
    )
    builder = kernel or _quicker(sum(len(job.tasks) for job in jobs))
    while True:
        scene = _scene(workspace, crew, jobs, today, days)
        try:
            board = search(scene, workspace, builder, pace)
        except LineTooShortError:
            days = longer(days)
        else:
            return assemble(board, workspace)


def _quicker(work: int) -> Kernel:
    return compiled_kernel() if work > WORTH_COMPILING and can_compile() else plain_kernel()


def longer(days: int) -> int:
    """The length of the next line to try, in days.

    Raises:
        UserError: the last one was as long as a line can be; nobody ever works.
    """
    if days >= LONGEST_LINE:
        raise UserError("nobody_works")
    return min(2 * days, LONGEST_LINE)


def _first_length(jobs: tuple[Job, ...], today: date) -> int:
    last = max((job.row.delivery for job in jobs), default=today)
    return max(FIRST_DAYS, (last - today).days + DAYS_BEHIND_LAST_DELIVERY)


def _scene(
    workspace: Workspace, crew: Crew, jobs: tuple[Job, ...], today: date, days: int
) -> Scene:
    line = timeline(
        today, days, WorkDays(workspace.calendar), tuple(p.calendar for p in crew.people)
    )
    kept_free = workspace.settings.reserve
    capacity = []
    for person, lane in zip(crew.people, line.lanes[1:], strict=True):
        per_quarter = person.hours_per_day * (1 - kept_free) / 4
        worked = (lane.first[t + 1] - lane.first[t] for t in range(days))
        capacity.append(tuple(quarters * per_quarter for quarters in worked))
    return Scene(jobs=jobs, crew=crew, line=line, capacity=tuple(capacity))

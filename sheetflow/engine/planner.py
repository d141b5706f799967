"""The plan of a workspace. Read this file first.

    workspace -> jobs (what is left to do) -> a scene (who can work when)
              -> several schedules, built in several ways -> the best of them
              -> steps moved as late, or as close together, as no date suffers from -> the plan

Everything is counted in quarters of days from today; ties are broken by IDs and names, never by chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.assemble import assemble
from sheetflow.engine.elsewhere import offered_elsewhere
from sheetflow.engine.kernel.compiled import (
    Kernel,
    can_compile,
    compiled_kernel,
    is_loaded,
    plain_kernel,
)
from sheetflow.engine.kernel.laying import LONGEST_LINE
from sheetflow.engine.runs.fingerprint import fingerprint
from sheetflow.engine.search.search import Origin, search
from sheetflow.engine.search.tries import LineTooShortError, Pace, StopSearchError
from sheetflow.engine.work.job_maker import jobs_of
from sheetflow.engine.work.jobs import Job, crew_of
from sheetflow.engine.work.scene import scene_of
from sheetflow.errors import UserError

FIRST_DAYS = 120
DAYS_BEHIND_LAST_DELIVERY = 60


class Effort(StrEnum):
    """How long to look for a better plan; counted in moves, never in seconds."""

    FAST = "fast"
    BALANCED = "balanced"
    THOROUGH = "thorough"


LEAST_MOVES, MOVES_PER_JOB, MOST_MOVES = 40_000, 900, 60_000
MOVES_ANYWAY, JOBS_TIMES_MOVES = 20_000, 8_000_000
"""The more jobs there are, the longer a move takes: there are fewer of them."""
INSERTIONS, MOST_REORDERED = 100_000, 500
"""With more jobs than that, too few orders could be tried."""
ROUNDS = {Effort.FAST: 0, Effort.BALANCED: 1, Effort.THOROUGH: 10}
LENGTHS = {Effort.FAST: 1, Effort.BALANCED: 1, Effort.THOROUGH: 3}
"""So many times as long is each round, where moves are quick: long rounds find what short ones never do."""
WORTH_COMPILING = 500
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
    made = _made(workspace, today, effort, progress, kernel)
    if not made.effort:
        return made
    return offered_elsewhere(
        workspace, made, lambda changed: _made(changed, today, effort, lambda _: None, kernel)
    )


def _made(
    workspace: Workspace,
    today: date,
    effort: Effort,
    progress: Callable[[float], None],
    kernel: Kernel | None,
) -> Plan:
    hearing = _Hearing(progress)
    crew = crew_of(workspace)
    jobs = jobs_of(workspace, crew, today)
    days = max(_first_length(jobs, today), _last_length(workspace, today))
    length = LENGTHS[effort]
    moves = _moves(len(jobs), length)
    pace = Pace(
        rounds=ROUNDS[effort],
        moves=moves,
        insertions=length * INSERTIONS if len(jobs) <= MOST_REORDERED else 0,
        improver=lambda: kernel or _quicker(moves),
        progress=hearing,
    )
    tasks = sum(len(job.tasks) for job in jobs)
    origin = Origin(inputs=fingerprint(workspace, today), effort=effort)
    while True:
        scene = scene_of(workspace, crew, jobs, today, days)
        try:
            board = search(scene, workspace, lambda: kernel or _quicker(tasks), pace, origin)
        except LineTooShortError:
            days = longer(days)
        else:
            made = assemble(board, workspace, lambda tasks: kernel or _quicker(tasks))
            # A plan whose search was stopped is no result of that effort: the next run goes on from it.
            return replace(made, inputs=origin.inputs, effort="" if hearing.stopped else effort)


class _Hearing:
    """Hears the progress of a search, and remembers whether whoever hears it too has ended it."""

    def __init__(self, progress: Callable[[float], None]) -> None:
        self._progress, self.stopped = progress, False

    def __call__(self, share: float) -> None:
        try:
            self._progress(share)
        except StopSearchError:
            self.stopped = True
            raise


def _moves(jobs: int, length: int) -> int:
    """How many moves a round of such a length has."""
    quick_enough = MOVES_ANYWAY + JOBS_TIMES_MOVES // max(1, jobs)
    wanted = min(max(LEAST_MOVES, MOVES_PER_JOB * jobs), MOST_MOVES)
    return min(length * wanted, quick_enough)


def _quicker(work: int) -> Kernel:
    is_worth_it = is_loaded() or (work > WORTH_COMPILING and can_compile())
    return compiled_kernel() if is_worth_it else plain_kernel()


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


def _last_length(workspace: Workspace, today: date) -> int:
    """So many days that the last plan has room, however long a line it was made on."""
    dues = (step.due for step in workspace.last_plan.values() if step.due)
    days = (max(dues, default=today) - today).days + DAYS_BEHIND_LAST_DELIVERY
    return min(days, LONGEST_LINE)

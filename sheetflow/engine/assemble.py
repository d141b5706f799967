"""From the finished board to the plan as the contract shows it."""

from __future__ import annotations

from collections.abc import Callable

from sheetflow.domain.flag import Flag, Reason
from sheetflow.domain.plan import (
    Plan,
    PlannedStep,
    PublicationPlan,
    State,
)
from sheetflow.domain.publication import FaultyRow, Priority, Publication, Status
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.compiled import Kernel, plain_kernel
from sheetflow.engine.load.bottlenecks import bottlenecks_of
from sheetflow.engine.load.demand import demand_of, shown_demand
from sheetflow.engine.reasons.left_room import LeftRoom
from sheetflow.engine.reasons.remedies import ways_out
from sheetflow.engine.reasons.step_reasons import Places, step_reason
from sheetflow.engine.reasons.verdict import Verdict, verdict
from sheetflow.engine.runs.changes import changes_of
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.schedule.measures import Loads, objective_of, people_days, shown_loads
from sheetflow.engine.schedule.score import DECIMALS, late_days, ready_quarter, slack_days
from sheetflow.engine.work.jobs import NOBODY
from sheetflow.engine.work.memory import Memory, memory_of
from sheetflow.engine.work.workdays import start_by

TRIES_PER_ROW = 10
"""About so many versions of a row in trouble are tried."""


def assemble(
    board: Board,
    workspace: Workspace,
    quicker: Callable[[int], Kernel] = lambda _tasks: plain_kernel(),
) -> Plan:
    """The plan of a board, publications in the order of their IDs, with flags, reasons, measures and changes.

    `quicker` gives the kernel for trying so many tasks.
    """
    memory = memory_of(workspace)
    loads = shown_loads(board)
    number = {job.row.id: i for i, job in enumerate(board.scene.jobs)}
    verdicts = _verdicts(board, workspace, memory, quicker)
    rows: list[PublicationPlan] = [_faulty(row) for row in workspace.faulty]
    for row in workspace.publications:
        job = number.get(row.id)
        if job is None:
            rows.append(_unplanned(row))
        else:
            rows.append(_planned(board, job, memory, verdicts[job], loads))
    rows.sort(key=lambda row: (row.id, row.sheet, row.row))
    names = frozenset(board.scene.crew.names)
    demand = demand_of(board.scene, rows)
    return Plan(
        today=board.scene.line.today,
        publications=tuple(rows),
        people=people_days(board),
        objective=objective_of(board, workspace),
        changes=tuple(
            change
            for row in rows
            if row.steps
            for change in changes_of(
                board.scene.jobs[number[row.id]], row, workspace.last_plan, names
            )
        ),
        demand=shown_demand(board.scene, demand),
        bottlenecks=bottlenecks_of(board.scene, workspace.calendar, demand, rows),
    )


def _verdicts(
    board: Board, workspace: Workspace, memory: Memory, quicker: Callable[[int], Kernel]
) -> list[Verdict]:
    """The verdict on each job, with the way out where there is trouble."""
    jobs = range(len(board.scene.jobs))
    found = [verdict(board, job, workspace.settings, memory) for job in jobs]
    troubles = {job: judged.trouble for job, judged in enumerate(found) if judged.trouble}
    if troubles:
        tasks = sum(len(board.scene.jobs[job].tasks) for job in troubles)
        room = LeftRoom(board, workspace, quicker(TRIES_PER_ROW * tasks))
        for job, way in ways_out(room, troubles).items():
            found[job] = found[job].with_remedy(way)
    return found


def _faulty(row: FaultyRow) -> PublicationPlan:
    return PublicationPlan(
        id=row.id,
        sheet=row.sheet,
        row=row.row,
        title=row.title,
        type=row.type,
        client=row.client,
        delivery=None,
        priority=Priority.NORMAL,
        status=Status.ACTIVE,
        flag=Flag.RED,
        why=Reason(code="unplannable", facts={"problem": row.code, **row.facts}),  # type: ignore[dict-item]
    )


GREY_REASONS = {
    Status.ACTIVE: "done",
    Status.DONE: "done",
    Status.ON_HOLD: "on_hold",
    Status.CANCELLED: "cancelled",
    Status.IDEA: "idea",
}


def _unplanned(row: Publication) -> PublicationPlan:
    return PublicationPlan(
        id=row.id,
        sheet=row.sheet,
        row=row.row,
        title=row.title,
        type=row.type,
        client=row.client,
        delivery=row.known_delivery,
        priority=row.priority,
        status=row.status,
        flag=Flag.GREY,
        why=Reason(code=GREY_REASONS[row.status]),
        current_steps=row.current_steps,
    )


def _planned(
    board: Board, job: int, memory: Memory, judged: Verdict, loads: Loads
) -> PublicationPlan:
    here, line = board.scene.jobs[job], board.scene.line
    row = here.row
    ready = ready_quarter(board, job)
    publish = board.place_of(job, here.publish) if here.publish is not None else None
    begin = start_by(row.delivery, here.network, here.left, here.margin, line.team)
    return PublicationPlan(
        id=row.id,
        sheet=row.sheet,
        row=row.row,
        title=row.title,
        type=row.type,
        client=row.client,
        delivery=row.delivery,
        priority=row.priority,
        status=row.status,
        flag=judged.flag,
        why=judged.why,
        chain=judged.chain,
        start_by=None if here.begun else begin,
        ready_by=line.day(ready) if ready >= 0 else None,
        forecast=line.day(publish.end) if publish else None,
        slack_days=slack_days(board, job),
        late_days=late_days(board, job),
        margin_days=here.margin,
        current_steps=row.current_steps,
        steps=_steps(board, job, memory, judged, loads),
    )


def _steps(
    board: Board, job: int, memory: Memory, judged: Verdict, loads: Loads
) -> tuple[PlannedStep, ...]:
    here = board.scene.jobs[job]
    left, places = {task.step.name: i for i, task in enumerate(here.tasks)}, board.places[job]
    steps = []
    for name, step in here.network.steps.items():
        index = left.get(name)
        if index is None:
            steps.append(
                PlannedStep(
                    step=name,
                    phase=step.phase,
                    skill=step.skill,
                    kind=step.kind,
                    state=State.DONE,
                    owner=here.row.pins.get(name) or memory.owner((here.row.id, name)),
                    pinned=name in here.row.pins,
                )
            )
        elif planned := _step(board, job, index, places, memory, judged, loads):
            steps.append(planned)
    return tuple(steps)


def _step(
    board: Board,
    job: int,
    index: int,
    places: Places,
    memory: Memory,
    judged: Verdict,
    loads: Loads,
) -> PlannedStep | None:
    here, line, place = board.scene.jobs[job], board.scene.line, places[index]
    if place is None:
        return None
    task, option = here.tasks[index], place.option
    due = line.day(place.end)
    event = memory.started((here.row.id, task.step.name)) if task.current else None
    promised = event.due if event else None
    late_for_promise = promised is not None and due > promised
    flag = judged.flag if index in judged.path else Flag.GREEN
    return PlannedStep(
        step=task.step.name,
        phase=task.step.phase,
        skill=task.step.skill,
        kind=task.step.kind,
        state=State.NOW if task.current else State.PLANNED,
        owner=board.scene.crew.names[option.owner] if option.owner != NOBODY else None,
        start=line.day(place.start),
        start_quarter=place.start % QUARTERS_PER_DAY,
        due=due,
        due_quarter=place.end % QUARTERS_PER_DAY,
        quarters=option.quarters,
        hours=round(option.hours, DECIMALS),
        pinned=task.pinned,
        load=loads.get((job, index), ()),
        flag=Flag.AMBER if late_for_promise and flag is Flag.GREEN else flag,
        why=step_reason(board, job, index, places, promised if late_for_promise else None),
    )

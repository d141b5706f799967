"""Rows and steps: the plan holds exactly those of the workbook, each as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheetflow.checker.evidence import Row, has_dates, rows_of
from sheetflow.checker.violation import Violation
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan, State
from sheetflow.domain.publication import FaultyRow, Publication
from sheetflow.domain.workspace import Workspace

FACTS = ("id", "title", "type", "client", "delivery", "priority", "status", "current_steps")
FAULTY_FACTS = ("id", "title", "type", "client")


def check_rows(workspace: Workspace, plan: Plan) -> Iterator[Violation]:
    """Every row of the workbook once, with its own facts and steps, and no other."""
    yield from _same_rows(workspace, plan)
    answers = {(answer.sheet, answer.row): answer for answer in plan.publications}
    for publication in workspace.publications:
        answer = answers.get((publication.sheet, publication.row))
        if answer is not None:
            yield from _same_facts(publication, answer, FACTS)
            if not publication.is_planned:
                yield from _not_planned(answer, Flag.GREY)
    for faulty in workspace.faulty:
        answer = answers.get((faulty.sheet, faulty.row))
        if answer is not None:
            yield from _same_facts(faulty, answer, FAULTY_FACTS)
            yield from _not_planned(answer, Flag.RED)
    for row in rows_of(workspace, plan):
        yield from _steps(row)


def _same_rows(workspace: Workspace, plan: Plan) -> Iterator[Violation]:
    wanted = Counter((row.sheet, row.row) for row in workspace.publications)
    wanted.update((row.sheet, row.row) for row in workspace.faulty)
    found = Counter((row.sheet, row.row) for row in plan.publications)
    for sheet, number in (wanted - found) + (found - wanted):
        where = f"{sheet} row {number}"
        times = f"{found[sheet, number]} times in the plan, {wanted[sheet, number]} in the workbook"
        yield Violation(rule="rows", detail=f"{where}: {times}")


def _same_facts(
    given: Publication | FaultyRow, answer: PublicationPlan, names: tuple[str, ...]
) -> Iterator[Violation]:
    for name in names:
        wanted, found = getattr(given, name), getattr(answer, name)
        if wanted != found:
            yield Violation(rule="facts", id=answer.id, detail=f"{name}: {found}, not {wanted}")


def _not_planned(answer: PublicationPlan, flag: Flag) -> Iterator[Violation]:
    """A row that takes no part has its flag and nothing else."""
    figures = (
        answer.start_by,
        answer.ready_by,
        answer.forecast,
        answer.slack_days,
        answer.late_days,
    )
    if answer.steps or any(figure is not None for figure in figures):
        yield Violation(rule="not-planned", id=answer.id, detail="has steps, dates or figures")
    if answer.flag is not flag:
        yield Violation(rule="flag", id=answer.id, detail=f"{answer.flag}, not {flag}")


def _steps(row: Row) -> Iterator[Violation]:
    """The steps that the row keeps, in the workflow's order, each in its state."""
    names = [planned.step for planned in row.plan.steps]
    wanted = [step.name for step in row.network.steps]
    if names != wanted:
        yield Violation(rule="steps", id=row.plan.id, detail=f"{names}, not {wanted}")
    for step in row.network.steps:
        planned = row.steps.get(step.name)
        if planned is None:
            continue
        same = (planned.phase, planned.skill, planned.kind) == (step.phase, step.skill, step.kind)
        if not same:
            yield _wrong("steps", row, planned, "another phase, skill or kind than the workflow's")
        yield from _state(row, planned)


def _state(row: Row, planned: PlannedStep) -> Iterator[Violation]:
    state = row.states[planned.step]
    if planned.state is not state:
        yield _wrong("state", row, planned, f"{planned.state}, not {state}")
    if state is State.DONE:
        dates = (planned.start, planned.start_quarter, planned.due, planned.due_quarter)
        amounts = (planned.quarters, planned.hours, planned.load)
        if any(part is not None for part in dates) or any(amounts):
            yield _wrong("done", row, planned, "is finished, but has dates, quarters or hours")
    elif not has_dates(planned):
        yield _wrong("dates", row, planned, "has no start and due, or ends before it starts")


def _wrong(rule: str, row: Row, planned: PlannedStep, detail: str) -> Violation:
    return Violation(rule=rule, id=row.plan.id, step=planned.step, detail=detail)

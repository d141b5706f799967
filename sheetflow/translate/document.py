"""The plan as a JSON document, in canonical English whatever the workbook's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from sheetflow.domain.change import Change
from sheetflow.domain.plan import Objective, PersonPlan, Plan, PlannedStep, PublicationPlan
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.errors import Problem
from sheetflow.translate.language import Tongue

SCHEMA = "sheetflow.plan/1"
DECIMALS = 4

Document: TypeAlias = dict[str, Any]


def document_of(plan: Plan, problems: Iterable[Problem]) -> Document:
    """The document: plain dicts and lists, dates as ISO 8601 text, None where there is nothing."""
    tongue = english(plan.today)
    return {
        "schema": SCHEMA,
        "today": plan.today.isoformat(),
        "quarters_per_day": QUARTERS_PER_DAY,
        "publications": [publication_entry(row, tongue) for row in plan.publications],
        "people": [_person(person) for person in plan.people],
        "objective": _objective(plan.objective),
        "problems": problem_list(problems, tongue),
        "changes": [_change(change, tongue) for change in plan.changes],
    }


def english(today: date) -> Tongue:
    """The tongue of documents and of the command line."""
    return Tongue(Language.EN, CalendarSystem.GREGORIAN, today)


def problem_list(problems: Iterable[Problem], tongue: Tongue) -> list[Document]:
    """The problems, each with its sentence and its way out."""
    return [_problem(problem, tongue) for problem in problems]


def publication_entry(row: PublicationPlan, tongue: Tongue) -> Document:
    """One publication with its steps."""
    return {
        "id": row.id,
        "sheet": row.sheet,
        "title": row.title,
        "type": row.type or None,
        "client": row.client or None,
        "delivery": _day(row.delivery),
        "priority": row.priority.word,
        "status": row.status.value,
        "flag": row.flag.value,
        "why": tongue.reason(row.why) or None,
        "start_by": _day(row.start_by),
        "ready_by": _day(row.ready_by),
        "forecast": _day(row.forecast),
        "slack_days": row.slack_days,
        "late_days": row.late_days,
        "current_steps": list(row.current_steps),
        "steps": [step_entry(step, tongue) for step in row.steps],
    }


def step_entry(step: PlannedStep, tongue: Tongue) -> Document:
    """One step."""
    return {
        "step": step.step,
        "phase": step.phase or None,
        "skill": step.skill or None,
        "kind": step.kind.value,
        "owner": step.owner,
        "start": _day(step.start),
        "start_quarter": step.start_quarter,
        "due": _day(step.due),
        "due_quarter": step.due_quarter,
        "days": step.quarters / QUARTERS_PER_DAY,
        "hours": _number(step.hours),
        "state": step.state.value,
        "pinned": step.pinned,
        "flag": step.flag.value,
        "why": tongue.reason(step.why) or None,
        "load": [{"date": _day(day.date), "hours": _number(day.hours)} for day in step.load],
    }


def _person(person: PersonPlan) -> Document:
    return {
        "name": person.name,
        "skills": list(person.skills),
        "days": [
            {
                "date": _day(day.date),
                "capacity_hours": _number(day.capacity_hours),
                "planned_hours": _number(day.planned_hours),
            }
            for day in person.days
        ],
    }


def _objective(objective: Objective) -> Document:
    return {
        "weighted_late_days": _number(objective.weighted_late_days),
        "weighted_margin_days": _number(objective.weighted_margin_days),
        "owner_changes": objective.owner_changes,
        "imbalance": _number(objective.imbalance),
        "idle_days": _number(objective.idle_days),
    }


def _problem(problem: Problem, tongue: Tongue) -> Document:
    wrong, what_to_do = tongue.problem(problem)
    return {
        "sheet": problem.sheet or None,
        "cell": problem.cell or None,
        "severity": problem.severity.value,
        "problem": wrong,
        "what_to_do": what_to_do or None,
    }


def _change(change: Change, tongue: Tongue) -> Document:
    return {
        "id": change.id,
        "step": change.step or None,
        "what": change.what.value,
        "from": _side(change.before),
        "to": _side(change.after),
        "why": tongue.reason(change.why) or None,
    }


def _side(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(number: float) -> float:
    return round(number, DECIMALS)

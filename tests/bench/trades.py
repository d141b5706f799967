"""The types of publication of a bench: built-in workflows, half of them with a team's own hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind, Step, Workflow
from sheetflow.translate.builtin import builtin_types, builtin_workflow

HOURS_PER_DAY = 6.0
FEWEST_STEPS = 6
TYPES = 12
INTENSITIES = (0.2, 0.35, 0.5, 0.65)
LIGHT_SKILLS = frozenset({"Internal approver", "Publisher / traffic"})
LONGEST_DAYS = 20


def chosen_types(rng: Random) -> Mapping[str, Workflow]:
    """A dozen built-in workflows; in half of them the work takes more of a day than the shipped hours say."""
    long_enough = [name for name in builtin_types() if _is_usual(builtin_workflow(name))]
    flows = [builtin_workflow(name) for name in sorted(rng.sample(long_enough, TYPES))]
    return {
        flow.type: flow if number % 2 else _with_own_hours(rng, flow)
        for number, flow in enumerate(flows)
    }


def _is_usual(flow: Workflow) -> bool:
    before = [step for step in flow.steps if step.kind is not Kind.FOLLOW_UP]
    days = sum(step.quarters for step in before) / QUARTERS_PER_DAY
    return len(flow.steps) >= FEWEST_STEPS and days <= LONGEST_DAYS


def _with_own_hours(rng: Random, flow: Workflow) -> Workflow:
    steps = tuple(
        replace(step, hours=_own_hours(rng, step)) if _is_labour(step) else step
        for step in flow.steps
    )
    return Workflow(type=flow.type, steps=steps)


def _is_labour(step: Step) -> bool:
    return step.kind is Kind.WORK and step.skill not in LIGHT_SKILLS


def _own_hours(rng: Random, step: Step) -> float:
    days = step.quarters / QUARTERS_PER_DAY
    return round(days * HOURS_PER_DAY * rng.choice(INTENSITIES) * 4) / 4 or 0.25

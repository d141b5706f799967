"""Random workflows: parallel steps, waits, follow-ups, blank hours and skills, and a few built-in types."""

from __future__ import annotations

from random import Random

from sheetflow.cells import Table, Value
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind, Step, Workflow
from sheetflow.translate.builtin import builtin_workflow

BUILTIN = ("Facebook ad post", "Landing page", "Blog article", "Webinar", "Newsletter (recurring)")
SKILLS = ("Copywriter", "Designer", "Analyst", "Internal approver", "Illustration", "Translation")
PHASES = ("Creation", "Approval", "Build", "Polish")
NAMES = ("Brief", "Text", "Pictures", "Layout", "Review", "Client check", "Code", "Proof", "Cut")
QUARTERS = (1, 1, 2, 2, 3, 4, 4, 4, 4, 6, 8, 12)
HOURS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0)
HEADERS = (
    "Type", "Step", "Phase", "Skill", "Days", "Hours", "Kind", "After", "Returns to", "Not by",
)  # fmt: skip


def own_workflows(rng: Random) -> list[Workflow]:
    """Up to four types of the team's own."""
    return [_workflow(rng, f"Own type {number}") for number in range(1, rng.randint(1, 4) + 1)]


def builtin_workflows(rng: Random) -> list[Workflow]:
    """One to three of the built-in types."""
    return [builtin_workflow(name) for name in rng.sample(BUILTIN, rng.randint(1, 3))]


def workflows_table(rng: Random, workflows: list[Workflow]) -> Table:
    """The Workflows tab; After is left blank where it names the row above, now and then."""
    rows: list[tuple[Value, ...]] = [HEADERS]
    for workflow in workflows:
        above: str | None = None
        for step in workflow.steps:
            rows.append(_row(rng, workflow.type, step, above))
            above = step.name
    return Table(sheet=rng.choice(["Workflows", "Alur kerja"]), rows=tuple(rows))


def _row(rng: Random, type_name: str, step: Step, above: str | None) -> tuple[Value, ...]:
    follows_row = step.after == ((above,) if above else ())
    return (
        type_name,
        step.name,
        step.phase,
        step.skill or None,
        step.quarters / QUARTERS_PER_DAY,
        step.hours,
        step.kind.value,
        None if follows_row and rng.random() < 0.8 else ", ".join(step.after),
        step.returns_to,
        ", ".join(step.not_by) or None,
    )


def _workflow(rng: Random, type_name: str) -> Workflow:
    names = rng.sample(NAMES, rng.randint(0, len(NAMES)))
    early = names[: len(names) - (rng.random() < 0.15)]
    steps: list[Step] = []
    for name in early:
        kind = Kind.WAIT if rng.random() < 0.15 else Kind.WORK
        steps.append(_step(rng, name, kind, steps))
    steps.append(_publish(rng, steps))
    for number in range(rng.choice([0, 0, 1, 1, 2, 3])):
        steps.append(_step(rng, f"After care {number + 1}", Kind.FOLLOW_UP, steps, parallel=0.2))
    for name in names[len(early) :]:
        steps.append(_step(rng, name, Kind.WORK, steps, parallel=0.7))
    return Workflow(type=type_name, steps=tuple(steps))


def _publish(rng: Random, steps: list[Step]) -> Step:
    above = steps[-1].name if steps else None
    return Step(
        name="Go live",
        phase="Delivery",
        skill=rng.choice(SKILLS),
        quarters=rng.choice([1, 1, 2, 4]),
        hours=rng.choice([0.25, 0.25, 1.0, None]),
        kind=Kind.PUBLISH,
        after=(above,) if above else (),
    )


def _step(rng: Random, name: str, kind: Kind, before: list[Step], parallel: float = 0.35) -> Step:
    names = [step.name for step in before]
    after = tuple(names[-1:])
    if names and rng.random() < parallel:
        after = tuple(rng.sample(names, min(len(names), rng.randint(1, 2))))
    rejects = kind is Kind.WORK and names and rng.random() < 0.25
    return Step(
        name=name,
        phase=rng.choice(PHASES),
        skill="" if rng.random() < 0.06 else rng.choice(SKILLS),
        quarters=rng.choice(QUARTERS),
        hours=None if rng.random() < 0.4 else rng.choice(HOURS),
        kind=kind,
        after=after,
        returns_to=rng.choice(names) if rejects else None,
        not_by=tuple(rng.sample(names, 1)) if rejects or rng.random() < 0.05 * bool(names) else (),
    )

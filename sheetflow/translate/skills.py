"""Skills that nobody has: told before the plan shows it in red."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sheetflow.cells import CellRef
from sheetflow.domain.people import Person
from sheetflow.domain.publication import Publication
from sheetflow.domain.workflow import Kind, Step, Workflow
from sheetflow.errors import Problem, Severity


def skills_of_nobody(
    publications: Iterable[Publication],
    workflows: Mapping[str, Workflow],
    people: tuple[Person, ...] | None,
) -> Iterator[Problem]:
    """One warning for each skill that one of the rows needs and that no person has."""
    if people is None:
        return
    known = {skill for person in people for skill in person.skills}
    for publication in publications:
        for step in workflows[publication.type].steps:
            if _needs_somebody(step, publication) and step.skill not in known:
                known.add(step.skill)
                yield _problem(step, publication)


def _needs_somebody(step: Step, publication: Publication) -> bool:
    spared = step.name in publication.skip or step.name in publication.pins
    return bool(step.skill) and step.kind is not Kind.WAIT and not spared


def _problem(step: Step, publication: Publication) -> Problem:
    """At the step's own row, or for a built-in type at the type of the first publication that needs it."""
    cell: CellRef | None = step.cells.get("Skill") or publication.cells.get("Type")
    return Problem(
        code="skill_of_nobody",
        sheet=cell.sheet if cell else publication.sheet,
        cell=cell.a1 if cell else "",
        severity=Severity.WARNING,
        facts={"skill": step.skill, "step": step.name, "type": publication.type},
    )

"""A seeded generator of valid workbooks with every feature of the contract, small and large."""

from __future__ import annotations

from datetime import date
from random import Random

from generated_memory import memory_tables
from generated_rows import Draft, publications, publications_table
from generated_team import Member, holidays_table, settings_table, team, team_table, time_off_table
from generated_workflows import builtin_workflows, own_workflows, workflows_table
from sheetflow.cells import Snapshot, Table
from sheetflow.domain.workflow import Workflow
from sheetflow.domain.workspace import Workspace

TODAY = date(2026, 11, 23)
SIZES = (1, 2, 3, 5, 8, 12, 20, 20, 30, 40, 60)
LARGEST = 200


def generate(seed: int, size: int | None = None) -> Snapshot:
    """The workbook of that seed, with so many publications (else between 1 and 200)."""
    rng = Random(seed)
    if size is None:
        size = LARGEST if rng.random() < 0.01 else rng.choice(SIZES)
    own = own_workflows(rng) if rng.random() < 0.85 else []
    builtin = builtin_workflows(rng) if not own or rng.random() < 0.4 else []
    members = _members(rng, [*own, *builtin], size)
    names = [member.name for member in members if not member.last or member.last >= TODAY]
    drafts = publications(rng, [*own, *builtin], names, size, TODAY)
    tables = _publication_tables(rng, drafts)
    if own:
        tables.append(workflows_table(rng, own))
    tables += _team_tables(rng, members)
    if rng.random() < 0.6:
        tables.append(holidays_table(rng, TODAY))
    if rng.random() < 0.8:
        tables.append(settings_table(rng))
    if rng.random() < 0.6:
        tables += memory_tables(rng, drafts, members, TODAY)
    return Snapshot(tables=tuple(tables))


def generate_workspace(seed: int, size: int | None = None) -> Workspace:
    """The same workbook as it is read; a problem that is an error is a fault of the generator."""
    from sheetflow.errors import Severity
    from sheetflow.translate.reading import read_workspace

    reading = read_workspace(generate(seed, size), TODAY)
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert not errors, errors
    return reading.workspace


def _members(rng: Random, workflows: list[Workflow], size: int) -> list[Member]:
    """The team; none where roles stand in for people."""
    if rng.random() < 0.12:
        return []
    skills = sorted({step.skill for flow in workflows for step in flow.steps if step.skill})
    return team(rng, skills, size)


def _publication_tables(rng: Random, drafts: list[Draft]) -> list[Table]:
    language = rng.choice(["en", "en", "en", "id", "fa"])
    count = rng.choice([1, 1, 1, 2, 3])
    parts = [drafts[number::count] for number in range(count)]
    return [
        publications_table(rng, f"Month {number}", part, language)
        for number, part in enumerate(parts, start=1)
        if part
    ]


def _team_tables(rng: Random, members: list[Member]) -> list[Table]:
    if not members:
        return []
    tables = [team_table(rng, members)]
    if rng.random() < 0.6:
        tables.append(time_off_table(rng, members, TODAY))
    return tables

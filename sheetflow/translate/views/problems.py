"""The Problems tab: what is wrong with the input, where, and what to do."""

from __future__ import annotations

from sheetflow.cells import ComputedTab, Value
from sheetflow.errors import Problem, Severity
from sheetflow.translate.views.column_looks import Column, Look
from sheetflow.translate.views.listing import listing
from sheetflow.translate.views.scene import Scene

TAB = "Problems"
COLUMNS = (
    Column("Sheet"),
    Column("Cell", Look.SOFT),
    Column("Severity"),
    Column("Problem", Look.LONG),
    Column("What to do", Look.LONG),
)
ORDER = tuple(Severity)


def problems_tab(scene: Scene) -> ComputedTab:
    """A row a problem, errors first."""
    by_severity = sorted(scene.problems, key=lambda problem: ORDER.index(problem.severity))
    records = [_record(scene, problem) for problem in by_severity]
    return listing(scene, TAB, COLUMNS, records, empty="no_problems")


def _record(scene: Scene, problem: Problem) -> tuple[Value, ...]:
    sentence, remedy = scene.tongue.problem(problem)
    severity = scene.tongue.show("severity", problem.severity)
    return (problem.sheet or None, problem.cell or None, severity, sentence, remedy or None)

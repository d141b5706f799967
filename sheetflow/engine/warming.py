"""Compiling the kernel ahead of time, so that no user waits for it: `python -m sheetflow.engine.warming`."""

from __future__ import annotations

from datetime import date

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.people import Person
from sheetflow.domain.publication import Publication
from sheetflow.domain.workflow import Kind, Step, Workflow
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.compiled import can_compile, compiled_kernel
from sheetflow.engine.planner import plan

TODAY = date(2026, 1, 5)


def warm() -> None:
    """Plan two rows that are late with the compiled kernel; the compiled code is kept on disk."""
    if can_compile():
        plan(_two_late_rows(), TODAY, kernel=compiled_kernel())


def _two_late_rows() -> Workspace:
    calendar = Calendar(week=(4, 4, 4, 4, 4, 0, 0))
    steps = (
        Step(name="Do", phase="", skill="All", quarters=8, hours=9.0, kind=Kind.WORK),
        Step(name="Go", phase="", skill="All", quarters=1, hours=0.5, kind=Kind.PUBLISH),
    )
    rows = tuple(
        Publication(id=name, sheet="", row=0, title="", type="One", delivery=TODAY)
        for name in ("A", "B")
    )
    return Workspace(
        publications=rows,
        workflows={"One": Workflow(type="One", steps=steps)},
        calendar=calendar,
        people=(Person(name="Ann", skills=("All",), hours_per_day=6.0, calendar=calendar),),
    )


if __name__ == "__main__":
    warm()

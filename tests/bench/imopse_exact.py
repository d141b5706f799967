"""OR-Tools on an instance of iMOPSE, on two workers; what it has found is kept in the folder for temporary files."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.imopse_file import Project

KEPT = Path(tempfile.gettempdir()) / "sheetflow-bench" / "imopse.json"


def least_makespan(project: Project, seconds: float) -> int | None:
    """The least makespan found within so many seconds; None where OR-Tools is absent or has found none."""
    kept: dict[str, int] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    if project.name not in kept and seconds and find_spec("ortools") is not None:
        found = _solved(project, seconds)
        if found is not None:
            kept[project.name] = found
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return kept.get(project.name)


def _solved(project: Project, seconds: float) -> int | None:
    sat = import_module("ortools.sat.python.cp_model")
    model = sat.CpModel()
    model.minimize(_modelled(model, project))
    solver = sat.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    found = solver.solve(model) in {sat.OPTIMAL, sat.FEASIBLE}
    return round(solver.objective_value) if found else None


def _modelled(model: Any, project: Project) -> Any:
    horizon = sum(chore.hours for chore in project.chores)
    last = model.new_int_var(0, horizon, "")
    starts: list[Any] = []
    busy: dict[int, list[Any]] = defaultdict(list)
    for chore in project.chores:
        start = model.new_int_var(0, horizon, "")
        taken = [model.new_bool_var("") for _ in chore.able]
        model.add_exactly_one(taken)
        for owner, takes in zip(chore.able, taken, strict=True):
            busy[owner].append(
                model.new_optional_fixed_size_interval_var(start, chore.hours, takes, "")
            )
        for other in chore.waits_for:
            model.add(start >= starts[other] + project.chores[other].hours)
        model.add(last >= start + chore.hours)
        starts.append(start)
    for intervals in busy.values():
        model.add_no_overlap(intervals)
    return last

"""TaskJuggler (Debian's tj3) on the same workload, ASAP, its answer scored by the same measures as far as it goes."""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.ground import scene_for
from bench.juggler_file import REPORT, project_of, task_name
from bench.marks import Marks
from bench.workloads import TODAY
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.jobs import Job
from sheetflow.engine.scene import Scene

MOST_SECONDS = 900
INSTANT = timedelta(minutes=1)


def is_installed() -> bool:
    """Whether tj3 is there."""
    return shutil.which("tj3") is not None


def juggled(workspace: Workspace) -> Marks:
    """The marks of TaskJuggler's schedule; it has no imbalance of ours, and nothing to prove.

    Raises:
        RuntimeError: It made no schedule.
    """
    scene = scene_for(workspace, TODAY)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "project.tjp"
        file.write_text(project_of(scene), encoding="utf-8")
        begin = perf_counter()
        done = subprocess.run(
            ["tj3", "--silent", "--output-dir", folder, str(file)],
            capture_output=True,
            encoding="utf-8",
            timeout=MOST_SECONDS,
            check=False,
        )
        seconds = perf_counter() - begin
        report = Path(folder) / f"{REPORT}.csv"
        if not report.exists():
            raise RuntimeError(f"tj3 made no schedule: {done.stderr[-600:]}")
        return _marks(scene, _ends(report), seconds)


def _ends(report: Path) -> dict[str, date]:
    """The day on which each task ends, by its name."""
    with report.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter=";")
        return {row["Id"]: _day(row["End"]) for row in rows}


def _day(end: str) -> date:
    return (datetime.strptime(end, "%Y-%m-%d-%H-%M") - INSTANT).date()  # noqa: DTZ007


def _marks(scene: Scene, ends: dict[str, date], seconds: float) -> Marks:
    late = margin = rows = 0
    for number, job in enumerate(scene.jobs):
        days_late, eaten = _judged(scene, job, number, ends)
        late += job.row.priority.weight * days_late
        margin += job.row.priority.weight * eaten
        rows += days_late > 0
    return Marks(
        late=late, margin=margin, rows=rows, imbalance=None, seconds=seconds, is_proved=None
    )


def _judged(scene: Scene, job: Job, number: int, ends: dict[str, date]) -> tuple[int, int]:
    """Working days late, and working days of margin eaten."""
    team, delivery = scene.line.team, job.row.delivery
    if job.publish is None:
        return 0, 0
    published = ends[task_name(number, job.publish)]
    ready = [ends[task_name(number, task)] for task in job.before]
    slack = team.between(max(ready), delivery) if ready else job.margin
    return max(0, team.between(delivery, published)), max(0, job.margin - slack)

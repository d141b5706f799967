"""TaskJuggler (Debian's tj3) on the same workload, ASAP.

Its dates are scored as it reports them, though they keep to fewer rules than ours; and its owners and the order of its
starts are carried out by our rules, which gives a plan that can be proved.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.carrying import Intent, carry_out, owners_of
from bench.ground import ground_for, scene_for
from bench.juggler_file import REPORT, live_name, project_of, task_name
from bench.marks import Marks, marks_of
from bench.workloads import TODAY
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.compiled import plain_kernel
from sheetflow.engine.work.jobs import NOBODY, Job
from sheetflow.engine.work.scene import Scene

MOST_SECONDS = 900
INSTANT = timedelta(minutes=1)
PERSON = re.compile(r"\bp(\d+)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What TaskJuggler reports of a task."""

    start: datetime
    end: date
    owner: int


def is_installed() -> bool:
    """Whether tj3 is there."""
    return shutil.which("tj3") is not None


def juggled(workspace: Workspace) -> tuple[Marks, Marks]:
    """The marks of TaskJuggler's dates (no imbalance, nothing to prove), and of the same carried out by our rules.

    Raises:
        RuntimeError: It made no schedule.
    """
    scene = scene_for(workspace, TODAY)
    begin = perf_counter()
    spans = _scheduled(project_of(scene))
    seconds = perf_counter() - begin
    intents = dict(_intents(scene, spans))
    ground = ground_for(scene, plain_kernel(), owners_of(intents))
    carry_out(ground, intents, keep_starts=False)
    done = marks_of(workspace, ground.finished(workspace), seconds)
    return _marks(scene, spans, seconds), done


def _scheduled(project: str) -> dict[str, Span]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "project.tjp"
        file.write_text(project, encoding="utf-8")
        done = subprocess.run(
            ["tj3", "--silent", "--output-dir", folder, str(file)],
            capture_output=True,
            encoding="utf-8",
            timeout=MOST_SECONDS,
            check=False,
        )
        report = Path(folder) / f"{REPORT}.csv"
        if not report.exists():
            raise RuntimeError(f"tj3 made no schedule: {done.stderr[-600:]}")
        with report.open(encoding="utf-8") as lines:
            return {row["Id"]: _span(row) for row in csv.DictReader(lines, delimiter=";")}


def _span(row: dict[str, str]) -> Span:
    person = PERSON.search(row["Resources"])
    return Span(
        start=_moment(row["Start"]),
        end=(_moment(row["End"]) - INSTANT).date(),
        owner=int(person.group(1)) if person else NOBODY,
    )


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d-%H-%M")  # noqa: DTZ007 - the whole project is in one zone


def _intents(scene: Scene, spans: dict[str, Span]) -> list[tuple[int, Intent]]:
    """By the number of the task; minutes stand for quarters, as only their order counts."""
    midnight = datetime.combine(TODAY, datetime.min.time())
    found = []
    for number, (job, first) in enumerate(zip(scene.jobs, scene.first_task, strict=False)):
        for task in job.before:
            span = spans[task_name(number, task)]
            minutes = int((span.start - midnight).total_seconds()) // 60
            found.append((first + task, Intent(owner=span.owner, start=minutes)))
    return found


def _marks(scene: Scene, spans: dict[str, Span], seconds: float) -> Marks:
    late = margin = rows = 0
    for number, job in enumerate(scene.jobs):
        days_late, eaten = _judged(scene, job, number, spans)
        late += job.row.priority.weight * days_late
        margin += job.row.priority.weight * eaten
        rows += days_late > 0
    return Marks(
        late=late, margin=margin, rows=rows, imbalance=None, seconds=seconds, is_proved=None
    )


def _judged(scene: Scene, job: Job, number: int, spans: dict[str, Span]) -> tuple[int, int]:
    """Working days late, and working days of margin eaten."""
    team, delivery = scene.line.team, job.row.delivery
    if job.publish is None:
        return 0, 0
    published = spans[live_name(number)].end
    ready = [spans[task_name(number, task)].end for task in job.before]
    slack = team.between(max(ready), delivery) if ready else job.margin
    return max(0, team.between(delivery, published)), max(0, job.margin - slack)

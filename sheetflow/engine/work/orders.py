"""Orders of priority: in which order publications are given their places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sheetflow.engine.work.scene import Scene
from sheetflow.engine.work.workdays import start_by

FEW_DAYS, MANY_DAYS = 2, 16
"""So many days sooner for each weight of a day late."""


def urgency(scene: Scene, job: int) -> tuple[object, ...]:
    """The rank of a job among those that have begun: by delivery date, then by weight."""
    row = scene.jobs[job].row
    return (row.delivery, -row.priority.weight, row.id)


def orders(scene: Scene) -> list[list[int]]:
    """Orders of priority: by delivery date, by that less so many days for its weight, by Start by, and others."""
    jobs = range(len(scene.jobs))
    rows = [job.row for job in scene.jobs]
    days = scene.line.team
    starts = [
        start_by(job.row.delivery, job.network, job.left, job.margin, days) for job in scene.jobs
    ]
    begin = [start or row.delivery for start, row in zip(starts, rows, strict=True)]
    weight = [row.priority.weight for row in rows]
    left = [sum(job.left.values()) for job in scene.jobs]
    keys: tuple[Callable[[int], tuple[object, ...]], ...] = (
        lambda j: (rows[j].delivery, -weight[j]),
        lambda j: (begin[j], rows[j].delivery),
        lambda j: (-weight[j], begin[j]),
        lambda j: (rows[j].delivery - timedelta(days=FEW_DAYS * weight[j]),),
        lambda j: (rows[j].delivery - timedelta(days=MANY_DAYS * weight[j]),),
        lambda j: (left[j] / weight[j], rows[j].delivery),
    )
    ids = [row.id for row in rows]
    return [[j for _, _, j in sorted((key(j), ids[j], j) for j in jobs)] for key in keys]

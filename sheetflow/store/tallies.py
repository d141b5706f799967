"""What monitoring wants to know of the registry and its runs, counted by the database itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from math import inf
from typing import Any

from sqlalchemy import Connection, Engine, Select, case, func, or_, select
from sqlalchemy.sql.functions import Function

from sheetflow.store.database import reading
from sheetflow.store.records import Counts, RunState
from sheetflow.store.tables import runs

GOING_ON = (RunState.WAITING, RunState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTallies:
    """Runs of some time: how many by state and code of error, what the good ones found, how long they took.

    `within` counts the good runs that took at most so many seconds, and ends with all of them (inf); `seconds` is
    their sum. `oldest_wait` is how long the oldest waiting run has waited, in seconds; 0 where none waits.
    """

    by_state: Mapping[tuple[str, str], int]
    found: Mapping[str, int]
    within: Mapping[float, int]
    seconds: float
    oldest_wait: float


def run_tallies(
    engine: Engine, now: datetime, span: timedelta, limits: Sequence[float]
) -> RunTallies:
    """The runs that were asked for within `span`, and all that wait or run; `limits` are seconds, in their order."""
    recent = or_(runs.c.queued_at >= now - span, runs.c.state.in_(GOING_ON))
    by_state = select(runs.c.state, func.coalesce(runs.c.error, ""), func.count())
    with reading(engine) as connection:
        counted = connection.execute(
            by_state.where(recent).group_by(runs.c.state, runs.c.error)
        ).all()
        good = _good(connection, now - span, limits)
        oldest = connection.execute(
            select(func.min(runs.c.queued_at)).where(runs.c.state == RunState.WAITING)
        ).scalar()
    return RunTallies(
        by_state={(state, error): count for state, error, count in counted},
        found={each.name: good[each.name] or 0 for each in fields(Counts)},
        within={limit: good[_column(limit)] or 0 for limit in (*limits, inf)},
        seconds=float(good["seconds"] or 0),
        oldest_wait=(now - oldest).total_seconds() if oldest else 0.0,
    )


def _good(connection: Connection, since: datetime, limits: Sequence[float]) -> Mapping[str, Any]:
    took = _seconds(connection)
    within = (func.sum(case((took <= limit, 1), else_=0)).label(_column(limit)) for limit in limits)
    found = (
        func.sum(runs.c.counts[each.name].as_integer()).label(each.name) for each in fields(Counts)
    )
    query: Select[Any] = select(
        *within, *found, func.count().label(_column(inf)), func.sum(took).label("seconds")
    )
    of_these = query.where(runs.c.state == RunState.DONE, runs.c.queued_at >= since)
    return dict(connection.execute(of_these).mappings().one())


def _seconds(connection: Connection) -> Any:  # noqa: ANN401  the two databases reckon with different types
    """How long a run took; neither database knows the other's way to tell."""
    begun, ended = runs.c.started_at, runs.c.finished_at
    if connection.dialect.name == "sqlite":
        return _days(ended) * 86_400 - _days(begun) * 86_400
    return func.extract("epoch", ended - begun)


def _days(moment: Any) -> Function[float]:  # noqa: ANN401  a column
    return func.julianday(moment)


def _column(limit: float) -> str:
    return f"within_{limit}"

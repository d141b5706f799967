"""Runs of workbooks: asked for, begun, finished; each step is taken by exactly one of many who try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, RowMapping, and_, delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from sheetflow.errors import Fact, UserError
from sheetflow.store.database import reading, writing
from sheetflow.store.facts import kept
from sheetflow.store.identifiers import is_id, new_id
from sheetflow.store.inserting import insert_unless_there
from sheetflow.store.records import Counts, RunRecord, RunState
from sheetflow.store.tables import leases, runs

SUPERSEDED = "run_superseded"
LATEST_FIRST = (
    runs.c.queued_at.desc(),
    runs.c.finished_at.desc().nulls_first(),
    runs.c.id.desc(),
)


class Runs:
    """The runs of all workbooks, the finished ones too until they are forgotten."""

    def __init__(self, engine: Engine) -> None:
        """Keep the runs in the engine's database."""
        self._engine = engine

    def ask(self, workbook: str, asked_by: str, now: datetime) -> tuple[RunRecord, bool]:
        """The workbook's waiting run, and whether it is new: asking again before it begins changes nothing.

        Raises:
            UserError: No such workbook is registered.
        """
        if not is_id(workbook):
            raise UserError("workbook_unknown", id=workbook)
        while True:
            waiting = self._select(_waits_for(workbook))
            if waiting:
                return waiting[0], False
            run = _new_run(workbook, asked_by, now)
            if self._insert(run):
                return run, True

    def get(self, id: str) -> RunRecord:  # noqa: A002  the word of the table
        """The run; raises UserError where there is none (any more)."""
        found = self._select(runs.c.id == id) if is_id(id) else []
        if not found:
            raise UserError("run_unknown", id=id)
        return found[0]

    def waiting(self, limit: int) -> list[RunRecord]:
        """Waiting runs, those first that wait longest."""
        return self._select(runs.c.state == RunState.WAITING, limit=limit)

    def of(self, workbook: str, limit: int) -> list[RunRecord]:
        """Runs of the workbook, the latest first; of those asked for in the same moment, the one that ended last."""
        return self._select(runs.c.workbook == workbook, limit=limit, latest_first=True)

    def abandoned(self, now: datetime) -> list[RunRecord]:
        """Runs that go on as far as the table knows, though the lease that they began with is over."""
        alive = and_(
            leases.c.workbook == runs.c.workbook,
            leases.c.number == runs.c.lease_number,
            leases.c.until > now,
        )
        return self._select(and_(runs.c.state == RunState.RUNNING, ~exists().where(alive)))

    def begin(self, id: str, lease_number: int, now: datetime) -> bool:  # noqa: A002
        """Take up a waiting run under a lease; False where somebody else has, or it waits no more."""
        begun = {"state": RunState.RUNNING, "lease_number": lease_number, "started_at": now}
        return self._change(and_(runs.c.id == id, runs.c.state == RunState.WAITING), begun)

    def progress(self, id: str, stage: str, share: float, lease_number: int | None = None) -> bool:  # noqa: A002
        """Note how far a run has come."""
        return self._change(_goes_on(id, lease_number), {"stage": stage, "share": share})

    def finish(
        self,
        id: str,  # noqa: A002
        counts: Counts,
        now: datetime,
        lease_number: int | None = None,
    ) -> bool:
        """A run came to its end; False where it goes on no more, or under another lease than the given one."""
        done = {"state": RunState.DONE, "share": 1.0, "counts": asdict(counts), "finished_at": now}
        return self._change(_goes_on(id, lease_number), done)

    def fail(
        self,
        id: str,  # noqa: A002
        code: str,
        facts: Mapping[str, Fact],
        now: datetime,
        lease_number: int | None = None,
    ) -> bool:
        """A run failed with the sentence of that code; facts that could tell what a cell holds are not kept."""
        failed = _failed(code, facts, now)
        return self._change(_goes_on(id, lease_number), failed)

    def back(self, id: str, now: datetime, lease_number: int | None = None) -> bool:  # noqa: A002
        """Let an interrupted run wait again at its old place; where another one waits already it has failed: False."""
        again = {
            "state": RunState.WAITING,
            "attempts": runs.c.attempts + 1,
            "started_at": None,
            "stage": "",
            "share": 0.0,
            "lease_number": None,
        }
        try:
            return self._change(_goes_on(id, lease_number), again)
        except IntegrityError:
            self._change(_goes_on(id, lease_number), _failed(SUPERSEDED, {}, now))
            return False

    def last_good(self) -> dict[str, RunRecord]:
        """The latest run of each workbook that came to its end."""
        return {run.workbook: run for run in self._select(_is_last_good())}

    def forget(self, before: datetime) -> int:
        """Delete what ended before, and say how many; the last good run of a workbook stays."""
        old = delete(runs).where(runs.c.finished_at < before, ~_is_last_good())
        with writing(self._engine) as connection:
            return connection.execute(old).rowcount

    def _insert(self, run: RunRecord) -> bool:
        row = {name: value for name, value in asdict(run).items() if name != "facts"}
        try:
            with writing(self._engine) as connection:
                return insert_unless_there(connection, runs, row)
        except IntegrityError as error:
            raise UserError("workbook_unknown", id=run.workbook) from error

    def _change(self, where: ColumnElement[bool], values: Mapping[str, Any]) -> bool:
        with writing(self._engine) as connection:
            return connection.execute(update(runs).where(where).values(**values)).rowcount == 1

    def _select(
        self, where: ColumnElement[bool], *, limit: int | None = None, latest_first: bool = False
    ) -> list[RunRecord]:
        by_time = LATEST_FIRST if latest_first else (runs.c.queued_at, runs.c.id)
        query = select(runs).where(where).order_by(*by_time).limit(limit)
        with reading(self._engine) as connection:
            return [_record(row) for row in connection.execute(query).mappings()]


def _waits_for(workbook: str) -> ColumnElement[bool]:
    return and_(runs.c.workbook == workbook, runs.c.state == RunState.WAITING)


def _goes_on(id: str, lease_number: int | None) -> ColumnElement[bool]:  # noqa: A002
    goes_on = and_(runs.c.id == id, runs.c.state == RunState.RUNNING)
    return goes_on if lease_number is None else and_(goes_on, runs.c.lease_number == lease_number)


def _is_last_good() -> ColumnElement[bool]:
    later = runs.alias("later")
    is_later = and_(
        later.c.workbook == runs.c.workbook,
        later.c.state == RunState.DONE,
        later.c.finished_at > runs.c.finished_at,
    )
    return and_(runs.c.state == RunState.DONE, ~exists().where(is_later))


def _new_run(workbook: str, asked_by: str, now: datetime) -> RunRecord:
    return RunRecord(
        id=new_id(),
        workbook=workbook,
        state=RunState.WAITING,
        asked_by=asked_by,
        queued_at=now,
        started_at=None,
        finished_at=None,
        stage="",
        share=0.0,
        counts=None,
        error=None,
        attempts=0,
    )


def _failed(code: str, facts: Mapping[str, Fact], now: datetime) -> dict[str, Any]:
    return {"state": RunState.FAILED, "error": code, "facts": kept(facts), "finished_at": now}


def _record(row: RowMapping) -> RunRecord:
    values = {name: value for name, value in row.items() if name != "lease_number"}
    counts = Counts(**row["counts"]) if row["counts"] else None
    told = {"state": RunState(row["state"]), "counts": counts, "facts": row["facts"] or {}}
    return RunRecord(**values | told)

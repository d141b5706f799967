"""What routes answer: its shape, as the description shows it, and how it is made from records."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from sheetflow.store.records import RunRecord, RunState, Verb, WorkbookRecord


class Up(BaseModel):
    """The process answers."""

    status: Literal["up"] = "up"


class Readiness(BaseModel):
    """Requests can be served; `tick_seconds` is how long ago this process looked for what is due, if it does."""

    status: Literal["ready"] = "ready"
    database: Literal["up"] = "up"
    tick_seconds: float | None


class WorkbookAnswer(BaseModel):
    """A workbook that the caller may read, and what they may do with it."""

    id: str
    name: str
    address: str
    verbs: list[Verb]
    service_account: str | None = Field(
        description="Whom the spreadsheet must be shared with, where that is known."
    )

    @classmethod
    def of(
        cls, record: WorkbookRecord, verbs: frozenset[Verb], account: str | None
    ) -> WorkbookAnswer:
        """The answer for a record; `account` is whom its spreadsheet is shared with."""
        return cls(
            id=record.id,
            name=record.name,
            address=record.address,
            verbs=sorted(verbs),
            service_account=account,
        )


class WorkbooksAnswer(BaseModel):
    """The workbooks that the caller may read, by name."""

    workbooks: list[WorkbookAnswer]
    service_account: str | None = Field(
        description="Whom any other spreadsheet must be shared with, where that is always the same account."
    )


class RunAsked(BaseModel):
    """The run that will be carried out; asked for again before it begins, it is the same one."""

    run: str


class CountsAnswer(BaseModel):
    """What a run found and wrote."""

    publications: int
    red: int
    amber: int
    green: int
    moved: int
    written: int
    problems: int


class RunError(BaseModel):
    """Why a run failed, in the reader's language."""

    code: str
    sentence: str


class RunAnswer(BaseModel):
    """A run: `share` of it lies behind it (0 to 1)."""

    id: str
    workbook: str
    state: RunState
    stage: str
    share: float = Field(ge=0, le=1)
    counts: CountsAnswer | None
    error: RunError | None
    asked_by: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, run: RunRecord, sentence: str) -> RunAnswer:
        """The answer for a record; `sentence` tells its error."""
        return cls(
            id=run.id,
            workbook=run.workbook,
            state=run.state,
            stage=run.stage,
            share=run.share,
            counts=CountsAnswer.model_validate(run.counts, from_attributes=True)
            if run.counts
            else None,
            error=RunError(code=run.error, sentence=sentence) if run.error else None,
            asked_by=run.asked_by,
            queued_at=run.queued_at,
            started_at=run.started_at,
            finished_at=run.finished_at,
        )


class RunsAnswer(BaseModel):
    """Runs, the latest first."""

    runs: list[RunAnswer]

"""Reading the rows of a publications tab; a bad row is a result, and the others are read all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from sheetflow.domain.publication import NO_DATE, FaultyRow, Priority, Publication, Status
from sheetflow.domain.workflow import Workflow
from sheetflow.errors import Problem, Severity
from sheetflow.translate.catalog import Catalog
from sheetflow.translate.date_column import DateColumns
from sheetflow.translate.date_texts import DateTrouble
from sheetflow.translate.dates import PLANNING_YEARS
from sheetflow.translate.ids import id_key
from sheetflow.translate.layout import INPUTS, REQUIRED, PublicationsTab
from sheetflow.translate.rows import Rows, shorten
from sheetflow.translate.step_cells import StepCells
from sheetflow.translate.team import Team

ReadDate: TypeAlias = date | DateTrouble | None

PRIORITIES = {priority.word: priority for priority in Priority}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a row's words are looked up in; `doubled` holds the keys of IDs that several rows share."""

    catalog: Catalog
    team: Team
    dates: DateColumns
    doubled: frozenset[str] = frozenset()


def row_numbers(rows: Rows) -> tuple[int, ...]:
    """The rows that hold a publication: those with a title, a type or a delivery date."""
    return tuple(row for row in rows.numbers() if any(_stands(rows, row, h) for h in REQUIRED))


def _stands(rows: Rows, row: int, header: str) -> bool:
    return rows.value(row, header) is not None or rows.is_broken(row, header)


def read_publications(
    rows: Rows, ids: Mapping[int, str], known: Known
) -> tuple[Publication | FaultyRow, ...]:
    """The rows in the sheet's order; `ids` has the ID of each."""
    deliveries = known.dates.read_quietly(rows, "Delivery date", PLANNING_YEARS)
    starts = known.dates.read_quietly(rows, "Not before", PLANNING_YEARS)
    return tuple(
        _Row(rows, row, identity, known).read(deliveries[row], starts[row])
        for row, identity in ids.items()
    )


def blocked_rows(rows: Rows, ids: Mapping[int, str], tab: PublicationsTab) -> tuple[FaultyRow, ...]:
    """All rows of a tab that cannot be planned, for the fault of the tab itself."""
    if tab.blocked is None:
        return ()
    return tuple(_faulty(rows, row, identity, tab.blocked) for row, identity in ids.items())


def _faulty(
    rows: Rows, row: int, identity: str, problem: Problem, type_name: str = ""
) -> FaultyRow:
    return FaultyRow(
        id=identity,
        sheet=rows.tab.sheet,
        row=row,
        title=rows.text(row, "Publication"),
        type=type_name or rows.text(row, "Type"),
        client=rows.text(row, "Client"),
        code=problem.code,
        facts=problem.facts,
    )


class _Row:
    """One row on its way to a publication."""

    def __init__(self, rows: Rows, row: int, identity: str, known: Known) -> None:
        self.rows, self.row, self.id, self.known = rows, row, identity, known
        self.words = known.catalog.words
        current = rows.text(row, "Current step")
        status = rows.text(row, "Status")
        is_live = not current and self.words.find("published", status) is not None
        self.all_done = is_live or self.words.find("done", current) is not None

    def read(self, delivery: ReadDate, not_before: ReadDate) -> Publication | FaultyRow:
        """The publication, or why there is none."""
        status = self._status()
        self._check_cells()
        found = self._workflow()
        workflow = found if isinstance(found, Workflow) else None
        days = self._day("Delivery date", delivery), self._day("Not before", not_before)
        publication = self._publication(status, workflow, *days)
        self._check_dates(publication, workflow)
        fault = found if isinstance(found, Problem) and publication.is_planned else None
        problem = self.rows.first_error(self.row) or fault
        if problem:
            return _faulty(self.rows, self.row, self.id, problem, publication.type)
        return publication

    def _publication(
        self,
        status: Status,
        workflow: Workflow | None,
        delivery: date | None,
        not_before: date | None,
    ) -> Publication:
        text, row = self.rows.text, self.row
        bare = Publication(
            id=self.id,
            sheet=self.rows.tab.sheet,
            row=row,
            title=text(row, "Publication"),
            type=workflow.type if workflow else text(row, "Type"),
            delivery=delivery or NO_DATE,
            client=text(row, "Client"),
            campaign=text(row, "Campaign"),
            channel=text(row, "Channel"),
            priority=PRIORITIES[self._word("Priority", "priority", Priority.NORMAL.word)],
            not_before=not_before,
            status=status,
            all_done=self.all_done,
            cells=self.rows.cells(row, INPUTS),
        )
        return self._with_steps(bare, workflow) if workflow else bare

    def _with_steps(self, bare: Publication, workflow: Workflow) -> Publication:
        cells = self._step_cells(workflow)
        current = () if self.all_done else cells.current()
        skip = cells.skip()
        skipped = next((step for step in current if step in skip), None)
        if skipped:
            self.rows.error(self.row, "Current step", "current_step_skipped", step=skipped)
        return replace(
            bare,
            current_steps=current,
            pins=cells.pins(),
            skip=skip,
            days=cells.days(),
        )

    def _step_cells(self, workflow: Workflow) -> StepCells:
        return StepCells(
            rows=self.rows,
            row=self.row,
            workflow=workflow,
            catalog=self.known.catalog,
            team=self.known.team,
            today=self.known.dates.today,
        )

    def _status(self) -> Status:
        """The status; nothing more is asked of a row that is not planned but an ID of its own."""
        if id_key(self.id) in self.known.doubled:
            self.rows.error(self.row, "ID", "id_doubled", value=shorten(self.id))
        status = Status(self._word("Status", "status", Status.ACTIVE.value))
        if status is not Status.ACTIVE or self.all_done:
            self.rows.spare(self.row)
        return status

    def _check_cells(self) -> None:
        """Errors left by formulas anywhere in the row, a title that is missing."""
        for header in INPUTS:
            self.rows.value(self.row, header)
        if not self.rows.text(self.row, "Publication"):
            self.rows.warning(self.row, "Publication", "title_missing")

    def _word(self, header: str, group: str, default: str) -> str:
        """The canonical word in a cell that knows only few."""
        text = self.rows.text(self.row, header)
        if not text:
            return default
        found = self.words.find(group, text)
        if found is None:
            near = self.words.nearest(group, shorten(text))
            facts = {"value": shorten(text), f"nearest_{group}": near}
            self.rows.error(self.row, header, f"{group}_unknown", **facts)
        return found or default

    def _workflow(self) -> Workflow | Problem | None:
        text = self.rows.text(self.row, "Type")
        if not text:
            if not self.rows.is_broken(self.row, "Type"):
                self.rows.error(self.row, "Type", "type_missing")
            return None
        found = self.known.catalog.type_of(text)
        if found is None:
            near = self.known.catalog.nearest_type(text)
            facts = {"value": shorten(text), "nearest_type": near}
            self.rows.error(self.row, "Type", "type_unknown", **facts)
        if isinstance(found, Problem):
            facts = {"type": shorten(text), "sheet": found.sheet, "cell": found.cell}
            return Problem(code="workflow_faulty", severity=Severity.ERROR, facts=facts)
        return found

    def _day(self, header: str, read: ReadDate) -> date | None:
        if not isinstance(read, DateTrouble):
            return read
        self.rows.error(self.row, header, read.code, value=read.value)
        return read.day

    def _check_dates(self, publication: Publication, workflow: Workflow | None) -> None:
        delivery, start = publication.known_delivery, publication.not_before
        if delivery is None:
            if not self.rows.is_broken(self.row, "Delivery date"):
                value = shorten(self.rows.text(self.row, "Delivery date"))
                self.rows.error(self.row, "Delivery date", "date_missing", value=value)
            return
        if start and start > delivery:
            facts = {"date": start, "other_date": delivery}
            self.rows.warning(self.row, "Not before", "not_before_after_delivery", **facts)
        is_past = delivery < self.known.dates.today and not self._is_out(publication, workflow)
        if is_past and not self.rows.first_error(self.row):
            self.rows.warning(self.row, "Delivery date", "delivery_past", date=delivery)

    def _is_out(self, publication: Publication, workflow: Workflow | None) -> bool:
        if workflow is None:
            return False
        return self._step_cells(workflow).is_published(publication.current_steps)

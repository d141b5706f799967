"""What the sheet shows of each publication now: what an earlier run wrote into its computed columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.cells import Snapshot, Table
from sheetflow.domain.flag import Flag
from sheetflow.domain.publication import FaultyRow, Publication
from sheetflow.domain.workspace import Workspace
from sheetflow.translate.dates import read_dates
from sheetflow.translate.layout import PublicationsTab
from sheetflow.translate.reading import Reading
from sheetflow.translate.rows import as_text
from sheetflow.translate.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The flag and the forecast of one publication; None where there is none."""

    flag: Flag | None = None
    forecast: date | None = None


def shown_rows(reading: Reading, snapshot: Snapshot, today: date) -> Mapping[str, Shown]:
    """What the sheet shows for each publication, by ID; without a column Forecast, what the Steps tab tells."""
    workspace = reading.workspace
    tables = {table.sheet: table for table in snapshot.tables}
    found: dict[str, Shown] = {}
    everything: tuple[Publication | FaultyRow, ...] = (*workspace.publications, *workspace.faulty)
    for tab in reading.layout.publications:
        table = tables[tab.sheet]
        rows = [row for row in everything if row.sheet == tab.sheet]
        flags = [_flag(table, tab, row.row) for row in rows]
        if "Forecast" in tab.columns:
            days = _days(table, tab, [row.row for row in rows], workspace, snapshot.epoch, today)
        else:
            days = [_planned(workspace, row) for row in rows]
        for row, flag, day in zip(rows, flags, days, strict=True):
            found[row.id] = Shown(flag=flag, forecast=day)
    return found


def _flag(table: Table, tab: PublicationsTab, row: int) -> Flag | None:
    column = tab.columns.get("Flag")
    word = vocabulary().find("flag", as_text(table.at(row, column))) if column else None
    return Flag(word) if word else None


def _days(
    table: Table,
    tab: PublicationsTab,
    rows: list[int],
    workspace: Workspace,
    epoch: date,
    today: date,
) -> list[date | None]:
    days = read_dates(
        [table.at(row, tab.columns["Forecast"]) for row in rows],
        epoch=epoch,
        order=None,
        calendar=workspace.settings.calendar,
        today=today,
    )
    return [day if isinstance(day, date) else None for day in days]


def _planned(workspace: Workspace, row: Publication | FaultyRow) -> date | None:
    """When the publish step was planned to be done by the last run."""
    if not isinstance(row, Publication):
        return None
    workflow = workspace.workflows.get(row.type)  # a row that is over may have any type
    last = workspace.last_plan.get((row.id, workflow.publish.name)) if workflow else None
    return last.due if last else None

"""Reading a whole workbook: from tables of cells to the workspace that is planned, with all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.cells import Snapshot
from sheetflow.domain.history import LastRun
from sheetflow.domain.publication import FaultyRow, Publication
from sheetflow.domain.workflow import Workflow
from sheetflow.domain.workspace import Workspace
from sheetflow.errors import Problem
from sheetflow.translate.calendars import TeamCalendar, estimate_note, read_calendar
from sheetflow.translate.catalog import Catalog
from sheetflow.translate.date_column import DateColumns
from sheetflow.translate.desk import Desk
from sheetflow.translate.layout import Layout
from sheetflow.translate.memory import Names, ids_in, read_history, read_last_plan, read_last_run
from sheetflow.translate.publication_tabs import ReadPublications, read_publication_tabs
from sheetflow.translate.publications import Known
from sheetflow.translate.settings import ReadSettings, read_settings
from sheetflow.translate.skills import skills_of_nobody
from sheetflow.translate.team import Team, TeamWords, read_team, with_time_off
from sheetflow.translate.vocabulary import vocabulary
from sheetflow.translate.workflows import OwnWorkflows, read_workflows


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a workbook says: the workspace, what is wrong with it, and where everything stands."""

    workspace: Workspace
    problems: tuple[Problem, ...]
    layout: Layout


def read_workspace(snapshot: Snapshot, today: date) -> Reading:
    """Read a workbook as of `today`.

    Raises:
        UserError: no tab holds publications, or their headers are not all there.
    """
    desk = Desk(snapshot)
    settings = _settings(desk)
    desk.find(settings.words)
    dates = _dates(settings, snapshot.epoch, today)
    calendar = read_calendar(settings, desk.open("Holidays"), dates)
    desk.note(calendar.problems)
    team = _team(desk, settings, calendar, dates)
    known = Known(catalog=_catalog(desk, settings), team=team, dates=dates)
    memory = desk.open("Steps"), desk.open("History")
    read = read_publication_tabs(desk.open_publications(known.catalog), ids_in(memory), known)
    names = _names(read, known)
    workspace = Workspace(
        publications=tuple(row for row in read.rows if isinstance(row, Publication)),
        faulty=tuple(row for row in read.rows if isinstance(row, FaultyRow)),
        workflows=_workflows(read, known.catalog),
        calendar=calendar.calendar,
        settings=settings.settings,
        people=team.everybody(),
        last_plan=read_last_plan(memory[0], names) if memory[0] else {},
        last_run=read_last_run(memory[0]) if memory[0] else LastRun(),
        history=read_history(memory[1], names) if memory[1] else (),
        messages=settings.messages,
    )
    desk.note(_afterthoughts(workspace, calendar, settings, today))
    layout = Layout(publications=read.tabs, tabs=desk.tabs, computed=desk.computed())
    return Reading(workspace=workspace, problems=desk.problems(), layout=layout)


def _settings(desk: Desk) -> ReadSettings:
    rows = desk.open_settings()
    return read_settings(rows, vocabulary()) if rows else ReadSettings()


def _dates(settings: ReadSettings, epoch: date, today: date) -> DateColumns:
    return DateColumns(
        today=today,
        epoch=epoch,
        order=settings.date_order,
        calendar=settings.settings.calendar,
    )


def _catalog(desk: Desk, settings: ReadSettings) -> Catalog:
    rows = desk.open("Workflows")
    own = read_workflows(rows, settings.words) if rows else OwnWorkflows()
    return Catalog(words=settings.words, own=own.workflows, faulty=own.faulty)


def _team(desk: Desk, settings: ReadSettings, calendar: TeamCalendar, dates: DateColumns) -> Team:
    rows, away = desk.open("Team"), desk.open("Time off")
    if rows is None:
        return Team()
    base = TeamWords(
        words=settings.words,
        settings=settings.settings,
        calendar=calendar.calendar,
        dates=dates,
    )
    team = read_team(rows, base)
    return with_time_off(team, away, dates) if away else team


def _workflows(read: ReadPublications, catalog: Catalog) -> Mapping[str, Workflow]:
    """The workflows that publications use, by type."""
    texts = dict.fromkeys(row.type for row in read.rows if isinstance(row, Publication))
    found = (catalog.type_of(text) for text in texts if text)
    return {each.type: each for each in found if isinstance(each, Workflow)}


def _names(read: ReadPublications, known: Known) -> Names:
    types = {row.id: row.type for row in read.rows}

    def step(identity: str, text: str) -> str:
        workflow = known.catalog.type_of(types.get(identity, ""))
        found = known.catalog.steps_of(workflow, text) if isinstance(workflow, Workflow) else ()
        return found[0] if len(found) == 1 else known.catalog.words.find("step", text) or text

    def owner(text: str) -> str:
        person = known.team.find(text)
        skill = known.catalog.words.find("skill", text) if known.team.people is None else None
        return person.name if person else skill or text

    return Names(words=known.catalog.words, dates=known.dates, step=step, owner=owner)


def _afterthoughts(
    workspace: Workspace, calendar: TeamCalendar, settings: ReadSettings, today: date
) -> Iterable[Problem]:
    """What only shows once everything is read."""
    planned = [row for row in workspace.publications if row.is_planned]
    yield from skills_of_nobody(planned, workspace.workflows, workspace.people)
    last = max((row.delivery for row in planned), default=today)
    yield from estimate_note(calendar, settings.cells, today, last)

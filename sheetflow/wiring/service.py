"""All that the service and its jobs work with, joined once at the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from sheetflow.errors import UserError
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.port import Queue
from sheetflow.jobs.telling.teller import Teller
from sheetflow.store.database import open_database
from sheetflow.store.feeds import Feeds
from sheetflow.store.keys import Keys
from sheetflow.store.leases import Leases
from sheetflow.store.nonces import Nonces
from sheetflow.store.records import WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.store.tickets import Tickets
from sheetflow.store.told import Told
from sheetflow.wiring.queues import desk_of, queue_of
from sheetflow.wiring.settings import Settings
from sheetflow.wiring.telling import teller_of
from sheetflow.wiring.workbooks import open_workbook
from sheetflow.workbooks.google.address import spreadsheet_id
from sheetflow.workbooks.port import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the routes and the jobs work with; `clock` tells the time, aware and in UTC."""

    settings: Settings
    engine: Engine
    registry: Registry
    runs: Runs
    leases: Leases
    keys: Keys
    nonces: Nonces
    tickets: Tickets
    feeds: Feeds
    queue: Queue
    open_workbook: Callable[[WorkbookRecord], Workbook]
    clock: Callable[[], datetime]
    teller: Teller | None = None

    def close(self) -> None:
        """Tell what is to be told, and let go of the database; whoever started the queue has stopped it before."""
        if self.teller is not None:
            self.teller.stop()
        self.engine.dispose()


def service_from(settings: Settings) -> Service:
    """The service on its database; nothing runs yet.

    Raises:
        UserError: The database cannot be opened.
    """
    engine = open_database(settings.database_url)
    registry, runs, leases = Registry(engine), Runs(engine), Leases(engine)
    nonces = Nonces(engine)
    opening = partial(open_registered, settings)
    teller = teller_of(
        settings,
        registry=registry,
        runs=runs,
        told=Told(engine),
        open_workbook=opening,
        clock=utc_now,
    )
    desk = desk_of(
        registry=registry,
        runs=runs,
        leases=leases,
        nonces=nonces,
        open_workbook=opening,
        clock=utc_now,
        teller=teller,
    )
    return Service(
        settings=settings,
        engine=engine,
        registry=registry,
        runs=runs,
        leases=leases,
        keys=Keys(engine),
        nonces=nonces,
        tickets=Tickets(engine),
        feeds=Feeds(engine),
        queue=queue_of(settings, desk),
        open_workbook=opening,
        clock=utc_now,
        teller=teller,
    )


def desk_for(service: Service) -> Desk:
    """What the jobs of a process work with that serves nobody."""
    return desk_of(
        registry=service.registry,
        runs=service.runs,
        leases=service.leases,
        nonces=service.nonces,
        open_workbook=service.open_workbook,
        clock=service.clock,
        teller=service.teller,
    )


def open_registered(settings: Settings, record: WorkbookRecord) -> Workbook:
    """The workbook behind a record; raises UserError for a file outside the folder of workbooks, where one is set."""
    spreadsheet = spreadsheet_id(record.address)
    if spreadsheet is not None:
        from sheetflow.wiring.google import open_in_turn

        return open_in_turn(settings, spreadsheet)
    check_folder(settings, Path(record.address))
    return open_workbook(record.address)


def check_folder(settings: Settings, file: Path) -> None:
    """Raise UserError for a file outside the folder of workbooks, where one is set; links are followed."""
    folder = settings.workbook_folder
    if folder is not None and not file.resolve().is_relative_to(folder.resolve()):
        raise UserError("file_outside_folder", file=str(file), folder=str(folder))


def utc_now() -> datetime:
    """The time that the clock of this machine shows."""
    return datetime.now(UTC)  # noqa: TID251  joining the clock is this folder's task

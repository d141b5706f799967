"""How an installation stands: settings, database, workbooks, jobs; each told as one finding.

    for finding in examine(os.environ, most=20): ...

Findings come as soon as they are found. Nothing is written, but a database that is not there yet is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches

from sheetflow.errors import UserError
from sheetflow.store.records import WorkbookRecord
from sheetflow.wiring.environment import IN_A_FILE, PREFIX
from sheetflow.wiring.findings import Finding, bad, doubtful, good
from sheetflow.wiring.service import Service, service_from
from sheetflow.wiring.settings import Settings
from sheetflow.workbooks.google.address import spreadsheet_id

ELSEWHERE = {"DEBUG", "GOOGLE_SERVER", "EXAMPLES", "REQUIRE_TOOLS"}
"""What the environment may hold besides settings."""

OF_DATABASE = ("database_", "postgres_")
LONG_WAIT = timedelta(minutes=5)


def examine(environment: Mapping[str, str], most: int) -> Iterator[Finding]:
    """All findings, the most basic first; at most so many workbooks are opened."""
    yield from _unknown(environment)
    try:
        settings = Settings.from_environment(environment)
    except UserError as error:
        yield bad("settings", error)
        return
    yield from _settings(settings)
    try:
        service = service_from(settings)
    except UserError as error:
        yield bad("database" if error.code.startswith(OF_DATABASE) else "settings", error)
        return
    try:
        yield from _service(service, most)
    finally:
        service.close()


def _service(service: Service, most: int) -> Iterator[Finding]:
    from sheetflow.wiring.examining_google import examine_google

    records = [record for record in service.registry.all() if not record.paused]
    database = service.engine.url.render_as_string(hide_password=True)
    yield good("database", "doctor_database", database=database, count=len(records))
    if service.settings.google_credentials or any(map(_is_spreadsheet, records)):
        yield from examine_google(service.settings)
    else:
        yield good("credentials", "doctor_no_google")
    yield from _workbooks(service, records, most)
    yield from _jobs(service, records)


def _unknown(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Settings that nobody reads: most of them are misspelt."""
    names = [name.upper() for name in Settings.model_fields]
    known = {*names, *(f"{name}{IN_A_FILE}" for name in names), *ELSEWHERE}
    for variable in sorted(environment):
        name = variable.removeprefix(PREFIX)
        if variable.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, names, n=1)
            yield doubtful(
                "settings",
                "doctor_setting_unknown",
                setting=variable,
                near=f"{PREFIX}{near[0]}" if near else None,
            )


def _settings(settings: Settings) -> Iterator[Finding]:
    dangers = settings.unsafe()
    yield from (bad("settings", danger) for danger in dangers)
    if settings.is_local:
        yield good("settings", "doctor_local", host=settings.host)
    elif not dangers:
        yield good("settings", "doctor_reached", address=settings.base_url)


def _workbooks(service: Service, records: list[WorkbookRecord], most: int) -> Iterator[Finding]:
    """Whether each workbook can be opened, and read."""
    for record in records[:most]:
        try:
            service.open_workbook(record).read()
        except UserError as error:
            yield bad(record.name, error)
        else:
            yield good(record.name, "doctor_workbook_read")
    if len(records) > most:
        yield doubtful("workbooks", "doctor_workbooks_left", count=len(records) - most)


def _jobs(service: Service, records: list[WorkbookRecord]) -> Iterator[Finding]:
    """Whether somebody carries out what waits, and whose runs fail."""
    now = service.clock()
    for record in records:
        if record.failures:
            yield _failing(service, record)
    oldest = min((run.queued_at for run in service.runs.waiting(1)), default=None)
    overdue = min((r.next_due for r in records if r.next_due is not None), default=None)
    since = min(filter(None, (oldest, overdue)), default=None)
    if since is not None and now - since > LONG_WAIT:
        yield bad("jobs", UserError("doctor_nobody_works", count=_minutes(now - since)))
    else:
        yield good("jobs", "doctor_jobs", time=_shown(since))


def _failing(service: Service, record: WorkbookRecord) -> Finding:
    last = next(iter(service.runs.of(record.id, 1)), None)
    if last is None or last.error is None:
        return doubtful(record.name, "doctor_failing", count=record.failures)
    return bad(record.name, UserError(last.error, **last.facts))


def _is_spreadsheet(record: WorkbookRecord) -> bool:
    return spreadsheet_id(record.address) is not None


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _shown(moment: datetime | None) -> str | None:
    return f"{moment:%H:%M} UTC" if moment else None

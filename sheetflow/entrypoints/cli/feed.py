"""workbooks feed: the secret address of a person's calendar."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import click

from sheetflow.entrypoints.cli import options

if TYPE_CHECKING:
    from sheetflow.store.records import WorkbookRecord
    from sheetflow.wiring.service import Service

DONE = 0


@click.command()
@click.argument("workbook")
@click.argument("person")
@click.option("--revoke", is_flag=True, help="Let the address that was given out work no more.")
def feed(*, workbook: str, person: str, revoke: bool) -> int:
    """Print the address of PERSON's calendar in WORKBOOK.

    Calendar programs subscribe to it. Whoever knows the address sees the calendar; each call makes a new one, and the
    older one stops working. PERSON is a name in the Team tab.
    """
    from sheetflow.entrypoints.cli.stored import stored
    from sheetflow.wiring.service import service_from
    from sheetflow.wiring.settings import Settings

    with stored() as store:
        record = store.workbook(workbook)
    service = service_from(Settings.from_environment(os.environ))
    try:
        click.echo(
            _revoked(service, record, person) if revoke else _opened(service, record, person)
        )
    finally:
        service.close()
    return DONE


def _opened(service: Service, record: WorkbookRecord, person: str) -> str:
    name = _in_team(service, record, person)
    key = service.feeds.open(record.id, name, service.clock())
    settings = service.settings
    base = settings.base_url or f"http://{settings.host}:{settings.port}"
    path = f"/v1/workbooks/{record.id}/people/{quote(name, safe='')}.ics"
    return f"{base}{path}?{urlencode({'key': key})}"


def _revoked(service: Service, record: WorkbookRecord, person: str) -> str:
    """Whoever has left the team is known by the name alone."""
    for name in {person, person.strip(), _in_team_or_same(service, record, person)}:
        service.feeds.close(record.id, name)
    return f"The address of {person}'s calendar in {record.name} works no more."


def _in_team_or_same(service: Service, record: WorkbookRecord, person: str) -> str:
    from sheetflow.errors import SheetFlowError

    try:
        return _in_team(service, record, person)
    except SheetFlowError:
        return person


def _in_team(service: Service, record: WorkbookRecord, person: str) -> str:
    """The name as the Team tab has it; raises UserError where it is not there."""
    from sheetflow.errors import UserError
    from sheetflow.translate.folding import fold
    from sheetflow.translate.vocabulary import closest
    from sheetflow.usecases.check import check

    workspace = check(service.open_workbook(record), options.local_day()).workspace
    names = {fold(each.name): each.name for each in workspace.people or ()}
    if fold(person) not in names:
        near = closest(fold(person), tuple(names))
        nearest = names[near] if near else None
        raise UserError("feed_person_unknown", name=person, nearest=nearest)
    return names[fold(person)]

"""sheetflow workbooks: which workbooks are recalculated by themselves, and who may do what with them."""

from __future__ import annotations

from pathlib import Path

import click

from sheetflow.entrypoints.cli import options
from sheetflow.entrypoints.cli.verbs import verbs

DONE = 0
GRANTED = ("read", "recalculate", "administer")


SCHEDULE_HELP = "When it is recalculated, as cron has it ('0 7 * * 1-5'); or: hourly, 'daily 7:00', 'weekdays 7:00'."
OWNER_HELP = "Who may do everything with it."


@click.group()
def workbooks() -> None:
    """Register workbooks, to be recalculated by themselves.

    The service, `sheetflow sync` and `sheetflow worker` keep them up to date: on a timetable, and
    after each edit of a file. WORKBOOK is the ID, the address or the name of one that is registered.
    """


@workbooks.command()
@click.argument("address")
@click.option("--schedule", metavar="CRON", help=SCHEDULE_HELP)
@click.option("--owner", metavar="MAIL", help=OWNER_HELP)
@click.option("--name", help="What it is called (else: the file's or the spreadsheet's name).")
@click.option(
    "--time-zone",
    metavar="ZONE",
    help="Where its day begins, such as Asia/Jakarta (else: what its Settings tab says).",
)
@click.option(
    "--unchecked", is_flag=True, help="Register it without a look at whether it can be read."
)
def add(
    *,
    address: str,
    schedule: str | None,
    owner: str | None,
    name: str | None,
    time_zone: str | None,
    unchecked: bool,
) -> int:
    """Register the workbook at ADDRESS.

    ADDRESS is a path, or the URL or ID of a Google spreadsheet. It is read once, to see that it can
    be; nothing is written.
    """
    from sheetflow.entrypoints.cli.adding import Wish, register
    from sheetflow.entrypoints.cli.stored import stored

    wish = Wish(
        address=address,
        schedule=schedule,
        owner=owner,
        name=name,
        time_zone=time_zone,
        unchecked=unchecked,
    )
    with stored() as store:
        for line in register(wish, store, options.local_day()):
            click.echo(line)
    return DONE


@workbooks.command("list")
@options.json_file
def list_(*, json_file: Path | None) -> int:
    """Show the workbooks, how they stand, and when each is due."""
    from sheetflow.entrypoints.cli.listings import Registered, workbooks_document, workbooks_table
    from sheetflow.entrypoints.cli.screen import Screen
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        good = store.runs.last_good()
        registered = [
            Registered(
                record=record,
                last_good=good.get(record.id),
                grants=store.registry.grants(record.id),
            )
            for record in store.registry.all()
        ]
        now = store.now
    table = workbooks_table(registered, now) if registered else "No workbook is registered."
    Screen(options.local_day(), json_file).listing(table, workbooks_document(registered))
    return DONE


@workbooks.command()
@click.argument("workbook")
@click.option("--schedule", metavar="CRON", help=SCHEDULE_HELP)
@click.option("--no-schedule", is_flag=True, help="Recalculate it after edits and by hand alone.")
@click.option("--owner", metavar="MAIL", help=OWNER_HELP)
@click.option("--name", help="What it is called.")
@click.option("--time-zone", metavar="ZONE", help="Where its day begins, such as Asia/Jakarta.")
def change(*, workbook: str, schedule: str | None, no_schedule: bool, **others: str | None) -> int:
    """Change the timetable of WORKBOOK, its owner, its name or its time zone."""
    from sheetflow.entrypoints.cli.changing import change_registered
    from sheetflow.entrypoints.cli.stored import stored
    from sheetflow.entrypoints.cli.timetables import as_cron

    wanted: dict[str, str | None] = {name: text for name, text in others.items() if text}
    if schedule and no_schedule:
        raise click.UsageError("--schedule and --no-schedule exclude each other.")
    if schedule or no_schedule:
        wanted["schedule"] = as_cron(schedule) if schedule else None
    if not wanted:
        raise click.UsageError("Give what to change, such as --schedule 'weekdays 7:00'.")
    with stored() as store:
        for line in change_registered(store.workbook(workbook), wanted, store):
            click.echo(line)
    return DONE


@workbooks.command()
@click.argument("workbook")
def pause(*, workbook: str) -> int:
    """Let WORKBOOK rest; it can still be recalculated by hand."""
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        record = store.registry.pause(store.workbook(workbook).id)
    click.echo(f"{record.name} rests until: sheetflow workbooks resume {record.id}")
    return DONE


@workbooks.command()
@click.argument("workbook")
def resume(*, workbook: str) -> int:
    """Let WORKBOOK be recalculated by itself again."""
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        record = store.registry.resume(store.workbook(workbook).id)
    click.echo(f"{record.name} is recalculated by itself again.")
    return DONE


@workbooks.command()
@click.argument("workbook")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(*, workbook: str, yes: bool) -> int:
    """Forget WORKBOOK, its runs, keys and grants.

    The workbook itself stays as it is.
    """
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        record = store.workbook(workbook)
        if not yes:
            click.confirm(f"Forget {record.name} ({record.address})?", abort=True, err=True)
        store.registry.remove(record.id)
    click.echo(f"{record.name} is forgotten; the workbook itself stays as it is.")
    return DONE


@workbooks.command()
@click.argument("workbook")
@click.argument("who")
@verbs(GRANTED, "recalculate", "What they may do")
def allow(*, workbook: str, who: str, verbs: tuple[str, ...]) -> int:
    """Let WHO use WORKBOOK.

    WHO is an e-mail address, or @example.com for everybody there. Who may administer may do
    everything, who may recalculate may read. An earlier grant to the same address is replaced; one
    to an address counts more than one to its domain.
    """
    from sheetflow.entrypoints.cli.listings import verbs_text
    from sheetflow.entrypoints.cli.stored import stored
    from sheetflow.store.records import Verb

    with stored() as store:
        record = store.workbook(workbook)
        grant = store.registry.allow(record.id, who, map(Verb, verbs))
    click.echo(f"{grant.who} may now: {verbs_text(grant.verbs)} ({record.name}).")
    return DONE


@workbooks.command()
@click.argument("workbook")
@click.argument("who")
def disallow(*, workbook: str, who: str) -> int:
    """Take back what WHO was granted on WORKBOOK."""
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        record = store.workbook(workbook)
        was_granted = store.registry.disallow(record.id, who)
    said = "may do nothing more with" if was_granted else "was not granted anything on"
    click.echo(f"{who} {said} {record.name}.")
    return DONE

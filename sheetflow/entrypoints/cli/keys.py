"""sheetflow keys: what programs sign in with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from sheetflow.entrypoints.cli import options
from sheetflow.entrypoints.cli.verbs import verbs

DONE = 0
GRANTED = ("plan", "read", "recalculate", "administer")


@click.group()
def keys() -> None:
    """Make keys for programs, and take them back.

    A program sends its key as `Authorization: Bearer sf_...`. SheetFlow keeps no key, only what it
    takes to recognise it: each is shown once, and nobody can look it up.
    """


@keys.command()
@click.argument("name")
@click.option(
    "--workbook", help="The workbook that it is for; without one it may only plan sheets."
)
@verbs(GRANTED, None, "What it may do: recalculate, or plan without a workbook, unless you say so")
@click.option("--days", type=click.IntRange(min=1), help="How long it works (else: until revoked).")
def create(
    *, name: str, workbook: str | None, verbs: tuple[str, ...] | None, days: int | None
) -> int:
    """Make a key called NAME, and show it this once."""
    from sheetflow.entrypoints.cli.stored import stored
    from sheetflow.store.records import Verb

    with stored() as store:
        record = store.workbook(workbook) if workbook else None
        usual = (Verb.RECALCULATE,) if record else (Verb.PLAN,)
        allowed = tuple(map(Verb, verbs)) if verbs else usual
        until = store.now + timedelta(days=days) if days else None
        key, text = store.keys.create(
            name, allowed, record.id if record else None, store.now, until
        )
    _show_once(key.id, text)
    return DONE


@keys.command("list")
@click.option("--workbook", help="Only those of this workbook.")
@options.json_file
def list_(*, workbook: str | None, json_file: Path | None) -> int:
    """Show the keys, what each may do, and when it was used last."""
    from sheetflow.entrypoints.cli.listings import keys_document, keys_table
    from sheetflow.entrypoints.cli.screen import Screen
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        found = store.keys.all(store.workbook(workbook).id if workbook else None)
        names = {record.id: record.name for record in store.registry.all()}
        now = store.now
    table = keys_table(found, names, now) if found else "There are no keys."
    Screen(options.local_day(), json_file).listing(table, keys_document(found))
    return DONE


@keys.command()
@click.argument("id")
def rotate(*, id: str) -> int:  # noqa: A002  the word of the table
    """Give the key ID a new secret, and show it this once; the old one stops working."""
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        key, text = store.keys.rotate(id, store.now)
    _show_once(key.id, text)
    return DONE


@keys.command()
@click.argument("id")
def revoke(*, id: str) -> int:  # noqa: A002
    """Let the key ID stop working for good."""
    from sheetflow.entrypoints.cli.stored import stored

    with stored() as store:
        key = store.keys.revoke(id, store.now)
    click.echo(f"The key {key.id} ({key.name}) works no more.")
    return DONE


def _show_once(id: str, text: str) -> None:  # noqa: A002
    """The key alone on standard output, so that a program can take it from there."""
    click.echo(f"The key {id}, which is shown only now:", err=True)
    click.echo(text)

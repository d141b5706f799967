"""sheetflow sync: one pass over the registered workbooks, for cron."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from sheetflow.entrypoints.cli.mishaps import NOTHING_DONE, sentence
from sheetflow.errors import UserError

if TYPE_CHECKING:
    from sheetflow.jobs.passes import Ended

DONE, ROWS_HAVE_ERRORS = 0, 1


@click.command()
@click.option("--all", "everything", is_flag=True, help="Run every workbook that is not paused.")
@click.option("--once", is_flag=True, help="Leave what becomes due during the run to the next one.")
def sync(*, everything: bool, once: bool) -> int:
    """Recalculate the registered workbooks that are due, and end.

    Due is what its timetable says, a file that somebody has saved, and a run that was asked for. It goes on until
    nothing is due any more; a workbook that failed is due again later. It may run beside the service and beside
    itself: each workbook is run by one of them at a time. A line in cron's table: */5 * * * * sheetflow sync

    Exit status: 0 all done; 1 some rows have errors, the others are planned; 2 some workbook failed.
    """
    from sheetflow.jobs.passes import passes
    from sheetflow.wiring.service import desk_for, service_from
    from sheetflow.wiring.settings import Settings

    settings = Settings.from_environment(os.environ)
    service = service_from(settings)
    statuses: list[int] = []
    for ended in passes(
        desk_for(service), workers=settings.workers, everything=everything, once=once
    ):
        click.echo(_line(ended))
        statuses.append(_status(ended))
    service.close()
    if not statuses and sys.stdout.isatty():  # cron sends by mail whatever is said
        click.echo("Nothing is due.")
    return max(statuses, default=DONE)


def _status(ended: Ended) -> int:
    if ended.run.counts is None:
        return NOTHING_DONE
    return ROWS_HAVE_ERRORS if ended.run.counts.problems else DONE


def _line(ended: Ended) -> str:
    return f"{ended.record.name}: {_result(ended)} ({ended.seconds:.1f} s)"


def _result(ended: Ended) -> str:
    counts = ended.run.counts
    if counts is None:
        told = sentence(UserError(ended.run.error or "run_broken", **ended.run.facts))
        return f"failed. {told}"
    flags = f"{counts.red} red, {counts.amber} amber, {counts.green} green"
    written = f"written: {counts.written}" if counts.written else "nothing to change"
    errors = f", errors in the input: {counts.problems}" if counts.problems else ""
    return f"{flags}, {written}{errors}"

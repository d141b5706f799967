"""sheetflow doctor: line by line how the installation stands, and what to do."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import click

from sheetflow.entrypoints.cli.mishaps import NOTHING_DONE, english_of
from sheetflow.translate.document import english

if TYPE_CHECKING:
    from sheetflow.wiring.findings import Finding

WELL = 0
USUALLY_OPENED, EVERY_ONE = 20, 1_000_000
SIGNS = {"good": ("✓", "green"), "doubtful": ("!", "yellow"), "bad": ("✗", "red")}


@click.command()
@click.option("--all", "everything", is_flag=True, help="Open every workbook, not only the first.")
def doctor(*, everything: bool) -> int:
    """Tell how settings, database, credentials, workbooks and jobs stand, and what to do.

    Exit status: 0 all is well, or in doubt only; 2 something does not work.
    """
    from sheetflow.wiring.examining import examine
    from sheetflow.wiring.findings import Health

    worst = WELL
    for finding in examine(os.environ, EVERY_ONE if everything else USUALLY_OPENED):
        _show(finding)
        worst = NOTHING_DONE if finding.health is Health.BAD else worst
    click.echo("Something does not work: see the lines with ✗." if worst else "Nothing is broken.")
    return worst


def _show(finding: Finding) -> None:
    sign, colour = SIGNS[finding.health]
    says, do = _told(finding)
    click.echo(f"{click.style(sign, fg=colour, bold=True)} {finding.subject}: {says}")
    if do:
        click.echo(f"    {do}")


def _told(finding: Finding) -> tuple[str, str]:
    if finding.health == "good":
        return english(date.today()).word(finding.code, **finding.facts), ""
    return english_of(finding.code, finding.facts)

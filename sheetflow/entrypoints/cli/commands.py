"""The commands: each parses what was typed, calls one use case and shows its result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from sheetflow.entrypoints.cli import options
from sheetflow.entrypoints.cli.addon import addon
from sheetflow.entrypoints.cli.chart import chart
from sheetflow.entrypoints.cli.doctor import doctor
from sheetflow.entrypoints.cli.feed import feed
from sheetflow.entrypoints.cli.keys import keys
from sheetflow.entrypoints.cli.serve import serve
from sheetflow.entrypoints.cli.sync import sync
from sheetflow.entrypoints.cli.workbooks import workbooks
from sheetflow.entrypoints.cli.worker import worker
from sheetflow.errors import Problem, has_errors

DONE, INPUT_HAS_ERRORS = 0, 1


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sheetflow")
def sheetflow() -> None:
    """Turn a team's sheet of publications into a plan.

    Who does what by when, what is at risk, and why: written into the same workbook. FILE is an
    .xlsx or .xlsm workbook, or the URL or ID of a Google spreadsheet.
    """


@sheetflow.command()
@options.json_file
@click.option("--dry-run", is_flag=True, help="Show the plan, but keep no file.")
def demo(*, json_file: Path | None, dry_run: bool) -> int:
    """Plan a sample team's six weeks into sheetflow-demo.xlsx."""
    from sheetflow.entrypoints.cli.demonstration import demonstrate
    from sheetflow.entrypoints.cli.screen import Screen

    shown = demonstrate(Path.cwd(), keep=not dry_run)
    screen = Screen(shown.outcome.plan.today, json_file)
    screen.timeline(shown.outcome.plan)
    screen.outcome(shown.outcome, shown.file)
    return DONE


@sheetflow.command()
@click.argument("file")
@click.option(
    "--language",
    type=click.Choice(["en", "id", "fa"]),
    default="en",
    help="The language of the new tabs.",
)
@options.today
def init(*, file: str, language: str, today: date) -> int:
    """Make a new workbook with every tab, drop-downs and colours; a Google spreadsheet gets the tabs that it lacks."""
    from sheetflow.domain.settings import Language
    from sheetflow.usecases.init_workbook import init_workbook, set_up_workbook
    from sheetflow.wiring.workbooks import creator_of, open_workbook, set_up_at

    set_up = set_up_at(file)
    if set_up is None:
        init_workbook(creator_of(Path(file)), Language(language), today)
    else:
        workbook = open_workbook(file)
        done = set_up_workbook(workbook, set_up, Language(language), today)
        click.echo(f"Made: {', '.join(done.made) or 'nothing, every tab is there'}.")
    click.echo(f"{file} is ready: fill in Publications, then run: sheetflow recalculate {file}")
    return DONE


@sheetflow.command()
@click.argument("file")
@options.today
@options.json_file
def check(*, file: str, today: date, json_file: Path | None) -> int:
    """List what is wrong with the input, and write nothing."""
    from sheetflow.entrypoints.cli.screen import Screen
    from sheetflow.usecases.check import check as look_over
    from sheetflow.wiring.workbooks import open_workbook

    reading = look_over(open_workbook(file), today)
    Screen(today, json_file).checked(reading)
    return _status(reading.problems)


@sheetflow.command()
@click.argument("file")
@options.today
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the workbook here, and leave FILE as it is.",
)
@options.json_file
@click.option(
    "--dry-run", is_flag=True, help="Show what would change, and for whom; write nothing."
)
@options.effort
@click.option(
    "--no-new-columns", is_flag=True, help="Fill the computed columns that exist; add none."
)
@click.option(
    "--no-backup",
    is_flag=True,
    help="Keep no copy of the workbook as it was (else: FILE.bak, FILE.bak.1, FILE.bak.2).",
)
def recalculate(
    *,
    file: str,
    today: date,
    output: Path | None,
    json_file: Path | None,
    dry_run: bool,
    effort: str,
    no_new_columns: bool,
    no_backup: bool,
) -> int:
    """Plan the workbook and write the plan into it."""
    from sheetflow.engine.planner import Effort
    from sheetflow.entrypoints.cli.screen import Screen
    from sheetflow.entrypoints.cli.slow_bar import slow_bar
    from sheetflow.usecases.recalculate import recalculate as plan_and_write
    from sheetflow.wiring.workbooks import open_workbook

    with slow_bar() as progress:
        outcome = plan_and_write(
            open_workbook(file, output, backup=not no_backup),
            today,
            effort=Effort(effort),
            new_columns=not no_new_columns,
            dry_run=dry_run,
            progress=progress,
        )
    Screen(today, json_file).outcome(outcome, None if dry_run else str(output or file))
    return _status(outcome.problems)


@sheetflow.command()
@click.argument("file")
@click.argument("id")
@click.argument("step", required=False)
@options.today
@options.json_file
@options.effort
def explain(
    *,
    file: str,
    id: str,  # noqa: A002  the word of the sheet
    step: str | None,
    today: date,
    json_file: Path | None,
    effort: str,
) -> int:
    """Tell why a publication has its dates and people, and what would move them."""
    from sheetflow.engine.planner import Effort
    from sheetflow.entrypoints.cli.screen import Screen
    from sheetflow.entrypoints.cli.slow_bar import slow_bar
    from sheetflow.usecases.explain import explain as look_into
    from sheetflow.wiring.workbooks import open_workbook

    with slow_bar():
        explanation = look_into(open_workbook(file), today, id, step, Effort(effort))
    Screen(today, json_file).explanation(explanation)
    return DONE


def _status(problems: Iterable[Problem]) -> int:
    return INPUT_HAS_ERRORS if has_errors(problems) else DONE


sheetflow.add_command(serve)
sheetflow.add_command(addon)
sheetflow.add_command(workbooks)
workbooks.add_command(feed)
sheetflow.add_command(keys)
sheetflow.add_command(sync)
sheetflow.add_command(worker)
sheetflow.add_command(chart)
sheetflow.add_command(doctor)

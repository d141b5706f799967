"""chart: a picture of the plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetflow.entrypoints.cli import options

if TYPE_CHECKING:
    from sheetflow.translate.views.scene import Scene
    from sheetflow.usecases.recalculate import Outcome

DONE = 0
ENDINGS = (".png", ".svg", ".html")
USUAL_WEEKS = 6


def _drawable(_ctx: click.Context, _param: click.Parameter, file: Path | None) -> Path | None:
    """Refuse, before anything is planned, a file that could not be drawn or written."""
    if file is None:
        return None
    if file.suffix.lower() not in ENDINGS:
        raise click.BadParameter(f"{file.name!r} does not end in {', '.join(ENDINGS)}.")
    if not file.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(file.parent)!r}.")
    return file


@click.command()
@click.argument("file")
@click.option(
    "--kind",
    type=click.Choice(["timeline", "load"]),
    default="timeline",
    show_default=True,
    help="Who does what when, or how full everybody is.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_drawable,
    metavar="FILE",
    help="Draw into this .png, .svg or .html (default: timeline.png or load.png, here).",
)
@click.option(
    "--weeks",
    type=click.IntRange(2, 26),
    default=USUAL_WEEKS,
    show_default=True,
    help="How many weeks to show, from this one on.",
)
@options.today
def chart(*, file: str, kind: str, output: Path | None, weeks: int, today: date) -> int:
    """Draw the plan of a workbook as it stands; the workbook stays as it is."""
    from sheetflow.entrypoints.charts.letters import check_letters
    from sheetflow.entrypoints.charts.pictures import DRAWN_AS
    from sheetflow.entrypoints.charts.whole import CHARTS
    from sheetflow.entrypoints.cli.slow_bar import slow_bar
    from sheetflow.usecases.recalculate import recalculate
    from sheetflow.wiring.workbooks import open_workbook

    with slow_bar() as progress:
        outcome = recalculate(open_workbook(file), today, dry_run=True, progress=progress)
    place, scene = output or Path(f"{kind}.png"), _scene(outcome)
    if place.suffix.lower() == ".png":
        check_letters(scene)
    drawn = CHARTS[kind](scene, weeks)
    place.write_bytes(DRAWN_AS[place.suffix.lower()](drawn.spec))
    click.echo(f"Drawn: {place}")
    if drawn.shown < drawn.count:
        click.echo(
            f"It shows the first {drawn.shown} of {drawn.count} rows: fewer --weeks hold fewer."
        )
    return DONE


def _scene(outcome: Outcome) -> Scene:
    """The plan in the workbook's own language."""
    from sheetflow.translate.language import Tongue
    from sheetflow.translate.views.scene import Scene

    workspace = outcome.reading.workspace
    settings = workspace.settings
    tongue = Tongue(settings.language, settings.calendar, outcome.plan.today)
    return Scene(plan=outcome.plan, workspace=workspace, tongue=tongue)

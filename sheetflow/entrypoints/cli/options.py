"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

EFFORTS = ("fast", "balanced", "thorough")

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day, typed as 2026-11-23."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day that was typed."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 2026-11-23.", param, ctx)


def local_day() -> date:
    """Today, as the clock of this machine shows it."""
    return date.today()


def today(command: Command) -> Command:
    """--today D."""
    return click.option(
        "--today",
        type=Day(),
        default=local_day,
        metavar="DAY",
        help="Plan as of this day, such as 2026-11-23 (default: the day it is).",
    )(command)


def json_file(command: Command) -> Command:
    """--json F."""
    return click.option(
        "--json",
        "json_file",
        type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
        callback=_in_a_folder,
        metavar="FILE",
        help="Write the result as JSON too; - writes it to standard output.",
    )(command)


def effort(command: Command) -> Command:
    """--effort fast|balanced|thorough."""
    return click.option(
        "--effort",
        type=click.Choice(EFFORTS),
        default="balanced",
        show_default=True,
        help="How much computing the plan is worth.",
    )(command)


def _in_a_folder(_ctx: click.Context, _param: click.Parameter, file: Path | None) -> Path | None:
    """Refuse a file that could not be written before anything else is."""
    if file is not None and not file.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(file.parent)!r}.")
    return file

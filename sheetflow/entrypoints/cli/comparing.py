"""What if: the tables of what a plan would change, shown by a trial run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.table import Table
from rich.text import Text

from sheetflow.domain.flag import Flag
from sheetflow.entrypoints.cli.tables import COLOURS, table_of
from sheetflow.translate.language import Tongue
from sheetflow.usecases.comparing import Comparison, Move, Shift

MOST_LINES = 15
TITLE_WIDTH = 32
ARROW = " → "


def comparison(found: Comparison, tongue: Tongue) -> Iterator[Table | str]:
    """Who gains, who loses and what moves; a sentence where there is nothing to compare or nothing to say."""
    if found.is_first:
        yield "The sheet holds no plan yet: there is nothing to compare with."
    elif found.is_empty:
        yield "Compared with the sheet's plan, nothing changes."
    for title, shifts in (("Gains", found.gains), ("Loses", found.losses)):
        if shifts:
            yield from _shifts(title, shifts, tongue)
    if found.moves:
        yield from _moves(found.moves, tongue)
    if found.new:
        yield f"New in the plan ({len(found.new)}): {_ids(found.new)}"


def _shifts(title: str, shifts: Sequence[Shift], tongue: Tongue) -> Iterator[Table | str]:
    days = sum(shift.days for shift in shifts)
    heading = f"{title} ({_rows(len(shifts))}, {_working_days(days)})"
    table = table_of(heading, "ID", "Publication", "Flag", "Forecast", "Working days", "Weighted")
    for shift in shifts[:MOST_LINES]:
        before, after = shift.before, shift.after
        table.add_row(
            shift.id,
            _short(shift.title),
            _flags(before.flag, after.flag),
            _sides(_day(before.forecast, tongue), _day(after.forecast, tongue)),
            _signed(shift.days),
            _signed(shift.weighted_days),
        )
    yield table
    yield from _more(len(shifts))


def _moves(moves: Sequence[Move], tongue: Tongue) -> Iterator[Table | str]:
    table = table_of(f"Moves ({len(moves)})", "ID", "Step", "Owner", "Dates")
    for move in moves[:MOST_LINES]:
        before, after = move.before, move.after
        table.add_row(
            move.id,
            Text(after.step),
            _sides(before.owner or "nobody", after.owner or "nobody"),
            _sides(_span(before.start, before.due, tongue), _span(after.start, after.due, tongue)),
        )
    yield table
    yield from _more(len(moves))


def _more(count: int) -> Iterator[str]:
    if count > MOST_LINES:
        yield f"and {count - MOST_LINES} more"


def _ids(ids: Sequence[str]) -> str:
    rest = len(ids) - MOST_LINES
    return ", ".join(ids[:MOST_LINES]) + (f" and {rest} more" if rest > 0 else "")


def _rows(count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'}"


def _working_days(days: int) -> str:
    count = f"{abs(days)} working {'day' if abs(days) == 1 else 'days'}"
    return f"{count} {'later' if days < 0 else 'earlier'}"


def _signed(days: int) -> Text:
    """Days earlier as a gain, days later as a loss; nothing for none."""
    if not days:
        return Text("")
    return Text(f"{abs(days)} {'earlier' if days > 0 else 'later'}")


def _flags(before: Flag | None, after: Flag | None) -> Text:
    flags: Iterable[Flag | None] = (after,) if before is after else (before, after)
    words = [Text(f" {flag.value} ", style=COLOURS[flag]) for flag in flags if flag]
    return Text(ARROW).join(words)


def _sides(before: str, after: str) -> Text:
    return Text(after if before == after else f"{before}{ARROW}{after}")


def _span(start: date | None, due: date | None, tongue: Tongue) -> str:
    if start is None or due is None or start == due:
        return _day(start or due, tongue)
    return f"{_day(start, tongue)} - {_day(due, tongue)}"


def _day(day: date | None, tongue: Tongue) -> str:
    return tongue.date(day) if day else "none"


def _short(title: str) -> Text:
    return Text(title if len(title) <= TITLE_WIDTH else f"{title[: TITLE_WIDTH - 1]}…")

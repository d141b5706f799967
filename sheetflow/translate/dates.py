"""A whole column of dates at once: which number is the day is decided by all its values, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sheetflow.cells import CellFault, Value
from sheetflow.domain.settings import CalendarSystem
from sheetflow.translate.date_texts import DateTrouble, Written, read_text
from sheetflow.translate.jalali import to_jalali

NEAR = timedelta(days=120)
ORDERS = ("DMY", "MDY")
FIRST_COMPACT, LAST_COMPACT = 10_000_000, 99_999_999
PLANNING_YEARS = (2, 5)

_Reading = date | Written | DateTrouble | None


def read_dates(
    cells: Sequence[Value],
    *,
    epoch: date,
    order: str | None,
    calendar: CalendarSystem,
    today: date,
    years: tuple[int, int] = PLANNING_YEARS,
) -> tuple[date | DateTrouble | None, ...]:
    """The dates of a column; None where there is none.

    `order` (DMY, MDY, YMD) is what Settings say; without it a value such as 13/05/2026 decides for the column.
    `years` is how many years before and after today make sense.
    """
    first, last = _year_off(today, -years[0]), _year_off(today, years[1])
    known: dict[Value, _Reading] = {}
    readings = [_reading(cell, known, epoch, calendar, order) for cell in cells]
    decide = _decision(readings, order)
    return tuple(_settled(reading, decide, today, (first, last)) for reading in readings)


def _year_off(today: date, years: int) -> date:
    return date(today.year + years, today.month, min(today.day, 28))


def _reading(
    cell: Value,
    known: dict[Value, _Reading],
    epoch: date,
    calendar: CalendarSystem,
    order: str | None,
) -> _Reading:
    if isinstance(cell, datetime):
        return cell.date()
    if cell is None or isinstance(cell, date):
        return cell
    if isinstance(cell, bool | CellFault):
        return DateTrouble("date_unreadable", str(getattr(cell, "code", cell)))
    if isinstance(cell, str):
        if cell not in known:
            known[cell] = read_text(cell, calendar, order)
        return known[cell]
    return _serial(cell, epoch, calendar, order)


def _serial(number: float, epoch: date, calendar: CalendarSystem, order: str | None) -> _Reading:
    if FIRST_COMPACT <= number <= LAST_COMPACT:
        return read_text(f"{number:.0f}", calendar, order)
    try:
        return epoch + timedelta(days=int(number))
    except (OverflowError, ValueError):
        return DateTrouble("date_unreadable", f"{number:g}")


_Decide = Callable[[Written], str | DateTrouble]


def _decision(readings: Iterable[_Reading], order: str | None) -> _Decide:
    """How the column tells day from month; each calendar of a mixed column by itself."""
    votes: dict[CalendarSystem, set[str]] = {system: set() for system in CalendarSystem}
    for written in readings:
        if isinstance(written, Written) and not written.order and written.first != written.second:
            fitting = [each for each in ORDERS if written.fits(each)]
            votes[written.system].update(fitting if len(fitting) == 1 else ())

    def decide(written: Written) -> str | DateTrouble:
        return written.order or _order_of(written, votes[written.system], order)

    return decide


def _order_of(written: Written, votes: set[str], order: str | None) -> str | DateTrouble:
    if not any(written.fits(each) for each in ORDERS):
        return _impossible(written)
    if written.first == written.second:
        return "DMY"
    if order in ORDERS:
        return order if written.fits(order) else DateTrouble("date_order_mixed", written.text)
    if len(votes) != 1:
        code = "date_order_mixed" if votes else "date_ambiguous"
        return DateTrouble(code, written.text)
    (decided,) = votes
    return decided


def _impossible(written: Written) -> DateTrouble:
    real = any(written.day(each) for each in ORDERS)
    return DateTrouble("date_weekday" if real else "date_impossible", written.text)


def _settled(
    reading: _Reading, decide: _Decide, today: date, span: tuple[date, date]
) -> date | DateTrouble | None:
    if reading is None or isinstance(reading, DateTrouble):
        return reading
    if isinstance(reading, date):
        return _within(reading, reading.isoformat(), span)
    order = decide(reading)
    if isinstance(order, DateTrouble):
        return order
    if reading.year is None:
        return _nearest(reading, order, today)
    day = reading.day(order)
    if day is None or not reading.fits(order):
        return DateTrouble("date_weekday" if day else "date_impossible", reading.text)
    return _within(day, reading.text, span, short=reading.short_year)


def _within(
    day: date, text: str, span: tuple[date, date], *, short: bool = False
) -> date | DateTrouble:
    if span[0] <= day <= span[1]:
        return day
    return DateTrouble("date_two_digit_year" if short else "date_out_of_range", text, day)


def _nearest(written: Written, order: str, today: date) -> date | DateTrouble:
    """The date of that day and month that is nearest today; trouble where two years are about as near."""
    this_year = to_jalali(today)[0] if written.system is CalendarSystem.JALALI else today.year
    years = [replace(written, year=this_year + off) for off in (-1, 0, 1)]
    days = [day for each in years if (day := each.day(order)) and each.fits(order)]
    nearest = min(days, key=lambda day: abs(day - today), default=None)
    if nearest is None:
        return DateTrouble("date_impossible", written.text)
    if abs(nearest - today) > NEAR and written.weekday is None:
        return DateTrouble("date_year_missing", written.text)
    return nearest

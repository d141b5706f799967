"""Reading date columns of a tab, and reporting what is no date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.settings import CalendarSystem
from sheetflow.translate.date_texts import DateTrouble
from sheetflow.translate.dates import PLANNING_YEARS, read_dates
from sheetflow.translate.rows import Rows

ANY_YEARS = (80, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateColumns:
    """How this workbook writes dates."""

    today: date
    epoch: date
    order: str | None = None
    calendar: CalendarSystem = CalendarSystem.GREGORIAN

    def read(
        self, rows: Rows, header: str, years: tuple[int, int] = PLANNING_YEARS
    ) -> Mapping[int, date | None]:
        """The dates under a header, by row; what is no date is reported, and None."""
        found: dict[int, date | None] = {}
        for row, day in self.read_quietly(rows, header, years).items():
            if isinstance(day, DateTrouble):
                rows.error(row, header, day.code, value=day.value)
            found[row] = None if isinstance(day, DateTrouble) else day
        return found

    def read_quietly(
        self, rows: Rows, header: str, years: tuple[int, int] = ANY_YEARS
    ) -> Mapping[int, date | DateTrouble | None]:
        """The dates under a header, by row, with their troubles."""
        numbers = rows.numbers()
        days = read_dates(
            [rows.value(row, header) for row in numbers],
            epoch=self.epoch,
            order=self.order,
            calendar=self.calendar,
            today=self.today,
            years=years,
        )
        return dict(zip(numbers, days, strict=True))

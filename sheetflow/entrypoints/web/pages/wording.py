"""The words of the pages, and which language and calendar a reader gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from flask import request

from sheetflow.domain.settings import CalendarSystem, Language, Settings
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.speaking import LANGUAGES, reader_language
from sheetflow.errors import Fact
from sheetflow.translate.jalali import persian_digits
from sheetflow.translate.language import Tongue
from sheetflow.translate.sentences import fill
from sheetflow.translate.shipped import catalog

OWN_NAMES: Mapping[Language, str] = {
    Language.EN: "English",
    Language.ID: "Bahasa Indonesia",
    Language.FA: "فارسی",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of `page.toml` in a tongue."""

    tongue: Tongue

    def __call__(self, key: str, **facts: Fact) -> str:
        """The word or phrase with its facts; an unknown key is shown as it is."""
        template = catalog(self.tongue.language, "page").get(key, key)
        return fill(template, facts, self._shown)

    def moment(self, moment: datetime, zone: tzinfo) -> str:
        """The day and the time of day in a time zone: `Mon 23 Nov, 14:05`."""
        local = moment.astimezone(zone)
        clock = f"{local:%H:%M}"
        if self.tongue.language is Language.FA:
            clock = persian_digits(clock)
        return self.tongue.names([self.tongue.date(local.date()), clock])

    def _shown(self, _name: str, value: Fact) -> str:
        if isinstance(value, int | float):
            return self.tongue.number(value)
        return self.tongue.date(value) if isinstance(value, date) else str(value or "")


def usual_calendar(language: Language) -> CalendarSystem:
    """The calendar of those who read the language."""
    return CalendarSystem.JALALI if language is Language.FA else CalendarSystem.GREGORIAN


def reader_tongue(today: date | None = None) -> Tongue:
    """The tongue of a page that belongs to no workbook."""
    language = reader_language()
    return Tongue(language, usual_calendar(language), today or service().clock().date())


def workbook_tongue(settings: Settings, today: date) -> Tongue:
    """The workbook's own tongue, or the one that the reader asks for by `?lang=`."""
    asked = request.args.get("lang", "")
    language = Language(asked) if asked in LANGUAGES else settings.language
    own = language is settings.language
    return Tongue(language, settings.calendar if own else usual_calendar(language), today)

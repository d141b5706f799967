"""What the Settings tab decides, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages that SheetFlow writes."""

    EN = "en"
    ID = "id"
    FA = "fa"


class CalendarSystem(StrEnum):
    """The calendar in which dates are shown, and in which texts without a telling year are read."""

    GREGORIAN = "Gregorian"
    JALALI = "Jalali"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Shares are 0 to 1, days are working days; `safety_margin` None means a fifth of the longest chain."""

    language: Language = Language.EN
    calendar: CalendarSystem = CalendarSystem.GREGORIAN
    hours_per_day: float = 6.0
    focus: float = 0.75
    safety_margin: int | None = None
    amber_below: int = 0
    keep_within: int = 2
    rework_factor: float = 0.5
    reserve: float = 0.0
    time_zone: str = ""
    holidays_country: str = ""

"""One written date: the numbers and words in it, before the column says which is the day and which the month."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.settings import CalendarSystem
from sheetflow.translate.folding import fold, to_ascii_digits
from sheetflow.translate.jalali import from_jalali
from sheetflow.translate.vocabulary import Vocabulary, vocabulary

CENTURY = 100
GREGORIAN_CENTURY, JALALI_CENTURY = 2000, 1400
JALALI_YEARS = range(1300, 1500)
LONGEST = 80
LEAP_YEARS = {CalendarSystem.GREGORIAN: 2024, CalendarSystem.JALALI: 1403}

_MISSING = {
    *("tbd", "tba", "tbc", "?", "??", "...", "…", "-", "--", "–", "—", "n/a", "na", "none", "nil"),
    *("belum", "belumada", "belumditentukan", "menyusul", "nanti"),
    *(fold(word) for word in ("نامشخص", "ندارد", "بعدا", "هنوز نه", "اعلام می‌شود")),
}
_RELATIVE = {
    *("today", "tomorrow", "yesterday", "tonight", "asap", "nextweek", "thisweek", "nextmonth"),
    *("hariini", "besok", "lusa", "kemarin", "minggudepan", "mingguini", "bulandepan"),
    *(
        fold(word)
        for word in (
            "امروز",
            "فردا",
            "پس فردا",
            "دیروز",
            "هفته بعد",
            "هفته آینده",
            "این هفته",
            "ماه آینده",
        )
    ),
}
_FILLERS = {
    *("st", "nd", "rd", "th", "of", "the", "on", "tanggal", "tgl", "pukul"),
    *(fold(word) for word in ("ماه", "سال", "مورخ", "ام", "م")),
}
_NEXT = re.compile(r"(next|this|coming|depan|ini)\b|آینده|بعد")
_MARKS = dict.fromkeys(
    map(ord, "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069'’`")
)
_TIME = re.compile(r"(?<=\d)[t ,]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?\s*(z|am|pm|wib|wita|wit)?$")
_SPLIT_WEEKDAY = re.compile(r"(یک|دو|سه|چهار|پنج)\s+شنبه")
_WORD = re.compile(r"[^\W\d_]+")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_SHORT = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\.?")


@dataclass(frozen=True, slots=True)
class DateTrouble:
    """Why a cell is no date to plan with: the code of a problem, and the text as it stands in the cell.

    `day` is the date all the same, where it is merely too far from today.
    """

    code: str
    value: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The numbers of a written date; `order` None where nothing in the text tells day from month.

    `short_year` marks a year of two digits, `weekday` (Monday 0) one that the text names.
    """

    text: str
    first: int
    second: int
    year: int | None
    system: CalendarSystem
    order: str | None = None
    short_year: bool = False
    weekday: int | None = None

    def day(self, order: str, year: int | None = None) -> date | None:
        """The date in that order (`DMY` or `MDY`); None where no calendar has it."""
        day, month = (self.first, self.second) if order == "DMY" else (self.second, self.first)
        full_year = year or self.year or LEAP_YEARS[self.system]
        if self.system is CalendarSystem.JALALI:
            return from_jalali(full_year, month, day)
        try:
            return date(full_year, month, day)
        except ValueError:
            return None

    def fits(self, order: str) -> bool:
        """Whether that order gives a real date, on the weekday that the text names."""
        day = self.day(order)
        return day is not None and (
            not self.year or self.weekday is None or day.weekday() == self.weekday
        )


def read_text(
    text: str, calendar: CalendarSystem, order: str | None
) -> Written | DateTrouble | None:
    """The numbers of a written date; None for a blank and for words such as `TBD`."""
    shown = text.strip()[:LONGEST]
    plain = unicodedata.normalize("NFKC", to_ascii_digits(text[: 2 * LONGEST])).translate(_MARKS)
    plain = _TIME.sub("", _SPLIT_WEEKDAY.sub(r"\1شنبه", plain.strip().casefold()))
    if not plain or plain in _MISSING or fold(plain) in _MISSING:
        return None
    if fold(plain) in _RELATIVE or (_NEXT.search(plain) and not re.search(r"\d", plain)):
        return DateTrouble("date_relative", shown)
    words = _Words(plain, vocabulary())
    if words.unknown:
        return DateTrouble("date_unreadable", shown)
    if words.month:
        return _with_month(shown, words)
    return _numeric(shown, words, calendar, order)


class _Words:
    """The words of a date, sorted into weekday, month and what is neither."""

    def __init__(self, plain: str, known: Vocabulary) -> None:
        self.weekday: int | None = None
        self.month: tuple[CalendarSystem, int] | None = None
        self.unknown = False
        for word in _WORD.findall(plain):
            self._sort(word, known)
        self.rest = " ".join(_WORD.sub(" ", plain).replace(",", " ").replace("،", " ").split())
        self.numbers = [int(number) for number in re.findall(r"\d+", plain)]

    def _sort(self, word: str, known: Vocabulary) -> None:
        if fold(word) in _FILLERS:
            return
        month, weekday = known.month(word.removesuffix("ماه")), known.weekday(word)
        if month and not self.month:
            self.month = month
        elif weekday is not None and self.weekday is None:
            self.weekday = weekday
        else:
            self.unknown = True


def _with_month(text: str, words: _Words) -> Written | DateTrouble:
    system, month = words.month or (CalendarSystem.GREGORIAN, 0)
    day, year = _day_and_year(words.numbers)
    if not day:
        return DateTrouble("date_unreadable", text)
    short = year is not None and year < CENTURY
    century = JALALI_CENTURY if system is CalendarSystem.JALALI else GREGORIAN_CENTURY
    return Written(
        text=text,
        first=day,
        second=month,
        year=year + century if year is not None and short else year,
        system=system,
        order="DMY",
        short_year=short,
        weekday=words.weekday,
    )


def _day_and_year(numbers: list[int]) -> tuple[int | None, int | None]:
    match numbers:
        case [day] if day < CENTURY:
            return day, None
        case [year, day] if year >= CENTURY:
            return day, year
        case [day, year]:
            return day, year
    return None, None


def _numeric(
    text: str, words: _Words, calendar: CalendarSystem, order: str | None
) -> Written | DateTrouble:
    rest, weekday = words.rest, words.weekday
    if found := _YEAR_FIRST.fullmatch(rest) or _COMPACT.fullmatch(rest):
        year, month, day = map(int, found.groups())
        return Written(
            text=text,
            first=day,
            second=month,
            year=year,
            system=_system(year),
            order="DMY",
            weekday=weekday,
        )
    if found := _YEAR_LAST.fullmatch(rest):
        first, second, year = map(int, found.groups())
        return Written(
            text=text, first=first, second=second, year=year, system=_system(year), weekday=weekday
        )
    if found := _SHORT.fullmatch(rest):
        return _short_year(text, tuple(map(int, found.groups())), calendar, order, weekday)
    if found := _NO_YEAR.fullmatch(rest):
        first, second = map(int, found.groups())
        return Written(
            text=text, first=first, second=second, year=None, system=calendar, weekday=weekday
        )
    return DateTrouble("date_unreadable", text)


def _short_year(
    text: str,
    numbers: tuple[int, ...],
    calendar: CalendarSystem,
    order: str | None,
    weekday: int | None,
) -> Written | DateTrouble:
    if calendar is CalendarSystem.JALALI:
        return DateTrouble("date_two_digit_year", text)
    first, second, year = numbers if order != "YMD" else (numbers[2], numbers[1], numbers[0])
    return Written(
        text=text,
        first=first,
        second=second,
        year=GREGORIAN_CENTURY + year,
        system=calendar,
        order="DMY" if order == "YMD" else None,
        short_year=True,
        weekday=weekday,
    )


def _system(year: int) -> CalendarSystem:
    return CalendarSystem.JALALI if year in JALALI_YEARS else CalendarSystem.GREGORIAN

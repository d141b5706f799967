"""Sentences, dates and numbers in the reader's language and calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import floor

from sheetflow.domain.flag import Reason
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.errors import Fact, Problem
from sheetflow.translate.jalali import persian_digits, to_jalali
from sheetflow.translate.sentences import fill, join_sentences
from sheetflow.translate.shipped import catalog
from sheetflow.translate.vocabulary import vocabulary

_DECIMAL_SIGN = {Language.EN: ".", Language.ID: ",", Language.FA: "٫"}
_COMMA = {Language.EN: ", ", Language.ID: ", ", Language.FA: "، "}
_GROUP_OF_FACT = {
    "step": "step",
    "steps": "step",
    "type": "type",
    "types": "type",
    "skill": "skill",
    "skills": "skill",
    "owner": "skill",  # without a Team tab the owner is a skill
    "person": "skill",
    "phase": "phase",
    "flag": "flag",
    "status": "status",
    "priority": "priority",
    "kind": "kind",
    "state": "state",
    "event": "event",
    "setting": "setting",
    "settings": "setting",
    "tab": "tab",
    "tabs": "tab",
    "headers": "header",  # `header` is what stands in the sheet, `headers` are names of columns
}

_TOLD = ("problems", "errors", "service")
"""The files that hold what is told with a remedy."""

HALF_UP = 0.5 + 1e-9
"""Added before cutting off decimals: halves are rounded up, as people do."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language and calendar; `today` tells which year goes without saying."""

    language: Language
    calendar: CalendarSystem
    today: dt.date

    @cache  # noqa: B019 - a tongue is a value, and a plan says the same few days very often
    def date(self, day: dt.date) -> str:
        """The day as people say it: `Fri 4 Dec`; the year only where it is not this one."""
        year, month, of_month = self._parts(day)
        text = f"{self.weekday(day)} {of_month} {self._month_name(month, short=True)}"
        return self._digits(text if year == self._parts(self.today)[0] else f"{text} {year}")

    def weekday(self, day: dt.date) -> str:
        """The short name of the day's weekday: `Fri`."""
        words = vocabulary()
        name = words.canonical_names("weekday")[day.weekday()]
        return words.short("weekday", name, self.language)

    def day_number(self, day: dt.date) -> str:
        """The day's number in its month: `4`."""
        return self._digits(str(self._parts(day)[2]))

    def month(self, day: dt.date) -> str:
        """The full name of the day's month and its year: `December 2026`."""
        year, month, _ = self._parts(day)
        return self._digits(f"{self._month_name(month, short=False)} {year}")

    def number(self, number: float) -> str:
        """The number with one decimal at most, in the language's digits."""
        return self._decimal(floor(number * 10 + HALF_UP) / 10)

    def names(self, names: Iterable[str]) -> str:
        """Names one after another, parted by the language's commas."""
        return _COMMA[self.language].join(names)

    def show(self, group: str, canonical: str) -> str:
        """A canonical name of a vocabulary group (`step`, `flag`, `header` ...) in the language."""
        return vocabulary().show(group, canonical, self.language)

    def problem(self, problem: Problem) -> tuple[str, str]:
        """What is wrong, and what to do."""
        return self.told(problem.code, problem.facts)

    def told(self, code: str, facts: Mapping[str, Fact]) -> tuple[str, str]:
        """What is wrong, and what to do, by the code and the facts of a problem or an error."""
        found = (catalog(self.language, file).get(code) for file in _TOLD)
        told = next(filter(None, found), {"says": code, "do": ""})
        return self._filled(told["says"], facts), self._filled(told["do"], facts)

    def reason(self, reason: Reason) -> str:
        """The sentence of a flag or a change, then that of its remedy; blank for no reason."""
        remedy = self.reason(reason.remedy) if reason.remedy else ""
        return join_sentences(self._cause(reason), remedy)

    def word(self, key: str, **facts: Fact) -> str:
        """A word or phrase of `words.toml`; an unknown key is shown as it is."""
        return self._filled(catalog(self.language, "words").get(key, key), facts)

    def _cause(self, reason: Reason) -> str:
        fault = reason.facts.get("problem")
        if isinstance(fault, str):  # a row that could not be planned says what is wrong with it
            return join_sentences(*self.told(fault, reason.facts))
        template = reason_template(self.language, reason.code)
        if template is not None:
            return self._filled(template, reason.facts)
        return join_sentences(*self.told(reason.code, reason.facts)) if reason.code else ""

    def _filled(self, template: str, facts: Mapping[str, Fact]) -> str:
        return fill(template, facts, self._fact)

    def _fact(self, name: str, value: Fact) -> str:
        if isinstance(value, tuple):
            return self.names(self._fact(name, one) for one in value)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, int | float):
            return self._decimal(value if value * 4 == int(value * 4) else round(value, 1))
        group = _GROUP_OF_FACT.get(name.rpartition("_")[2])
        return self.show(group, value) if group and value else value or ""

    def _decimal(self, number: float) -> str:
        text = f"{number:.2f}".rstrip("0").rstrip(".")
        sign = _DECIMAL_SIGN[self.language]
        return self._digits("0" if text == "-0" else text.replace(".", sign))

    def _digits(self, text: str) -> str:
        return persian_digits(text) if self.language is Language.FA else text

    def _parts(self, day: dt.date) -> tuple[int, int, int]:
        if self.calendar is CalendarSystem.JALALI:
            return to_jalali(day)
        return day.year, day.month, day.day

    def _month_name(self, month: int, *, short: bool) -> str:
        words = vocabulary()
        group = "jalali_month" if self.calendar is CalendarSystem.JALALI else "month"
        name = words.canonical_names(group)[month - 1]
        return (words.short if short else words.show)(group, name, self.language)


def reason_template(language: Language, code: str) -> str | None:
    """The sentence of a reason: its own, or that of a cause (`busy`) after its head (`late_`, `margin_`)."""
    reasons = catalog(language, "reasons")
    head, _, cause = code.partition("_")
    if code in reasons["reasons"]:
        return str(reasons["reasons"][code])
    if head in reasons["heads"] and cause in reasons["causes"]:
        return str(reasons["heads"][head].replace("{cause}", reasons["causes"][cause]))
    return None

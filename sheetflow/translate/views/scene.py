"""What every computed tab is drawn from, and how it shows days and owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from math import floor

from sheetflow.cells import CellRange, Rule, Style, Value
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.domain.workspace import Workspace
from sheetflow.errors import Problem
from sheetflow.translate.jalali import to_jalali_text
from sheetflow.translate.language import HALF_UP, Tongue
from sheetflow.translate.palette import flag_style, ink_on, phase_fills

LOCALES = {Language.EN: "409", Language.ID: "421", Language.FA: "429"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A plan, the workspace it was made from, and the language to show it in.

    `names` holds the sheet's name of each computed tab by its canonical name, where the workbook has one.
    """

    plan: Plan
    workspace: Workspace
    tongue: Tongue
    problems: tuple[Problem, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def right_to_left(self) -> bool:
        """Whether the sheet runs from right to left."""
        return self.tongue.language is Language.FA

    def tab_name(self, tab: str) -> str:
        """The sheet that a computed tab has, or is to have."""
        return self.names.get(tab) or self.tongue.show("tab", tab)

    def header(self, tab: str, column: str) -> str:
        """A header of a computed tab in the language."""
        return self.tongue.show(f"header:{tab}", column)

    def footer(self, tab: str) -> str:
        """The tab's title and the day of the run."""
        return f"{self.tab_name(tab)} · {self.tongue.date(self.plan.today)}"

    def day(self, day: date | None) -> Value:
        """A day as a cell holds it: a real date, or a text in the Jalali calendar."""
        if day is None or self.tongue.calendar is CalendarSystem.GREGORIAN:
            return day
        return to_jalali_text(day)

    def day_format(self, day: date | None, *, with_year: bool = False) -> str | None:
        """The number format of a day's cell: `Fri 4 Dec`, with the year where it is asked for or not this one."""
        if day is None or self.tongue.calendar is not CalendarSystem.GREGORIAN:
            return None
        year = " yyyy" if with_year or day.year != self.plan.today.year else ""
        return f"[$-{LOCALES[self.tongue.language]}]ddd d mmm{year}"

    def owner(self, owner: str | None) -> str | None:
        """An owner as shown: a person's own name, or the name of a role in the language."""
        if owner is None or self.workspace.people is not None:
            return owner
        return self.tongue.show("skill", owner)

    def flag(self, flag: Flag) -> str:
        """The flag's word."""
        return self.tongue.show("flag", flag)

    def flag_rules(self, area: CellRange) -> tuple[Rule, ...]:
        """The conditional formats that colour a column of flags."""
        return tuple(
            Rule(area=area, operator="equal", operand=self.flag(flag), style=flag_style(flag))
            for flag in Flag
        )

    def phase_rules(self, area: CellRange) -> tuple[Rule, ...]:
        """The conditional formats that colour a column of phases as the timeline does."""
        phases = (step.phase for row in self.plan.publications for step in row.steps)
        return tuple(
            Rule(
                area=area,
                operator="equal",
                operand=self.tongue.show("phase", phase),
                style=Style(ink=ink_on(fill), fill=fill),
            )
            for phase, fill in phase_fills(phases).items()
        )


def day_style(scene: Scene, day: date | None, base: Style) -> Style:
    """The base style with the day's number format."""
    return _formatted(base, scene.day_format(day))


@cache
def _formatted(base: Style, number_format: str | None) -> Style:
    """One style object for all cells that look the same: whoever writes them knows it again."""
    return replace(base, number_format=number_format)


def one_decimal(number: float) -> float | None:
    """The number as people round it, half up; None for nothing: blank beats a zero."""
    return floor(number * 10 + HALF_UP) / 10 or None

"""The rows that a new workbook begins with, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sheetflow.cells import Value
from sheetflow.domain.settings import Language
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Step
from sheetflow.translate.builtin import builtin_workflow, show_step
from sheetflow.translate.jalali import to_jalali_text
from sheetflow.translate.shipped import catalog
from sheetflow.translate.vocabulary import vocabulary

SAMPLES = {
    "Blog article": "Normal",
    "Facebook / Instagram organic post": "High",
    "Newsletter (recurring)": "Normal",
}
"""A type a sample row, and its priority."""

OWN_WORKFLOW = "Blog article"
PLANS = (
    *("Account manager (client contact)", "Planner / strategist", "Analyst", "SEO specialist"),
    *("Media buyer / ads specialist", "Internal approver", "Operations / clinic or shop staff"),
)
WRITES = (
    *("Copywriter", "Editor / proofreader", "Social media specialist", "Community manager"),
    *("E-mail / automation specialist", "PR specialist", "Influencer manager"),
)
MAKES = (
    *("Designer", "Creative lead", "Video maker / editor", "Programmer / web developer"),
    *("Tester / QA", "Publisher / traffic"),
)
SKILLS = (PLANS, WRITES, MAKES)
"""All skills but the client's own, shared among three people so that nobody approves their own work."""

DELIVERED_AFTER, AWAY_AFTER, CLOSED_AFTER = (
    timedelta(weeks=4),
    timedelta(weeks=9),
    timedelta(weeks=10),
)

Row = Mapping[str, Value]


def starter_rows(language: Language, today: date) -> Mapping[str, Sequence[Row]]:
    """The rows of each tab, by canonical names of tabs and columns; what is to be published comes four weeks on."""
    rows = _Rows(language, today)
    return {
        "Publications": rows.publications(),
        "Workflows": rows.workflows(),
        "Team": rows.team(),
        "Time off": rows.time_off(),
        "Holidays": rows.holidays(),
        "Settings": rows.settings(),
    }


@dataclass(frozen=True, slots=True)
class _Rows:
    language: Language
    today: date

    def publications(self) -> list[Row]:
        texts = self._texts("rows")
        monday = self.today - timedelta(days=self.today.weekday())
        return [
            {
                "ID": f"P-{number + 1:03}",
                "Publication": texts["titles"][number],
                "Type": self._show("type", name),
                "Client": texts["clients"][number],
                "Delivery date": self._day(monday + DELIVERED_AFTER + timedelta(days=number)),
                "Priority": self._show("priority", priority),
                "Status": self._show("status", "Active"),
            }
            for number, (name, priority) in enumerate(SAMPLES.items())
        ]

    def workflows(self) -> list[Row]:
        return [self._step(step) for step in builtin_workflow(OWN_WORKFLOW).steps]

    def _step(self, step: Step) -> Row:
        returns_to = show_step(step.returns_to, self.language) if step.returns_to else None
        return {
            "Type": self._show("type", OWN_WORKFLOW),
            "Step": show_step(step.name, self.language),
            "Phase": self._show("phase", step.phase),
            "Skill": self._show("skill", step.skill),
            "Days": step.quarters / QUARTERS_PER_DAY,
            "Hours": step.hours,
            "Kind": self._show("kind", step.kind.value),
            "Returns to": returns_to,
        }

    def team(self) -> list[Row]:
        people = self._texts("rows")["people"]
        comma = "، " if self.language is Language.FA else ", "
        return [
            {
                "Name": name,
                "Skills": comma.join(self._show("skill", skill) for skill in skills),
                "Hours per day": 6,
            }
            for name, skills in zip(people, SKILLS, strict=True)
        ]

    def time_off(self) -> list[Row]:
        texts, first = self._texts("rows"), self.today + AWAY_AFTER
        last = first + timedelta(days=4)
        return [
            {
                "Name": texts["people"][0],
                "From": self._day(first),
                "To": self._day(last),
                "Note": texts["time_off"],
            }
        ]

    def holidays(self) -> list[Row]:
        day = self._day(self.today + CLOSED_AFTER)
        return [{"Date": day, "Name": self._texts("rows")["holiday"]}]

    def settings(self) -> list[Row]:
        return [
            {"Setting": self._show("setting", name), "Value": None if value == "" else value}
            for name, value in self._texts("settings").items()
        ]

    def _texts(self, part: str) -> dict[str, Any]:
        texts: dict[str, Any] = catalog(self.language, "starter")[part]
        return texts

    def _show(self, group: str, name: str) -> str:
        return vocabulary().show(group, name, self.language)

    def _day(self, day: date) -> Value:
        return to_jalali_text(day) if self.language is Language.FA else day

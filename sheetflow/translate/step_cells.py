"""The cells of a publication that name steps: Current step, Owners, Skip, Days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.people import Person
from sheetflow.domain.workflow import Workflow
from sheetflow.translate.catalog import Catalog
from sheetflow.translate.lists import split_names, split_pairs
from sheetflow.translate.rows import Rows, shorten
from sheetflow.translate.team import Team
from sheetflow.translate.workflows import NOTHING, read_quarters


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCells:
    """Reads them for one row."""

    rows: Rows
    row: int
    workflow: Workflow
    catalog: Catalog
    team: Team
    today: date

    def current(self) -> tuple[str, ...]:
        """The steps being worked on."""
        named = split_names(self._text("Current step"))
        steps = tuple(dict.fromkeys(filter(None, map(self._one, named))))
        self._check_current(steps)
        return steps

    def skip(self) -> frozenset[str]:
        """The steps that the row does without."""
        text = self._text("Skip")
        steps = frozenset(s for name in split_names(text) for s in self._all("Skip", name))
        if self.workflow.publish.name in steps:
            self._error("Skip", "skip_publish", step=self.workflow.publish.name)
        return steps

    def pins(self) -> Mapping[str, str]:
        """The people that the row insists on, by step."""
        pins: dict[str, str] = {}
        for step, name in self._pairs("Owners", "pin_unreadable"):
            person = self.team.find(name)
            if self.team.people is not None and person is None:
                nearest = self.team.nearest(name)
                self._error("Owners", "person_unknown", value=shorten(name), nearest=nearest)
            elif person:
                self._check_pin(step, person)
            pins[step] = person.name if person else name
        return pins

    def days(self) -> Mapping[str, int]:
        """The quarters of a day that a step of this row takes, by step."""
        days: dict[str, int] = {}
        for step, text in self._pairs("Days", "days_pair_unreadable"):
            quarters = read_quarters(text)
            if quarters is None:
                self._error("Days", "days_unreadable", value=shorten(text))
            days[step] = quarters or 1
        return days

    def is_published(self, steps: tuple[str, ...]) -> bool:
        """Whether work on these steps means that the publication is out."""
        before = self.catalog.before(self.workflow)
        return bool(steps) and all(self.workflow.publish.name in before[step] for step in steps)

    def _pairs(self, header: str, code: str) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        for left, right in split_pairs(self._text(header)):
            if right is None:
                self._error(header, code, value=shorten(left))
                continue
            for step in self._all(header, left):
                if step in seen:
                    self._error(header, "step_twice", step=step)
                seen.add(step)
                yield step, right

    def _text(self, header: str) -> str:
        text = self.rows.text(self.row, header)
        return "" if text in NOTHING else text

    def _one(self, text: str) -> str | None:
        """The step that is worked on: it must be one, not one of two of the same name."""
        found = self._all("Current step", text)
        if len(found) > 1:
            self._error("Current step", "step_ambiguous", value=shorten(text), steps=found)
        return found[0] if found else None

    def _all(self, header: str, text: str) -> tuple[str, ...]:
        """All steps of that name: to skip `External approval` is to skip every one of them."""
        found = self.catalog.steps_of(self.workflow, text)
        if not found:
            self._error(
                header,
                "step_unknown",
                value=shorten(text),
                type=self.workflow.type,
                nearest_step=self.catalog.nearest_step(self.workflow, text),
            )
        return found

    def _check_current(self, steps: tuple[str, ...]) -> None:
        before = self.catalog.before(self.workflow)
        for step in steps:
            waited_for = next((each for each in steps if each in before[step]), None)
            if waited_for:
                self._error("Current step", "current_step_waits", step=step, other_step=waited_for)
                return

    def _check_pin(self, step: str, person: Person) -> None:
        last = person.calendar.employed.last
        skill = self.workflow.step(step).skill
        if last and last < self.today:
            self._error("Owners", "pin_person_left", value=person.name, date=last)
        elif skill and skill not in person.skills:
            facts = {"value": person.name, "skill": skill, "step": step}
            self.rows.warning(self.row, "Owners", "pin_without_skill", **facts)

    def _error(self, header: str, code: str, **facts: str | date | tuple[str, ...] | None) -> None:
        self.rows.error(self.row, header, code, **facts)

"""The lower block of the workload: how much of each skill's hours the delivery dates ask for, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheetflow.cells import CellRange, Rule, Value
from sheetflow.translate import palette
from sheetflow.translate.views.canvas import Canvas
from sheetflow.translate.views.heat import share_rules
from sheetflow.translate.views.loads import Hours, Pool, pools
from sheetflow.translate.views.scene import Scene, one_decimal
from sheetflow.translate.views.weeks import by_week

SHARE = replace(palette.DAY, number_format="0%")
LOAD_SHARE = replace(palette.LOAD, number_format="0%")
NOBODY_THERE = replace(palette.LOAD, ink=palette.WHITE, fill=palette.OVER_LOAD)


def shown_share(hours: Hours) -> float | None:
    """The share of the hours; None where it would be shown as 0 %: blank beats a zero."""
    return hours.share if round(hours.share or 0.0, 2) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillWeeks:
    """A row a skill from `first_row` on, below their header; a cell a week, over the columns of its days."""

    scene: Scene
    days: Sequence[date]
    first_row: int
    first_day: int

    def draw(self, canvas: Canvas) -> tuple[tuple[CellRange, ...], tuple[Rule, ...]]:
        """Draw the block; returns the cells to merge, and the rules of the shares."""
        self._draw_head(canvas)
        found = pools(self.scene.plan)
        weeks = list(by_week(self.days, self.scene.workspace.calendar))
        ahead = [day for day in self.days if day >= self.scene.plan.today]
        for row, pool in enumerate(found, start=self.first_row + 1):
            self._draw_pool(canvas, row, pool)
            canvas.put(row, 3, shown_share(pool.hours(ahead)), SHARE)
            for first, last in weeks:
                week = [day for day in self.days[first : last + 1] if day in ahead]
                self._draw_week(canvas, row, (first, last), pool.hours(week))
        last_row = self.first_row + len(found)
        merges = tuple(
            CellRange(row, self.first_day + first, row, self.first_day + last)
            for row in range(self.first_row + 1, last_row + 1)
            for first, last in weeks
            if last > first
        )
        last_day = self.first_day + len(self.days) - 1
        area = CellRange(self.first_row + 1, self.first_day, last_row, last_day)
        return merges, share_rules(area) if found else ()

    def _draw_head(self, canvas: Canvas) -> None:
        for column in range(1, self.first_day + len(self.days)):
            canvas.put(self.first_row, column, None, palette.HEAD)
        word = self.scene.tongue.word
        title = f"{word('skills')}: {word('share_of_capacity')}"
        canvas.put(self.first_row, 1, title, palette.HEAD)

    def _draw_pool(self, canvas: Canvas, row: int, pool: Pool) -> None:
        """A skill and who has it, or the skills that are looked at together."""
        tongue = self.scene.tongue
        skills = [tongue.show("skill", skill) for skill in pool.skills]
        together = len(skills) > 1
        first = tongue.word("skills_together", count=len(skills)) if together else skills[0]
        canvas.put(row, 1, first, palette.TEXT)
        canvas.put(row, 2, tongue.names(skills if together else pool.people), palette.WRAPPED_TEXT)

    def _draw_week(self, canvas: Canvas, row: int, week: tuple[int, int], hours: Hours) -> None:
        """The share that the dates ask for; the bare hours where nobody is there."""
        share: Value = shown_share(hours)
        style = LOAD_SHARE
        if share and hours.available <= palette.ROUNDING:
            share = self.scene.tongue.word("hours_short", hours=one_decimal(hours.planned))
            style = NOBODY_THERE
        first, last = week
        for place in range(first, last + 1):
            canvas.put(row, self.first_day + place, share if place == first else None, style)

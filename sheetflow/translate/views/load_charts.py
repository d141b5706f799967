"""The charts of the workload, and the hidden columns that they show: hours planned and available."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sheetflow.cells import CellRange, Chart, Series, Value
from sheetflow.translate import palette
from sheetflow.translate.views.canvas import Canvas
from sheetflow.translate.views.facing import marked
from sheetflow.translate.views.loads import Hours, Line, total
from sheetflow.translate.views.scene import Scene, one_decimal
from sheetflow.translate.views.weeks import DAY_ROW, by_week, day_and_month

HIDDEN_COLUMNS = 5
"""The hours of each week, planned and available, with the week between them; and the same hours of each line."""
# A text between filled cells stays in its column; it would run out of a hidden one into one that is seen.
PLANNED, WEEK, AVAILABLE = 0, 1, 2
LINE_PLANNED, LINE_AVAILABLE = 3, 4

LABELS = 3
POINTS_A_CHARACTER = 5.3
GAP = 12.0
LEAST_WIDTH, MOST_WIDTH, WEEKS_WIDTH = 280.0, 520.0, 520.0
WEEKS_HEIGHT, FRAME_HEIGHT, BAR_HEIGHT = 230.0, 80.0, 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCharts:
    """The workload's lines on its days, in hidden columns from `column` on, beside the lines' own rows."""

    scene: Scene
    lines: Sequence[Line]
    days: Sequence[date]
    column: int

    def write(self, canvas: Canvas) -> None:
        """Put the numbers into their columns, under headers for those who look for them."""
        names = (self._word("hours_planned"), None, self._word("hours_available"))
        for column, name in enumerate((*names, names[0], names[2])):
            canvas.put(DAY_ROW, self.column + column, name)
        for row, (week, hours) in enumerate(self._weeks().items(), start=DAY_ROW + 1):
            canvas.put(row, self.column + WEEK, marked(week) if self.scene.right_to_left else week)
            self._put(canvas, row, (PLANNED, AVAILABLE), hours)
        for row, line in enumerate(self.lines, start=DAY_ROW + 1):
            self._put(canvas, row, (LINE_PLANNED, LINE_AVAILABLE), total(line, self._ahead()))

    def charts(self, row: int, widths: Sequence[float]) -> tuple[Chart, ...]:
        """Side by side from the row on: the lines in the order of their rows, and the weeks."""
        if not any(total(line, self._ahead()).planned for line in self.lines):
            return ()
        edges = [0.0, *accumulate(width * POINTS_A_CHARACTER for width in widths)]
        width = min(max(edges[LABELS] - GAP, LEAST_WIDTH), MOST_WIDTH)
        beside = max(sum(edge + 1 < width + GAP for edge in edges), LABELS) + 1
        has_team = self.scene.workspace.people is not None
        by_line = "hours_by_person" if has_team else "hours_by_role"
        height = max(WEEKS_HEIGHT, FRAME_HEIGHT + BAR_HEIGHT * len(self.lines))
        names = CellRange(DAY_ROW + 1, 1, DAY_ROW + len(self.lines), 1)
        weeks = self._below(WEEK, len(self._weeks()))
        of_lines, of_weeks = (LINE_PLANNED, LINE_AVAILABLE), (PLANNED, AVAILABLE)
        size = (WEEKS_WIDTH, WEEKS_HEIGHT)
        return (
            self._chart(by_line, (row, 1), (width, height), names, of_lines, lying=True),
            self._chart("hours_by_week", (row, beside), size, weeks, of_weeks),
        )

    def _chart(
        self,
        title: str,
        corner: tuple[int, int],
        size: tuple[float, float],
        categories: CellRange,
        columns: tuple[int, int],
        *,
        lying: bool = False,
    ) -> Chart:
        count = categories.last_row - categories.first_row + 1
        planned = Series(
            name=self._word("hours_planned"),
            values=self._below(columns[0], count),
            colour=palette.FULL_LOAD,
        )
        available = Series(
            name=self._word("hours_available"),
            values=self._below(columns[1], count),
            colour=palette.ROOM_FILL,
        )
        has_team = self.scene.workspace.people is not None
        return Chart(
            title=self._word(title, weeks=len(self._weeks())),
            row=corner[0],
            column=corner[1],
            width=size[0],
            height=size[1],
            categories=categories,
            series=(available, planned) if has_team else (planned,),
            ink=palette.SOFT,
            line=palette.LINE,
            lying=lying,
        )

    def _below(self, column: int, count: int) -> CellRange:
        place = self.column + column
        return CellRange(DAY_ROW + 1, place, DAY_ROW + count, place)

    def _put(self, canvas: Canvas, row: int, columns: tuple[int, int], hours: Hours) -> None:
        for column, value in zip(columns, (hours.planned, hours.available), strict=True):
            canvas.put(row, self.column + column, one_decimal(value) or 0)

    def _weeks(self) -> Mapping[Value, Hours]:
        """The hours of all lines by the first day of each week."""
        weeks: dict[Value, Hours] = {}
        for first, last in by_week(self.days, self.scene.workspace.calendar):
            ahead = [day for day in self.days[first : last + 1] if day >= self.scene.plan.today]
            parts = [total(line, ahead) for line in self.lines]
            weeks[day_and_month(self.scene, self.days[first])] = Hours(
                planned=sum(part.planned for part in parts),
                available=sum(part.available for part in parts),
            )
        return weeks

    def _ahead(self) -> list[date]:
        return [day for day in self.days if day >= self.scene.plan.today]

    def _word(self, key: str, **facts: int) -> str:
        return self.scene.tongue.word(key, **facts)

"""Taking up the last plan: every publication whose steps can lie where they lay stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetflow.domain.history import LastStep
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.engine import building, choosing, kernel
from sheetflow.engine.field import NONE, UNATTENDED, Field, State
from sheetflow.engine.scene import Scene


class LastPlan:
    """The last plan's places, on the field of this run."""

    def __init__(
        self, scene: Scene, field: Field, last: Mapping[tuple[str, str], LastStep]
    ) -> None:
        """Keep what is needed to find a place again."""
        self._scene, self._field, self._last = scene, field, last
        self._first, self._options = scene.first_task, scene.options
        self._owner = {name: index for index, name in enumerate(scene.crew.names)}

    def take_up(self, state: State, order: Sequence[int]) -> list[int]:
        """Put every job of the order where it lay; those that do not fit are left open, and returned.

        Current steps lie where the foundation has put them.
        """
        for job in order:
            self._lift(state, job)
        return [job for job in order if not self._put_back(state, job)]

    def _lift(self, state: State, job: int) -> None:
        publish = self._field.publish[job]
        if publish != NONE:
            kernel.lift(self._field, state, publish)

    def _put_back(self, state: State, job: int) -> bool:
        here = self._scene.jobs[job]
        put: list[int] = []
        for index, task in enumerate(here.tasks):
            number = self._first[job] + index
            if task.current and task.step.kind is not Kind.PUBLISH:
                continue
            last = self._last.get((here.row.id, task.step.name))
            if last is None or not self._put(state, job, number, last):
                for other in put:
                    kernel.lift(self._field, state, other)
                return False
            put.append(number)
        return True

    def _put(self, state: State, job: int, task: int, last: LastStep) -> bool:
        if last.start is None or last.due is None or last.start_quarter is None:
            return False
        line, field = self._scene.line, self._field
        start = QUARTERS_PER_DAY * line.index(last.start) + last.start_quarter
        end = QUARTERS_PER_DAY * line.index(last.due) + (last.due_quarter or 0)
        first = max(
            QUARTERS_PER_DAY * field.earliest_day[task], kernel.end_before(field, state, task) + 1
        )
        if start < first:
            return False
        is_publish = task == field.publish[job]
        if is_publish and field.is_day_off[job] and start == end == 4 * field.delivery[job] + 3:
            kernel.put_unattended(state, task, field.delivery[job])
            return True
        option = self._option(state, task, last.owner)
        if option == NONE or not self._fits(state, option, start, end):
            return False
        kernel.put(field, state, task, option, self._slot(option, start))
        return not is_publish or self._is_right(state, job, task)

    def _option(self, state: State, task: int, name: str | None) -> int:
        """The option of the last owner, where the rules leave it; that of nobody where nobody had it."""
        if name is None:
            return self._field.option_begin[task + 1] - 1
        owner = self._owner.get(name)
        count = choosing.allowed(self._field, state, task, choosing.ANYBODY)
        return next((n for n in state.pick[:count] if self._options[n].owner == owner), NONE)

    def _slot(self, option: int, start: int) -> int:
        return kernel.slot_from(self._field, self._field.lane[option], start)

    def _fits(self, state: State, option: int, start: int, end: int) -> bool:
        """Whether the option has room there and takes just the quarters from the first to the last."""
        field = self._field
        lane, slot = field.lane[option], self._slot(option, start)
        last = slot + field.quarters[option] - 1
        if last >= field.slot_count[lane]:
            return False
        if (kernel.quarter_of(field, lane, slot), kernel.quarter_of(field, lane, last)) != (
            start,
            end,
        ):
            return False
        return kernel.earliest(field, state, option, slot, slot) == slot

    def _is_right(self, state: State, job: int, task: int) -> bool:
        """Whether the publish step lies on its delivery date, in the last quarters of it, or behind that."""
        field = self._field
        day = field.delivery[job]
        if not building.is_on_delivery(field, state, job):
            return state.end[task] > QUARTERS_PER_DAY * day + QUARTERS_PER_DAY - 1
        option = state.option[task]
        row = field.lane[option] * (field.days + 1) + day
        return (
            option != UNATTENDED
            and state.slot[task] == field.first[row + 1] - field.quarters[option]
        )

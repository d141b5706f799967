"""Taking up the last plan: every publication whose steps can lie where they lay stays as it was.

Of the others as much stays as does no harm: each is mended, or placed anew, whichever ends better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetflow.domain.history import LastStep
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.engine.kernel import building, choosing, placing
from sheetflow.engine.kernel.field import NONE, UNATTENDED, Field, State
from sheetflow.engine.work.scene import Scene


class LastPlan:
    """The last plan's places, on the field of this run."""

    def __init__(
        self, scene: Scene, field: Field, last: Mapping[tuple[str, str], LastStep]
    ) -> None:
        """Keep what is needed to find a place again; the field wishes for the last plan's owners."""
        self._scene, self._field, self._last = scene, field, last
        self._first, self._options = scene.first_task, scene.options
        self._owner = {name: index for index, name in enumerate(scene.crew.names)}

    def take_up(self, state: State, order: Sequence[int]) -> list[int]:
        """Put every job of the order where it lay; those that do not fit are left open, and returned.

        Current steps lie where the foundation has put them.
        """
        for job in order:
            self.lift(state, job)
        left_open = []
        for job in order:
            if self._put_back(state, job):
                self.lift(state, job)
                left_open.append(job)
        return left_open

    def lift(self, state: State, job: int) -> None:
        """Take up all of a job that no priority holds down."""
        publish = self._field.publish[job]
        for task in range(self._first[job], self._first[job + 1]):
            if task == publish or not self._field.is_current[task]:
                placing.lift(self._field, state, task)

    def mend(self, state: State, job: int) -> bool:
        """Put what fits where it lay, and the rest between that; False, with some of it placed, where that fails."""
        field = self._field
        misfits, publish = self._put_back(state, job), field.publish[job]
        if publish in misfits and not self._may_publish_elsewhere(job):
            return False
        behind = field.behind[field.behind_begin[job] : field.behind_begin[job + 1]]
        ahead = [task for task in misfits if task not in behind and task != publish]
        if not all(self._put_between(state, job, task) for task in reversed(ahead)):
            return False
        if publish in misfits and not building.publish(field, state, job):
            return False
        return all(self._follow_up(state, task) for task in behind)

    def _follow_up(self, state: State, task: int) -> bool:
        """Leave a task after publishing where it lies, or, where that is too early by now, place it."""
        field = self._field
        if state.option[task] != NONE and state.start[task] >= self._floor(state, task):
            return True
        placing.lift(field, state, task)
        return building.place_forward(field, state, task)

    def _put_back(self, state: State, job: int) -> list[int]:
        """Put the steps that fit where they lay; the numbers of the others."""
        here = self._scene.jobs[job]
        misfits = []
        for number, task in enumerate(here.tasks, start=self._first[job]):
            if task.current and task.step.kind is not Kind.PUBLISH:
                continue
            last = self._last.get((here.row.id, task.step.name))
            if last is None or not self._put(state, job, number, last):
                placing.lift(self._field, state, number)
                misfits.append(number)
        return misfits

    def _may_publish_elsewhere(self, job: int) -> bool:
        """Whether the publish step lay on the delivery date or behind: with an earlier one, all lies too early."""
        here = self._scene.jobs[job]
        if here.publish is None:
            return False
        last = self._last.get((here.row.id, here.tasks[here.publish].step.name))
        return last is not None and last.due is not None and last.due >= here.row.delivery

    def _put_between(self, state: State, job: int, task: int) -> bool:
        """Put a task as late as all that waits for it leaves room; its owner keeps it where they can."""
        field = self._field
        nobody = field.option_begin[task + 1] - 1
        floor, until = self._floor(state, task), self._until(state, job, task)
        for wish in (field.wish, [NONE] * len(field.wish)):
            if choosing.last_start(field._replace(wish=wish), state, task, floor, until):
                return state.option[task] != nobody or field.option_begin[task] == nobody
        return False

    def _floor(self, state: State, task: int) -> int:
        """The first quarter behind all that is placed and that the task waits for."""
        earliest = QUARTERS_PER_DAY * self._field.earliest_day[task]
        return max(earliest, placing.end_before(self._field, state, task) + 1)

    def _until(self, state: State, job: int, task: int) -> int:
        """The last quarter before all that is placed and waits for a task; its margin stays, as far as it was left."""
        field = self._field
        until = field.ready_limit[job]
        last = self._last.get((self._scene.jobs[job].row.id, self._step_of(job, task)))
        if last is not None and last.due is not None:
            end = QUARTERS_PER_DAY * self._scene.line.index(last.due) + (last.due_quarter or 0)
            until = max(until, end)
        for other in range(task + 1, self._first[job + 1]):
            waits = field.waits[field.waits_begin[other] : field.waits_begin[other + 1]]
            is_next = task in waits or other == field.publish[job]
            if is_next and state.option[other] != NONE:
                until = min(until, state.start[other] - 1)
        return until

    def _step_of(self, job: int, task: int) -> str:
        return self._scene.jobs[job].tasks[task - self._first[job]].step.name

    def _put(self, state: State, job: int, task: int, last: LastStep) -> bool:
        if last.start is None or last.due is None or last.start_quarter is None:
            return False
        line, field = self._scene.line, self._field
        start = QUARTERS_PER_DAY * line.index(last.start) + last.start_quarter
        end = QUARTERS_PER_DAY * line.index(last.due) + (last.due_quarter or 0)
        if start < self._floor(state, task):
            return False
        is_publish = task == field.publish[job]
        if is_publish and field.is_day_off[job] and start == end == 4 * field.delivery[job] + 3:
            placing.put_unattended(state, task, field.delivery[job])
            return True
        option = self._option(state, task, last.owner)
        if option == NONE or not self._fits(state, option, start, end):
            return False
        placing.put(field, state, task, option, self._slot(option, start))
        return not is_publish or self._is_right(state, job, task)

    def _option(self, state: State, task: int, name: str | None) -> int:
        """The option of the last owner, where the rules leave it; that of nobody where nobody had it."""
        if name is None:
            return self._field.option_begin[task + 1] - 1
        owner = self._owner.get(name)
        count = choosing.allowed(self._field, state, task, choosing.ANYBODY)
        return next((n for n in state.pick[:count] if self._options[n].owner == owner), NONE)

    def _slot(self, option: int, start: int) -> int:
        return placing.slot_from(self._field, self._field.lane[option], start)

    def _fits(self, state: State, option: int, start: int, end: int) -> bool:
        """Whether the option has room there and takes just the quarters from the first to the last."""
        field = self._field
        lane, slot = field.lane[option], self._slot(option, start)
        last = slot + field.quarters[option] - 1
        if last >= field.slot_count[lane]:
            return False
        if (placing.quarter_of(field, lane, slot), placing.quarter_of(field, lane, last)) != (
            start,
            end,
        ):
            return False
        return placing.earliest(field, state, option, slot, slot) == slot

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

"""Putting back: what a search has moved goes back to where it lay, wherever that costs nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sheetflow.engine.kernel import choosing, placing
from sheetflow.engine.kernel.building import place_forward
from sheetflow.engine.kernel.field import NONE, UNATTENDED, Field, State
from sheetflow.engine.search.promises import Outcome, outcome

MOST_TOGETHER = 12
"""So many jobs at most go back at once, where each lies in another's place."""


class Return:
    """The way from a schedule back to another one of the same jobs."""

    def __init__(self, field: Field, state: State, target: State) -> None:
        """Nothing moves yet; the field wishes for the owners to be kept."""
        self._field, self._state, self._target = field, state, target
        self._jobs = range(len(field.publish))
        self._by_owner: dict[int, set[int]] = defaultdict(set)
        for job in self.moved():
            self._note(self._ahead(job))

    def moved(self) -> list[int]:
        """The jobs that do not lie where they lay, up to their publish step."""
        return [job for job in self._jobs if not all(map(self._is_back, self._ahead(job)))]

    def jobs(self) -> None:
        """Put jobs back, and those that lie in their way with them, until no more can."""
        is_going_on = True
        while is_going_on:
            is_going_on = False
            for job in self.moved():
                is_going_on = self._goes_back(job) or is_going_on

    def steps(self) -> None:
        """Put single steps of the jobs that moved back, or at least give them back to their owner."""
        for job in self.moved():
            ends = outcome(self._field, self._state, job)
            tasks = [task for task in self._ahead(job) if task != self._field.publish[job]]
            for task in (*tasks, *reversed(tasks)):
                self._step_back(job, task, ends)

    def follow_ups(self, order: Iterable[int]) -> bool:
        """Put what comes after publishing back, or else where it can be first; False if the line is too short."""
        field, state = self._field, self._state
        jobs = list(order)
        behind = [field.behind[field.behind_begin[j] : field.behind_begin[j + 1]] for j in jobs]
        left = [[task for task in tasks if state.option[task] == NONE] for tasks in behind]
        for tasks in left:
            while tasks and self._may_lie(tasks[0]) and self._put(tasks[0]):
                tasks.pop(0)
        return all(place_forward(field, state, task) for tasks in left for task in tasks)

    def _ahead(self, job: int) -> list[int]:
        """The tasks of a job that a search moves."""
        field = self._field
        tasks = field.before[field.before_begin[job] : field.before_begin[job + 1]]
        found = [task for task in tasks if not field.is_current[task]]
        return [*found, field.publish[job]] if field.publish[job] != NONE else found

    def _is_back(self, task: int) -> bool:
        one, other = self._state, self._target
        return one.option[task] == other.option[task] and one.slot[task] == other.slot[task]

    def _goes_back(self, job: int) -> bool:
        group = [job]
        if self._costs_nothing(group) and not all(map(self._is_back, self._ahead(job))):
            while len(group) <= MOST_TOGETHER and self._costs_nothing(group):
                in_the_way = self._swap(group)
                if not in_the_way:
                    return True
                if in_the_way <= set(group):
                    return False
                group = sorted({*group, *in_the_way})
        return False

    def _costs_nothing(self, group: Sequence[int]) -> bool:
        there, here = self._cost(self._target, group), self._cost(self._state, group)
        return there <= here

    def _cost(self, state: State, group: Sequence[int]) -> Outcome:
        late = eaten = 0
        for job in group:
            own = outcome(self._field, state, job)
            late += self._field.weight[job] * own[0]
            eaten += self._field.weight[job] * own[1]
        return late, eaten

    def _swap(self, group: Sequence[int]) -> set[int]:
        """Put the jobs of a group back; where that fails, all is as it was, and the jobs in the way are returned."""
        tasks = [task for job in group for task in self._ahead(job)]
        places = [(task, self._state.option[task], self._state.slot[task]) for task in tasks]
        self._lift(tasks)
        misfits = [task for task in tasks if not self._put(task)]
        if not misfits:
            self._note(tasks)
            return set()
        in_the_way = {job for task in misfits for job in self._in_the_way(task)}
        self._lift([task for task in tasks if task not in misfits])
        for task, option, slot in places:
            self._lay(task, option, slot)
        self._note(tasks)
        return in_the_way or set(group)

    def _in_the_way(self, task: int) -> set[int]:
        """The jobs that have work of the task's owner on the days on which it lay."""
        state, target = self._state, self._target
        owner = self._field.owner[target.option[task]]
        first, last = target.start[task] >> 2, target.end[task] >> 2
        return {
            self._field.job_of[other]
            for other in self._by_owner[owner]
            if state.start[other] >> 2 <= last and state.end[other] >> 2 >= first
        }

    def _step_back(self, job: int, task: int, ends: Outcome) -> None:
        if self._is_back(task):
            return
        state = self._state
        option, slot = state.option[task], state.slot[task]
        placing.lift(self._field, state, task)
        floor, until = self._between(job, task)
        is_between = floor <= self._target.start[task] and self._target.end[task] <= until
        done = is_between and self._may_lie(task) and self._put(task)
        if not done or outcome(self._field, state, job) > ends:
            placing.lift(self._field, state, task)
            self._give_back(job, task, (option, slot), ends)

    def _give_back(self, job: int, task: int, place: tuple[int, int], ends: Outcome) -> None:
        """Put a task, which is not placed, with the owner that it had, else at a place."""
        field, state = self._field, self._state
        wish = field.wish[task]
        if wish != NONE and wish != field.owner[place[0]]:
            floor, until = self._between(job, task)
            found = choosing.last_start(field, state, task, floor, until)
            is_theirs = found and field.owner[state.option[task]] == wish
            if is_theirs and outcome(field, state, job) <= ends:
                return
            placing.lift(field, state, task)
        placing.put(field, state, task, *place)

    def _between(self, job: int, task: int) -> tuple[int, int]:
        """The first quarter behind all that a task waits for, and the last before all that waits for it."""
        field, state = self._field, self._state
        floor = max(4 * field.earliest_day[task], placing.end_before(field, state, task) + 1)
        publish = field.publish[job]
        until = state.start[publish] - 1 if publish != NONE else state.end[task]
        for other in range(task + 1, len(field.job_of)):
            if field.job_of[other] != job:
                break
            if task in field.waits[field.waits_begin[other] : field.waits_begin[other + 1]]:
                until = min(until, state.start[other] - 1)
        return floor, until

    def _may_lie(self, task: int) -> bool:
        """Whether the rules leave a task, which is not placed, the owner and the dates that it had."""
        field, state, option = self._field, self._state, self._target.option[task]
        floor = max(4 * field.earliest_day[task], placing.end_before(field, state, task) + 1)
        if option < 0 or self._target.start[task] < floor:
            return False
        count = choosing.allowed(field, state, task, choosing.ANYBODY)
        return option in state.pick[:count]

    def _put(self, task: int) -> bool:
        """Put a task, which is not placed, where it lay; False where there is no room."""
        option, slot = self._target.option[task], self._target.slot[task]
        if option >= 0 and placing.earliest(self._field, self._state, option, slot, slot) != slot:
            return False
        self._lay(task, option, slot)
        return True

    def _lay(self, task: int, option: int, slot: int) -> None:
        if option == UNATTENDED:
            day = self._field.delivery[self._field.job_of[task]]
            placing.put_unattended(self._state, task, day)
        else:
            placing.put(self._field, self._state, task, option, slot)

    def _lift(self, tasks: Iterable[int]) -> None:
        for task in tasks:
            if self._state.option[task] >= 0:
                self._by_owner[self._field.owner[self._state.option[task]]].discard(task)
            placing.lift(self._field, self._state, task)

    def _note(self, tasks: Iterable[int]) -> None:
        """Remember who has these tasks, as far as they take hours."""
        for task in tasks:
            option = self._state.option[task]
            if option >= 0 and self._field.rate[option] > 0.0:
                self._by_owner[self._field.owner[option]].add(task)

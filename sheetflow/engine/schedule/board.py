"""The board: a schedule as the rest of the engine looks at it, over the rows of numbers of the kernel."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from sheetflow.engine.kernel import placing
from sheetflow.engine.kernel.field import NONE, UNATTENDED, Field, State
from sheetflow.engine.work.jobs import NOBODY, TEAM, Option
from sheetflow.engine.work.scene import Scene

ALONE = Option(owner=NOBODY, calendar=TEAM, quarters=1, hours=0.0, rate=0.0)
"""How a post goes live by itself."""


class Place(NamedTuple):
    """Where a task lies: the option taken and its number, its first slot, its first and last quarter on the line."""

    option: Option
    number: int
    slot: int
    start: int
    end: int

    @property
    def is_unattended(self) -> bool:
        """Whether it is a post that goes live by itself, on a day on which the team is off."""
        return self.number == UNATTENDED


_Begun: TypeAlias = tuple[int, int, int, Place]
"""The first quarter of a placed task, its job, its index in it, and its place."""


class _Work(NamedTuple):
    """What somebody does, by its first quarter; `longest` is how many quarters of the line the longest of it spans."""

    by_start: list[_Begun]
    longest: int


_NO_WORK = _Work([], 0)


class Places:
    """The places of all tasks, by job and task; None where a task is not placed."""

    def __init__(self, board: Board) -> None:
        """Look at a board as it is at each moment."""
        self._board = board

    def __getitem__(self, job: int) -> list[Place | None]:
        """The places of one job's tasks."""
        return [self._board.place_of(job, i) for i in range(len(self._board.scene.jobs[job].tasks))]

    def __iter__(self) -> Iterator[list[Place | None]]:
        """The places of each job's tasks."""
        return (self[job] for job in range(len(self._board.scene.jobs)))


class Board:
    """A schedule; tasks are named by their job and their index in it."""

    def __init__(self, scene: Scene, field: Field, state: State) -> None:
        """Show a state."""
        self.scene, self.field, self.state = scene, field, state
        self.places = Places(self)
        self._first_task, self._options = scene.first_task, scene.options
        self._work: dict[int, _Work] = {}

    def place_of(self, job: int, task: int) -> Place | None:
        """Where a task lies."""
        at = self._first_task[job] + task
        number = self.state.option[at]
        if number == NONE:
            return None
        option = ALONE if number == UNATTENDED else self._options[number]
        state = self.state
        return Place(option, number, state.slot[at], state.start[at], state.end[at])

    def lift(self, job: int, task: int) -> Place | None:
        """Take a task up; where it was."""
        place = self.place_of(job, task)
        placing.lift(self.field, self.state, self._first_task[job] + task)
        return place

    def place(self, job: int, task: int, place: Place) -> None:
        """Put a task down."""
        at = self._first_task[job] + task
        if place.is_unattended:
            placing.put_unattended(self.state, at, place.start // 4)
        else:
            placing.put(self.field, self.state, at, place.number, place.slot)

    def option(self, number: int) -> Option:
        """The option of a number."""
        return self._options[number]

    def first_place(self, number: int, from_quarter: int) -> Place | None:
        """The first place of an option from a quarter on; None if the line has none."""
        option = self._options[number]
        lane, quarters = option.calendar, option.quarters
        slot = placing.slot_from(self.field, lane, from_quarter)
        last = int(self.field.slot_count[lane]) - quarters
        found = int(placing.earliest(self.field, self.state, number, slot, last))
        if found == NONE:
            return None
        slots = self.scene.line.lanes[lane].slots
        return Place(option, number, found, slots[found], slots[found + quarters - 1])

    def work_of(self, owner: int, first: int, last: int) -> list[tuple[int, Place]]:
        """The tasks that take an owner's hours between two quarters of the line, each with its job, in their order.

        They are gathered once, when the board is finished.
        """
        if not self._work:
            self._gather_work()
        work = self._work.get(owner, _NO_WORK)
        begin = bisect_left(work.by_start, (first - work.longest,))
        end = bisect_left(work.by_start, (last + 1,))
        found = (each for each in work.by_start[begin:end] if each[-1].end >= first)
        return [(job, place) for _, job, _, place in sorted(found, key=itemgetter(1, 2))]

    def _gather_work(self) -> None:
        found: dict[int, list[_Begun]] = {}
        for job, places in enumerate(self.places):
            for task, place in enumerate(places):
                if place is not None and place.option.rate:
                    begun = place.start, job, task, place
                    found.setdefault(place.option.owner, []).append(begun)
        for owner, work in found.items():
            longest = max(place.end - place.start for *_, place in work)
            self._work[owner] = _Work(sorted(work), longest)

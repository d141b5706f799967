"""The room that all others leave to one publication: where a changed row of it would come to lie.

A plan that takes up the last one leaves every other publication where it lies and places the changed one beside them,
by the very functions that are used here; whatever it finds besides is better for the changed row, or no worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sheetflow.domain.publication import Publication
from sheetflow.domain.workflow import Kind
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel import placing
from sheetflow.engine.kernel.compiled import Kernel
from sheetflow.engine.kernel.field import NONE, Field, State
from sheetflow.engine.kernel.laying import SEED, copied, lay_beside
from sheetflow.engine.kernel.trying import Bids
from sheetflow.engine.schedule.board import Board, Place
from sheetflow.engine.work.job_maker import JobMaker
from sheetflow.engine.work.jobs import NOBODY, Job
from sheetflow.engine.work.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where a row would come to lie: working days late, working days of margin eaten, and its two dates.

    A forecast that is late by days off alone counts as a day late; `ready_by` is None with nothing left to do before.
    """

    late: int
    eaten: int
    ready_by: date | None
    forecast: date


class LeftRoom:
    """The room on a finished board, of which one job at a time is lifted."""

    def __init__(self, board: Board, workspace: Workspace, trying: Kernel) -> None:
        """Take the board as it is; it is left unchanged."""
        scene = board.scene
        self.board, self._kernel = board, trying
        self.version = JobMaker(workspace, scene.crew, scene.line.today).version
        self._first = scene.first_task
        self._field = trying.field(board.field)
        self._state = trying.state(copied(board.state))
        self.tries = 0
        self._lifted: tuple[int, list[tuple[int, int, int]]] = (NONE, [])

    def hours(self, owner: int, until: date) -> float:
        """The hours that somebody has left, up to and with a day."""
        first = owner * self.board.field.days
        days = max(0, min(self.board.scene.line.index(until) + 1, self.board.field.days))
        return sum(self.board.state.room[first : first + days])

    def keeps_its_turn(self, job: int) -> bool:
        """Whether the steps that are being worked on lie where they do in whatever order rows are served.

        They do unless one of their owners has several in hand, and not room enough to begin each of them at once.
        """
        in_hand = (self._slots_in_hand[place.option.owner] for place in self._in_hand(job))
        return all(len(slots) == 1 or not any(slots) for slots in in_hand)

    @cached_property
    def _slots_in_hand(self) -> Mapping[int, list[int]]:
        """By owner: the slot of each step that is being worked on and takes hours."""
        slots: dict[int, list[int]] = {}
        for job in range(len(self.board.scene.jobs)):
            for place in self._in_hand(job):
                slots.setdefault(place.option.owner, []).append(place.slot)
        return slots

    def _in_hand(self, job: int) -> Iterator[Place]:
        """Where the steps of a job lie that are being worked on and take hours."""
        here = self.board.scene.jobs[job]
        if not here.begun:
            return
        for task, place in zip(here.tasks, self.board.places[job], strict=True):
            if task.current and place and place.option.rate:
                yield place

    def outcomes(self, job: int, rows: Sequence[Publication]) -> list[Outcome | None]:
        """Where changed rows of a job would come to lie, each alone; None where that is not certain.

        Steps that are being worked on stay where they are: a changed row must leave them as they are.
        """
        if not rows:
            return []
        self.tries += len(rows)
        board = self.board
        here = board.scene.jobs[job]
        scene = replace(board.scene, jobs=tuple(self.version(here, row) for row in rows))
        found = [NONE] * len(rows)
        bids = Bids(*map(self._kernel.row, (*self._held(job, scene), found, found.copy())))
        self._lift(job)
        self._kernel.try_out(self._laid(job, scene), self._beside(scene), bids)
        ends = zip(scene.jobs, bids.ready, bids.end, strict=True)
        return [self._outcome(version, int(ready), int(end)) for version, ready, end in ends]

    def _laid(self, job: int, scene: Scene) -> Field:
        versions = len(scene.jobs)
        own, wishes = self._field, dict(self._wishes(job, scene))
        laid = lay_beside(own, scene, wishes)._replace(
            client=[int(own.client[job])] * versions,
            campaign=[int(own.campaign[job])] * versions,
            clients=own.clients,
        )
        return self._kernel.field(laid)

    def _beside(self, scene: Scene) -> State:
        """Nothing placed, in the room that this board has left."""
        tasks = [NONE] * scene.first_task[-1]
        widest = max(len(task.options) for job in scene.jobs for task in job.tasks)
        return self._kernel.state(
            self._state._replace(
                option=tasks,
                slot=tasks.copy(),
                start=tasks.copy(),
                end=tasks.copy(),
                pick=[0] * (widest + 1),
                luck=[SEED, 0, 0],
            )
        )

    def _wishes(self, job: int, scene: Scene) -> Iterator[tuple[int, int]]:
        """The owners of this plan: whoever takes it up keeps them where the rules allow it."""
        owners = {
            name: place.option.owner
            for name, place in self._places(job).items()
            if place.option.owner != NOBODY
        }
        names = (task.step.name for version in scene.jobs for task in version.tasks)
        return ((n, owners[name]) for n, name in enumerate(names) if name in owners)

    def _held(self, job: int, scene: Scene) -> tuple[list[int], list[int]]:
        """The option and the slot of each step that is being worked on, by the number of the task in that scene."""
        places = self._places(job)
        options, slots, begin = [], [], 0
        for task in (task for version in scene.jobs for task in version.tasks):
            option = slot = NONE
            if task.current and task.step.kind is not Kind.PUBLISH:
                place = places[task.step.name]
                owners = [option.owner for option in (*task.options, task.unowned)]
                option, slot = begin + owners.index(place.option.owner), place.slot
            options.append(option)
            slots.append(slot)
            begin += len(task.options) + 1
        return options, slots

    def _places(self, job: int) -> dict[str, Place]:
        """Where the steps of a job lie, by name."""
        tasks = self.board.scene.jobs[job].tasks
        pairs = zip(tasks, self.board.places[job], strict=True)
        return {task.step.name: place for task, place in pairs if place is not None}

    def _lift(self, job: int) -> None:
        """Take a job up, and put the one down that was lifted before."""
        at, lifted = self._lifted
        if at == job:
            return
        for task, option, slot in lifted:
            placing.put(self._field, self._state, task, option, slot)
        tasks = range(self._first[job], self._first[job + 1])
        placed = [(t, int(self._state.option[t]), int(self._state.slot[t])) for t in tasks]
        self._lifted = job, [place for place in placed if place[1] >= 0]
        for task, _, _ in self._lifted[1]:
            placing.lift(self._field, self._state, task)

    def _outcome(self, here: Job, ready: int, end: int) -> Outcome | None:
        if end == NONE or any(task.needs_owner and not task.options for task in here.tasks):
            return None
        line, due = self.board.scene.line, here.row.delivery
        forecast = line.day(end)
        ready_by = line.day(ready) if ready >= 0 else None
        slack = self._between(ready_by, due) if ready_by else here.margin
        return Outcome(
            late=max(1, self._between(due, forecast)) if forecast > due else 0,
            eaten=max(0, here.margin - slack),
            ready_by=ready_by,
            forecast=forecast,
        )

    def _between(self, after: date, until: date) -> int:
        """Working days after the first day, up to and with the second, counted once for the whole line."""
        line, worked = self.board.scene.line, self.board.field.worked
        first, last = line.index(after), line.index(until)
        if 0 <= first < len(worked) and 0 <= last < len(worked):
            return worked[last] - worked[first]
        return line.team.between(after, until)

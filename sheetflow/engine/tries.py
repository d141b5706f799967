"""The workshop in which schedules are built and improved, over one field of numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from sheetflow.engine import building, exchange
from sheetflow.engine.board import Board
from sheetflow.engine.compiled import is_compiled
from sheetflow.engine.exchange import Bench
from sheetflow.engine.field import NONE, Ints, State
from sheetflow.engine.laying import Wishes, as_arrays, copied, empty_state, lay_out
from sheetflow.engine.scene import Scene
from sheetflow.engine.score import imbalance
from sheetflow.engine.workdays import start_by

SEED = 20261123
PARTS = 20
DAYS_PER_WEIGHT = 2


class LineTooShortError(Exception):
    """The line of days ends before a task finds room: lay a longer one."""


class Workshop:
    """Builds schedules in which tasks keep the owners that are wished for, where the rules allow it."""

    def __init__(self, scene: Scene, wishes: Wishes) -> None:
        """Lay the scene out once."""
        self._scene = scene
        field = lay_out(scene, wishes)
        state = empty_state(scene, field)
        self._field = as_arrays(field) if is_compiled() else field
        self._state = as_arrays(state) if is_compiled() else state
        order = sorted(range(len(scene.jobs)), key=lambda job: _urgency(scene, job))
        _must(building.lay_foundation(self._field, self._state, row_of(order)))

    def foundation(self) -> Board:
        """Current steps and publish steps only."""
        return Board(self._scene, self._field, copied(self._state))

    def best_built(self) -> Board:
        """The best of several schedules, built both ways in each order of priority."""
        boards = [
            self._built(order, direction)
            for order in _orders(self._scene)
            for direction in (building.BACKWARD, building.FORWARD)
        ]
        costs = [exchange.total_cost(board.field, board.state) for board in boards]
        least = min(costs)
        best = [board for board, cost in zip(boards, costs, strict=True) if cost == least]
        return min(best, key=imbalance) if len(best) > 1 else best[0]

    def _built(self, order: list[int], direction: int) -> Board:
        state = copied(self._state)
        _must(building.build(self._field, state, row_of(order), direction))
        return Board(self._scene, self._field, state)

    def improved(self, board: Board, moves: int, progress: Callable[[float], None]) -> Board:
        """The board after so many exchanges, made in parts so that progress can be told."""
        bench = self._bench(board.state)
        for part in range(PARTS):
            share = moves * (part + 1) // PARTS - moves * part // PARTS
            left = exchange.exchange(board.field, board.state, bench, share)
            _must(left != NONE)
            progress((part + 1) / PARTS)
            if left == 0:
                break
        return board

    def _bench(self, state: State) -> Bench:
        jobs = [job for job, here in enumerate(self._scene.jobs) if here.publish is not None]
        jobs.sort(key=lambda job: (self._scene.jobs[job].row.delivery, job))
        return Bench(
            seed=row_of([SEED]),
            jobs=row_of(jobs),
            cost=row_of([0] * len(self._scene.jobs)),
            taken=row_of([0] * (exchange.MOST_TAKEN + 1)),
            option=state.option.copy(),
            slot=state.slot.copy(),
        )


def owners_of(board: Board) -> dict[int, int]:
    """The owner of each task that has one, by the number of the task."""
    owner = board.field.owner
    found = {n: int(owner[option]) for n, option in enumerate(board.state.option) if option >= 0}
    return {number: index for number, index in found.items() if index >= 0}


def row_of(numbers: list[int]) -> Ints:
    """A row of numbers as the kernel takes it now."""
    if not is_compiled():
        return numbers
    import numpy as np

    return cast("Ints", np.array(numbers, dtype=np.int64))


def _must(done: bool) -> None:  # noqa: FBT001 - the answer of the kernel
    if not done:
        raise LineTooShortError


def _urgency(scene: Scene, job: int) -> tuple[object, ...]:
    row = scene.jobs[job].row
    return (row.delivery, -row.priority.weight, row.id)


def _orders(scene: Scene) -> list[list[int]]:
    """Orders of priority: by delivery date, by Start by, by weight first, by both, by what is left for its weight."""
    jobs = range(len(scene.jobs))
    rows = [job.row for job in scene.jobs]
    days = scene.line.team
    starts = [
        start_by(job.row.delivery, job.network, job.left, job.margin, days) for job in scene.jobs
    ]
    begin = [start or row.delivery for start, row in zip(starts, rows, strict=True)]
    weight = [row.priority.weight for row in rows]
    left = [sum(job.left.values()) for job in scene.jobs]
    keys: tuple[Callable[[int], tuple[object, ...]], ...] = (
        lambda j: (rows[j].delivery, -weight[j]),
        lambda j: (begin[j], rows[j].delivery),
        lambda j: (-weight[j], begin[j]),
        lambda j: (begin[j] - timedelta(days=weight[j] * DAYS_PER_WEIGHT), rows[j].delivery),
        lambda j: (left[j] / weight[j], rows[j].delivery),
    )
    return [sorted(jobs, key=lambda j, key=key: (*key(j), rows[j].id)) for key in keys]  # type: ignore[misc]

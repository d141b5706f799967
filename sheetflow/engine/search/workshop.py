"""The workshop in which schedules are built, taken up, made better and finished, over one field of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from sheetflow.domain.history import LastStep
from sheetflow.engine.kernel import building
from sheetflow.engine.kernel.compiled import Kernel, plain_kernel
from sheetflow.engine.kernel.field import NONE, Field, State
from sheetflow.engine.kernel.laying import Wishes, copied, empty_state, lay_out
from sheetflow.engine.kernel.placing import lift
from sheetflow.engine.kernel.reopening import end_of
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.schedule.score import imbalance
from sheetflow.engine.search.finishing import (
    BALANCING_ROUNDS,
    by_publishing,
    closed_up,
    finished,
    settle,
    tasks_of,
)
from sheetflow.engine.search.promises import limits
from sheetflow.engine.search.resuming import LastPlan
from sheetflow.engine.search.returning import Return
from sheetflow.engine.search.tries import Built, Pace, improved, must, rearranged
from sheetflow.engine.work.orders import orders, urgency
from sheetflow.engine.work.scene import Scene

DIRECTIONS = (building.BACKWARD, building.FORWARD, building.TIGHT)
MOST_ONE_BY_ONE = 200
"""So many jobs at most are each placed in the best of several ways; more of them are placed at once."""


class Workshop:
    """Makes schedules of one scene.

    On the firm field, tasks keep the owners of the last plan as far as the rules allow it; on the free one, only
    current steps do.
    """

    def __init__(self, scene: Scene, last: Wishes, builder: Callable[[], Kernel]) -> None:
        """Lay the scene out once, and put down what no order of priority moves; `last` are the last plan's owners.

        The builder gives the kernel for much to be built, and is asked only then.
        """
        self._scene, self._builder = scene, builder
        field = lay_out(scene, last)
        self._ground = empty_state(scene, field)
        self._order = sorted(range(len(scene.jobs)), key=lambda job: urgency(scene, job))
        must(plain_kernel().lay_foundation(field, self._ground, self._order))
        current = _current_owners(scene, field, self._ground)
        self._firm = _wishing(field, {**last, **current})
        self._free = _wishing(field, current)

    def made(self, pace: Pace) -> Board:
        """The best schedule that is built, after some exchanges, with its last touches."""
        kernel = self._builder()
        field = kernel.field(self._free)
        built = self._best_built(kernel, field)
        state = built.state
        if pace.rounds and plain_kernel().total_cost(field, state):
            state = rearranged(self._scene, field, built, pace)
        return finished(kernel, self._scene, field, state, range(len(self._scene.jobs)))

    def resumed(self, last: Mapping[tuple[str, str], LastStep]) -> tuple[Board, bool]:
        """The last plan taken up, and whether all of it could be; what could not is placed beside it."""
        state = copied(self._ground)
        plan = LastPlan(self._scene, self._firm, last)
        left_open = plan.take_up(state, self._order)
        if not left_open:
            plain = plain_kernel()
            settle(plain, self._firm, state)
            plain.adopt(self._firm, state)
            return Board(self._scene, self._firm, state), True
        for job in left_open:
            building.on_delivery(self._firm, state, job)
        if len(left_open) > MOST_ONE_BY_ONE:
            kernel = self._builder()
            built, order = kernel.state(state), kernel.row(left_open)
            must(kernel.build(kernel.field(self._firm), built, order, building.BACKWARD))
            return finished(kernel, self._scene, self._firm, kernel.plain(built), left_open), False
        rebuilt = [job for job in left_open if not self._fitted_in(plan, state, job)]
        return finished(plain_kernel(), self._scene, self._firm, state, rebuilt), False

    def _fitted_in(self, plan: LastPlan, state: State, job: int) -> bool:
        """Place a job beside the others; whether it was mended, because that ends as well as to place it anew."""

        def anew(field: Field) -> bool:
            building.on_delivery(field, state, job)
            return building.insert(field, state, job, building.BACKWARD)

        ways: tuple[Callable[[], bool], ...] = (
            lambda: plan.mend(state, job),
            lambda: anew(self._firm),
            lambda: anew(self._free),
        )
        found: list[tuple[tuple[int, ...], int]] = []
        for number, way in enumerate(ways):
            plan.lift(state, job)
            if way():
                found.append((end_of(self._firm, state, job)[:3], number))
        must(bool(found))
        best = min(found)[1]
        plan.lift(state, job)
        return ways[best]() and best == 0

    def bettered(
        self, board: Board, start: State, keep: Wishes, pace: Pace, *, guarded: bool
    ) -> Board:
        """A board after some exchanges, begun at some state, and what they moved put back wherever that costs nothing.

        Some owners are kept, and, guarded, no job ends worse than on the board.
        """
        field = _wishing(self._free, {**_wishes(self._free), **keep})
        if guarded:
            field = field._replace(most=limits(board))
        state = copied(start)
        self._lift_behind(state)
        if pace.rounds:
            cost = plain_kernel().total_cost(field, state)
            state = improved(self._scene, field, state, cost, pace)
        return self._put_back(state, board.state)

    def better_built(self, state: State) -> State:
        """The best schedule that is built anew, if that costs less than a state; else the state."""
        kernel = self._builder()
        built = self._best_built(kernel, kernel.field(self._free)).state
        cost = plain_kernel().total_cost
        return built if cost(self._free, built) < cost(self._free, state) else state

    def _lift_behind(self, state: State) -> None:
        for task in self._firm.behind:
            if task != NONE and not self._firm.is_current[task]:
                lift(self._firm, state, task)

    def _put_back(self, state: State, target: State) -> Board:
        """A schedule with all that was moved back in its place, as far as no date suffers from it."""
        plain, field = plain_kernel(), self._firm
        way = Return(field, state, target)
        way.jobs()
        moved = way.moved()
        closed_up(plain, self._scene, field, state, moved)
        way.steps()
        plain.balance(field, state, tasks_of(self._scene, field, moved)[0], BALANCING_ROUNDS)
        settle(plain, field, state)
        must(way.follow_ups(by_publishing(field, state)))
        settle(plain, field, state)
        plain.adopt(field, state)
        return Board(self._scene, field, state)

    def _best_built(self, kernel: Kernel, field: Field) -> Built:
        """The best of several schedules, built in each order of priority and each direction."""
        ground = kernel.state(self._ground)
        best: list[Built] = []
        least = NONE
        for order, direction in product(orders(self._scene), DIRECTIONS):
            state = copied(ground)
            must(kernel.build(field, state, kernel.row(order), direction))
            cost = int(kernel.total_cost(field, state))
            if least in {NONE, cost} or cost < least:
                built = Built(state=kernel.plain(state), order=order, direction=direction)
                best = [*best, built] if cost == least else [built]
                least = cost
        if len(best) == 1:
            return best[0]
        return min(best, key=lambda built: imbalance(Board(self._scene, field, built.state)))


def _current_owners(scene: Scene, field: Field, ground: State) -> dict[int, int]:
    """Who goes on with each current step: the last plan's owner where they can, else whoever finishes first.

    The next run will find them in the last plan, so they are settled here, whatever else is planned.
    """
    owners: dict[int, int] = {}
    for job, first in zip(scene.jobs, scene.first_task, strict=False):
        for number, task in enumerate(job.tasks, start=first):
            able = [option.owner for option in task.options]
            if task.current and able:
                option = ground.option[number]
                found = field.owner[option] if option >= 0 else NONE
                wanted = field.wish[number]
                owners[number] = wanted if wanted in able else found if found != NONE else able[0]
    return owners


def _wishing(field: Field, wishes: Wishes) -> Field:
    return field._replace(wish=[wishes.get(task, NONE) for task in range(len(field.wish))])


def _wishes(field: Field) -> Wishes:
    return {task: owner for task, owner in enumerate(field.wish) if owner != NONE}

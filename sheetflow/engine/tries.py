"""The workshop in which schedules are built, improved and finished, over one field of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sheetflow.domain.history import LastStep
from sheetflow.engine import building
from sheetflow.engine.board import Board
from sheetflow.engine.compiled import Kernel, plain_kernel
from sheetflow.engine.exchange import LATE, MOST_TAKEN, Bench
from sheetflow.engine.field import NONE, Ints, State
from sheetflow.engine.kernel import lift, ready_quarter
from sheetflow.engine.laying import SEED, Wishes, copied, empty_state, lay_out
from sheetflow.engine.orders import orders, urgency
from sheetflow.engine.resuming import LastPlan
from sheetflow.engine.scene import Scene
from sheetflow.engine.score import imbalance

PARTS, COLD_PARTS = 40, 4
HEAT = (10 * LATE, 5 * LATE, 2 * LATE)
"""At first a move of the first round may cost up to ten weighted days, one of the second five, and so on in turn."""
BALANCING_ROUNDS = 8


class StopSearchError(Exception):
    """Raised by whoever hears the progress, to end the search with the best schedule so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long to improve a schedule: rounds of so many exchanges.

    `improver` gives the kernel for it, and is asked only where there is something to improve; `progress` is told the
    share that is done.
    """

    rounds: int
    moves: int
    improver: Callable[[], Kernel]
    progress: Callable[[float], None]
    heat: tuple[int, ...] = HEAT


DELAYED, PASSED_ON = 10, 1
"""Of 100 tasks that an exchange puts back, so many are held back a little, or go to another owner."""


class LineTooShortError(Exception):
    """The line of days ends before a task finds room: lay a longer one."""


class Workshop:
    """Makes schedules in which tasks keep the owners that are wished for, where the rules allow it."""

    def __init__(self, scene: Scene, wishes: Wishes, kernel: Kernel) -> None:
        """Lay the scene out once, and put down what no order of priority moves."""
        self._scene, self._kernel = scene, kernel
        self._lists = lay_out(scene, wishes)
        self._field = kernel.field(self._lists)
        self._ground = kernel.state(empty_state(scene, self._lists))
        order = sorted(range(len(scene.jobs)), key=lambda job: urgency(scene, job))
        _must(kernel.lay_foundation(self._field, self._ground, kernel.row(order)))

    def made(self, pace: Pace) -> Board:
        """The best schedule that is built, after some exchanges, with its last touches."""
        state = self._best_built()
        cost = int(self._kernel.total_cost(self._field, state))
        if pace.rounds and cost:
            kernel = pace.improver()
            better = self._improved(kernel, kernel.state(self._kernel.plain(state)), cost, pace)
            state = self._kernel.state(kernel.plain(better))
        return self._finished(self._kernel, state, range(len(self._scene.jobs)))

    def resumed(self, last: Mapping[tuple[str, str], LastStep], pace: Pace) -> tuple[Board, bool]:
        """The last plan taken up, and whether all of it could be; what could not is placed and improved anew.

        Only what makes things better moves anything else, and what did not move keeps its place to the quarter.
        """
        state = self._kernel.plain(copied(self._ground))
        order = sorted(range(len(self._scene.jobs)), key=lambda job: urgency(self._scene, job))
        left_open = LastPlan(self._scene, self._lists, last).take_up(state, order)
        plain = plain_kernel()
        if not left_open:
            _must(plain.settle(self._lists, state))
            plain.adopt(self._lists, state)
            return self._board(state), True
        before = copied(state)
        for job in left_open:
            building.on_delivery(self._lists, state, job)
        _must(plain.build(self._lists, state, left_open, building.BACKWARD))
        cost = plain.total_cost(self._lists, state)
        if pace.rounds and cost:
            kernel = pace.improver()
            choosy = replace(pace, heat=(NONE,))
            better = self._improved(kernel, kernel.state(state), cost, choosy)
            state = kernel.plain(better)
        moved = [job for job in order if self._has_moved(job, before, state)]
        return self._finished(plain, state, moved), False

    def _has_moved(self, job: int, before: State, after: State) -> bool:
        first, end = self._scene.first_task[job : job + 2]
        return (before.option[first:end], before.slot[first:end]) != (
            after.option[first:end],
            after.slot[first:end],
        )

    def foundation(self) -> Board:
        """Current steps and publish steps only."""
        return self._board(self._kernel.plain(copied(self._ground)))

    def _board(self, state: State) -> Board:
        return Board(self._scene, self._lists, state)

    def _best_built(self) -> State:
        """The best of several schedules, built both ways in each order of priority."""
        built = [
            self.built(order, direction)
            for order in orders(self._scene)
            for direction in (building.BACKWARD, building.FORWARD)
        ]
        costs = [int(self._kernel.total_cost(self._field, state)) for state in built]
        best = [state for state, cost in zip(built, costs, strict=True) if cost == min(costs)]
        if len(best) == 1:
            return best[0]
        return min(best, key=lambda state: imbalance(self._board(self._kernel.plain(state))))

    def built(self, order: list[int], direction: int) -> State:
        """One schedule, built in an order of priority."""
        state = copied(self._ground)
        _must(self._kernel.build(self._field, state, self._kernel.row(order), direction))
        return state

    def _improved(self, kernel: Kernel, state: State, cost: int, pace: Pace) -> State:
        """The best state met in some rounds of exchanges from one that costs so much, each of them ever more choosy.

        It is made in parts, so that progress can be told. Every round goes on from the best state, so that more rounds
        never end worse.
        """
        field, bench = kernel.field(self._lists), self._bench(kernel, state)
        best, least = state, cost
        for part in range(PARTS * pace.rounds):
            turn, step = divmod(part, PARTS)
            if step == 0:
                state = copied(best)
                state.luck[0], state.luck[1], state.luck[2] = SEED + turn, DELAYED, PASSED_ON
            hottest = pace.heat[turn % len(pace.heat)]
            heat = hottest * max(0, PARTS - COLD_PARTS - step) // PARTS if hottest > 0 else hottest
            left = int(kernel.exchange(field, state, bench, pace.moves // PARTS, heat))
            _must(left != NONE)
            if left < least:
                best, least = copied(state), left
            if left == 0 or not _goes_on(pace, (part + 1) / (PARTS * pace.rounds)):
                break
        best.luck[1], best.luck[2] = 0, 0
        return best

    def _bench(self, kernel: Kernel, state: State) -> Bench:
        jobs = [job for job, here in enumerate(self._scene.jobs) if here.publish is not None]
        jobs.sort(key=lambda job: (self._scene.jobs[job].row.delivery, job))
        return Bench(
            gain=kernel.row([0]),
            jobs=kernel.row(jobs),
            cost=kernel.row([0] * len(self._scene.jobs)),
            taken=kernel.row([0] * (MOST_TAKEN + 1)),
            option=state.option.copy(),
            slot=state.slot.copy(),
        )

    def _finished(self, kernel: Kernel, state: State, moved: Sequence[int]) -> Board:
        """Move the steps of some jobs so that no date gets worse, and place what comes after publishing."""
        jobs, field = self._scene.jobs, kernel.field(self._lists)
        ready = {job: int(ready_quarter(self._lists, state, job)) for job in moved}
        waiting = [job for job in moved if jobs[job].before and not jobs[job].begun]
        waiting.sort(key=lambda job: (-ready[job], job))
        begun = [job for job in moved if jobs[job].before and jobs[job].begun]
        begun.sort(key=lambda job: (jobs[job].row.delivery, jobs[job].row.id))
        ahead, behind = self._tasks_of(moved)
        for task in behind:
            if not self._lists.is_current[task]:
                lift(self._lists, state, task)
        kernel.push_right(field, state, kernel.row(waiting))
        kernel.pull_together(field, state, kernel.row(begun))
        kernel.balance(field, state, kernel.row(ahead), BALANCING_ROUNDS)
        _must(kernel.settle(field, state))
        _must(kernel.follow_up(field, state, kernel.row(self._by_publishing(state))))
        kernel.balance(field, state, kernel.row(behind), BALANCING_ROUNDS)
        _must(kernel.settle(field, state))
        kernel.adopt(field, state)
        return self._board(kernel.plain(state))

    def _tasks_of(self, jobs: Sequence[int]) -> tuple[Ints, Ints]:
        """The tasks of some jobs: those up to publishing, and those behind it."""
        first = self._scene.first_task
        behind = set(self._lists.behind)
        tasks = [task for job in sorted(jobs) for task in range(first[job], first[job + 1])]
        return [t for t in tasks if t not in behind], [t for t in tasks if t in behind]

    def _by_publishing(self, state: State) -> Ints:
        tasks = self._lists.publish
        ends = [int(state.end[task]) if task >= 0 else NONE for task in tasks]
        return sorted(range(len(tasks)), key=lambda job: (ends[job], job))


def _goes_on(pace: Pace, share: float) -> bool:
    """Tell the share of the search that is done; False if that is enough."""
    try:
        pace.progress(share)
    except StopSearchError:
        return False
    return True


def owners_of(board: Board) -> dict[int, int]:
    """The owner of each task that has one, by the number of the task."""
    owner = board.field.owner
    found = {n: owner[option] for n, option in enumerate(board.state.option) if option >= 0}
    return {number: index for number, index in found.items() if index >= 0}


def _must(done: bool) -> None:  # noqa: FBT001 - the answer of the kernel
    if not done:
        raise LineTooShortError

"""Trying to make a schedule better: by the order in which it is built, then in rounds of exchanges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sheetflow.engine.kernel.compiled import Kernel, plain_kernel
from sheetflow.engine.kernel.exchange import LATE
from sheetflow.engine.kernel.field import NONE, Field, State
from sheetflow.engine.kernel.laying import SEED, copied
from sheetflow.engine.kernel.neighbours import MOST_TAKEN
from sheetflow.engine.kernel.taking import Bench
from sheetflow.engine.work.scene import Scene

PARTS, COLD_PARTS = 40, 4
HEAT = (10 * LATE, 5 * LATE, 2 * LATE)
"""At first a move of the first round may cost up to ten weighted days, one of the second five, and so on in turn."""


class StopSearchError(Exception):
    """Raised by whoever hears the progress, to end the search with the best schedule so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long to improve a schedule: rounds of so many exchanges, after so many insertions in other orders.

    `improver` gives the kernel for it, and is asked only where there is something to improve; `progress` is told the
    share that is done.
    """

    rounds: int
    moves: int
    insertions: int
    improver: Callable[[], Kernel]
    progress: Callable[[float], None]
    heat: tuple[int, ...] = HEAT


DELAYED, PASSED_ON = 10, 1
"""Of 100 tasks that an exchange puts back, so many are held back a little, or go to another owner."""


class LineTooShortError(Exception):
    """The line of days ends before a task finds room: lay a longer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A schedule as it was built: in which order, and in which direction."""

    state: State
    order: list[int]
    direction: int


def rearranged(scene: Scene, plain_field: Field, built: Built, pace: Pace) -> State:
    """The best state met by building in ever other orders, from the one that was built on; then some exchanges."""
    if not pace.insertions:
        cost = plain_kernel().total_cost(plain_field, built.state)
        return improved(scene, plain_field, built.state, cost, pace)
    halves = [replace(pace, progress=_part(pace, first)) for first in (0.0, 0.5)]
    state, goes_on = _reordered(scene, plain_field, built, halves[0])
    cost = plain_kernel().total_cost(plain_field, state)
    return improved(scene, plain_field, state, cost, halves[1]) if goes_on and cost else state


def _part(pace: Pace, first: float) -> Callable[[float], None]:
    return lambda share: pace.progress(first + share / 2)


def _reordered(scene: Scene, plain_field: Field, built: Built, pace: Pace) -> tuple[State, bool]:
    """The best state met, and whether the search goes on."""
    kernel = pace.improver()
    field, state = kernel.field(plain_field), kernel.state(built.state)
    bench = _bench(scene, kernel, state, built)
    best, least = state, int(kernel.total_cost(field, state))
    state = copied(best)
    state.luck[0] = SEED
    parts = PARTS * pace.rounds
    for part in range(parts):
        heat = pace.heat[0] * max(0, PARTS - COLD_PARTS - part // pace.rounds) // PARTS
        left = int(kernel.reorder(field, state, bench, pace.insertions // PARTS, heat))
        must(left != NONE)
        if left < least:
            best, least = copied(state), left
        if left == 0:
            break
        if not _goes_on(pace, (part + 1) / parts):
            return kernel.plain(best), False
    return kernel.plain(best), True


def improved(scene: Scene, plain_field: Field, state: State, cost: int, pace: Pace) -> State:
    """The best state met in some rounds of exchanges from one that costs so much, each of them ever more choosy.

    It is made in parts, so that progress can be told. Every round goes on from the best state, so that more rounds
    never end worse.
    """
    kernel = pace.improver()
    field, state = kernel.field(plain_field), kernel.state(state)
    bench = _bench(scene, kernel, state, None)
    best, least = state, cost
    for part in range(PARTS * pace.rounds):
        turn, step = divmod(part, PARTS)
        if step == 0:
            state = copied(best)
            state.luck[0], state.luck[1], state.luck[2] = SEED + turn, DELAYED, PASSED_ON
        hottest = pace.heat[turn % len(pace.heat)]
        heat = hottest * max(0, PARTS - COLD_PARTS - step) // PARTS if hottest > 0 else hottest
        left = int(kernel.exchange(field, state, bench, pace.moves // PARTS, heat))
        must(left != NONE)
        if left < least:
            best, least = copied(state), left
        if left == 0 or not _goes_on(pace, (part + 1) / (PARTS * pace.rounds)):
            break
    best.luck[1], best.luck[2] = 0, 0
    return kernel.plain(best)


def _bench(scene: Scene, kernel: Kernel, state: State, built: Built | None) -> Bench:
    jobs = [job for job, here in enumerate(scene.jobs) if here.publish is not None]
    jobs.sort(key=lambda job: (scene.jobs[job].row.delivery, job))
    order = sorted(jobs, key=built.order.index) if built else jobs
    ways = [built.direction if built else NONE] * len(scene.jobs)
    return Bench(
        gain=kernel.row([0]),
        jobs=kernel.row(jobs),
        cost=kernel.row([0] * len(scene.jobs)),
        taken=kernel.row([0] * max(MOST_TAKEN, len(jobs))),
        option=state.option.copy(),
        slot=state.slot.copy(),
        order=kernel.row(order),
        way=kernel.row(ways),
        kept_order=kernel.row(order.copy()),
        kept_way=kernel.row(ways.copy()),
        span=kernel.row([0, 0]),
    )


def _goes_on(pace: Pace, share: float) -> bool:
    """Tell the share of the search that is done; False if that is enough."""
    try:
        pace.progress(share)
    except StopSearchError:
        return False
    return True


def must(done: bool) -> None:  # noqa: FBT001 - the answer of the kernel
    """Raise LineTooShortError where the kernel found no room on the line."""
    if not done:
        raise LineTooShortError

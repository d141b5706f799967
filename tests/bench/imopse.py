"""iMOPSE d36: the least makespan by the engine's kernel, by list scheduling, and by OR-Tools in a minute each.

python -m bench.imopse [INSTANCES] [MOVES] [SECONDS]        SECONDS 0: only what OR-Tools has found before
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from time import perf_counter
from typing import Any

from bench import listing
from bench.imopse_exact import least_makespan
from bench.imopse_file import Project, projects
from bench.imopse_scene import scene_of
from bench.listing import Lists
from bench.paper import show
from sheetflow.engine.kernel import compiled
from sheetflow.engine.kernel.laying import Row, as_arrays, empty_state, lay_out
from sheetflow.engine.machine.native import machine_functions

MOVES, PAST, SEED = 40_000, 200, 20261123


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Hours from the first start to the last end, by list scheduling and by search, and the seconds of the search."""

    listed: int
    searched: int
    seconds: float


def main(count: str = "36", moves: str = str(MOVES), seconds: str = "60") -> None:
    """Print a line an instance, and the mean of ours over that of OR-Tools."""
    ratios: list[float] = []
    show(f"{'instance':20}{'list':>7}{'ours':>7}{'OR-Tools':>10}{'ours / it':>10}  seconds")
    for project in projects()[: int(count)]:
        found = makespan(project, int(moves))
        least = least_makespan(project, float(seconds))
        ratio = found.searched / least if least else None
        ratios += [ratio] if ratio else []
        shown = f"{least:10}{ratio:10.4f}" if least and ratio else f"{'-':>10}{'-':>10}"
        line = f"{project.name:20}{found.listed:7}{found.searched:7}{shown}{found.seconds:9.1f}"
        show(line)
    if ratios:
        show(f"mean of {len(ratios)}: {sum(ratios) / len(ratios):.4f} (at most 1.02 is wanted)")


def makespan(project: Project, moves: int) -> Found:
    """The makespans of an instance: by its longest tails first, and after so many moves from there."""
    scene = scene_of(project)
    field = as_arrays(lay_out(scene, {}))
    state = as_arrays(empty_state(scene, lay_out(scene, {})))
    kernel = _kernel()
    lists = _lists(_by_tail(project))
    listed = listing.hours_of(int(kernel["scheduled"](field, state, lists.order, 0)))
    begin = perf_counter()
    searched = listing.hours_of(int(kernel["search"](field, state, lists, moves)))
    return Found(listed=listed, searched=searched, seconds=perf_counter() - begin)


@cache
def _kernel() -> dict[str, Any]:
    """The search with the engine's kernel, as machine code where numba is installed."""
    functions: dict[str, Any] = {"scheduled": listing.scheduled, "search": listing.search}
    if not compiled.can_compile():
        return dict(functions)
    made = machine_functions((*compiled.MODULES, listing), tuple(functions.values()))
    return {function.__name__: machine for function, machine in made.items()}


def _lists(order: list[int]) -> Lists:
    def row(numbers: list[int]) -> Any:
        return Row("q", numbers)

    places = sorted(range(len(order)), key=order.__getitem__)
    return Lists(
        seed=row([SEED]),
        order=row(order),
        at=row(places),
        past=row([0] * PAST),
        chain=row([0] * len(order)),
    )


def _by_tail(project: Project) -> list[int]:
    """The tasks by the longest chain of hours from their start, the longest first: a topological order."""
    tail = [chore.hours for chore in project.chores]
    for task in reversed(range(len(tail))):
        for other in project.chores[task].waits_for:
            tail[other] = max(tail[other], project.chores[other].hours + tail[task])
    return sorted(range(len(tail)), key=lambda task: (-tail[task], task))


if __name__ == "__main__":
    main(*sys.argv[1:])

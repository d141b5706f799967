"""Tiny cases, whose optimum OR-Tools proves, beside `thorough`.

python -m bench.tiny [CASES] [SECONDS] [SIZE]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count, islice

from bench.contenders import judged
from bench.exact import Answer, is_installed, least_late
from bench.ground import scene_for
from bench.marks import Marks
from bench.paper import show
from bench.workloads import TODAY, Workload, generated

SIZES, LOAD = (6, 7, 8), 0.95
NAMES = ("thorough", "balanced", "backward", "naive")


def main(cases: str = "12", seconds: str = "60", size: str = "") -> None:
    """Print a line a case in which anything is late: the optimum, and what our efforts find."""
    if not is_installed():
        show("OR-Tools is not installed: no optimum can be proved")
        return
    show(
        f"{'N seed':10}{'optimum':>9}{'thorough':>9}{'balanced':>9}{'backward':>9}{'naive':>7}  proved in"
    )
    reached = proved = 0
    for seed in islice(_late_seeds(size), int(cases)):
        work = _case(seed, size)
        marks = {name: judged(name, work.workspace) for name in NAMES}
        answer = least_late(
            scene_for(work.workspace, TODAY), round(marks["thorough"].late), float(seconds)
        )
        show(_line(work, answer, marks))
        proved += answer.is_proved
        reached += answer.is_proved and marks["thorough"].late == answer.value
    show(f"thorough reaches the optimum in {reached} of {proved} cases proved, {cases} tried")


def _case(seed: int, size: str) -> Workload:
    return generated(int(size) if size else SIZES[seed % len(SIZES)], LOAD, seed, begun=0.0)


def _late_seeds(size: str) -> Iterator[int]:
    """The seeds whose cases our builds alone cannot deliver in time."""
    return (seed for seed in count(1) if judged("fast", _case(seed, size).workspace).late)


def _line(work: Workload, answer: Answer, marks: dict[str, Marks]) -> str:
    optimum = f"{answer.value}" if answer.is_proved else f"{answer.bound}..{answer.value}"
    return (
        f"{work.size} {work.seed:<8}{optimum:>9}"
        + "".join(f"{marks[name].late:9.0f}" for name in ("thorough", "balanced", "backward"))
        + f"{marks['naive'].late:7.0f}{answer.seconds:9.1f} s"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

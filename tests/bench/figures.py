"""The table of plans: one line a workload, everybody's weighted late days, and how ours compare.

python -m bench.figures [SIZES] [SEEDS] [LOADS]        e.g. 20,50,200,1000 1-9 0.85,0.95
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from statistics import median

from bench import juggler
from bench.agency import agency
from bench.alone import alone
from bench.contenders import OURS, PLANNERS, judged
from bench.marks import Marks
from bench.paper import show
from bench.workloads import TODAY, Workload, generated

JUGGLER, CARRIED_OUT, LARGEST_JUGGLED = "tj3", "tj3 done", 200
COLUMNS = ("naive", "backward", JUGGLER, CARRIED_OUT, "fast", "balanced", "thorough")
HEADER = (
    f"{'N load seed':14}{'floor':>6}"
    + "".join(f"{name:>9}" for name in COLUMNS)
    + f"{'bal/back':>10}{'bal/naive':>10}{'thor/tj3':>9}{'imbal.':>7}{'bal s':>7}{'tj3 s':>7}  not proved"
)
"""`floor`: each publication planned alone; `tj3 done`: what TaskJuggler plans, carried out by our rules; `imbal.`: that of balanced over that of naive; the rest weighted late days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One workload with the marks of all who planned it."""

    name: str
    floor: int
    marks: Mapping[str, Marks]

    def ratio(self, ours: str, theirs: str) -> float | None:
        """The late days of one over those of another; None where either did not plan, or nobody is late."""
        if ours not in self.marks or theirs not in self.marks:
            return None
        return _over(self.marks[ours].late, self.marks[theirs].late)

    @property
    def imbalance(self) -> float | None:
        """That of balanced over that of naive."""
        return _over(self.marks["balanced"].imbalance, self.marks["naive"].imbalance)

    def __str__(self) -> str:
        """The line of the table."""
        late = (f"{self.marks[n].late:9.0f}" if n in self.marks else f"{'-':>9}" for n in COLUMNS)
        unproved = (name for name, marks in self.marks.items() if marks.is_proved is False)
        juggled = self.marks.get(JUGGLER)
        return (
            f"{self.name:14}{self.floor:6}{''.join(late)}"
            f"{_shown(self.ratio('balanced', 'backward')):>10}"
            f"{_shown(self.ratio('balanced', 'naive')):>10}"
            f"{_shown(self.ratio('thorough', JUGGLER)):>9}{_shown(self.imbalance):>7}"
            f"{self.marks['balanced'].seconds:7.2f}{_shown(juggled.seconds if juggled else None):>7}"
            f"  {', '.join(unproved)}"
        )


def main(sizes: str = "20,50,200", seeds: str = "1-9", loads: str = "0.85,0.95") -> None:
    """Print the table, and beneath each size its medians and worst ratios."""
    first, _, last = seeds.partition("-")
    show(HEADER)
    show(measured("agency", agency()))
    for size in map(int, sizes.split(",")):
        lines = []
        cases = product(map(float, loads.split(",")), range(int(first), int(last or first) + 1))
        for load, seed in cases:
            lines.append(measured(f"{size} {load} {seed}", generated(size, load, seed)))
            show(lines[-1])
        show(_summary(f"N = {size}", lines))


def measured(name: str, work: Workload) -> Line:
    """Everybody's marks for a workload."""
    marks = {planner: judged(planner, work.workspace) for planner in PLANNERS}
    if juggler.is_installed() and work.size <= LARGEST_JUGGLED:
        marks[JUGGLER], marks[CARRIED_OUT] = juggler.juggled(work.workspace)
    floor = sum(row.late for row in alone(work.workspace, TODAY).values())
    return Line(name=name, floor=floor, marks=marks)


def _summary(name: str, lines: list[Line]) -> str:
    parts = (
        ("balanced/backward", (line.ratio("balanced", "backward") for line in lines)),
        ("balanced/naive", (line.ratio("balanced", "naive") for line in lines)),
        ("thorough/tj3", (line.ratio("thorough", JUGGLER) for line in lines)),
        ("thorough/tj3 done", (line.ratio("thorough", CARRIED_OUT) for line in lines)),
        ("imbalance", (line.imbalance for line in lines)),
    )
    proved = all(line.marks[n].is_proved for line in lines for n in OURS)
    shown = "; ".join(f"{what} {_spread(ratios)}" for what, ratios in parts)
    return f"{name}: {shown}; {'all of ours proved' if proved else 'NOT ALL OF OURS PROVED'}\n"


def _spread(ratios: Iterable[float | None]) -> str:
    known = [ratio for ratio in ratios if ratio is not None]
    return f"median {median(known):.2f} worst {max(known):.2f}" if known else "-"


def _over(ours: float | None, theirs: float | None) -> float | None:
    """None where there is nothing to compare; more than nothing over nothing is endless."""
    if ours is None or theirs is None or not (ours or theirs):
        return None
    return ours / theirs if theirs else float("inf")


def _shown(number: float | None) -> str:
    return "-" if number is None else f"{number:.2f}"


if __name__ == "__main__":
    main(*sys.argv[1:])

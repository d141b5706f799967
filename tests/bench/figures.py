"""The figures to reach, seed by seed: how late `balanced` is beside the peers.

python -m bench.figures [SIZES] [SEEDS] [LOADS]        e.g. 20,50,200,1000 1-9 0.85,0.95
"""

from __future__ import annotations

import sys
from statistics import median

from bench.alone import alone
from bench.contenders import judged
from bench.marks import Marks
from bench.workloads import TODAY, generated

NAMES = ("naive", "backward", "fast", "balanced", "thorough")


def main(sizes: str = "20,50,200", seeds: str = "1-9", loads: str = "0.85,0.95") -> None:
    """Print a line a workload, and the median ratios of each size."""
    first, _, last = seeds.partition("-")
    print(f"{'N load seed':14}{'floor':>7}" + "".join(f"{name:>10}" for name in NAMES), end="")
    print("   bal/back  bal/naive  thor/back  seconds(balanced)  imbalance(balanced/naive)  unproved")
    for size in map(int, sizes.split(",")):
        ratios: list[float] = []
        for load in map(float, loads.split(",")):
            for seed in range(int(first), int(last or first) + 1):
                work = generated(size, load, seed)
                found = {name: judged(name, work.workspace) for name in NAMES}
                floor = sum(row.late for row in alone(work.workspace, TODAY).values())
                print(_line(f"{size} {load} {seed}", floor, found), flush=True)
                ratios.append(_ratio(found["balanced"].late, found["backward"].late))
        print(f"N = {size}: balanced / backward: median {median(ratios):.2f}, worst {max(ratios):.2f}")


def _line(name: str, floor: int, found: dict[str, Marks]) -> str:
    back, naive, ours = found["backward"], found["naive"], found["balanced"]
    unproved = ",".join(n for n, marks in found.items() if not marks.is_proved)
    return (
        f"{name:14}{floor:7}"
        + "".join(f"{found[n].late:10.0f}" for n in NAMES)
        + f"{_ratio(ours.late, back.late):11.2f}{_ratio(ours.late, naive.late):11.2f}"
        + f"{_ratio(found['thorough'].late, back.late):11.2f}{ours.seconds:12.2f}"
        + f"{_ratio(ours.imbalance or 0, naive.imbalance or 0):20.2f}        {unproved}"
    )


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs if theirs else float(ours > 0)


if __name__ == "__main__":
    main(*sys.argv[1:])

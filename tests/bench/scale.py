"""How many workbooks accounts, projects and machines carry: a simulation of the busiest hours of a day.

python -m bench.scale [SEED]

Runs come as people press and edit (by time zones, with a morning peak), or all at once on the hour.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.paper import show
from bench.scale_day import Day, Fleet, Load

ZONES: Mapping[float, float] = {
    -8: 0.08,
    -5: 0.14,
    -3: 0.05,
    0: 0.08,
    1: 0.16,
    3: 0.08,
    3.5: 0.04,
    5.5: 0.12,
    7: 0.10,
    8: 0.10,
    9: 0.03,
    10: 0.02,
}
DAY_PROFILE = (
    *(0.1,) * 7,
    0.6,
    2.6,
    2.2,
    1.6,
    1.4,
    0.9,
    1.2,
    1.5,
    1.5,
    1.2,
    0.8,
    *(0.3,) * 4,
    0.1,
    0.1,
)
"""How much more or less is done in each hour of a local day."""

HOUR = 3600.0
HOURS = 3
MOST_WORKBOOKS = 400_000
PATIENCE = {"edits": 120.0, "on the hour": 1800.0}
SHARE_IN_TIME = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is asked for: runs a day of each workbook, from one time zone or from all over the world."""

    runs: float
    is_world: bool
    kind: str = "edits"


FLEETS = (
    Fleet(name="1 account, 1 machine", accounts=1, cores=2),
    Fleet(name="1 project, 1 machine", accounts=5, cores=2),
    Fleet(name="1 project, 10 machines", accounts=5, cores=20),
    Fleet(name="10 projects, 10 machines", accounts=50, cores=20),
)
DEMANDS = (
    Demand(runs=24, is_world=False),
    Demand(runs=24, is_world=True),
    Demand(runs=100, is_world=False),
    Demand(runs=100, is_world=True),
    Demand(runs=24, is_world=True, kind="on the hour"),
)


def profile(*, is_world: bool) -> list[float]:
    """The share of a day's runs in each hour of UTC; whose zone is one live in UTC."""
    zones = ZONES if is_world else {0.0: 1.0}
    local = [weight / sum(DAY_PROFILE) for weight in DAY_PROFILE]
    return [
        sum(share * local[int(hour + offset) % 24] for offset, share in zones.items())
        for hour in range(24)
    ]


def arrivals(workbooks: int, demand: Demand, seed: int) -> Iterator[tuple[float, int]]:
    """When which workbook is to be run, from an hour before the busiest one on."""
    chance = random.Random(seed + 1)
    if demand.kind == "on the hour":
        yield from ((0.0, workbook) for workbook in chance.sample(range(workbooks), workbooks))
        return
    shares = profile(is_world=demand.is_world)
    busiest = shares.index(max(shares))
    for number in range(HOURS):
        rate = workbooks * demand.runs * shares[(busiest - 1 + number) % 24] / HOUR
        now = number * HOUR
        while (now := now + chance.expovariate(rate)) < (number + 1) * HOUR:
            yield now, chance.randrange(workbooks)


def simulated(fleet: Fleet, demand: Demand, workbooks: int, seed: int) -> Load:
    """The busiest hours with so many workbooks."""
    return Day(fleet, workbooks, seed).run(arrivals(workbooks, demand, seed))


def carried(fleet: Fleet, demand: Demand, seed: int, exact: float = 0.03) -> int:
    """The most workbooks with which 99 of 100 runs are done in time."""
    patience = PATIENCE[demand.kind]
    low, high = 0, 64
    while high < MOST_WORKBOOKS and _is_enough(fleet, demand, high, seed, patience):
        low, high = high, high * 2
    while high - low > max(8, low * exact):
        middle = (low + high) // 2
        fits = _is_enough(fleet, demand, middle, seed, patience)
        low, high = (middle, high) if fits else (low, middle)
    return low


def _is_enough(fleet: Fleet, demand: Demand, workbooks: int, seed: int, patience: float) -> bool:
    return simulated(fleet, demand, workbooks, seed).in_time(patience) >= SHARE_IN_TIME


def main(seed: str = "1") -> None:
    """Print the table."""
    heads = [
        f"{demand.runs:.0f} {'world' if demand.is_world else 'one zone'}"
        if demand.kind == "edits"
        else "on the hour"
        for demand in DEMANDS
    ]
    show(f"{'':26}" + "".join(f"{head:>14}" for head in heads))
    for fleet in FLEETS:
        counts = [carried(fleet, demand, int(seed)) for demand in DEMANDS]
        show(f"{fleet.name:26}" + "".join(f"{count:14,}" for count in counts))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The simulation of many workbooks: it keeps to the quota, and its table in the help is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.scale import DEMANDS, FLEETS, Demand, arrivals, carried, profile, simulated
from bench.scale_day import MINUTE, PER_ACCOUNT, Day, Fleet, Line

PAGE = Path(__file__).parents[1] / "sheetflow" / "help" / "why" / "scale.md"
BUSY = Demand(runs=100, is_world=False)


def test_no_minute_holds_more_than_the_quota() -> None:
    """However many ask at once, the places of any minute are as many as there may be."""
    line, taken = Line(PER_ACCOUNT), []
    for number in range(1000):
        at = line.free_at(number * 0.3)
        line.take(at)
        taken.append(at)
    assert all(
        later - earlier >= MINUTE - 1e-6
        for earlier, later in zip(taken, taken[PER_ACCOUNT:], strict=False)
    )


def test_every_run_ends_and_presses_coalesce() -> None:
    """What is asked for is done, at most once for each press, and a flood of presses is fewer runs."""
    fleet = FLEETS[0]
    calm = list(arrivals(20, BUSY, 1))
    assert len(Day(fleet, 20, 1).run(iter(calm)).seconds) == len(calm)
    flood = [(0.01 * number, number % 5) for number in range(2000)]
    assert len(Day(fleet, 5, 1).run(iter(flood)).seconds) < 100


def test_the_same_seed_gives_the_same_day() -> None:
    """Chance comes from the seed alone."""
    one, other = (simulated(FLEETS[0], BUSY, 50, 3) for _ in range(2))
    assert one.seconds == other.seconds
    assert one.seconds != simulated(FLEETS[0], BUSY, 50, 4).seconds


def test_a_day_is_whole() -> None:
    """The shares of the hours make one day, and the world is calmer than one zone."""
    assert sum(profile(is_world=True)) == pytest.approx(1)
    assert max(profile(is_world=True)) < max(profile(is_world=False))


def test_what_binds_is_what_counts() -> None:
    """More accounts carry more only as long as there are cores for them."""
    few, many = (Fleet(name="", accounts=count, cores=2) for count in (1, 5))
    wide = Fleet(name="", accounts=5, cores=20)
    one, five, with_cores = (carried(fleet, BUSY, 1, exact=0.1) for fleet in (few, many, wide))
    assert one < five < with_cores
    assert with_cores > 3 * one


def test_the_page_shows_what_is_printed() -> None:
    """The first row of the table in the help is what the simulation gives today."""
    row = re.search(rf"^\| {FLEETS[0].name} \|(.*)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert row is not None
    told = [int(count.replace(",", "")) for count in row[1].split("|")]
    assert told[2:4] == [carried(FLEETS[0], demand, 1) for demand in DEMANDS[2:4]]

"""The sample workbooks: made again the same, read as real ones, and showing what they are there to show."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import make_samples
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.errors import Problem, Severity
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.wiring.workbooks import open_workbook

SHEETS = Path(__file__).parents[1] / "sample_sheets"
TODAY = date(2026, 11, 23)


@cache
def planned(file: str) -> Outcome:
    """The outcome of a trial run over a sample."""
    return recalculate(open_workbook(str(SHEETS / file)), TODAY, dry_run=True)


def flags(plan: Plan) -> Counter[Flag]:
    """How many rows have each flag."""
    return Counter(row.flag for row in plan.publications)


def errors(problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems that keep a row out of the plan."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("sample", make_samples.SAMPLES, ids=lambda sample: sample.file)
def test_a_sample_is_made_again_the_same(sample: make_samples.Sample) -> None:
    """The script gives the bytes that the repository holds."""
    assert make_samples.made(sample) == (SHEETS / sample.file).read_bytes()


def test_the_demo_is_the_agency() -> None:
    """The demo's workbook, which is installed with the program, is the agency sample."""
    assert make_samples.DEMO.read_bytes() == (SHEETS / "agency.xlsx").read_bytes()


@pytest.mark.parametrize("file", ["agency.xlsx", "smallest.xlsx", "indonesia.xlsx", "persian.xlsx"])
def test_a_tidy_sample_has_no_errors(file: str) -> None:
    """What a tidy team keeps is read without an error."""
    assert not errors(planned(file).problems)


def test_the_agency_is_like_a_team_that_is_busy() -> None:
    """Forty rows and eight people: most rows are green, a few amber, three to five red."""
    plan = planned("agency.xlsx").plan
    count = flags(plan)
    assert len(plan.publications) == 40
    assert len(plan.people) == 8
    assert count[Flag.GREEN] > 20
    assert 2 <= count[Flag.AMBER] <= 8
    assert 3 <= count[Flag.RED] <= 5
    assert count[Flag.GREY] == 4


def test_the_agencys_designers_are_the_bottleneck() -> None:
    """The designers are booked near 85 % of their time until their last delivery."""
    designers = [p for p in planned("agency.xlsx").plan.people if "Designer" in p.skills]
    days = [day for person in designers for day in person.days if day.date <= date(2026, 12, 11)]
    share = sum(day.planned_hours for day in days) / sum(day.capacity_hours for day in days)
    assert 0.8 <= share <= 0.95


def test_the_smallest_sheet_is_planned_by_roles() -> None:
    """Three columns are enough: every step has its role as owner."""
    plan = planned("smallest.xlsx").plan
    owners = {step.owner for row in plan.publications for step in row.steps}
    assert not plan.people
    assert "Designer" in owners


def test_the_indonesian_sheet_is_read() -> None:
    """Indonesian words, month names and types are understood."""
    outcome = planned("indonesia.xlsx")
    assert outcome.reading.workspace.settings.language is Language.ID
    deliveries = {row.id: row.delivery for row in outcome.plan.publications}
    assert deliveries["K-01"] == date(2026, 12, 1)
    assert len(deliveries) == 10


def test_the_persian_sheet_is_read() -> None:
    """Jalali dates, Persian digits and the half Thursday are understood."""
    outcome = planned("persian.xlsx")
    settings = outcome.reading.workspace.settings
    assert (settings.language, settings.calendar) == (Language.FA, CalendarSystem.JALALI)
    assert outcome.reading.workspace.calendar.week == (4, 4, 4, 2, 0, 4, 4)
    assert outcome.plan.publications[0].delivery == date(2026, 12, 7)


def test_every_colour_appears() -> None:
    """Every row of the colours sample has the flag that its title names."""
    rows = planned("colours.xlsx").plan.publications
    assert {row.title: row.flag.value for row in rows} == {
        row.title: row.title.partition(":")[0] for row in rows
    }


def test_the_messy_sheet_is_planned_as_far_as_it_goes() -> None:
    """A sheet full of faults: each fault is told at its cell, and the good rows are planned."""
    outcome = planned("messy.xlsx")
    faults = errors(outcome.problems)
    assert len(faults) >= 15
    assert all(problem.sheet and problem.cell for problem in faults)
    good = next(row for row in outcome.plan.publications if row.title == "Good row, all well")
    assert good.steps

"""Bottlenecks as problems: said aloud beside what is wrong with the input, though no cell is at fault."""

from __future__ import annotations

from datetime import date, timedelta

from sheetflow.domain.bottleneck import Bottleneck
from sheetflow.domain.plan import Plan
from sheetflow.errors import Fact, Problem, Severity

WEEK = timedelta(days=7)
MOST_IDS, MOST_SKILLS = 8, 4
PAIR = 2
CUT = "…"


def bottleneck_problems(plan: Plan) -> tuple[Problem, ...]:
    """A problem a bottleneck: a warning where rows are late for it, a note where they only lose their margin."""
    return tuple(_problem(found) for found in plan.bottlenecks)


def _problem(found: Bottleneck) -> Problem:
    over, early = max(1, round(found.hours_over)), round(found.hours_early)
    facts: dict[str, Fact] = {
        **_skills(found.skills),
        **_weeks(found.first_week, found.last_week),
        "share": max(101, round(100 * found.booked_share)),
        "hours": over,
        "early": early if 0 < early < over else None,
        **_rows("late", found.late_rows),
        **_rows("squeezed", found.squeezed_rows),
    }
    severity = Severity.WARNING if found.late_rows else Severity.NOTE
    return Problem(code="bottleneck", severity=severity, facts=facts)


def _skills(skills: tuple[str, ...]) -> dict[str, Fact]:
    return {"skill": skills[0]} if len(skills) == 1 else {"skills": _cut(skills, MOST_SKILLS)}


def _weeks(first: date, last: date) -> dict[str, Fact]:
    """One week by its first day, two by both, more by their number and the first."""
    count = (last - first) // WEEK + 1
    if count == 1:
        return {"week": first}
    return (
        {"week_one": first, "week_two": last} if count == PAIR else {"weeks": count, "from": first}
    )


def _rows(what: str, ids: tuple[str, ...]) -> dict[str, Fact]:
    if not ids:
        return {}
    return {what: len(ids), f"{what}_ids": _cut(ids, MOST_IDS)}


def _cut(names: tuple[str, ...], most: int) -> tuple[str, ...]:
    return names if len(names) <= most else (*names[: most - 1], CUT)

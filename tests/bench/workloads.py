"""Seeded workloads: publications, a team and dates such that lateness comes from load, not from impossible dates.

Every delivery date but a few leaves time for the publication alone, with its margin. The days up to the last delivery
are so many that the bottleneck of roles has exactly the wanted load; follow-ups, which nothing is late for, are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.alone import Alone, alone
from bench.crews import ROLE_OF, Demand, Member, bottleneck, staffed
from bench.trades import HOURS_PER_DAY, chosen_types
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.publication import Priority, Publication
from sheetflow.domain.settings import Settings
from sheetflow.domain.workflow import Kind, Step, Workflow
from sheetflow.domain.workspace import Workspace

TODAY = date(2026, 11, 23)
WEEKS = {20: 6, 50: 8, 200: 16, 1000: 26, 5000: 26}
PRIORITIES = (
    *[Priority.LOW] * 3,
    *[Priority.NORMAL] * 10,
    *[Priority.HIGH] * 5,
    *[Priority.URGENT] * 2,
)
SHARE_PINNED, SHARE_BEGUN, SHARE_ON_CAMPAIGN, SHARE_IMPOSSIBLE = 0.15, 0.15, 0.3, 0.02
FEWEST_DAYS, LONGEST_DAYS = 14, 700
DAYS_PER_CAMPAIGN, DAYS_FOR_BEGUN, HOLIDAY_EVERY, MORE_WEEKS = 14, 15, 30, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A workspace to be planned; `load` is that of its bottleneck, as measured."""

    name: str
    seed: int
    size: int
    load: float
    workspace: Workspace


def generated(size: int, load: float, seed: int, begun: float = SHARE_BEGUN) -> Workload:
    """The workload of so many publications, a share of them begun, at that load of the bottleneck."""
    fewest = WEEKS.get(size) or max(6, min(26, 4 + size // 15))
    for weeks in range(fewest, fewest + MORE_WEEKS):
        rng = Random(f"{size} {load} {seed} {weeks}")
        rows, flows, calendar = _rows(rng, size, begun)
        crew = staffed(
            rng, demand_of(rows, flows), load, TODAY, TODAY + timedelta(weeks=weeks), calendar
        )
        rows = [_pinned(rng, row, flows[row.type], crew) for row in rows]
        workspace = _workspace(rows, flows, calendar, crew)
        last = _last_day(crew, demand_of(rows, flows), load)
        by_id = alone(workspace, TODAY)
        if max(row.soonest for row in by_id.values()) <= last:
            break
    return Workload(
        name=f"{size} at {load:.2f}",
        seed=seed,
        size=size,
        load=bottleneck(crew, demand_of(rows, flows), TODAY, last),
        workspace=_dated(rng, workspace, by_id, last),
    )


def _rows(
    rng: Random, size: int, begun: float
) -> tuple[list[Publication], Mapping[str, Workflow], Calendar]:
    calendar = _team_calendar(rng)
    flows = chosen_types(rng)
    return [_row(rng, flows, number, size, begun) for number in range(size)], flows, calendar


def _workspace(
    rows: list[Publication], flows: Mapping[str, Workflow], calendar: Calendar, crew: list[Member]
) -> Workspace:
    return Workspace(
        publications=tuple(rows),
        workflows={row.type: flows[row.type] for row in rows},
        calendar=calendar,
        settings=Settings(hours_per_day=HOURS_PER_DAY),
        people=tuple(member.person for member in crew),
    )


def demand_of(rows: list[Publication], flows: Mapping[str, Workflow]) -> Demand:
    """The hours that are left up to publishing, by role, or by person where a step is pinned."""
    by_role, by_person = Counter[str](), Counter[str]()
    for row in rows:
        for step in _left(row, flows[row.type]):
            if step.kind in {Kind.WAIT, Kind.FOLLOW_UP} or not step.skill:
                continue
            hours = step.hours if step.hours is not None else 0.0
            if step.name in row.pins:
                by_person[row.pins[step.name]] += hours  # type: ignore[assignment]
            else:
                by_role[ROLE_OF[step.skill]] += hours  # type: ignore[assignment]
    return Demand(by_role=dict(by_role), by_person=dict(by_person))


def _left(row: Publication, flow: Workflow) -> tuple[Step, ...]:
    """The steps from the current one on; built-in workflows are one chain."""
    names = [step.name for step in flow.steps]
    return flow.steps[names.index(row.current_steps[0]) if row.current_steps else 0 :]


def _team_calendar(rng: Random) -> Calendar:
    days = range(rng.randint(5, HOLIDAY_EVERY), 2 * 365, HOLIDAY_EVERY)
    holidays = frozenset(TODAY + timedelta(days=day) for day in days)
    return Calendar(week=(4, 4, 4, 4, 4, 0, 0), holidays=holidays)


def _row(
    rng: Random, flows: Mapping[str, Workflow], number: int, size: int, begun: float
) -> Publication:
    flow = flows[rng.choice(sorted(flows))]
    before = [step.name for step in flow.steps if step.kind in {Kind.WORK, Kind.WAIT}]
    current = (rng.choice(before),) if rng.random() < begun else ()
    return Publication(
        id=f"P-{number + 1:04}",
        sheet="Publications",
        row=number + 2,
        title=f"Publication {number + 1}",
        type=flow.type,
        delivery=TODAY,
        client=f"Client {rng.randint(1, 2 + size // 10)}",
        priority=rng.choice(PRIORITIES),
        current_steps=current,
    )


def _pinned(rng: Random, row: Publication, flow: Workflow, crew: list[Member]) -> Publication:
    """The row with some steps pinned: approvals to people who could not have made what they approve."""
    skill_of = {step.name: step.skill for step in flow.steps}
    pins: dict[str, str] = {}
    for step in flow.steps:
        barred = {skill_of[name] for name in step.not_by}
        skills = ((m.person.name, set(m.person.skills)) for m in crew)
        able = [name for name, own in skills if step.skill in own and not own & barred]
        if rng.random() < SHARE_PINNED and able:
            pins[step.name] = rng.choice(sorted(able))
    return replace(row, pins=pins)


def _last_day(crew: list[Member], demand: Demand, load: float) -> date:
    """The first day up to which the bottleneck has no more than the wanted load."""
    days = bisect_left(
        range(LONGEST_DAYS),
        -load,
        lo=FEWEST_DAYS,
        key=lambda n: -bottleneck(crew, demand, TODAY, TODAY + timedelta(days=n)),
    )
    return TODAY + timedelta(days=days)


def _dated(rng: Random, workspace: Workspace, by_id: Mapping[str, Alone], last: date) -> Workspace:
    """The workspace with delivery dates: nearly all possible for their rows alone, up to the last day."""
    span = (last - TODAY).days
    campaigns = [
        TODAY + timedelta(days=day)
        for day in sorted(rng.sample(range(span), max(1, span // DAYS_PER_CAMPAIGN)))
    ]
    rows = (
        replace(row, delivery=_delivery(rng, row, by_id[row.id], last, campaigns))
        for row in workspace.publications
    )
    return replace(workspace, publications=tuple(rows))


def _delivery(
    rng: Random, row: Publication, alone: Alone, last: date, campaigns: list[date]
) -> date:
    if rng.random() < SHARE_IMPOSSIBLE:
        return alone.next_day(alone.soonest - timedelta(days=rng.randint(2, 5)))
    latest = alone.soonest + timedelta(days=DAYS_FOR_BEGUN) if row.current_steps else last
    latest = max(latest, alone.soonest)
    usable = [day for day in campaigns if alone.soonest <= day <= latest]
    if usable and rng.random() < SHARE_ON_CAMPAIGN:
        return alone.next_day(rng.choice(usable))
    return alone.next_day(
        alone.soonest + timedelta(days=rng.randint(0, (latest - alone.soonest).days))
    )

"""The table of damages: what is done to a plan, and the rule that it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from damage import (
    Damage,
    change_days,
    double_first_row,
    drop_first_person,
    drop_first_row,
    given_to,
    has_load,
    in_time,
    is_flagged,
    is_left,
    is_now,
    is_planned,
    moved,
    named,
    objective,
    put,
    row,
    step,
    too_late,
)
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import DayLoad, State

WEEK = timedelta(days=7)


def _later(day: date) -> date:
    return day + WEEK


def _half(load: tuple[DayLoad, ...]) -> tuple[DayLoad, ...]:
    return tuple(replace(part, hours=part.hours / 2) for part in load)


GENERAL: Mapping[str, Damage] = {
    "a row is missing": Damage(rule="rows", spoil=drop_first_row),
    "a row stands twice": Damage(rule="rows", spoil=double_first_row),
    "a title differs": Damage(rule="facts", spoil=row(is_planned, title="Other")),
    "a delivery date differs": Damage(rule="facts", spoil=row(is_planned, delivery=_later)),
    "a step is missing": Damage(rule="steps", spoil=row(is_planned, steps=lambda s: s[1:])),
    "a step stands twice": Damage(rule="steps", spoil=row(is_planned, steps=lambda s: (*s, s[0]))),
    "a skill differs": Damage(rule="steps", spoil=step(is_left, put(skill="Other"))),
    "a planned step runs": Damage(rule="state", spoil=step(has_load, put(state=State.NOW))),
    "a step has no start": Damage(rule="dates", spoil=step(is_left, put(start=None))),
    "a step starts in the past": Damage(rule="today", spoil=step(is_left, moved(-700))),
    "a step takes a quarter more": Damage(
        rule="duration", spoil=step(has_load, lambda old: replace(old, quarters=old.quarters + 1))
    ),
    "a step has more hours": Damage(
        rule="hours", spoil=step(has_load, lambda old: replace(old, hours=old.hours + 1))
    ),
    "a load is halved": Damage(
        rule="load", spoil=step(has_load, lambda old: replace(old, load=_half(old.load)))
    ),
    "a publishing in time is put off": Damage(rule="publishing", spoil=step(in_time, moved(28))),
    "a publishing comes too soon": Damage(rule="publishing", spoil=step(in_time, moved(-1))),
    "a late publishing is later": Damage(rule="publishing", spoil=step(too_late, moved(28))),
    "a current step is put off": Damage(rule="current", spoil=step(is_now, moved(28))),
    "Ready by differs": Damage(
        rule="ready-by", spoil=row(is_planned, ready_by=lambda d: _later(d or date(2026, 1, 1)))
    ),
    "the forecast differs": Damage(rule="forecast", spoil=row(is_planned, forecast=_later)),
    "slack is made up": Damage(rule="slack-days", spoil=row(is_planned, slack_days=99)),
    "late days are hidden": Damage(rule="late-days", spoil=row(is_planned, late_days=-1)),
    "Start by differs": Damage(
        rule="start-by", spoil=row(is_planned, start_by=lambda d: _later(d or date(2026, 1, 1)))
    ),
    "the margin differs": Damage(rule="margin-days", spoil=row(is_planned, margin_days=77)),
    "a green row is red": Damage(rule="flag", spoil=row(is_flagged(Flag.GREEN), flag=Flag.RED)),
    "a red row is green": Damage(rule="flag", spoil=row(is_flagged(Flag.RED), flag=Flag.GREEN)),
    "a planned row is grey": Damage(rule="flag", spoil=row(is_planned, flag=Flag.GREY)),
    "a day of work is not listed": Damage(rule="people", spoil=change_days(lambda _: ())),
    "a person's capacity differs": Damage(
        rule="people", spoil=change_days(lambda day: (replace(day, capacity_hours=99.0),))
    ),
    "a person's load is hidden": Damage(
        rule="people", spoil=change_days(lambda day: (replace(day, planned_hours=0.0),))
    ),
    "a person is missing": Damage(rule="people", spoil=drop_first_person),
    "late days are not weighed": Damage(rule="objective", spoil=objective(weighted_late_days=-1)),
    "margin is not weighed": Damage(rule="objective", spoil=objective(weighted_margin_days=1)),
    "owner changes differ": Damage(rule="objective", spoil=objective(owner_changes=1)),
    "imbalance differs": Damage(rule="objective", spoil=objective(imbalance=0.01)),
    "idle days differ": Damage(rule="objective", spoil=objective(idle_days=-0.25)),
}
"""Damage that fits any plan with what it spoils."""

BY_HAND: Mapping[str, Damage] = {
    "Not before is not kept": Damage(
        rule="not-before", spoil=step(named("Draft", "P-5"), moved(-2))
    ),
    "a step starts before its predecessor ends": Damage(
        rule="precedence", spoil=step(named("Check", "P-1"), moved(-1))
    ),
    "a step lies on a weekend": Damage(
        rule="calendar", spoil=step(named("Picture", "P-1"), moved(3))
    ),
    "a step is interrupted": Damage(
        rule="calendar", spoil=step(named("Text", "P-1"), put(due_quarter=2))
    ),
    "a wait has load": Damage(
        rule="load",
        spoil=step(named("Client"), put(load=(DayLoad(date=date(2026, 12, 3), hours=0.25),))),
    ),
    "a day is overbooked": Damage(
        rule="capacity",
        spoil=step(named("Care"), put(load=(DayLoad(date=date(2026, 12, 7), hours=6.1),))),
    ),
    "the owner lacks the skill": Damage(
        rule="skill", spoil=step(named("Picture", "P-1"), given_to("Sari"))
    ),
    "the owner is unknown": Damage(
        rule="skill", spoil=step(named("Picture", "P-1"), given_to("Cleo"))
    ),
    "nobody has a step": Damage(rule="nobody", spoil=step(named("Picture", "P-1"), given_to(None))),
    "a pin is overruled": Damage(rule="pin", spoil=step(named("Draft", "P-5"), given_to("Budi"))),
    "a pin is not told": Damage(rule="pin", spoil=step(named("Draft", "P-5"), put(pinned=False))),
    "somebody checks their own work": Damage(
        rule="not-by", spoil=step(named("Text", "P-1"), given_to("Sari"))
    ),
    "somebody checked their own work": Damage(
        rule="not-by", spoil=step(named("Text", "P-2"), given_to("Sari"))
    ),
    "a finished step names a stranger": Damage(
        rule="done", spoil=step(named("Text", "P-2"), given_to("Tono"))
    ),
    "a finished step takes time": Damage(
        rule="done", spoil=step(named("Text", "P-2"), put(quarters=4))
    ),
    "a post on a day off has an owner": Damage(
        rule="publishing", spoil=step(named("Live", "P-5"), given_to("Ana"))
    ),
    "a post on a day off goes live at noon": Damage(
        rule="publishing", spoil=step(named("Live", "P-5"), put(start_quarter=2, due_quarter=2))
    ),
    "a step of a green row gives alarm": Damage(
        rule="flag", spoil=step(named("Text", "P-1"), put(flag=Flag.AMBER))
    ),
    "a row on hold has a date": Damage(
        rule="not-planned",
        spoil=row(lambda found: found.flag is Flag.GREY, ready_by=date(2026, 12, 1)),
    ),
    "a faulty row is green": Damage(
        rule="flag", spoil=row(lambda found: found.delivery is None, flag=Flag.GREEN)
    ),
}
"""Damage to the plan that was made by hand."""

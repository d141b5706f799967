"""Laying a scene out as the flat rows of numbers that the kernel works on."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any, TypeAlias, TypeVar, cast, get_type_hints

from sheetflow.engine.kernel.field import NONE, Field, Ints, State
from sheetflow.engine.work.jobs import Job
from sheetflow.engine.work.scene import Scene
from sheetflow.engine.work.timeline import Lane

Wishes: TypeAlias = Mapping[int, int]
"""The owner (index into the crew) to be kept, by the number of the task."""

DAYS_PER_WEEK = 7
LONGEST_LINE = 3650
NO_LIMIT = 1 << 60
SEED = 20261123
Rows = TypeVar("Rows", Field, State)


def lay_out(scene: Scene, wishes: Wishes) -> Field:
    """The field of a scene."""
    return Field(
        **_lanes(scene),
        **_skills(scene),
        **_options(scene),
        **_tasks(scene, wishes),
        **_jobs(scene),
        **_delivery(scene),
    )


def lay_beside(field: Field, scene: Scene, wishes: Wishes) -> Field:
    """The field of other jobs of the same clients, on the same days and among the same people."""
    laid = {**_options(scene), **_tasks(scene, wishes), **_jobs(scene), **_delivery(scene)}
    return field._replace(**laid)


def empty_state(scene: Scene, field: Field) -> State:
    """The state in which nothing is placed and every hour is free."""
    tasks = len(field.job_of)
    return State(
        option=[NONE] * tasks,
        slot=[NONE] * tasks,
        start=[NONE] * tasks,
        end=[NONE] * tasks,
        room=list(chain.from_iterable(scene.capacity)) or [0.0],
        load=[0.0] * max(1, field.owners * field.weeks),
        known=[0] * max(1, field.clients * field.owners),
        luck=[SEED, 0, 0],
        pick=[0] * (1 + max(_widths(field.option_begin), default=1)),
    )


class Row(array):  # type: ignore[type-arg]  # it takes no argument before Python 3.12
    """A row of numbers of 64 bits, one after the other in memory."""

    def copy(self) -> Row:
        """A row that may change on its own."""
        return Row(self.typecode, self)


def as_arrays(rows: Rows) -> Rows:
    """The same rows as the compiled kernel takes them; those that are arrays already are shared."""
    pairs: Iterable[Any] = zip(rows, _codes(cast("Any", type(rows))), strict=True)
    values: Iterable[Any] = (
        Row(code, value) if code and not isinstance(value, Row) else value for value, code in pairs
    )
    return type(rows)(*values)


@cache
def _codes(kind: type) -> tuple[str | None, ...]:
    """The type code of each row of numbers, None for what is none."""
    codes = {list[int]: "q", list[float]: "d"}
    return tuple(codes.get(hint) for hint in get_type_hints(kind).values())


def as_lists(state: State) -> State:
    """A state of arrays as lists."""
    return State._make(row.tolist() for row in cast("Iterable[Any]", state))


def copied(state: State) -> State:
    """A state that may change on its own."""
    return State._make(row.copy() for row in state)


def _widths(begin: Sequence[int]) -> list[int]:
    return [end - start for start, end in pairwise(begin)]


def _cut(rows: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """Rows one after the other, and where each begins."""
    kept = list(rows)
    return [0, *accumulate(len(row) for row in kept)], list(chain.from_iterable(kept)) or [NONE]


def _lanes(scene: Scene) -> dict[str, Any]:
    line = scene.line
    weekday = line.today.weekday()
    weeks = (line.days + weekday) // DAYS_PER_WEEK + 1
    lanes: tuple[Lane, ...] = line.lanes
    begin, slots = _cut([lane.slots for lane in lanes])
    days = (line.team.quarters(line.day(4 * t)) > 0 for t in range(line.days))
    return {
        "days": line.days,
        "weekday": weekday,
        "weeks": weeks,
        "is_last_line": int(line.days >= LONGEST_LINE),
        "slots": slots,
        "slot_begin": begin,
        "slot_count": [len(lane.slots) for lane in lanes],
        "first": list(chain.from_iterable(lane.first for lane in lanes)),
        "ends": [int(lane.ends) for lane in lanes],
        "week_hours": _week_hours(scene, weekday, weeks),
        "owners": len(scene.crew.names),
        "worked": list(accumulate(map(int, days))),
    }


def _week_hours(scene: Scene, weekday: int, weeks: int) -> list[float]:
    hours = [0.0] * max(1, len(scene.crew.names) * weeks)
    for owner, days in enumerate(scene.capacity):
        for day, capacity in enumerate(days):
            hours[owner * weeks + (day + weekday) // DAYS_PER_WEEK] += capacity
    return hours


def _skills(scene: Scene) -> dict[str, Any]:
    """The skills that two or more people have, by owner and the other way round."""
    shared = [people for _, people in sorted(scene.crew.by_skill.items()) if len(people) > 1]
    owners = range(len(scene.crew.names))
    skill_begin, skills = _cut(
        [[skill for skill, people in enumerate(shared) if owner in people] for owner in owners]
    )
    member_begin, members = _cut(shared)
    return {
        "skill_begin": skill_begin,
        "skills": skills,
        "member_begin": member_begin,
        "members": members,
    }


def _options(scene: Scene) -> dict[str, Any]:
    options = scene.options
    counts = (len(task.options) + 1 for job in scene.jobs for task in job.tasks)
    return {
        "option_begin": [0, *accumulate(counts)],
        "owner": [option.owner for option in options],
        "lane": [option.calendar for option in options],
        "quarters": [option.quarters for option in options],
        "rate": [float(option.rate) for option in options],
    }


def _tasks(scene: Scene, wishes: Wishes) -> dict[str, Any]:
    firsts, line = scene.first_task, scene.line
    tasks = [(job, task) for job, here in enumerate(scene.jobs) for task in here.tasks]
    waits_begin, waits = _cut([[firsts[job] + i for i in task.waits_for] for job, task in tasks])
    rival_begin, rivals = _cut([[firsts[job] + i for i in task.not_by] for job, task in tasks])
    floors = [line.index(job.floor) for job in scene.jobs]
    return {
        "job_of": [job for job, _ in tasks],
        "waits_begin": waits_begin,
        "waits": waits,
        "rival_begin": rival_begin,
        "rivals": rivals,
        "earliest_day": [0 if task.current else floors[job] for job, task in tasks],
        "is_current": [int(task.current) for _, task in tasks],
        "wish": [wishes.get(number, NONE) for number in range(len(tasks))],
    }


def _jobs(scene: Scene) -> dict[str, Any]:
    firsts = scene.first_task
    jobs = list(enumerate(scene.jobs))
    before_begin, before = _cut([[firsts[j] + i for i in job.before] for j, job in jobs])
    behind_begin, behind = _cut([[firsts[j] + i for i in job.behind] for j, job in jobs])
    clients = sorted({job.row.client for job in scene.jobs if job.row.client})
    number = {client: i for i, client in enumerate(clients)}
    campaigns = sorted({_campaign(job) for job in scene.jobs if job.row.campaign})
    campaign_number = {key: i for i, key in enumerate(campaigns, start=len(clients))}
    return {
        "before_begin": before_begin,
        "before": before,
        "behind_begin": behind_begin,
        "behind": behind,
        "publish": [NONE if p is None else firsts[j] + p for j, p in _publishing(scene.jobs)],
        "margin": [job.margin for job in scene.jobs],
        "weight": [job.row.priority.weight for job in scene.jobs],
        "most": [NO_LIMIT] * len(jobs),
        "client": [number.get(job.row.client, NONE) for job in scene.jobs],
        "campaign": [campaign_number.get(_campaign(job), NONE) for job in scene.jobs],
        "begun": [int(job.begun) for job in scene.jobs],
        "clients": len(clients) + len(campaigns),
    }


def _campaign(job: Job) -> tuple[str, str]:
    """A campaign is its client's own."""
    return (job.row.client, job.row.campaign)


def _publishing(jobs: Sequence[Job]) -> Iterable[tuple[int, int | None]]:
    return enumerate(job.publish for job in jobs)


def _delivery(scene: Scene) -> dict[str, Any]:
    line, team = scene.line, scene.line.team
    rows = [job.row for job in scene.jobs]
    ready = [team.latest_ready_by(job.row.delivery, job.margin) for job in scene.jobs]
    today = int(team.quarters(line.today) > 0)
    return {
        "delivery": [line.index(row.delivery) for row in rows],
        "is_day_off": [int(not team.quarters(row.delivery)) for row in rows],
        "ready_limit": [4 * line.index(day) + 3 for day in ready],
        "worked_by": [today + team.between(line.today, row.delivery) for row in rows],
    }

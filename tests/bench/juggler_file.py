"""A workspace as a project of TaskJuggler.

Its model is easier than ours: work need not lie in one piece nor be spread evenly over the days of a step, `Not by`
need not hold, publishing may be early (and is not late for it), and follow-ups are left out. What a step takes of its
days beyond its hours is a gap behind it, a limit of hours a day keeps it from being done sooner.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil, floor

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.people import Person
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.engine.work.jobs import NOBODY, Job, Option, Task
from sheetflow.engine.work.scene import Scene

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS = {0: "off", 2: "8:00 - 12:00", 4: "8:00 - 16:00"}
DAY, RESOLUTION = 8, 0.25
HIGHEST = 1000
LIVE, REPORT = "live", "report"


def project_of(scene: Scene) -> str:
    """The text of the project, with a report of all tasks to be written beside it."""
    parts = (_head(scene), *map(_person, scene.crew.people, range(len(scene.crew.people))))
    return "\n".join([*parts, *_jobs(scene), _report()])


def live_name(job: int) -> str:
    """How the moment at which a publication is live is called in the report."""
    return f"j{job}.{LIVE}"


def task_name(job: int, task: int) -> str:
    """How a task is called in the report."""
    return f"j{job}.t{task}"


def _head(scene: Scene) -> str:
    today, team = scene.line.today, scene.crew.people[0].calendar
    last = today + timedelta(days=scene.line.days)
    lines = [
        f'project p "p" {today} - {last} {{',
        '  timezone "UTC"',
        "  timingresolution 15min",
        f"  dailyworkinghours {DAY}",
        "}",
    ]
    return "\n".join(
        [*lines, *(_leave("holiday", d, d) for d in sorted(team.holidays) if d < last)]
    )


def _leave(kind: str, first: date, last: date) -> str:
    return f'leaves {kind} "off" {first} - {last + timedelta(days=1)}'


def _person(person: Person, number: int) -> str:
    calendar: Calendar = person.calendar
    hours = (f"  workinghours {day} {HOURS[q]}" for day, q in zip(DAYS, calendar.week, strict=True))
    away = (f"  {_leave('annual', s.first, s.last)}" for s in calendar.away if s.first and s.last)
    limit = f"  limits {{ dailymax {person.hours_per_day}h }}"
    return "\n".join([f'resource p{number} "p{number}" {{', *hours, *away, limit, "}"])


def _jobs(scene: Scene) -> Iterator[str]:
    """The publications; the earlier the delivery date, less a day for each unit of weight, the higher the priority."""
    rows = [job.row for job in scene.jobs]
    urgent = sorted(
        range(len(rows)),
        key=lambda j: (rows[j].delivery - timedelta(days=rows[j].priority.weight), rows[j].id),
    )
    for rank, number in enumerate(urgent):
        priority = HIGHEST - rank * (HIGHEST - 1) // len(urgent)
        yield f'task j{number} "{rows[number].id}" {{\n  priority {priority}\n'
        yield from _tasks(scene, scene.jobs[number])
        yield "}"


def _tasks(scene: Scene, job: Job) -> Iterator[str]:
    publish = () if job.publish is None else (job.publish,)
    for number in (*job.before, *publish):
        task = job.tasks[number]
        waits = ", ".join(f"!t{other} {_gap(job.tasks[other])}" for other in task.waits_for)
        begin = f"depends {waits}" if waits else f"start {max(job.floor, scene.line.today)}"
        yield f'  task t{number} "{task.step.name}" {{ {begin} {_work(task)} }}'
    for number in publish:
        yield f'  task {LIVE} "live" {{ depends !t{number} {_gap(job.tasks[number])} }}'


def _gap(task: Task) -> str:
    """The working time between the end of the work, done at its limit a day, and the end of the step's days."""
    option = _quickest(task)
    if option is None:
        return ""
    rest = option.hours - (ceil(option.quarters / QUARTERS_PER_DAY) - 1) * _a_day(option)
    last_day = QUARTERS_PER_DAY - -option.quarters % QUARTERS_PER_DAY
    gap = last_day * DAY / QUARTERS_PER_DAY - max(rest, RESOLUTION)
    return f"{{ gaplength {_down(gap)}h }}" if _down(gap) > 0 else ""


def _work(task: Task) -> str:
    option = _quickest(task)
    if option is None:
        return f"length {task.unowned.quarters / QUARTERS_PER_DAY}d"
    first, *others = (f"p{able.owner}" for able in task.options)
    choice = f"{{ alternative {', '.join(others)} select minloaded persistent }}" if others else ""
    return (
        f"effort {_up(option.hours)}h allocate {first} {choice}"
        f" limits {{ dailymax {_a_day(option)}h }}"
    )


def _quickest(task: Task) -> Option | None:
    """The option that takes the fewest quarters; None where nobody's hours are taken."""
    able = [option for option in task.options if option.owner != NOBODY]
    return min(able, key=lambda o: o.quarters) if able and task.step.kind is not Kind.WAIT else None


def _a_day(option: Option) -> float:
    return max(_up(option.rate * min(option.quarters, QUARTERS_PER_DAY)), RESOLUTION)


def _up(hours: float) -> float:
    return max(1, ceil(hours / RESOLUTION - 1e-9)) * RESOLUTION


def _down(hours: float) -> float:
    return floor(hours / RESOLUTION + 1e-9) * RESOLUTION


def _report() -> str:
    columns = 'formats csv hidetask ~isleaf() timeformat "%Y-%m-%d-%H-%M" columns id, start, end, resources'
    return f'taskreport "{REPORT}" {{ {columns} }}'

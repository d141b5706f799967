"""An instance of iMOPSE as a scene of the engine: one publication, its tasks the instance's, an hour being a day."""

from __future__ import annotations

from bench.imopse_file import Chore, Project
from bench.workloads import TODAY
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.people import Person
from sheetflow.domain.publication import Publication
from sheetflow.domain.workflow import Kind, Step, Workflow
from sheetflow.engine.work.jobs import NOBODY, TEAM, Crew, Job, Option, Task
from sheetflow.engine.work.network import network_of
from sheetflow.engine.work.scene import Scene
from sheetflow.engine.work.timeline import Lane, Timeline
from sheetflow.engine.work.workdays import WorkDays

ALWAYS = Calendar(week=(4, 4, 4, 4, 4, 4, 4))


def scene_of(project: Project) -> Scene:
    """Everybody works one quarter of each day, and one task fills it: so nobody does two things at once."""
    days = sum(chore.hours for chore in project.chores) + 1
    lane = Lane(slots=[4 * day for day in range(days)], first=list(range(days + 1)), ends=True)
    people = tuple(
        Person(name=f"R{number}", skills=(), hours_per_day=1, calendar=ALWAYS)
        for number in range(project.people)
    )
    return Scene(
        jobs=(_job(project),),
        crew=Crew(names=tuple(person.name for person in people), people=people, by_skill={}),
        line=Timeline(
            today=TODAY, days=days, team=WorkDays(ALWAYS), lanes=(lane,) * (project.people + 1)
        ),
        capacity=((1.0,) * days,) * project.people,
    )


def _job(project: Project) -> Job:
    step = Step(name="Go", phase="", skill="", quarters=1, hours=1.0, kind=Kind.PUBLISH)
    network = network_of(Workflow(type="", steps=(step,)), frozenset())
    count = len(project.chores)
    return Job(
        row=Publication(id="P", sheet="", row=1, title="", type="", delivery=TODAY),
        network=network,
        margin=0,
        today=TODAY,
        floor=TODAY,
        tasks=tuple(_task(step, chore) for chore in project.chores),
        before=tuple(range(count)),
        publish=None,
        behind=(),
        done=frozenset(),
    )


def _task(step: Step, chore: Chore) -> Task:
    return Task(
        step=step,
        options=tuple(_option(owner, 1 + owner, chore.hours) for owner in chore.able),
        unowned=_option(NOBODY, TEAM, chore.hours),
        waits_for=chore.waits_for,
        not_by=(),
        current=False,
        pinned=False,
        runs_again=False,
        needs_owner=True,
    )


def _option(owner: int, calendar: int, hours: int) -> Option:
    rate = 0.0 if owner == NOBODY else 1.0
    return Option(owner=owner, calendar=calendar, quarters=hours, hours=hours, rate=rate)

"""The ground that the kernel works on: one flat row of numbers for each fact, as lists or as arrays.

A quarter is 4 x day + k, counted from today. A slot is the number of a worked quarter on its lane. Rows that belong to
two things are laid out one after the other: the hours of owner o on day d stand at `o * days + d`. Lists of lists are
cut by a row of beginnings: what belongs to task t stands from `x_begin[t]` up to `x_begin[t + 1]`.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Ints: TypeAlias = list[int]
Floats: TypeAlias = list[float]

NONE = -1
UNATTENDED = -2


class Field(NamedTuple):
    """What does not change while a schedule is built. Tasks are numbered through all jobs, in topological order."""

    days: int
    weekday: int
    """of today, from Monday as 0"""
    weeks: int
    is_last_line: int
    """1 where a longer line is out of the question"""

    slots: Ints
    slot_begin: Ints
    slot_count: Ints
    first: Ints
    """by lane and day: how many slots lie before the day"""
    ends: Ints
    """by lane: 1 where a longer line would hold no more slots"""
    week_hours: Floats
    """by owner and week: capacity"""

    skill_begin: Ints
    skills: Ints
    """by owner: the skills that others have too"""
    member_begin: Ints
    members: Ints
    """by skill that two or more have: its owners"""

    option_begin: Ints
    """by task; the last option of a task is that of nobody"""
    owner: Ints
    lane: Ints
    quarters: Ints
    rate: Floats
    """by option: hours of the owner's capacity that each quarter takes"""

    job_of: Ints
    waits_begin: Ints
    waits: Ints
    rival_begin: Ints
    rivals: Ints
    """by task: the tasks of the job whose owner must be another"""
    earliest_day: Ints
    """by task"""
    is_current: Ints
    wish: Ints
    """by task: the owner to keep where the rules allow it, or NONE"""

    before_begin: Ints
    before: Ints
    """by job: its tasks before publishing"""
    behind_begin: Ints
    behind: Ints
    publish: Ints
    """by job: its publish task, or NONE"""
    delivery: Ints
    """by job: the day, negative before today"""
    is_day_off: Ints
    """by job: 1 where the team is off on the delivery date"""
    ready_limit: Ints
    """by job: the last quarter before publishing that leaves the margin"""
    margin: Ints
    weight: Ints
    most: Ints
    """by job: what it may cost at most, at a weight of 1"""
    client: Ints
    """by job: the number of its client, or NONE"""
    campaign: Ints
    """by job: the number of its client's campaign, counted on from the clients, or NONE"""
    begun: Ints
    worked: Ints
    """by day: the team's working days up to and with it"""
    worked_by: Ints
    """by job: the same for its delivery date; negative before today"""
    clients: int
    owners: int


class State(NamedTuple):
    """A schedule under construction; the only thing in the engine that changes."""

    option: Ints
    """by task: the option taken, NONE or UNATTENDED"""
    slot: Ints
    start: Ints
    end: Ints
    room: Floats
    """by owner and day: hours left"""
    load: Floats
    """by owner and week: hours taken"""
    known: Ints
    """by client or campaign, and owner: tasks"""
    pick: Ints
    """scratch: the options that the rules leave for the task at hand"""
    luck: Ints
    """what chance decides: its seed, and of 100 the tasks that an exchange delays, or gives to another owner"""

"""Where a task finds room, putting it down and taking it up: the inner loop of all planning.

Plain functions over the flat rows of a Field and a State; `compiled.py` turns them into machine code where it can.
"""

from __future__ import annotations

from sheetflow.engine.kernel.field import NONE, UNATTENDED, Field, State

EPSILON = 1e-7
MASK = 0xFFFFFFFF


def slot_from(field: Field, lane: int, quarter: int) -> int:
    """The number of the lane's first slot at or after a quarter."""
    if quarter <= 0:
        return 0
    day = quarter >> 2
    if day >= field.days:
        return field.slot_count[lane]
    at = lane * (field.days + 1) + day
    return min(field.first[at] + (quarter & 3), field.first[at + 1])


def quarter_of(field: Field, lane: int, slot: int) -> int:
    """The quarter of a lane's slot."""
    return field.slots[field.slot_begin[lane] + slot]


def earliest(field: Field, state: State, option: int, start: int, last: int) -> int:
    """The first slot from `start` to `last` from which the option has room on every day; NONE if there is none.

    The days are looked at from the last one back: the later the day that has no room, the farther the next start.
    """
    rate = field.rate[option]
    if rate == 0.0:
        return start if start <= last else NONE
    lane, quarters = field.lane[option], field.quarters[option]
    begin, row = field.slot_begin[lane], lane * (field.days + 1)
    hours = field.owner[option] * field.days
    while start <= last:
        low, upto = start, start + quarters
        while upto > low:
            day = field.slots[begin + upto - 1] >> 2
            slot = max(field.first[row + day], low)
            room = state.room[hours + day] + EPSILON
            if (upto - slot) * rate > room:
                fitting = int(room / rate) if room >= rate else 0
                start = max(start + 1, field.first[row + day + 1] - fitting)
                break
            upto = slot
        if upto <= low:
            return start
    return NONE


def latest(field: Field, state: State, option: int, start: int, lowest: int) -> int:
    """The last slot from `start` down to `lowest` from which the option has room; NONE if there is none.

    The days are looked at from the first one on, as in `earliest` the other way round.
    """
    rate = field.rate[option]
    if rate == 0.0:
        return start if start >= lowest else NONE
    lane, quarters = field.lane[option], field.quarters[option]
    begin, row = field.slot_begin[lane], lane * (field.days + 1)
    hours = field.owner[option] * field.days
    while start >= lowest:
        slot, end = start, start + quarters
        while slot < end:
            day = field.slots[begin + slot] >> 2
            upto = min(field.first[row + day + 1], end)
            room = state.room[hours + day] + EPSILON
            if (upto - slot) * rate > room:
                fitting = int(room / rate) if room >= rate else 0
                start = min(start - 1, field.first[row + day] + fitting - quarters)
                break
            slot = upto
        if slot >= end:
            return start
    return NONE


def put(field: Field, state: State, task: int, option: int, slot: int) -> None:
    """Put a task down and take its hours."""
    lane, quarters = field.lane[option], field.quarters[option]
    state.option[task] = option
    state.slot[task] = slot
    state.start[task] = quarter_of(field, lane, slot)
    state.end[task] = quarter_of(field, lane, slot + quarters - 1)
    _take(field, state, task, 1)


def put_unattended(state: State, task: int, day: int) -> None:
    """Let a post go live by itself, in the last quarter of a day on which the team is off."""
    state.option[task] = UNATTENDED
    state.slot[task] = NONE
    state.start[task] = 4 * day + 3
    state.end[task] = 4 * day + 3


def lift(field: Field, state: State, task: int) -> None:
    """Take a task up, if it lies somewhere, and give its hours back."""
    if state.option[task] >= 0:
        _take(field, state, task, -1)
    state.option[task] = NONE


def _take(field: Field, state: State, task: int, sign: int) -> None:
    option = state.option[task]
    owner, lane, rate = field.owner[option], field.lane[option], field.rate[option]
    job = field.job_of[task]
    if owner >= 0 and field.client[job] >= 0:
        state.known[field.client[job] * field.owners + owner] += sign
    if owner >= 0 and field.campaign[job] >= 0:
        state.known[field.campaign[job] * field.owners + owner] += sign
    if rate == 0.0 or owner < 0:
        return
    row = lane * (field.days + 1)
    slot, end = state.slot[task], state.slot[task] + field.quarters[option]
    while slot < end:
        day = quarter_of(field, lane, slot) >> 2
        upto = min(field.first[row + day + 1], end)
        hours = sign * (upto - slot) * rate
        state.room[owner * field.days + day] -= hours
        state.load[owner * field.weeks + (day + field.weekday) // 7] += hours
        slot = upto


def end_before(field: Field, state: State, task: int) -> int:
    """The last quarter of everything that the task waits for; NONE where it waits for nothing that is left."""
    end = NONE
    for at in range(field.waits_begin[task], field.waits_begin[task + 1]):
        pred = field.waits[at]
        if state.option[pred] != NONE:
            end = max(end, state.end[pred])
    return end


def ready_quarter(field: Field, state: State, job: int) -> int:
    """The last quarter of all that is left before publishing; NONE with nothing left."""
    ready = NONE
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        if state.option[task] != NONE:
            ready = max(ready, state.end[task])
    return ready


def late_days(field: Field, state: State, job: int) -> int:
    """The team's working days after the delivery date, up to and with the forecast."""
    task = field.publish[job]
    if task < 0 or state.option[task] == NONE:
        return 0
    return max(0, field.worked[state.end[task] >> 2] - field.worked_by[job])


def eaten_days(field: Field, state: State, job: int) -> int:
    """The working days of margin that are eaten, and those behind the delivery date."""
    ready = ready_quarter(field, state, job)
    if ready < 0:
        return 0
    slack = field.worked_by[job] - field.worked[ready >> 2]
    return max(0, field.margin[job] - slack)


def happens(state: State, at: int) -> bool:
    """Whether something happens by chance: as often of 100 as `luck` says at that place."""
    percent = state.luck[at]
    return percent > 0 and random_below(state, 100) < percent


def random_below(state: State, bound: int) -> int:
    """The next number below a bound (xorshift, Marsaglia 2003)."""
    number = state.luck[0]
    number ^= (number << 13) & MASK
    number ^= number >> 17
    number ^= (number << 5) & MASK
    state.luck[0] = number
    return number % bound


def delay(state: State) -> int:
    """A few quarters for which a task is held back by chance, so that its hours fall on other days."""
    return 1 + random_below(state, 3) if happens(state, 1) else 0

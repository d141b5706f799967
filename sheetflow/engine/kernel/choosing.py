"""Who does a task: the options that the rules leave, and which of several equally good ones is taken."""

from __future__ import annotations

from sheetflow.engine.kernel.field import NONE, Field, State
from sheetflow.engine.kernel.placing import earliest, happens, latest, put, quarter_of, slot_from

FAR = 1 << 30
LOAD_STEPS = 10


WISHED, SPARING, ANYBODY = 0, 1, 2
"""How free the choice is: the wished owner where the rules leave them; whoever no other step needs; whoever may."""


def allowed(field: Field, state: State, task: int, freedom: int) -> int:
    """Fill `pick` with the options that Not by leaves and return how many.

    Sparing, an owner who is the last one left for another step that must be somebody else's is left to that step, if
    anybody else can do this one. Where nobody is left at all, the option of nobody remains.
    """
    count = _collect(field, state, task, 0)
    wish = field.wish[task]
    if freedom == WISHED and wish >= 0:
        for i in range(count):
            if field.owner[state.pick[i]] == wish:
                state.pick[0] = state.pick[i]
                return 1
    if count == 0:
        state.pick[0] = field.option_begin[task + 1] - 1
        return 1
    if freedom == ANYBODY or field.rival_begin[task] == field.rival_begin[task + 1]:
        return count
    spared = _collect(field, state, task, 1)
    return spared if spared > 0 else _collect(field, state, task, 0)


def _collect(field: Field, state: State, task: int, sparing: int) -> int:
    count = 0
    has_rivals = field.rival_begin[task] < field.rival_begin[task + 1]
    for option in range(field.option_begin[task], field.option_begin[task + 1] - 1):
        owner = field.owner[option]
        if has_rivals and _is_taken(field, state, task, owner):
            continue
        if has_rivals and sparing and not _leaves_somebody(field, state, task, owner):
            continue
        state.pick[count] = option
        count += 1
    return count


def _is_taken(field: Field, state: State, task: int, owner: int) -> bool:
    for at in range(field.rival_begin[task], field.rival_begin[task + 1]):
        option = state.option[field.rivals[at]]
        if option >= 0 and field.owner[option] == owner:
            return True
    return False


def _leaves_somebody(field: Field, state: State, task: int, owner: int) -> bool:
    for at in range(field.rival_begin[task], field.rival_begin[task + 1]):
        other = field.rivals[at]
        if state.option[other] != NONE:
            continue
        begin, end = field.option_begin[other], field.option_begin[other + 1] - 1
        left = 0
        for option in range(begin, end):
            if field.owner[option] != owner:
                left += 1
        if begin < end and left == 0:
            return False
    return True


def is_preferred(field: Field, state: State, task: int, new: int, old: int, quarter: int) -> bool:
    """Whether of two options that lie equally well the new one is better: less load, knows the client, the campaign."""
    new_owner, old_owner = field.owner[new], field.owner[old]
    if new_owner < 0 or old_owner < 0:
        return new_owner > old_owner
    week = ((quarter >> 2) + field.weekday) // 7
    new_load = _load_step(field, state, new_owner * field.weeks + week)
    old_load = _load_step(field, state, old_owner * field.weeks + week)
    if new_load != old_load:
        return new_load < old_load
    job = field.job_of[task]
    more = _known_better(field, state, field.client[job], new_owner, old_owner)
    if more == 0:
        more = _known_better(field, state, field.campaign[job], new_owner, old_owner)
    return more > 0


def _known_better(field: Field, state: State, whose: int, new: int, old: int) -> int:
    """How many more tasks of a client, or of a campaign, the new owner has than the old one."""
    if whose < 0:
        return 0
    return state.known[whose * field.owners + new] - state.known[whose * field.owners + old]


def _load_step(field: Field, state: State, at: int) -> int:
    if field.week_hours[at] <= 0.0:
        return LOAD_STEPS
    return int(LOAD_STEPS * state.load[at] / field.week_hours[at])


def first_finish(field: Field, state: State, task: int, from_quarter: int, ends_after: int) -> bool:
    """Put a task where it finishes first; with nobody, on the team's calendar, where nobody can do it any more.

    False where the line ends before that, and a longer one may have room.
    """
    for freedom in range(WISHED, ANYBODY + 1):
        found = _first_finish(field, state, task, from_quarter, ends_after, freedom)
        if found == NONE:
            return False
        if found == 1:
            return True
    nobody = field.option_begin[task + 1] - 1
    slot = _first_slot(field, nobody, from_quarter, ends_after)
    if slot > _last_slot(field, nobody, FAR):
        return False
    put(field, state, task, nobody, slot)
    return True


def _first_finish(
    field: Field, state: State, task: int, from_quarter: int, ends_after: int, freedom: int
) -> int:
    """Put a task where it finishes first: 1 done, 0 no room for anybody, NONE no room yet on this line of days."""
    count = allowed(field, state, task, freedom)
    best, best_slot, least = NONE, 0, FAR
    hopeful = False
    for i in range(count):
        option = state.pick[i]
        hopeful = hopeful or (field.owner[option] >= 0 and field.ends[field.lane[option]] == 0)
        slot = _first_slot(field, option, from_quarter, ends_after)
        slot = earliest(field, state, option, slot, _last_slot(field, option, least))
        if slot < 0 or (best >= 0 and happens(state, 2)):
            continue
        end = quarter_of(field, field.lane[option], slot + field.quarters[option] - 1)
        if end < least or is_preferred(field, state, task, option, best, end):
            best, best_slot, least = option, slot, end
    if best >= 0:
        put(field, state, task, best, best_slot)
        return 1
    return NONE if hopeful and field.is_last_line == 0 else 0


def _first_slot(field: Field, option: int, from_quarter: int, ends_after: int) -> int:
    """The first slot at which an option may start so that it ends after a quarter."""
    lane = field.lane[option]
    slot = slot_from(field, lane, from_quarter)
    if ends_after < 0:
        return slot
    return max(slot, slot_from(field, lane, ends_after + 1) - field.quarters[option] + 1)


def _last_slot(field: Field, option: int, ends_by: int) -> int:
    """The last slot at which an option may start so that it ends by a quarter, and on the line."""
    lane = field.lane[option]
    end = slot_from(field, lane, ends_by + 1) if ends_by < FAR else field.slot_count[lane]
    return end - field.quarters[option]


def last_start(field: Field, state: State, task: int, floor: int, until: int) -> bool:
    """Put a task where it starts last between two quarters; False where it has no room between them."""
    count = allowed(field, state, task, WISHED)
    best, best_slot, most = NONE, 0, NONE
    for i in range(count):
        option = state.pick[i]
        lane = field.lane[option]
        slot = slot_from(field, lane, until + 1) - field.quarters[option]
        lowest = slot_from(field, lane, max(floor, most))
        if until < 0 or slot < lowest:
            continue
        slot = latest(field, state, option, slot, lowest)
        if slot < 0 or (best >= 0 and happens(state, 2)):
            continue
        start = quarter_of(field, lane, slot)
        if start > most or is_preferred(field, state, task, option, best, start):
            best, best_slot, most = option, slot, start
    if best < 0:
        return False
    put(field, state, task, best, best_slot)
    return True


def last_on_day(field: Field, state: State, task: int, day: int, freedom: int) -> bool:
    """Put a task into the last quarters of one day that its owner works; False where nobody has room there."""
    count = allowed(field, state, task, freedom)
    best, best_slot = NONE, 0
    for i in range(count):
        option = state.pick[i]
        row = field.lane[option] * (field.days + 1) + day
        slot = field.first[row + 1] - field.quarters[option]
        if slot < field.first[row] or earliest(field, state, option, slot, slot) < 0:
            continue
        if best < 0 or is_preferred(field, state, task, option, best, 4 * day):
            best, best_slot = option, slot
    if best < 0:
        return False
    put(field, state, task, best, best_slot)
    return True

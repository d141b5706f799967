"""List schedules in an order of tasks, and a search of counted moves over the order and the owners.

Plain functions over the engine's rows of numbers, so that they run as machine code with the engine's own kernel.
A move gives a task to another owner, or puts it elsewhere in the list; mostly a task that the end of all waits for.
Worse lists are taken for a while now and then (late acceptance, Burke and Bykov 2017).
"""

from __future__ import annotations

from typing import NamedTuple

from sheetflow.engine.kernel.choosing import first_finish
from sheetflow.engine.kernel.field import NONE, Field, Ints, State
from sheetflow.engine.kernel.placing import end_before, lift

MASK = 0xFFFFFFFF
WEIGHT_OF_END = 1024
HOUR = 4


class Lists(NamedTuple):
    """What a search works with: the list, where each task stands in it, past costs, and the tasks that bind."""

    seed: Ints
    order: Ints
    at: Ints
    past: Ints
    chain: Ints


def scheduled(field: Field, state: State, order: Ints, since: int) -> int:
    """Put tasks down in their order, each where it finishes first; those before place `since` lie there already.

    What it gives is the cost: the end of the last task first, then the mean end, as a move that leaves room counts.
    """
    count = len(order)
    for place in range(since, count):
        lift(field, state, order[place])
    last = total = 0
    for place in range(count):
        task = order[place]
        if place >= since:
            first_finish(field, state, task, end_before(field, state, task) + 1, NONE)
        last = max(last, state.end[task])
        total += state.end[task]
    return (last // HOUR + 1) * WEIGHT_OF_END * HOUR + total // max(1, count)


def hours_of(cost: int) -> int:
    """The hours up to the end of the last task, by the cost."""
    return cost // (WEIGHT_OF_END * HOUR)


def search(field: Field, state: State, lists: Lists, moves: int) -> int:
    """The least cost found by so many moves."""
    cost = scheduled(field, state, lists.order, 0)
    least = cost
    for i in range(len(lists.past)):
        lists.past[i] = cost
    stale = len(lists.order)
    for move in range(moves):
        task = _chosen(field, state, lists) if stale == len(lists.order) else _any(lists)
        old_at, old_wish = lists.at[task], field.wish[task]
        if _random(lists, 2) == 0:
            _give(field, lists, task)
        else:
            _shift(lists, task, _new_place(field, lists, task))
        changed = min(old_at, lists.at[task])
        new = scheduled(field, state, lists.order, min(stale, changed))
        i = move % len(lists.past)
        if new <= cost or new <= lists.past[i]:
            cost, stale = new, len(lists.order)
        else:
            field.wish[task] = old_wish
            _shift(lists, task, old_at)
            stale = changed
        lists.past[i] = min(lists.past[i], cost)
        least = min(least, cost)
    return least


def _random(lists: Lists, bound: int) -> int:
    number = lists.seed[0]
    number ^= (number << 13) & MASK
    number ^= number >> 17
    number ^= (number << 5) & MASK
    lists.seed[0] = number
    return number % bound


def _any(lists: Lists) -> int:
    return lists.order[_random(lists, len(lists.order))]


def _chosen(field: Field, state: State, lists: Lists) -> int:
    """Mostly a task of a chain without a gap up to the end of all; the state must be that of the list."""
    if _random(lists, 4) == 0:
        return _any(lists)
    task = lists.order[0]
    for place in range(len(lists.order)):
        other = lists.order[place]
        if state.end[other] > state.end[task]:
            task = other
    count = 0
    while task != NONE:
        lists.chain[count] = task
        count += 1
        task = _binding(field, state, lists, task)
    return lists.chain[_random(lists, count)]


def _binding(field: Field, state: State, lists: Lists, task: int) -> int:
    """One of the tasks right behind which a task starts: it waits for them, or its owner does them first."""
    found, seen = NONE, 0
    owner, start = field.owner[state.option[task]], state.start[task]
    for place in range(len(lists.order)):
        other = lists.order[place]
        if state.end[other] == start - HOUR and (
            field.owner[state.option[other]] == owner or _waits_for(field, task, other)
        ):
            seen += 1
            if _random(lists, seen) == 0:
                found = other
    return found


def _waits_for(field: Field, task: int, other: int) -> bool:
    for at in range(field.waits_begin[task], field.waits_begin[task + 1]):  # noqa: SIM110 - no generators in machine code
        if field.waits[at] == other:
            return True
    return False


def _give(field: Field, lists: Lists, task: int) -> None:
    """Wish for one of those who can do the task, or for whoever finishes first."""
    begin, end = field.option_begin[task], field.option_begin[task + 1] - 1
    which = _random(lists, end - begin + 1)
    field.wish[task] = NONE if which == end - begin else field.owner[begin + which]


def _new_place(field: Field, lists: Lists, task: int) -> int:
    """A place in the list behind all that the task waits for, and before all that waits for it."""
    low, high = 0, len(lists.order) - 1
    for place in range(len(lists.order)):
        other = lists.order[place]
        if _waits_for(field, task, other):
            low = max(low, lists.at[other] + 1)
        elif _waits_for(field, other, task):
            high = min(high, lists.at[other] - 1)
    return low + _random(lists, high - low + 1)


def _shift(lists: Lists, task: int, to: int) -> None:
    at = lists.at[task]
    while at != to:
        beside = at + 1 if to > at else at - 1
        other = lists.order[beside]
        lists.order[at] = other
        lists.at[other] = at
        at = beside
    lists.order[to] = task
    lists.at[task] = to

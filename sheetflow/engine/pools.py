"""Pools: sets of people who share skills, with the hours that only they can do and the hours that they have, by week.

The load of a whole team hides who is short: every set of skills that share people is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import TypeAlias

MOST_SKILLS_TOGETHER = 3
MOST_POOLS = 400

Weeks: TypeAlias = list[float]
"""Hours by week, the first being today's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """People, as bits, and the skills that nobody outside has.

    `asked` and `had` are the hours asked of them and the hours that they have, summed up to each week, from 0.
    """

    people: int
    skills: tuple[str, ...]
    asked: Weeks
    had: Weeks

    def hours(self, first: int, last: int) -> tuple[float, float]:
        """The hours asked for and the hours had from one week to another, both included."""
        asked = self.asked[last + 1] - self.asked[first]
        return asked, self.had[last + 1] - self.had[first]

    def share(self, first: int, last: int) -> float:
        """What is asked for over what is had."""
        asked, had = self.hours(first, last)
        return asked / had if had > 0 else 0.0


def pools_of(
    demand: Mapping[str, Weeks], by_skill: Mapping[str, Iterable[int]], capacity: list[Weeks]
) -> list[Pool]:
    """The pools of every skill, of connected skills up to three, as far as there are not too many, and of all."""
    crowds = _crowds({s: by_skill[s] for s, hours in demand.items() if any(hours)}, capacity)
    who = {
        skill: sum(1 << place for place, skills in enumerate(crowds) if skill in skills)
        for skill in demand
        if any(hours for hours in demand[skill])
    }
    return [_pool(people, who, demand, list(crowds.values())) for people in _sets(who)]


def _crowds(
    by_skill: Mapping[str, Iterable[int]], capacity: list[Weeks]
) -> dict[tuple[str, ...], Weeks]:
    """The hours of the people who have just the same skills, added up."""
    skills: dict[int, tuple[str, ...]] = {}
    for skill, people in sorted(by_skill.items()):
        for person in people:
            skills[person] = (*skills.get(person, ()), skill)
    crowds: dict[tuple[str, ...], Weeks] = {}
    for person, key in sorted(skills.items()):
        crowds[key] = _added([crowds[key], capacity[person]] if key in crowds else [capacity[person]])
    return crowds


def _sets(who: Mapping[str, int]) -> list[int]:
    """The sets of people of connected skills, the small ones first."""
    found: dict[int, None] = {}
    level = sorted(set(who.values()))
    for _ in range(MOST_SKILLS_TOGETHER):
        if len(found) + len(level) > MOST_POOLS and found:
            break
        found |= dict.fromkeys(level)
        level = sorted({one | other for one in level for other in who.values() if one & other})
    return list(found | dict.fromkeys(_components(who.values())))


def _components(sets: Iterable[int]) -> list[int]:
    apart: list[int] = []
    for one in sets:
        near = [other for other in apart if other & one]
        apart = [other for other in apart if not other & one]
        apart.append(reduce(or_, near, one))
    return sorted(apart)


def _pool(
    people: int, who: Mapping[str, int], demand: Mapping[str, Weeks], crowds: list[Weeks]
) -> Pool:
    skills = tuple(skill for skill, able in who.items() if able and not able & ~people)
    had = [hours for place, hours in enumerate(crowds) if people >> place & 1]
    return Pool(
        people=people,
        skills=skills,
        asked=list(accumulate(_added([demand[skill] for skill in skills]), initial=0.0)),
        had=list(accumulate(_added(had), initial=0.0)),
    )


def _added(rows: list[Weeks]) -> Weeks:
    return [sum(hours) for hours in zip(*rows, strict=True)]

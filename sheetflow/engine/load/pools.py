"""Pools: skills that share people, with the hours asked of them and the hours that those people have, by week.

The load of a whole team hides who is short: every few skills that share people are looked at by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

MOST_SKILLS, MOST_CELLS = 3, 100_000
SAME = 9
"""Decimals to which shares are told apart."""

Weeks: TypeAlias = list[float]
"""Hours by week, the first being today's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Skills, and the groups of people who have any of them, both as bits.

    `asked` and `had` are the hours asked for and the hours that these people have, summed up to each week, from 0.
    """

    skills: int
    people: int
    asked: Weeks
    had: Weeks

    @property
    def size(self) -> int:
        """How many skills they are."""
        return self.skills.bit_count()

    def hours(self, first: int, last: int) -> tuple[float, float]:
        """The hours asked for and the hours had from one week to another, both included."""
        asked = self.asked[last + 1] - self.asked[first]
        return asked, self.had[last + 1] - self.had[first]

    def share(self, first: int, last: int) -> float:
        """What is asked for over what is had; 0 where nothing is had."""
        asked, had = self.hours(first, last)
        return round(asked / had, SAME) if had > 0 else 0.0


def pools_of(
    asked: Mapping[str, Weeks], by_skill: Mapping[str, Iterable[int]], capacity: list[Weeks]
) -> dict[int, Pool]:
    """The pools of each skill, of up to three that hang together by their people, and of all that do, by their skills.

    Skills are numbered in the order of `asked`. Where there are too many sets for a quick look, only smaller ones are
    made.
    """
    groups = _groups([by_skill[skill] for skill in asked], capacity)
    who = [
        sum(1 << place for place, skills in enumerate(groups) if skills >> number & 1)
        for number in range(len(asked))
    ]
    weeks = max((len(hours) for hours in asked.values()), default=0)
    rows, had = list(asked.values()), list(groups.values())
    pools = {}
    for skills, people in _sets(who, MOST_CELLS // max(1, weeks)).items():
        pools[skills] = Pool(
            skills=skills,
            people=people,
            asked=_summed([rows[number] for number in bits(skills)]),
            had=_summed([had[place] for place in bits(people)]),
        )
    return pools


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _groups(people_by_skill: list[Iterable[int]], capacity: list[Weeks]) -> dict[int, Weeks]:
    """The hours of the people who have just the same skills, added up, by those skills."""
    skills: dict[int, int] = {}
    for number, people in enumerate(people_by_skill):
        for person in people:
            skills[person] = skills.get(person, 0) | 1 << number
    members: dict[int, list[Weeks]] = {}
    for person, key in sorted(skills.items()):
        members.setdefault(key, []).append(capacity[person])
    return {key: _added(rows) for key, rows in members.items()}


def _sets(who: list[int], most: int) -> dict[int, int]:
    """The people of each set of skills that hang together, the small sets first."""
    found: dict[int, int] = {}
    level = {1 << number: people for number, people in enumerate(who)}
    for _ in range(MOST_SKILLS):
        if found and len(found) + len(level) > most:
            break
        found |= level
        level = _wider(level, who)
    return found | _components(who)


def _wider(level: Mapping[int, int], who: list[int]) -> dict[int, int]:
    """The sets with one more skill that shares people with them."""
    return {
        skills | 1 << number: people | other
        for skills, people in level.items()
        for number, other in enumerate(who)
        if people & other and not skills >> number & 1
    }


def _components(who: list[int]) -> dict[int, int]:
    apart: dict[int, int] = {}
    for number, people in enumerate(who):
        skills, together = 1 << number, people
        for key, other in list(apart.items()):
            if other & people:
                skills, together = skills | key, together | apart.pop(key)
        apart[skills] = together
    return apart


def _summed(rows: list[Weeks]) -> Weeks:
    return list(accumulate(_added(rows), initial=0.0))


def _added(rows: list[Weeks]) -> Weeks:
    return [sum(hours) for hours in zip(*rows, strict=True)]

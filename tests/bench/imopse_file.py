"""The instances of iMOPSE: tasks that need one person with one skill at a level, people who have several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "imopse"
SKILL = re.compile(r"(Q\d+):\s*(\d+)")
RULE = "===="


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """One task: its hours, the people (by number) who can do it, and the tasks (by number) that it waits for."""

    hours: int
    able: tuple[int, ...]
    waits_for: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One instance; its tasks are in topological order."""

    name: str
    people: int
    chores: tuple[Chore, ...]


def projects() -> list[Project]:
    """All instances that lie beside the checkout; none where they are absent."""
    return [project_of(file) for file in sorted(FOLDER.glob("*.def"))]


def project_of(file: Path) -> Project:
    """One instance."""
    text = file.read_text(encoding="latin-1")
    skills = [_skills(line) for line in _rows(text, "ResourceID")]
    rows = {int(line.split()[0]): line for line in _rows(text, "TaskID")}
    waits = {task: _waits_for(line) for task, line in rows.items()}
    order = list(_topological(waits))
    number = {task: i for i, task in enumerate(order)}
    chores = (
        Chore(
            hours=int(rows[task].split()[1]),
            able=_able(rows[task], skills),
            waits_for=tuple(number[other] for other in waits[task]),
        )
        for task in order
    )
    return Project(name=file.stem, people=len(skills), chores=tuple(chores))


def _rows(text: str, header: str) -> Iterator[str]:
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith(header):
            break
    for line in lines:
        if line.startswith(RULE):
            return
        if line.strip():
            yield line


def _skills(line: str) -> dict[str, int]:
    return {skill: int(level) for skill, level in SKILL.findall(line)}


def _able(line: str, skills: list[dict[str, int]]) -> tuple[int, ...]:
    wanted = _skills(line)
    return tuple(
        number
        for number, own in enumerate(skills)
        if all(own.get(skill, -1) >= level for skill, level in wanted.items())
    )


def _waits_for(line: str) -> tuple[int, ...]:
    return tuple(int(part) for part in SKILL.sub("", line).split()[2:])


def _topological(waits: dict[int, tuple[int, ...]]) -> Iterator[int]:
    done: set[int] = set()
    while len(done) < len(waits):
        for task in [t for t in waits if t not in done and done.issuperset(waits[t])]:
            done.add(task)
            yield task

"""Tables of pages as values: heads, rows of cells, and what to say where there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheetflow.domain.flag import Flag

TEXT, SOFT, LONG, DAY, NUMBER, FLAG, CODE = "text", "soft", "long", "day", "number", "flag", "code"
SHOWN_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column and how its cells look."""

    text: str
    look: str = TEXT


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; `tone` colours a flag, `more` is read to those who do not see it."""

    text: str
    tone: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption; the first rows are shown at once, the rest when asked for."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""
    stacks: bool = True

    @property
    def first(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that are shown at once."""
        return self.rows[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> tuple[tuple[Cell, ...], ...]:
        """The others."""
        return self.rows[SHOWN_AT_ONCE:]


def flag_cell(flag: Flag, word: str) -> Cell:
    """The flag's word in its colours."""
    return Cell(word, tone=flag.value.lower())


def texts(values: Iterable[str | None]) -> tuple[Cell, ...]:
    """Plain cells."""
    return tuple(Cell(value or "") for value in values)

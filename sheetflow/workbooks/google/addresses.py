"""Ranges as the API writes them: `'Q1 ''plan'''!A1:Z1000`."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"'((?:[^']|'')*)'(?:!|$)")
_FIRST_CELL = re.compile(r"\$?([A-Z]*)\$?(\d*)")


def quoted(title: str) -> str:
    """The tab as a range: in quotes it is never taken for a cell or a named range."""
    return "'" + title.replace("'", "''") + "'"


def title_in(area: str) -> str:
    """The tab that a range lies in."""
    if found := _QUOTED.match(area):
        return found.group(1).replace("''", "'")
    return area.partition("!")[0]


def first_cell(area: str) -> tuple[int, int]:
    """The row and the column, from 1, at which a range begins; a range without cells begins at the first."""
    return _cell(area.rpartition("!")[2] if "!" in area else "")


def last_cell(area: str) -> tuple[int, int]:
    """The row and the column, from 1, at which a range ends."""
    return _cell(area.rpartition("!")[2].rpartition(":")[2] if "!" in area else "")


def _cell(place: str) -> tuple[int, int]:
    found = _FIRST_CELL.match(place)
    letters, row = found.groups() if found else ("", "")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(row or 1), column or 1

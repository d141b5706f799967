"""What the first cell of a tab's hidden column tells: the look that the sheet has, so that nobody need ask for it.

memo = memo_of(look)             # of the look that a tab would get now
worn = worn_by(table)            # of the one that the sheet has, None where it has none of ours
serves(worn.memo, memo)          # whether nothing that the sheet shows could be misread in the look that it has
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import repeat
from math import ceil, log
from typing import Any

from sheetflow.cells import Rule, Table
from sheetflow.workbooks.google.grid_ranges import runs
from sheetflow.workbooks.google.look import Look, lasting_requests, word_rules
from sheetflow.workbooks.google.tab_styles import seen_columns
from sheetflow.workbooks.google.tints import Ground, Tint

SIGN = "SheetFlow look "
DIGITS, FEW_DIGITS = 12, 4
LEAST_ROOMY, WIDTH_STEP, ROUNDING = 9.0, 1.2, 1e-9
NEARLY = 6.0
"""How many characters of its widest text a column may lack before it is made wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A look in short: a fingerprint of all of it, and what another plan must know to make do with it.

    `shape` tells what stays in view, which way the sheet runs and which columns are hidden; `room` is the number of
    columns that are seen, `lower` the place from which on a grid shows numbers otherwise, `rules` are fingerprints of
    those on words, `charts` the rows of the charts. Where the tab `is_summed`, its rows are known by their digests.
    """

    look: str = ""
    shape: str = ""
    room: int = 0
    widths: tuple[float, ...] = ()
    patterns: tuple[str, ...] = ()
    lower: tuple[Any, ...] | None = None
    letters: Mapping[str, Tint] = field(default_factory=dict)
    ground: Ground = field(default_factory=Ground)
    rules: frozenset[str] = frozenset()
    charts: tuple[int, ...] = ()
    is_summed: bool = False

    @property
    def text(self) -> str:
        """What the cell holds; the same for the same look on every machine."""
        grounds = [_runs(row) for row in (*self.ground.heads, self.ground.columns)]
        parts = [
            *(self.look, self.shape, self.room, self.widths, self.patterns, self.lower),
            {letter: _told(tint) for letter, tint in self.letters.items()},
            *(grounds, sorted(self.rules), self.charts, self.is_summed),
        ]
        return SIGN + json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """The text of the cell, its column, and what it tells."""

    text: str
    column: int
    memo: Memo


def memo_of(look: Look) -> Memo:
    """What is told of a look."""
    tab = look.tab
    hidden = [place for place, width in enumerate(tab.widths, start=1) if not width]
    requests = list(lasting_requests(look, 0))
    return Memo(
        look=_digest(requests, DIGITS),
        shape=f"{tab.right_to_left:d} {tab.frozen_rows} {tab.frozen_columns} {hidden} {look.width}",
        room=seen_columns(tab),
        widths=tab.widths,
        patterns=tuple(style.number_format or "" for style in look.columns),
        lower=look.styles.lower,
        letters=look.tints,
        ground=look.ground,
        rules=frozenset(map(_rule, word_rules(look))),
        charts=tuple(chart.row for chart in tab.charts),
        is_summed=look.is_summed,
    )


def _rule(rule: Rule) -> str:
    places = [(area.first_row, area.first_column) for area in (rule.area, *rule.beside)]
    return _digest((places, rule.operand, rule.style), FEW_DIGITS)


def serves(worn: Memo, memo: Memo) -> bool:
    """Whether the one look will do where the other one would be made: it hides nothing, and shows nothing wrong.

    Days may lack their year for a while, columns a letter or two, a chart its latest week.
    """
    return (
        (worn.shape, worn.room, worn.lower) == (memo.shape, memo.room, memo.lower)
        and memo.rules <= worn.rules
        and memo.charts == worn.charts[: len(memo.charts)]
        and _show_alike(worn.patterns, memo.patterns)
    )


def _show_alike(worn: Sequence[str], wanted: Sequence[str]) -> bool:
    if len(worn) < len(wanted):
        return False
    return all(
        not pattern or (bool(had) and (pattern.startswith(had) or had.startswith(pattern)))
        for had, pattern in zip(worn, wanted, strict=False)
    )


def worn_by(table: Table) -> Worn | None:
    """The look of a table as it was read; None where it has none of ours."""
    for column, text in enumerate(table.rows[0] if table.rows else (), start=1):
        if isinstance(text, str) and text.startswith(SIGN):
            return Worn(text=text, column=column, memo=_memo(text))
    return None


def _memo(text: str) -> Memo:
    """What the text tells; nothing where somebody has changed it."""
    try:
        look, shape, room, widths, patterns, lower, *rest = json.loads(text.removeprefix(SIGN))
        letters, grounds, rules, charts, is_summed = rest
        *heads, columns = [tuple(_tints(row)) for row in grounds]
        return Memo(
            look=look,
            shape=shape,
            room=int(room),
            widths=tuple(map(float, widths)),
            patterns=tuple(map(str, patterns)),
            lower=lower and tuple(lower),
            letters={letter: _tint(told) for letter, told in letters.items()},
            ground=Ground(heads=tuple(heads), columns=columns),
            rules=frozenset(rules),
            charts=tuple(map(int, charts)),
            is_summed=bool(is_summed),
        )
    except (ValueError, TypeError, AttributeError):
        return Memo()


def _runs(row: Iterable[Tint]) -> list[Any]:
    return [part for first, last, tint in runs(row) for part in (last - first + 1, _told(tint))]


def _tints(parts: Sequence[Any]) -> Iterable[Tint]:
    for count, told in zip(parts[::2], parts[1::2], strict=True):
        yield from repeat(_tint(told), count)


def _told(tint: Tint) -> str:
    return f"{tint.fill} {tint.ink} {tint.bold:d}"


def _tint(told: str) -> Tint:
    fill, ink, bold = told.split(" ")
    return Tint(fill=fill, ink=ink, bold=bold == "1")


def _digest(told: object, digits: int) -> str:
    return sha256(repr(told).encode()).hexdigest()[:digits]


def widened(widths: Sequence[float], former: Sequence[float]) -> tuple[float, ...]:
    """The widths as they were where they nearly do, else by steps: another word seldom makes it another look."""
    kept = former if len(former) == len(widths) else (0.0,) * len(widths)
    return tuple(
        before if before >= LEAST_ROOMY and 0 < width <= before + NEARLY else _stepped(width)
        for width, before in zip(widths, kept, strict=True)
    )


def _stepped(width: float) -> float:
    if width < LEAST_ROOMY:
        return width
    steps = ceil(log(width / LEAST_ROOMY, WIDTH_STEP) - ROUNDING)
    return round(LEAST_ROOMY * WIDTH_STEP**steps, 1)

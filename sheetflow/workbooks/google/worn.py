"""What the first cell of a tab's hidden column tells: the look that the sheet has, so that nobody need ask for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, log

from sheetflow.cells import Table
from sheetflow.workbooks.google.look import Look, lasting_requests

SIGN = "SheetFlow look "
DIGITS = 12
LEAST_ROOMY, WIDTH_STEP, ROUNDING = 9.0, 1.2, 1e-9
NEARLY = 6.0
"""How many characters of its widest text a column may lack before it is made wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """The text of the cell, its column, and what it tells of the columns: their widths, how they show numbers."""

    text: str
    column: int
    widths: tuple[float, ...]
    patterns: tuple[str, ...]


def mark_of(look: Look) -> str:
    """The text for a look; the same for the same look on every machine."""
    told = repr(list(lasting_requests(look, 0))).encode()
    parts = [sha256(told).hexdigest()[:DIGITS], look.tab.widths, look.styles.patterns]
    return SIGN + json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def worn_by(table: Table) -> Worn | None:
    """The look of a table as it was read; None where it has none of ours."""
    for column, text in enumerate(table.rows[0] if table.rows else (), start=1):
        if isinstance(text, str) and text.startswith(SIGN):
            return _worn(text, column)
    return None


def _worn(text: str, column: int) -> Worn:
    """What the text tells; nothing more where somebody has changed it."""
    try:
        _, widths, patterns = json.loads(text.removeprefix(SIGN))
        known = tuple(map(float, widths)), tuple(map(str, patterns))
    except (ValueError, TypeError):
        known = (), ()
    return Worn(text=text, column=column, widths=known[0], patterns=known[1])


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

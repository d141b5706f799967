"""The words of `digest.toml`, and texts of cells as one line of a letter."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from sheetflow.errors import Fact
from sheetflow.translate.language import Tongue
from sheetflow.translate.sentences import fill
from sheetflow.translate.shipped import catalog

LONGEST = 200
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows them, even of our own words."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words and phrases in a tongue."""

    tongue: Tongue

    def __call__(self, key: str, **facts: Fact) -> str:
        """The phrase with its facts."""
        return fill(catalog(self.tongue.language, "digest")[key], facts, self._shown)

    def _shown(self, _name: str, value: Fact) -> str:
        if isinstance(value, int | float):
            return self.tongue.number(value)
        return self.tongue.date(value) if isinstance(value, date) else one_line(str(value or ""))


def one_line(text: str) -> str:
    """The text of a cell on one line, without signs that steer a terminal, a header or the direction of reading."""
    bare = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign
        for sign in text
        if sign not in TURNING
    )
    line = " ".join(bare.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

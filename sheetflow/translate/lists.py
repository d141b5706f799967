"""Lists in a cell: `Design, External approval` and `Design: Sari; Copywriting: Budi`."""

from __future__ import annotations

import re

_NAMES = re.compile(r"[,،;؛\n]")
_PAIRS = re.compile(r"[;؛\n،]|,(?=[^,;؛\n]*[:：])")
_COLON = re.compile(r"[:：]")


def split_names(text: str) -> tuple[str, ...]:
    """The names in a cell, parted by commas, semicolons or line breaks."""
    return tuple(name for part in _NAMES.split(text) if (name := part.strip()))


def split_pairs(text: str) -> tuple[tuple[str, str | None], ...]:
    """The pairs in a cell; None stands where a part has no colon or nothing behind it."""
    return tuple(_pair(part.strip()) for part in _PAIRS.split(text) if part.strip())


def _pair(text: str) -> tuple[str, str | None]:
    left, *right = (part.strip() for part in _COLON.split(text, maxsplit=1))
    return left, (right[0] or None) if right else None

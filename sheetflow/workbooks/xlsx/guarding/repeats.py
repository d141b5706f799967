"""Texts that many cells share: in the file they stand once, in memory once a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_REPEATED_TEXT = 128 * 2**20
END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
TEXT_NUMBER = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>\s*(\d{1,9})")


def repeats_too_much(texts: bytes, sheets: Iterable[bytes]) -> bool:
    """Whether all cells together would hold more text than a workbook may; `texts` is the part of shared ones."""
    if b"<!" in texts:
        return True
    lengths = [len(text) for text in END_OF_TEXT.split(texts)]
    left = MOST_REPEATED_TEXT
    for sheet in sheets:
        numbers = map(int, TEXT_NUMBER.findall(sheet))
        left -= sum(lengths[number] for number in numbers if number < len(lengths))
        if left < 0 or b"<!" in sheet:
            return True
    return False

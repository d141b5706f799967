"""Numbers for what is made in a spreadsheet (sheets, charts, metadata): chosen here, so that none need be asked for."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

LARGEST = 2**31 - 1


def number_from(text: str, taken: Collection[int] = ()) -> int:
    """A positive number of 31 bits, the same for a text on every machine; the next one where it is taken."""
    number = int.from_bytes(sha256(text.encode()).digest()[:8], "big") % LARGEST + 1
    while number in taken:
        number = number % LARGEST + 1
    return number

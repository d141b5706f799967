"""IDs: the team's own, and the next free ones where the sheet has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from sheetflow.translate.folding import to_ascii_digits

PREFIX, WIDTH = "P-", 3
LONGEST = 60
_NUMBERED = re.compile(r"(.*?)(\d{1,12})", re.DOTALL)


def id_key(text: str) -> str:
    """The key by which two IDs are the same: without regard to case and to the digits' script."""
    return to_ascii_digits(normalize("NFKC", text)).casefold().strip()


def doubled_ids(ids: Iterable[str]) -> frozenset[str]:
    """The keys of the IDs that more than one row has."""
    counts = Counter(id_key(text) for text in ids if text)
    return frozenset(key for key, count in counts.items() if count > 1)


def new_ids(seen: Sequence[str]) -> Iterator[str]:
    """IDs that were never used: after the highest number of those seen, in their own style.

    The style is theirs where all are alike (`ART-0007` gives `ART-0008`), else `P-001`.
    """
    numbered = [found.groups() for text in seen if (found := _NUMBERED.fullmatch(id_key(text)))]
    prefixes = {prefix for prefix, _ in numbered}
    shown = _shown_prefix(seen) if len(prefixes) == 1 and len(numbered) == len(seen) else PREFIX
    alike = [digits for prefix, digits in numbered if prefix == shown.casefold()]
    number = max(map(int, alike), default=0)
    width = _width(alike)
    while True:
        number += 1
        yield f"{shown}{number:0{width}}"


def _shown_prefix(seen: Sequence[str]) -> str:
    found = _NUMBERED.fullmatch(to_ascii_digits(seen[0]).strip())
    return found.group(1) if found else PREFIX


def _width(alike: Sequence[str]) -> int:
    """Leading zeros count; a first ID has three digits."""
    if not alike:
        return WIDTH
    return max((len(digits) for digits in alike if digits.startswith("0")), default=1)

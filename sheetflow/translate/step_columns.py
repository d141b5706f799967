"""Headers that a team adds for one step: `Design due`, `Tenggat Desain`, `موعد طراحی`."""

from __future__ import annotations

from functools import cache

from sheetflow.translate.folding import fold
from sheetflow.translate.shipped import shipped_words


def step_column(header: str) -> tuple[str, str] | None:
    """The text of the step and `owner`, `start` or `due`; None where the header has no such form.

    Whether the text names a step is for the caller to find out.
    """
    words = header.split()
    for cut in range(1, len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if fold(tail) in _ends("after"):
            return head, _ends("after")[fold(tail)]
        if fold(head) in _ends("before"):
            return tail, _ends("before")[fold(head)]
    return None


@cache
def _ends(side: str) -> dict[str, str]:
    columns = shipped_words()["step_columns"]
    return {
        fold(word): what
        for what, column in columns.items()
        for word in (column["after"] if side == "after" else column["before"])
    }

"""Which facts of an error may be kept: those that never name what a cell holds."""

from __future__ import annotations

from collections.abc import Mapping

from sheetflow.errors import Fact

KEPT = frozenset(
    {
        "account",
        "address",
        "cell",
        "count",
        "file",
        "kind",
        "lock",
        "minutes",
        "most",
        "part",
        "project",
        "row",
        "seconds",
        "setting",
        "sheet",
    }
)
"""Places, counts and accounts; `cell` is a position such as D5, `sheet` a tab, `kind` that of an exception."""

LONGEST = 300


def kept(facts: Mapping[str, Fact]) -> dict[str, str | int | float]:
    """The facts that may be kept; the sentences of errors say something without the others."""
    return {
        name: value[:LONGEST] if isinstance(value, str) else value
        for name, value in facts.items()
        if name in KEPT and isinstance(value, str | int | float)
    }

"""Where the bench writes its tables."""

from __future__ import annotations

import sys


def show(line: object) -> None:
    """Write a line as soon as it is known: what comes next may take minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

"""What may be told of a mistake of our own: where it happened, never its words, which may hold what stood in a cell."""

from __future__ import annotations

import traceback
from pathlib import PurePath

MOST_FRAMES = 12


def places(error: BaseException) -> list[str]:
    """Where an exception passed: `file:line function`, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]

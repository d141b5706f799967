"""How long a workbook that fails is left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
MOST_DOUBLINGS = 10
MOST_UNSCHEDULED = 6
"""A workbook without a timetable is tried so often, over half an hour; then it waits for a person or an edit."""

MOST_ATTEMPTS = 5
"""A run that took its worker down with it so often is not taken up again."""


def wait_after(failures: int, chance: float) -> timedelta:
    """The wait after so many failures in a row: it doubles from a minute up to four hours.

    `chance` (0 to 1) takes up to half of it away, so that workbooks that failed together come back one by one.
    """
    doubled = FIRST_WAIT * (1 << min(failures - 1, MOST_DOUBLINGS))
    return min(doubled, LONGEST_WAIT) * (1 - chance / 2)


def tried_again_at(
    failures: int, now: datetime, chance: float, *, has_timetable: bool
) -> datetime | None:
    """When a workbook that failed for the `failures`th time in a row is run again; None where it is not."""
    if failures > MOST_UNSCHEDULED and not has_timetable:
        return None
    return now + wait_after(failures, chance)

"""What the team wants to be told by mail, and when not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """What Settings says of messages; the hours are those of the workbook's time zone.

    `off` are names and IDs as they are typed: nobody of these names is told anything, nothing is told of these rows.
    News wait from `quiet_from` until `quiet_until`; where the two are the same, nothing ever waits.
    """

    digest: bool = True
    off: tuple[str, ...] = ()
    quiet_from: time = time(18)
    quiet_until: time = time(7)

    def are_quiet_at(self, moment: time) -> bool:
        """Whether nobody is to be disturbed at that time of day."""
        start, end = self.quiet_from, self.quiet_until
        if start <= end:
            return start <= moment < end
        return moment >= start or moment < end

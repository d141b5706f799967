"""Quotas by the minute: so many reads and so many writes for each account, and for the project."""

from __future__ import annotations

from collections.abc import Callable

from sheets_server.refusals import exhausted

MINUTE = 60.0


class Quotas:
    """Counts what was asked in the minute that runs by an injected clock; None is no limit."""

    def __init__(
        self, clock: Callable[[], float], per_user: int | None, per_project: int | None
    ) -> None:
        """Take the limits, each for reads and for writes."""
        self.clock = clock
        self.limits = {"User": per_user, "Project": per_project}
        self.minute = -1
        self.counts: dict[tuple[str, str], int] = {}

    def take(self, kind: str, account: str) -> None:
        """Count a read or a write; raises 429 where none is left."""
        minute = int(self.clock() // MINUTE)
        if minute != self.minute:
            self.minute, self.counts = minute, {}
        for bucket, name in (("User", account), ("Project", "")):
            place = (f"{kind} {bucket}", name)
            self.counts[place] = self.counts.get(place, 0) + 1
            limit = self.limits[bucket]
            if limit is not None and self.counts[place] > limit:
                raise exhausted(f"{kind.capitalize()}RequestsPerMinutePer{bucket}")

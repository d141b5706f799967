"""Edits that people make between two of our requests, by script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sheets_server.faults import fits
from sheets_server.open_book import OpenBook


@dataclass(slots=True, kw_only=True)
class Hook:
    """An edit that runs before or after requests are done: those that fit `on`, after `skip` of them, `times` times.

    `times` None is always. After a request means before its answer goes out: a read's answer is stale at once.
    """

    edit: Callable[[OpenBook], None]
    on: str = "any"
    when: Literal["before", "after"] = "after"
    skip: int = 0
    times: int | None = 1
    seen: int = 0

    def is_due(self, when: str, method: str, kind: str) -> bool:
        """Whether it runs at this moment; counts the request."""
        if when != self.when or not fits(self.on, method, kind):
            return False
        self.seen += 1
        passed = self.seen - self.skip
        return passed > 0 and (self.times is None or passed <= self.times)

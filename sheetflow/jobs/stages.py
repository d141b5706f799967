"""What a run is doing, told to its row: often enough for a person who watches, rarely enough for the database.

with told_to(reporter): ...          # in running.py, around a run
with meanwhile("Waiting for Google"): ...   # anywhere below, in the same thread
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from logging import getLogger
from time import monotonic
from typing import TypeAlias

Tell: TypeAlias = Callable[[str, float], object]

SHORTEST_PAUSE = 0.5
log = getLogger(__name__)


class Reporter:
    """Hears the progress of a run and passes on at most two reports a second, the first after half a second."""

    def __init__(
        self, tell: Tell, look: Callable[[], None], clock: Callable[[], float] = monotonic
    ) -> None:
        """Pass it on to `tell`; `look` is asked every time, and raises where the run must end."""
        self._tell, self._look, self._clock = tell, look, clock
        self._told_at = clock()
        self._stage, self._share = "", 0.0

    def hear(self, stage: str, share: float) -> None:
        """A stage has begun, or has come so far (0 to 1)."""
        self._look()
        self._stage, self._share = stage, share
        if self._clock() - self._told_at >= SHORTEST_PAUSE:
            self._pass_on(stage)

    @contextmanager
    def meanwhile(self, stage: str) -> Iterator[None]:
        """Another stage while inside: something is waited for."""
        self._pass_on(stage)
        try:
            yield
        finally:
            self._pass_on(self._stage)

    def _pass_on(self, stage: str) -> None:
        self._told_at = self._clock()
        try:
            self._tell(stage, self._share)
        except Exception as error:  # noqa: BLE001  a run is worth more than the news of it
            log.warning("the progress of a run could not be told: %s", type(error).__name__)


_present: ContextVar[Reporter | None] = ContextVar("the run of this thread", default=None)


@contextmanager
def told_to(reporter: Reporter) -> Iterator[None]:
    """What this thread does while inside is a part of that run."""
    before = _present.set(reporter)
    try:
        yield
    finally:
        _present.reset(before)


@contextmanager
def meanwhile(stage: str) -> Iterator[None]:
    """Tell the run of this thread, if there is one, that it waits."""
    reporter = _present.get()
    if reporter is None:
        yield
        return
    with reporter.meanwhile(stage):
        yield

"""Work beside the runs: one thing after another, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from sheetflow.jobs.running import log_mishap

MOST_WAITING = 8


class Background:
    """Does what it is given; beyond some that wait it takes nothing more, and says so."""

    def __init__(self, name: str) -> None:
        """Nothing runs before it is needed."""
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._lock = Lock()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be done."""
        return self._waiting == 0

    def do(self, act: Callable[[], object]) -> bool:
        """Whether it will be done; what it raises is logged."""
        with self._lock:
            if self._waiting >= MOST_WAITING:
                return False
            self._waiting += 1
            if self._pool is None:
                self._pool = ThreadPoolExecutor(1, thread_name_prefix=self._name)
            doing = self._pool.submit(act)
        doing.add_done_callback(self._done)  # at once, in this thread, where it is done already
        return True

    def stop(self) -> None:
        """Do what waits, and end."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True)

    def _done(self, future: Future[object]) -> None:
        with self._lock:
            self._waiting -= 1
        error = future.exception()
        if isinstance(error, Exception):
            log_mishap(self._name, error)

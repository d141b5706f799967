"""A progress bar for work that takes over a second; quick work shows none."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from types import FrameType

from sheetflow.engine.search.tries import StopSearchError
from sheetflow.usecases.recalculate import SEARCHING

PATIENCE_SECONDS = 1.0


@contextmanager
def slow_bar() -> Iterator[Callable[[str, float], None]]:
    """Gives what a use case reports its progress to; the bar is drawn on a terminal alone.

    The first Ctrl-C ends a search with the best plan so far, the second one ends the command.
    """
    bar = _Bar()
    usual = signal.signal(signal.SIGINT, bar.stop_searching)
    timer = Timer(PATIENCE_SECONDS, bar.show)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield bar.report
    finally:
        signal.signal(signal.SIGINT, usual)
        timer.cancel()
        bar.hide()


class _Bar:
    """What was reported last, drawn once it is shown; the timer shows it from another thread."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("Working", total=1.0)
        self._is_shown = self._over = False
        self._lock = Lock()
        self._is_enough = False

    def report(self, stage: str, share: float) -> None:
        self._bar.update(self._task, description=stage, completed=share)
        if self._is_enough and stage == SEARCHING:
            raise StopSearchError

    def stop_searching(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_enough = True
        self._bar.update(self._task, description="Stopping with the best plan so far")
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def show(self) -> None:
        with self._lock:
            if not self._over:
                self._bar.start()
                self._is_shown = True

    def hide(self) -> None:
        with self._lock:
            self._over = True
            if self._is_shown:
                self._bar.stop()

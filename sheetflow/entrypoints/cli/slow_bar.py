"""A progress bar for work that takes over a second; quick work shows none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer

PATIENCE_SECONDS = 1.0


@contextmanager
def slow_bar() -> Iterator[Callable[[str, float], None]]:
    """Gives what a use case reports its progress to; the bar is drawn on a terminal alone."""
    bar = _Bar()
    timer = Timer(PATIENCE_SECONDS, bar.show)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield bar.report
    finally:
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

    def report(self, stage: str, share: float) -> None:
        self._bar.update(self._task, description=stage, completed=share)

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

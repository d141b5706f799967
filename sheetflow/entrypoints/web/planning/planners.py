"""A few processes that plan, and a short queue before them."""

from __future__ import annotations

import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, LifoQueue
from threading import BoundedSemaphore, Timer
from typing import Any, TypeVar

from sheetflow.entrypoints.web.planning.worker import DONE, MODULE, UNFIT
from sheetflow.errors import OwnError, UserError

USUAL_SECONDS = 60.0
COME_AGAIN_SECONDS = 5

Result = TypeVar("Result")


class Planners:
    """Runs functions in processes of their own; the first job of each starts it."""

    def __init__(self, count: int, *, waiting: int, seconds: float = USUAL_SECONDS) -> None:
        """At most `count` jobs run at a time and `waiting` more wait, each for at most so many seconds."""
        self._places = BoundedSemaphore(count + waiting)
        self._seconds = seconds
        self._idle: LifoQueue[_Planner] = LifoQueue()
        for _ in range(count):
            self._idle.put(_Planner())
        self._end = weakref.finalize(self, _end_all, self._idle)

    def run(self, do: Callable[..., Result], *arguments: Any) -> Result:  # noqa: ANN401 - those of the function
        """What the function gives for these arguments; it and they are pickled.

        Raises:
            UserError: What the function raised; or too many wait already, or the job took too long or too much.
            OwnError: The function failed.
        """
        with self._planner() as planner:
            answer = planner.ask((do, arguments), self._seconds)
        if answer is None:
            raise UserError("plan_too_costly")
        kind, given = answer
        if kind == DONE:
            return given  # type: ignore[no-any-return]
        if kind == UNFIT:
            code, facts = given
            raise UserError(code, **facts)
        code, name, at = given
        raise OwnError(code, kind=name, at=tuple(at))

    def stop(self) -> None:
        """End the processes that are idle; those at work end with their job."""
        self._end()

    @contextmanager
    def _planner(self) -> Iterator[_Planner]:
        if not self._places.acquire(blocking=False):
            raise UserError("service_busy", seconds=COME_AGAIN_SECONDS)
        try:
            try:
                planner = self._idle.get(timeout=self._seconds)
            except Empty:
                raise UserError("service_busy", seconds=COME_AGAIN_SECONDS) from None
            try:
                yield planner
            finally:
                self._idle.put(planner)
        finally:
            self._places.release()


def _end_all(planners: LifoQueue[_Planner]) -> None:
    with suppress(Empty):
        while True:
            planners.get_nowait().end()


class _Planner:
    """One process, begun with its first job, and begun anew after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, job: tuple[Callable[..., Any], tuple[Any, ...]], seconds: float) -> Any:  # noqa: ANN401
        """The answer; None where there is none in time, or the process came to its end over it."""
        process = self._begun()
        clock = Timer(seconds, process.kill)
        clock.daemon = True
        clock.start()
        try:
            *answer, is_well_fed = self._exchange(process, job)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            return None
        finally:
            clock.cancel()
        if is_well_fed:
            self.end()
        return answer

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _exchange(self, process: subprocess.Popen[bytes], job: Any) -> Any:  # noqa: ANN401
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        pickle.dump(job, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        return pickle.load(process.stdout)  # noqa: S301 - our own process writes it

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._process

"""A few processes that plan, and a short queue before them."""

from __future__ import annotations

import pickle
import subprocess
import sys
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock, Timer
from typing import Any, TypeVar

from sheetflow.entrypoints.web.planning.worker import DONE, MODULE, UNFIT
from sheetflow.errors import OwnError, UserError

USUAL_SECONDS = 60.0
COME_AGAIN_SECONDS = 5
ENDING_SECONDS = 1.0
KILLED = 1 if sys.platform == "win32" else -9
"""How a process ends that our clock stops, or a system short of memory."""

Result = TypeVar("Result")


class Planners:
    """Runs functions in processes of their own; the first job of each starts it."""

    def __init__(self, count: int, *, waiting: int, seconds: float = USUAL_SECONDS) -> None:
        """At most `count` jobs run at a time and `waiting` more wait, each for at most so many seconds."""
        self._places = BoundedSemaphore(count + waiting)
        self._seconds = seconds
        self._line = _Line([_Planner() for _ in range(count)])
        self._end = weakref.finalize(self, self._line.end)

    def run(self, do: Callable[..., Result], *arguments: Any) -> Result:  # noqa: ANN401 - those of the function
        """What the function gives for these arguments; it and they are pickled.

        Raises:
            UserError: What the function raised; or too many wait already, or the job took too long or too much.
            OwnError: The function failed, or its process broke.
        """
        with self._planner() as planner:
            kind, given = planner.ask((do, arguments), self._seconds)
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
            planner = self._line.take(self._seconds)
            if planner is None:
                raise UserError("service_busy", seconds=COME_AGAIN_SECONDS)
            try:
                yield planner
            finally:
                self._line.give_back(planner)
        finally:
            self._places.release()


class _Line:
    """Those who are idle, and those who wait for them: who came first is served first."""

    def __init__(self, planners: list[_Planner]) -> None:
        self._idle = planners
        self._waiting: deque[Future[_Planner]] = deque()
        self._lock = Lock()

    def take(self, seconds: float) -> _Planner | None:
        """One of them, at once or after so long at most; None where none came."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            promised: Future[_Planner] = Future()
            self._waiting.append(promised)
        try:
            return promised.result(seconds)
        except TimeoutError:
            with self._lock:
                if not promised.done():
                    self._waiting.remove(promised)
                    return None
            return promised.result()

    def give_back(self, planner: _Planner) -> None:
        """Hand one to whoever waits longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set_result(planner)
            else:
                self._idle.append(planner)

    def end(self) -> None:
        """End those who are idle."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()


class _Planner:
    """One process, begun with its first job, and begun anew after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, job: tuple[Callable[..., Any], tuple[Any, ...]], seconds: float) -> Any:  # noqa: ANN401
        """The answer; raises UserError where the process was killed over it, OwnError where it broke."""
        process = self._begun()
        clock = Timer(seconds, process.kill)
        clock.daemon = True
        clock.start()
        try:
            *answer, is_well_fed = self._exchange(process, job)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            status = _exit_status(process)
            self.end()
            if status == KILLED:
                raise UserError("plan_too_costly") from error
            raise OwnError("service_fault", kind=f"process ended: {status}") from error
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


def _exit_status(process: subprocess.Popen[bytes]) -> int | None:
    """How a process ended whose answer broke off; None where it goes on."""
    try:
        return process.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        return None

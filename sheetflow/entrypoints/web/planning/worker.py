"""The process that plans: `python -m sheetflow.entrypoints.web.planning.worker` answers jobs until its input ends."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from sheetflow.entrypoints.web.faults import places
from sheetflow.errors import SheetFlowError, UserError

MODULE = "sheetflow.entrypoints.web.planning.worker"
DONE, UNFIT, FAULT = "done", "unfit", "fault"
NEW_OBJECTS = 100_000
STATM = Path("/proc/self/statm")
MIB = 2**20
WELL_FED = 400 * MIB
"""A process that has become larger than this is replaced: Python seldom gives memory back."""

Job: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...]]


def main() -> None:
    """Take jobs from standard input and answer on standard output, which nobody else may write to."""
    from sheetflow.engine.kernel.compiled import can_compile, compiled_kernel

    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the service, which ends us in its own time
    gc.set_threshold(NEW_OBJECTS)
    if can_compile():
        compiled_kernel()  # small plans come quicker with it too, once it is there
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _answer_all(sys.stdin.buffer, answers)


def _answer_all(jobs: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            job = pickle.load(jobs)  # noqa: S301 - our own service writes it
        except EOFError:
            return
        answer = _answer(job)
        pickle.dump((*answer, _size() > WELL_FED), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _answer(job: Job) -> tuple[str, Any]:
    """What the job gave, or what went wrong; of a mistake of our own the kind and the places alone."""
    do, arguments = job
    try:
        return DONE, do(*arguments)
    except UserError as error:
        return UNFIT, (error.code, error.facts)
    except MemoryError:
        return UNFIT, ("plan_too_costly", {})
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told, and the process goes on
        code = error.code if isinstance(error, SheetFlowError) else "service_fault"
        return FAULT, (code, type(error).__name__, places(error))


def _size() -> int:
    """The memory that this process has now, in bytes; 0 where the system does not tell.

    The most that it ever had is no measure: Linux begins to count it with the size of the process that began this one.
    """
    try:
        pages = int(STATM.read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()

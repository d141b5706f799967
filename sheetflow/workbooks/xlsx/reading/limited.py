"""Reading a file that came from the network: in a process of its own, with an end to its memory and its time.

`python -m sheetflow.workbooks.xlsx.reading.limited FILE` reads; its answer is a snapshot, or what is wrong with
the file.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from sheetflow.cells import Snapshot
from sheetflow.errors import UserError

MIB = 2**20
MODULE = "sheetflow.workbooks.xlsx.reading.limited"
SPOKEN = {
    ("sheetflow.cells.values", "Snapshot"),
    ("sheetflow.cells.values", "Table"),
    ("sheetflow.cells.values", "CellRange"),
    ("sheetflow.cells.values", "CellFault"),
    ("datetime", "date"),
    ("datetime", "datetime"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one reading may take: memory in MiB, with what Python itself needs, and time in seconds."""

    memory: int = 1024
    seconds: int = 20


def read_limited(path: Path, limits: Limits | None = None) -> Snapshot:
    """All sheets of the file that hold cells.

    Raises:
        UserError: The file cannot be read, or not within the limits.
    """
    limits = limits or Limits()
    command = [sys.executable, "-m", MODULE, str(path), str(limits.memory), str(limits.seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and a path that no shell sees
            command, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UserError("file_too_costly", file=path.name) from error
    if done.returncode != 0:
        raise UserError("file_too_costly", file=path.name)
    answer = _Answer(BytesIO(done.stdout)).load()
    if isinstance(answer, Snapshot):
        return answer
    code, facts = answer
    raise UserError(code, **facts)


class _Answer(pickle.Unpickler):
    """Takes values of a sheet alone: what the other process became through a file is not to reach this one."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        if (module, name) not in SPOKEN:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a sheet")
        return super().find_class(module, name)


def _limit(limits: Limits) -> None:
    """Bind this process; systems that know no such limits still end it by the clock."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory * MIB, limits.memory * MIB))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(path: Path) -> Snapshot | tuple[str, dict[str, Any]]:
    from sheetflow.workbooks.xlsx.reading.package import open_package
    from sheetflow.workbooks.xlsx.reading.reader import read_snapshot

    try:
        return read_snapshot(open_package(path))
    except UserError as error:
        return error.code, dict(error.facts)


def main(file: str, memory: str, seconds: str) -> None:
    """Read the file within these limits, and answer on standard output."""
    _limit(Limits(memory=int(memory), seconds=int(seconds)))
    sys.stdout.buffer.write(pickle.dumps(_answer(Path(file))))


if __name__ == "__main__":
    main(*sys.argv[1:])

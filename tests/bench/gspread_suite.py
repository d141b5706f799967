"""gspread's own tests against the local Sheets server; its releases ship none, so a folder of its source is named.

python -m bench.gspread_suite [SOURCE]        SOURCE: a checkout of gspread; without it the recordings of its tests
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cassettes
from bench.paper import show
from sheets_server.server import SheetsServer

TESTS = Path(__file__).parents[1]


def main(source: str = "") -> None:
    """Print how many tests pass."""
    if source:
        _own_tests(Path(source).resolve())
    else:
        _recordings()


def _own_tests(source: Path) -> None:
    paths = os.pathsep.join(map(str, (source, TESTS.parent, TESTS)))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "bench.gspread_plugin", "--disable-vcr"]
    command += ["-p", "no:cacheprovider", "--no-header", "--tb=line", "--rootdir", str(source)]
    subprocess.run(
        [*command, str(source / "tests")],
        cwd=source,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )


def _recordings() -> None:
    passed = 0
    for path in cassettes.files():
        with SheetsServer() as server:
            answers = cassettes.replayed(server, path)
        different = [each for each in answers if not each.is_equal]
        passed += not different
        if different:
            show(f"{path.stem:60}{len(different):4} of {len(answers)} answers differ")
    count = len(cassettes.files())
    show(f"{passed} of {count} recorded tests of gspread answered as by Google, all requests equal")


if __name__ == "__main__":
    main(*sys.argv[1:])

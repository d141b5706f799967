"""Hostile files: each is refused by the command, with status 2 and a sentence, in little time and memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from bombs import BOMBS
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.reading.package import package_of

# The commands run one after another in one process, started by a small one whose memory does not count.
RUNS = """
import contextlib, io, json, sys, time
from sheetflow.entrypoints.cli import run
for path in sys.argv[1:]:
    said, began = io.StringIO(), time.process_time()
    with contextlib.redirect_stderr(said):
        status = run(["recalculate", path])
    print(json.dumps([path, status, said.getvalue(), time.process_time() - began]))
"""
STARTER = """
import os, sys
pid = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
print(usage.ru_maxrss / 1024)
"""
HOSTILE = Path(__file__).parents[2] / "shared" / "data" / "xlsx" / "hostile"
FILES = sorted(path for path in HOSTILE.rglob("*") if path.is_file())
SECONDS, MEGABYTES = 2.0, 300
NOTHING_DONE = 2


def assert_refused(paths: Iterable[Path]) -> None:
    """Each file is refused as a user should be told, in little time, and all of them in little memory."""
    command = [sys.executable, "-c", STARTER, sys.executable, "-c", RUNS, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    *runs, megabytes = done.stdout.splitlines()
    for path, status, said, seconds in map(json.loads, runs):
        assert status == NOTHING_DONE, (path, said)
        assert said.startswith(Path(path).name), said
        assert said.count("\n") == 1, said
        assert not re.search(r"Traceback|Error|panicked|mistake of its own", said), said
        assert seconds < SECONDS, path
    assert float(megabytes) < MEGABYTES


@pytest.mark.skipif(
    not FILES, reason="the collection of hostile workbooks is not beside the checkout"
)
def test_all_files_of_the_collection_are_refused() -> None:
    """Broken, encrypted and fuzzed files from elsewhere are refused, and left as they are."""
    assert len(FILES) >= 35
    before = [path.stat().st_mtime_ns for path in FILES]
    assert_refused(FILES)
    assert [path.stat().st_mtime_ns for path in FILES] == before


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_by_name(bomb: str) -> None:
    """Each kind of harm has its own sentence."""
    make, code = BOMBS[bomb]
    with pytest.raises(UserError) as caught:
        package_of(make(), "plan.xlsx")
    assert caught.value.code == code


def test_bombs_cost_little(tmp_path: Path) -> None:
    """Each is refused before it costs anything, and lies there as before."""
    paths = [tmp_path / f"{bomb}.xlsx" for bomb in BOMBS]
    contents = [make() for make, _ in BOMBS.values()]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    assert_refused(paths)
    assert [path.read_bytes() for path in paths] == contents
    assert sorted(tmp_path.iterdir()) == sorted(paths)

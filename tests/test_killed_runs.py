"""Runs that are killed: the workbook is the old one or the new one, and the next run clears away what was left."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from pathlib import Path

import pytest

from bench.kills import killed
from raw_workbooks import packed, plain
from sheetflow.cells import CellEdit, CellRef, ComputedTab, Patch
from sheetflow.workbooks.xlsx.saving.replacing import replace_file, sweep
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

CHANGES = ("open", "os.rename", "os.link", "os.remove", "os.chmod", "os.chown", "shutil.copyfile")
MOST_CHANGES = 60
PATCH = Patch(
    edits=(CellEdit(ref=CellRef("Publications", 2, 9), before=None, after="new"),),
    tabs=(ComputedTab(sheet="Steps", rows=(("ID",), ("P-001",))),),
)


def book(folder: Path) -> Path:
    """A small workbook in the folder."""
    path = folder / "plan.xlsx"
    path.write_bytes(packed(plain()))
    return path


def names(folder: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(place.name for place in folder.iterdir())


def test_leftovers_are_swept_and_nothing_else(tmp_path: Path) -> None:
    """What a killed run left goes; other workbooks' files, and what a run still writes, stay."""
    path = book(tmp_path)
    mine = _leftover(path)
    other = _leftover(tmp_path / "other.xlsx")
    being_written = mine.with_name(f"{mine.name[:-12]}0123abcd.new")
    with being_written.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        sweep(path)
        assert names(tmp_path) == sorted([being_written.name, other.name, "plan.xlsx"])
    XlsxWorkbook(path).write(Patch())
    assert names(tmp_path) == sorted([other.name, "plan.xlsx"])


def test_killed_before_each_step(tmp_path: Path) -> None:
    """A run killed before each single thing that it does to the folder leaves the old workbook or the new one.

    The copy is there as soon as the workbook is new, and the next run leaves nothing but the workbook and the copy.
    """
    old = packed(plain())
    new = _new_content(tmp_path / "whole")
    ends = set()
    for step in range(MOST_CHANGES):
        folder = tmp_path / str(step)
        folder.mkdir()
        path = book(folder)
        was_killed = _killed_at(path, step)
        content = path.read_bytes()
        assert content in {old, new}
        ends.add(content)
        if content == new:
            assert (folder / "plan.xlsx.bak").read_bytes() == old
        XlsxWorkbook(path).write(PATCH)
        assert path.read_bytes() == new
        assert names(folder) == ["plan.xlsx", "plan.xlsx.bak"]
        assert (folder / "plan.xlsx.bak").read_bytes() == old
        if not was_killed:
            assert ends == {old, new}
            return
    pytest.fail("the run never came to its end")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_killed_at_random_moments() -> None:
    """Whole commands killed at moments that a seed decides: nothing is damaged, nothing is left after the next run."""
    wrecks = killed(3, seed=7)
    assert [wreck.state for wreck in wrecks if wreck.state == "damaged"] == []
    assert [wreck.after for wreck in wrecks if wreck.after] == []


def _leftover(path: Path) -> Path:
    """What a run that is killed just before the end leaves beside the file."""
    before = set(path.parent.iterdir())
    pid = os.fork()
    if pid == 0:
        sys.addaudithook(lambda event, _: os._exit(9) if event == "os.rename" else None)
        replace_file(path, b"half")
        os._exit(0)
    os.waitpid(pid, 0)
    (left,) = set(path.parent.iterdir()) - before
    return left


def _new_content(folder: Path) -> bytes:
    folder.mkdir()
    path = book(folder)
    XlsxWorkbook(path).write(PATCH)
    return path.read_bytes()


def _killed_at(path: Path, step: int) -> bool:
    """Write in a process that is killed before its `step`th change to the folder; whether it came to that."""
    pid = os.fork()
    if pid == 0:
        left = [step]

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            if event in CHANGES and str(path.parent) in str(arguments[0]):
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1

        sys.addaudithook(watch)
        XlsxWorkbook(path).write(PATCH)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)

"""Replacing a workbook: whole or not at all, with its owner, its mode, and copies of what it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from raw_workbooks import packed, plain
from sheetflow.cells import CellEdit, CellRef, ComputedTab, Patch, Value
from sheetflow.entrypoints.cli import run
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.saving.replacing import replace_file
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

SAMPLE = Path(__file__).parents[1] / "sample_sheets" / "agency.xlsx"


def book(folder: Path) -> Path:
    """A small workbook in the folder."""
    path = folder / "plan.xlsx"
    path.write_bytes(packed(plain()))
    return path


def patch(value: Value = "new") -> Patch:
    """One edit in a free cell, and a tab."""
    edit = CellEdit(ref=CellRef("Publications", 2, 9), before=None, after=value)
    return Patch(edits=(edit,), tabs=(ComputedTab(sheet="Steps", rows=(("ID",), ("P-001",))),))


def names(folder: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(place.name for place in folder.iterdir())


def written(path: Path) -> None:
    """The patch written by a workbook of its own."""
    XlsxWorkbook(path).write(patch())


def test_copies_of_earlier_states_are_kept(tmp_path: Path) -> None:
    """The newest copy is `.bak`, older ones `.bak.1` and `.bak.2`; no more than three."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"0")
    for content in (b"1", b"2", b"3", b"4"):
        replace_file(path, content, backups=3)
    held = {place.name: place.read_bytes() for place in tmp_path.iterdir()}
    assert held == {
        "plan.xlsx": b"4",
        "plan.xlsx.bak": b"3",
        "plan.xlsx.bak.1": b"2",
        "plan.xlsx.bak.2": b"1",
    }


def test_one_copy_is_enough_if_so_asked(tmp_path: Path) -> None:
    """With one copy kept it is the last state; with none, none is made."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"0")
    replace_file(path, b"1")
    assert names(tmp_path) == ["plan.xlsx"]
    for content in (b"2", b"3"):
        replace_file(path, content, backups=1)
    assert names(tmp_path) == ["plan.xlsx", "plan.xlsx.bak"]
    assert (tmp_path / "plan.xlsx.bak").read_bytes() == b"2"


def test_copies_without_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system gives a file one name only, the copy is a real one."""

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"0")
    replace_file(path, b"1", backups=3)
    assert (tmp_path / "plan.xlsx.bak").read_bytes() == b"0"
    assert names(tmp_path) == ["plan.xlsx", "plan.xlsx.bak"]


def test_the_command_keeps_a_copy_unless_told_otherwise(tmp_path: Path) -> None:
    """`--no-backup` keeps none; without it the copy is the workbook as it was."""
    path = tmp_path / "plan.xlsx"
    content = SAMPLE.read_bytes()
    path.write_bytes(content)
    options = ["--today", "2026-11-23", "--effort", "fast"]
    run(["recalculate", str(path), *options, "--no-backup"])
    assert names(tmp_path) == ["plan.xlsx"]
    path.write_bytes(content)
    run(["recalculate", str(path), *options])
    assert names(tmp_path) == ["plan.xlsx", "plan.xlsx.bak"]
    assert (tmp_path / "plan.xlsx.bak").read_bytes() == content


def test_a_second_run_does_not_touch_the_file(tmp_path: Path) -> None:
    """With nothing new to say, file and copies are the same files as before, at the same times."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(SAMPLE.read_bytes())
    options = ["--today", "2026-11-23", "--effort", "fast"]
    run(["recalculate", str(path), *options])
    before = {
        place.name: (place.stat().st_ino, place.stat().st_mtime_ns) for place in tmp_path.iterdir()
    }
    run(["recalculate", str(path), *options])
    after = {
        place.name: (place.stat().st_ino, place.stat().st_mtime_ns) for place in tmp_path.iterdir()
    }
    assert after == before


def test_mode_and_owner_stay(tmp_path: Path) -> None:
    """The new file may be read and written by those who could before, and a new one by those who usually may."""
    path = book(tmp_path)
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    before = path.stat()
    written(path)
    after = path.stat()
    assert after.st_ino != before.st_ino
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    output = tmp_path / "planned.xlsx"
    XlsxWorkbook(path, output).write(patch("other"))
    usual = tmp_path / "usual"
    usual.touch()
    assert stat.S_IMODE(output.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


@pytest.mark.skipif(os.geteuid() == 0, reason="the system's master may write whatever it likes")
def test_a_file_that_must_not_be_written_is_not(tmp_path: Path) -> None:
    """A read-only file is not replaced by way of its folder."""
    path = book(tmp_path)
    path.chmod(0o440)
    with pytest.raises(UserError) as caught:
        written(path)
    assert caught.value.code == "file_not_writable"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """A path that leads to the workbook elsewhere still does, and the workbook there is new."""
    (tmp_path / "team").mkdir()
    path = book(tmp_path / "team")
    before = path.read_bytes()
    link = tmp_path / "plan.xlsx"
    link.symlink_to(path)
    written(link)
    assert link.is_symlink()
    assert path.read_bytes() != before
    assert names(tmp_path / "team") == ["plan.xlsx", "plan.xlsx.bak"]


@pytest.mark.parametrize("lock", ["~$plan.xlsx", ".~lock.plan.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_refused(tmp_path: Path, lock: str) -> None:
    """While Excel or LibreOffice has it open nothing is written, and the sentence names the lock; reading goes on."""
    path = book(tmp_path)
    before = path.read_bytes()
    (tmp_path / lock).touch()
    assert XlsxWorkbook(path).read().tables
    with pytest.raises(UserError) as caught:
        written(path)
    assert (caught.value.code, caught.value.facts["lock"]) == ("file_open_elsewhere", lock)
    assert path.read_bytes() == before
    assert names(tmp_path) == sorted([lock, "plan.xlsx"])


def test_what_somebody_saves_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changes between being read and being replaced is left as it is, and no copy is made."""
    path = book(tmp_path)
    theirs = packed({**plain(), "docProps/app.xml": "<Properties/>"})

    def save_first(*_: object) -> None:
        path.write_bytes(theirs)

    monkeypatch.setattr("sheetflow.workbooks.xlsx.workbook.refuse_open", save_first)
    with pytest.raises(UserError) as caught:
        written(path)
    assert caught.value.code == "file_changed_meanwhile"
    assert path.read_bytes() == theirs
    assert names(tmp_path) == ["plan.xlsx"]


def test_a_signed_workbook_is_refused(tmp_path: Path) -> None:
    """A digital signature would break: such a file is read, and never written, not even as a copy."""
    parts = plain()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId9" Target="_xmlsignatures/origin.sigs" Type="http://schemas.openxmlformats.org/'
        'package/2006/relationships/digital-signature/origin"/></Relationships>',
    )
    path = tmp_path / "plan.xlsx"
    path.write_bytes(packed({**parts, "_xmlsignatures/origin.sigs": ""}))
    assert XlsxWorkbook(path).read().tables
    for output in (None, tmp_path / "copy.xlsx"):
        with pytest.raises(UserError) as caught:
            XlsxWorkbook(path, output).write(patch())
        assert caught.value.code == "file_signed"
    assert names(tmp_path) == ["plan.xlsx"]

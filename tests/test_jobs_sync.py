"""`sheetflow sync` for cron, and `sheetflow worker`: what they say, what they do, and how they end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from desks import desk_on, failing_desk, in_process, journal_of, registered
from sheetflow.entrypoints.cli import run
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.passes import passes
from sheetflow.store.database import open_database
from sheetflow.store.records import RunState

SAMPLES = Path(__file__).parents[1] / "sample_sheets"
LONG_AGO = (1, 1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose registry lies in a folder of the test."""
    monkeypatch.setenv("SHEETFLOW_DATABASE_URL", f"sqlite:///{tmp_path / 'sheetflow.db'}")
    return tmp_path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on that machine's registry."""
    engine = open_database(f"sqlite:///{tmp_path / 'sheetflow.db'}")
    yield desk_on(engine)
    engine.dispose()


def book_in(folder: Path, name: str, content: bytes | None = None) -> Path:
    """A workbook that somebody saved long ago."""
    file = folder / f"{name}.xlsx"
    file.write_bytes(content or (SAMPLES / "smallest.xlsx").read_bytes())
    os.utime(file, LONG_AGO)
    return file


def test_sync_runs_what_is_due_and_tells_each(
    home: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line a workbook; then nothing is due, and cron has nothing to mail."""
    book = book_in(home, "plan")
    registered(desk, book)
    before = book.read_bytes()
    assert run(["sync"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{book}: 0 red, 0 amber, 5 green, written: ")
    assert said.endswith(" s)\n")
    assert book.read_bytes() != before
    assert run(["sync"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["sync", "--all"]) == 0
    assert "nothing to change" in capsys.readouterr().out


def test_the_status_tells_of_the_worst(
    home: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """1 where rows have errors, 2 where a workbook failed; the others are run all the same."""
    good, broken = book_in(home, "good"), book_in(home, "broken", b"no workbook")
    registered(desk, good)
    registered(desk, broken)
    assert run(["sync"]) == 2
    said = capsys.readouterr().out
    assert f"{good}: 0 red" in said
    assert f"{broken}: failed. broken.xlsx is not an Excel workbook" in said
    assert run(["sync"]) == 0
    assert capsys.readouterr().out == "", "what failed is not due before its next try"
    shutil.copyfile(SAMPLES / "smallest.xlsx", broken)
    os.utime(broken, LONG_AGO)
    assert run(["sync"]) == 0, "mended and saved, it is due at once"


def test_errors_of_rows_are_counted(
    home: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1, and the line says how many."""
    from openpyxl import load_workbook

    file = home / "plan.xlsx"
    book = load_workbook(SAMPLES / "smallest.xlsx")
    sheet = book.worksheets[0]
    headers = [str(cell.value) for cell in sheet[1]]
    sheet.cell(2, headers.index("Type") + 1).value = "No such type"
    book.save(file)
    os.utime(file, LONG_AGO)
    registered(desk, file)
    assert run(["sync"]) == 1
    assert "errors in the input: 1" in capsys.readouterr().out


def test_all_leaves_out_what_is_paused(desk: Desk, tmp_path: Path) -> None:
    """Every workbook that is not paused is run, due or not."""
    books = [registered(desk, f"book{n}") for n in range(3)]
    desk.registry.pause(books[1].id)
    ended = list(passes(desk, workers=2, everything=True, once=True))
    assert sorted(one.record.name for one in ended) == ["book0", "book2"]
    assert {one.run.state for one in ended} == {RunState.DONE}
    assert not journal_of(tmp_path)


@pytest.mark.parametrize(("once", "runs"), [(True, 1), (False, 2)])
def test_what_becomes_due_meanwhile(desk: Desk, once: bool, runs: int) -> None:
    """It is run in the same pass, unless `--once` leaves it to the next."""
    first, second = registered(desk, "first"), registered(desk, "second", schedule="0 0 1 1 *")

    def due_now() -> None:
        record = desk.registry.get(second.id)
        if record.next_due is None or record.next_due > desk.clock():
            desk.registry.change(second.id, next_due=desk.clock())

    desk.runs.ask(first.id, "press", desk.clock())
    desk = failing_desk(desk, due_now)
    found = []
    for ended in passes(desk, workers=1, everything=False, once=once):
        found.append(ended.record.name)
        if len(found) > 1:
            desk.registry.pause(second.id)
    assert found == ["first", "second"][:runs]


def test_sync_works_beside_a_service(desk: Desk, tmp_path: Path) -> None:
    """A workbook is run by one of them, whichever; `sync` tells of all that it wanted."""
    books = [registered(desk, tmp_path / f"book{n}", seen="-") for n in range(20)]
    slow = desk_on(desk.registry._engine, holder="service")
    service = in_process(slow)
    ended = list(passes(desk, workers=2, everything=True, once=True))
    service.stop(10.0)
    assert sorted(one.record.id for one in ended) == sorted(book.id for book in books)
    assert len(journal_of(tmp_path)) == 20


def test_sync_takes_over_from_a_service_that_died(desk: Desk, tmp_path: Path) -> None:
    """A run that a killed process had begun is run by `sync`, when the lease of the dead has lapsed."""
    book = registered(desk, tmp_path / "book", seen="-")
    asked, _ = desk.runs.ask(book.id, "press", desk.clock())
    lease = desk.leases.take(book.id, "dead", desk.clock(), 1.0)
    assert lease is not None
    desk.runs.begin(asked.id, lease.number, desk.clock())
    Event().wait(1.1)
    (ended,) = passes(desk, workers=1, everything=False, once=True)
    assert (ended.run.id, ended.run.state, ended.run.attempts) == (asked.id, RunState.DONE, 1)


def test_a_workbook_that_is_removed_meanwhile_holds_nobody_up(desk: Desk) -> None:
    """Nothing is told of it."""
    gone, stays = registered(desk, "gone"), registered(desk, "stays")
    for record in (gone, stays):
        desk.runs.ask(record.id, "press", desk.clock())
    remove = Thread(target=desk.registry.remove, args=(gone.id,))
    found = passes(failing_desk(desk, remove.join), workers=1, everything=False, once=True)
    remove.start()
    assert "stays" in [one.record.name for one in found]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_works_until_it_is_stopped(home: Path, desk: Desk, ending: signal.Signals) -> None:
    """It runs what is due, and ends with status 0 when it is told to."""
    book = registered(desk, book_in(home, "plan"))
    command = "from sheetflow.entrypoints.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "worker"], stderr=subprocess.PIPE, text=True
    ) as worker:
        for _ in range(400):
            if desk.runs.of(book.id, 1) and desk.registry.get(book.id).seen:
                break
            Event().wait(0.05)
        worker.send_signal(ending)
        _, said = worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "Working." in said
    assert "Traceback" not in said
    assert desk.runs.of(book.id, 1)[0].state is RunState.DONE

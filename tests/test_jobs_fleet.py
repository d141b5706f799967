"""Many runs, many workers, and workers that die: nothing is lost, nothing is done twice, nobody waits for long."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Timer
from time import monotonic

import pytest
from sqlalchemy import Engine, text

from bench.fleet import killed, many, overlaps
from databases import all_at_once
from desks import (
    QUICK,
    Writing,
    desk_on,
    failing_desk,
    journal_of,
    registered,
    until_ended,
)
from sheetflow.errors import UserError
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.distributed import DistributedQueue
from sheetflow.jobs.in_process import InProcessQueue
from sheetflow.jobs.port import Queue, Worker
from sheetflow.jobs.queue_schema import prepare_queue
from sheetflow.jobs.worker import DistributedWorker
from sheetflow.store.database import open_database
from sheetflow.store.records import RunState, WorkbookRecord
from sheetflow.workbooks.port import Workbook


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """A desk by the real clock, on each kind of database."""
    return desk_on(engine)


@contextmanager
def working(desk: Desk, database_url: str, workers: int = 2) -> Iterator[Queue]:
    """A queue, and workers that have begun: threads of this process, or a worker of PostgreSQL's queue."""
    queue, worker = _queue(desk, database_url, workers)
    worker.start()
    try:
        yield queue
    finally:
        worker.stop(10.0)


def _queue(desk: Desk, database_url: str, workers: int) -> tuple[Queue, Worker]:
    if database_url.startswith("postgresql"):
        queue = DistributedQueue(desk, database_url)
        return queue, DistributedWorker(queue, concurrency=workers)
    threads = InProcessQueue(desk, workers=workers)
    return threads, threads


def test_what_is_asked_for_is_run(desk: Desk, database_url: str, tmp_path: Path) -> None:
    """Runs that were asked for before anybody worked, and runs that are asked for now; soon after they are."""
    books = [registered(desk, tmp_path / f"book{n}", seen="-") for n in range(10)]
    early = [desk.runs.ask(book.id, "press", desk.clock())[0].id for book in books[:5]]
    with working(desk, database_url) as queue:
        late = [queue.ask(book.id, "press", desk.clock()).id for book in books[5:]]
        ended = until_ended(desk, early + late)
    assert {one.state for one in ended} == {RunState.DONE}
    assert sorted(one.workbook for one in journal_of(tmp_path)) == sorted(
        Path(book.address).name for book in books
    )


def test_presses_coalesce(desk: Desk, database_url: str, tmp_path: Path) -> None:
    """A hundred presses before it begins are one run; those while it runs are one more."""
    book, begun, over = registered(desk, tmp_path / "book", seen="-"), Event(), Event()

    def slow() -> None:
        begun.set()
        over.wait(20)

    queue, worker = _queue(failing_desk(desk, slow), database_url, 2)
    first = {queue.ask(book.id, "press", desk.clock()).id for _ in range(50)}
    worker.start()
    assert begun.wait(20)
    second = {queue.ask(book.id, "press", desk.clock()).id for _ in range(50)}
    over.set()
    ended = until_ended(desk, [*first, *second])
    worker.stop(10.0)
    assert (len(first), len(second), len(first | second)) == (1, 1, 2)
    assert {one.state for one in ended} == {RunState.DONE}
    assert len(desk.runs.of(book.id, 9)) == 2


def test_a_timetable_is_followed(desk: Desk, database_url: str, tmp_path: Path) -> None:
    """A workbook that is due is run without anybody asking."""
    book = registered(desk, tmp_path / "book", schedule="0 0 1 1 *", seen="-")
    desk.registry.change(book.id, next_due=desk.clock())
    ends = monotonic() + 20
    with working(desk, database_url):
        while not journal_of(tmp_path) and monotonic() < ends:
            Event().wait(0.05)
    assert len(journal_of(tmp_path)) == 1


def test_a_workbook_that_always_fails_holds_nobody_up(
    desk: Desk, database_url: str, tmp_path: Path
) -> None:
    """With one worker alone, nine workbooks are run behind one that fails."""
    books = [registered(desk, tmp_path / f"book{n}", seen="-") for n in range(10)]

    def opened(record: WorkbookRecord) -> Workbook:
        if record.id == books[0].id:
            raise UserError("file_missing", file=record.name)
        return desk.open_workbook(record)

    sick = replace(desk, open_workbook=opened)
    with working(sick, database_url, 1) as queue:
        asked = [queue.ask(book.id, "press", desk.clock()).id for book in books]
        states = [one.state for one in until_ended(desk, asked)]
    assert states == [RunState.FAILED] + [RunState.DONE] * 9


def test_a_worker_that_stops_lets_its_run_end(desk: Desk, database_url: str) -> None:
    """What runs comes to its end, what waits goes on waiting, for whoever comes next."""
    books = [registered(desk, f"book{n}") for n in range(3)]
    begun, over = Event(), Event()

    def slow() -> None:
        begun.set()
        over.wait(20)

    queue, worker = _queue(failing_desk(desk, slow), database_url, 1)
    asked = [queue.ask(book.id, "press", desk.clock()).id for book in books]
    worker.start()
    assert begun.wait(20)
    Event().wait(0.2)
    Timer(0.5, over.set).start()
    worker.stop(20.0)
    states = [desk.runs.get(one).state for one in asked]
    assert RunState.RUNNING not in states
    assert RunState.DONE in states
    with working(desk, database_url):
        assert {one.state for one in until_ended(desk, asked)} == {RunState.DONE}


def test_a_killed_worker_loses_nothing(postgres_url: str, tmp_path: Path) -> None:
    """Of two workers one is killed half-way, and not started again: the other does all, each thing once."""
    upshot = killed(postgres_url, tmp_path, 60)
    assert upshot.states == {"done": 60}
    assert upshot.writings == {1: 60}
    assert upshot.overlaps == 0


def test_a_restarted_process_finds_everything_again(tmp_path: Path) -> None:
    """The only process is killed half-way and started again: it does the rest, each thing once."""
    upshot = killed(f"sqlite:///{tmp_path / 'db'}", tmp_path, 60, workers=1)
    assert upshot.states == {"done": 60}
    assert upshot.writings == {1: 60}


def test_runs_of_a_workbook_never_overlap(postgres_url: str, tmp_path: Path) -> None:
    """Each is asked for again while its first run goes on; two workers, and no two at once."""
    upshot = many(postgres_url, tmp_path, 25)
    assert upshot.states == {"done": 50}
    assert upshot.writings == {2: 25}
    assert upshot.overlaps == 0


def test_overlaps_are_seen() -> None:
    """What the measurement calls an overlap: a writing that began before the one before was over."""

    def writing(workbook: str, began: float) -> Writing:
        return Writing(workbook=workbook, process=1, began=began, ended=began + 1)

    assert overlaps([writing("a", 0), writing("a", 0.5), writing("b", 0.5), writing("a", 3)]) == 1


def test_the_queues_tables_are_made_once_and_brought_up_to_date(postgres_url: str) -> None:
    """However often it is opened they stay; what a newer version adds is applied."""
    trigger = "procrastinate_trigger_status_events_update_v1"
    count = text(f"SELECT count(*) FROM pg_trigger WHERE tgname = '{trigger}'")  # noqa: S608 - a name of our own
    for _ in range(2):
        prepare_queue(postgres_url)
    engine = open_database(postgres_url)
    with engine.begin() as connection:
        assert connection.execute(count).scalar() == 1
        connection.execute(text(f"DROP TRIGGER {trigger} ON procrastinate_jobs"))
        connection.execute(text("DELETE FROM queue_migrations WHERE name LIKE '03.04.00_50%'"))
    prepare_queue(postgres_url)
    with engine.begin() as connection:
        assert connection.execute(count).scalar() == 1
    engine.dispose()


def test_many_processes_make_the_queues_tables_at_once(postgres_url: str) -> None:
    """Each waits for the other, and none fails."""
    assert all_at_once(4, lambda _: prepare_queue(postgres_url)) == [None] * 4


def test_a_lost_job_is_called_for_again(postgres_url: str, tmp_path: Path) -> None:
    """A run whose job is gone, as after a crash between the two tables, is found by the next tick."""
    engine = open_database(postgres_url)
    desk = desk_on(engine, pace=QUICK)
    book = registered(desk, tmp_path / "book", seen="-")
    asked, _ = desk.runs.ask(book.id, "press", desk.clock())
    with working(desk, postgres_url):
        assert until_ended(desk, [asked.id])[0].state is RunState.DONE
    engine.dispose()


def test_the_queue_is_silent_about_what_the_table_tells(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A press without a worker's database is a run all the same: it is logged, and the tick calls again."""
    caplog.set_level(logging.ERROR)
    engine = open_database(postgres_url)
    desk = desk_on(engine)
    queue = DistributedQueue(desk, "postgresql://nobody@/nothing?host=/no/such/folder")
    asked = queue.ask(registered(desk).id, "press", desk.clock())
    assert asked.state is RunState.WAITING
    assert "calling a worker" in caplog.text
    engine.dispose()

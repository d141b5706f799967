"""What a tick asks for: due times, edits, and the runs that dead workers left; each of them once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import Engine

from desks import NOON, PLANNED, StandingClock, desk_on, journal_of, ran, registered
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.due import EDIT, TIMETABLE, tick
from sheetflow.jobs.retrying import MOST_ATTEMPTS
from sheetflow.jobs.running import run
from sheetflow.jobs.stamps import Stamp, is_edited, stamp_of
from sheetflow.jobs.ticking import Ticking
from sheetflow.jobs.timetable import next_due
from sheetflow.store.database import open_database
from sheetflow.store.records import RunRecord, RunState, WorkbookRecord

LONG_AGO = NOON - timedelta(days=1)


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands at noon."""
    return StandingClock()


@pytest.fixture
def desk(tmp_path: Path, clock: StandingClock) -> Iterator[Desk]:
    """A desk by that clock."""
    engine = open_database(f"sqlite:///{tmp_path / 'sheetflow.db'}")
    yield desk_on(engine, clock=clock)
    engine.dispose()


@pytest.fixture
def either_desk(engine: Engine, clock: StandingClock) -> Desk:
    """The same, on each kind of database in turn."""
    return desk_on(engine, clock=clock)


def runs_through(desk: Desk, clock: StandingClock, every: int = 1, **span: float) -> list[datetime]:
    """Tick and run every so many minutes through a span of time; when something ran."""
    ends, times = clock.now + timedelta(**span), []
    while clock.now < ends:
        clock.pass_by(minutes=every)
        for asked in tick(desk, clock.now):
            run(asked.id, desk)
            times.append(clock.now)
    return times


def saved(file: Path, text: str, at: datetime) -> None:
    """Write a file as somebody would have at that time."""
    file.write_text(text)
    os.utime(file, (at.timestamp(), at.timestamp()))


def test_a_new_timetable_begins_with_its_next_time(desk: Desk, clock: StandingClock) -> None:
    """A workbook that is registered at noon with 12:05 runs at 12:05, not at once."""
    registered(desk, schedule="5 * * * *")
    assert runs_through(desk, clock, hours=2) == [
        NOON + timedelta(minutes=5),
        NOON + timedelta(minutes=65),
    ]


def test_missed_times_are_made_up_for_by_one_run(desk: Desk, clock: StandingClock) -> None:
    """After a night without anybody to run it, an hourly workbook runs once, then on the hour."""
    record = registered(desk, schedule="0 * * * *")
    tick(desk, clock.now)
    clock.pass_by(hours=9, minutes=30)
    assert runs_through(desk, clock, minutes=31) == [
        NOON + timedelta(hours=9, minutes=31),
        NOON + timedelta(hours=10),
    ]
    assert [one.asked_by for one in desk.runs.of(record.id, 9)] == [TIMETABLE] * 2


def test_a_day_without_an_hour_and_a_day_with_it_twice(desk: Desk, clock: StandingClock) -> None:
    """Through both changes of the clocks, a workbook of 2:30 runs once on each day of where its team works."""
    registered(desk, schedule="30 2 * * *", time_zone="Europe/Berlin")
    clock.now = datetime(2026, 3, 27, 12, tzinfo=UTC)
    spring = runs_through(desk, clock, 15, days=3)
    clock.now = datetime(2026, 10, 23, 12, tzinfo=UTC)
    runs_through(desk, clock, 15, minutes=15)  # for the summer between
    autumn = runs_through(desk, clock, 15, days=3)
    assert [(one.day, one.hour, one.minute) for one in spring] == [
        (28, 1, 30),
        (29, 1, 0),  # 3:00 there: 2:30 was skipped
        (30, 0, 30),
    ]
    assert [(one.day, one.hour, one.minute) for one in autumn] == [
        (24, 0, 30),
        (25, 0, 30),  # the first of two
        (26, 1, 30),
    ]


@pytest.mark.parametrize("jump", [-90, -59, 45, 600])
def test_a_clock_that_jumps_neither_forgets_nor_repeats(
    desk: Desk, clock: StandingClock, jump: int
) -> None:
    """Set back, it waits until the old time has passed again; set forward, what was skipped runs once."""
    registered(desk, schedule="0 * * * *")
    tick(desk, clock.now)
    before = runs_through(desk, clock, minutes=61)
    clock.pass_by(minutes=jump)
    after = runs_through(desk, clock, hours=3)
    assert before == [NOON + timedelta(hours=1)]
    assert all(one > before[0] for one in after)
    assert len(after) == len({one.replace(minute=0) for one in after})


def test_a_clock_that_was_years_ahead_is_forgiven(desk: Desk, clock: StandingClock) -> None:
    """What was stored while the clock was wrong holds a workbook up for a day at most."""
    record = registered(desk, schedule="0 * * * *")
    clock.now = NOON + timedelta(days=3650)
    tick(desk, clock.now)
    clock.now = NOON
    tick(desk, clock.now)
    due = desk.registry.get(record.id).next_due
    assert due is not None
    assert due <= NOON + timedelta(days=1, hours=1)


def test_ticks_at_the_same_time_ask_once(either_desk: Desk, clock: StandingClock) -> None:
    """Eight processes that tick at the same moment ask for one run of each workbook, and move its due time once."""
    desk = either_desk
    records = [registered(desk, f"book{n}", schedule="0 * * * *") for n in range(5)]
    tick(desk, clock.now)
    now = clock.pass_by(hours=1)
    together = Barrier(8)

    def one(number: int) -> None:
        together.wait()
        for asked in tick(replace(desk, holder=f"{number}"), now):
            run(asked.id, replace(desk, holder=f"{number}"))

    threads = [Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(desk.runs.of(record.id, 9)) for record in records] == [1] * 5
    assert all(not tick(desk, now) for _ in range(2))


def test_nobody_asks_while_it_runs(desk: Desk, clock: StandingClock) -> None:
    """A workbook that still runs when it is due again is asked for when that run is over."""
    record = registered(desk, schedule="* * * * *")
    tick(desk, clock.now)
    now = clock.pass_by(minutes=1)
    asked = tick(desk, now)[0]
    lease = desk.leases.take(record.id, "worker", now, 30)
    assert lease is not None
    desk.runs.begin(asked.id, lease.number, now)
    due = desk.registry.get(record.id).next_due
    assert due == next_due("* * * * *", "UTC", now)
    now = clock.pass_by(seconds=20)
    assert tick(desk, now) == []
    desk.leases.renew(lease, now, 60)
    assert tick(desk, clock.pass_by(seconds=45)) == []
    desk.runs.fail(asked.id, "file_missing", {}, clock.now)
    desk.leases.release(lease)
    (later,) = tick(desk, clock.now)
    assert later.id != asked.id


def test_a_paused_workbook_is_never_due(desk: Desk, clock: StandingClock, tmp_path: Path) -> None:
    """Neither its timetable nor an edit runs it; when it goes on, what was missed runs once."""
    file = tmp_path / "book"
    saved(file, "edited", LONG_AGO)
    record = registered(desk, file, schedule="0 * * * *")
    desk.registry.pause(record.id)
    assert runs_through(desk, clock, hours=3) == []
    desk.registry.resume(record.id)
    assert len(runs_through(desk, clock, minutes=30)) == 1


def test_an_edit_makes_a_file_due_once(desk: Desk, clock: StandingClock, tmp_path: Path) -> None:
    """A save runs it, our own writing does not; another save does again."""
    file = tmp_path / "book"
    record = registered(desk, file)
    assert tick(desk, clock.now) == []
    saved(file, "edited", LONG_AGO)
    asked = tick(desk, clock.now)
    assert [one.asked_by for one in asked] == [EDIT]
    run(asked[0].id, desk)
    assert file.read_text() == PLANNED
    assert runs_through(desk, clock, minutes=5) == []
    saved(file, "edited again", clock.now - timedelta(minutes=1))
    assert len(runs_through(desk, clock, minutes=5)) == 1
    assert len(journal_of(tmp_path)) == 2
    stamp = stamp_of(str(file))
    assert stamp is not None
    assert desk.registry.get(record.id).seen == stamp.text


def test_a_file_is_left_alone_until_it_settles(tmp_path: Path) -> None:
    """Five seconds after the last save it is due, not before; a save of another clock's future counts at once."""
    file = tmp_path / "book"
    saved(file, "edited", NOON)
    stamp = stamp_of(str(file))
    assert not is_edited(stamp, None, NOON)
    assert not is_edited(stamp, None, NOON + timedelta(seconds=4))
    assert not is_edited(stamp, None, NOON - timedelta(seconds=1))
    assert is_edited(stamp, None, NOON + timedelta(seconds=5))
    assert is_edited(stamp, None, NOON - timedelta(days=1))


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_a_file_that_somebody_has_open_is_waited_for(tmp_path: Path, lock: str) -> None:
    """While Excel or LibreOffice has it open it is not due; right after it is closed it is."""
    file = tmp_path / "book.xlsx"
    saved(file, "edited", LONG_AGO)
    (tmp_path / lock).touch()
    assert not is_edited(stamp_of(str(file)), None, NOON)
    (tmp_path / lock).unlink()
    assert is_edited(stamp_of(str(file)), None, NOON)


def test_what_is_no_file_is_never_edited() -> None:
    """A spreadsheet of a service, a missing file and a path with a NUL have no stamp."""
    for address in ("https://docs.google.com/spreadsheets/d/1/edit", "no such file", "a\0b"):
        assert stamp_of(address) is None
    assert not is_edited(None, "seen", NOON)


def test_a_save_during_a_run_is_not_lost(desk: Desk, tmp_path: Path) -> None:
    """Somebody saves after we have read and before we write: the file is due again."""
    file = tmp_path / "book"
    saved(file, "edited", LONG_AGO)
    record = registered(desk, file)
    stamps = iter(["read", "read", "saved", "ours", "ours"])
    desk = replace(desk, stamp=lambda _: Stamp(text=next(stamps), saved_at=LONG_AGO))
    assert ran(desk, record).state is RunState.DONE
    assert desk.registry.get(record.id).seen == "read"


def test_a_run_whose_worker_is_gone_waits_again(either_desk: Desk, clock: StandingClock) -> None:
    """Not while its lease lasts; then it is the same run, once."""
    desk = either_desk
    record, run_id = _left_running(desk, clock)
    assert tick(desk, clock.now) == []
    revived = tick(desk, clock.pass_by(seconds=31))
    assert [(one.id, one.state, one.attempts) for one in revived] == [
        (run_id, RunState.WAITING, 1),
    ]
    assert tick(desk, clock.now) == []
    assert run(run_id, desk)
    assert desk.runs.get(run_id).state is RunState.DONE
    assert len(desk.runs.of(record.id, 9)) == 1


def test_a_run_that_was_asked_for_again_is_not_run_twice(
    either_desk: Desk, clock: StandingClock
) -> None:
    """Where another run of the workbook waits already, the one whose worker is gone has failed."""
    desk = either_desk
    record, run_id = _left_running(desk, clock)
    again, _ = desk.runs.ask(record.id, "press", clock.now)
    assert tick(desk, clock.pass_by(seconds=31)) == []
    assert desk.runs.get(run_id).error == "run_superseded"
    assert desk.runs.get(again.id).state is RunState.WAITING


def test_a_run_that_kills_its_workers_is_given_up(desk: Desk, clock: StandingClock) -> None:
    """After five workers it has failed, its workbook counts a failure, and nobody takes it up again."""
    record, run_id = _left_running(desk, clock)
    for _ in range(MOST_ATTEMPTS - 1):
        assert len(tick(desk, clock.pass_by(seconds=31))) == 1
        _begin(desk, record, run_id, clock)
    assert tick(desk, clock.pass_by(seconds=31)) == []
    assert desk.runs.get(run_id).error == "run_kept_stopping"
    assert desk.registry.get(record.id).failures == 1


def test_a_timetable_that_is_no_good_holds_nobody_up(desk: Desk, clock: StandingClock) -> None:
    """A workbook whose timetable cannot be read is left out; the others run."""
    registered(desk, "bad", schedule="every morning")
    registered(desk, "good", schedule="* * * * *")
    assert len(runs_through(desk, clock, minutes=3)) == 2


def _left_running(desk: Desk, clock: StandingClock) -> tuple[WorkbookRecord, str]:
    """A workbook with a run whose worker is gone."""
    record = registered(desk)
    asked, _ = desk.runs.ask(record.id, "press", clock.now)
    _begin(desk, record, asked.id, clock)
    return record, asked.id


def _begin(desk: Desk, record: WorkbookRecord, run_id: str, clock: StandingClock) -> None:
    lease = desk.leases.take(record.id, "gone", clock.now, 30)
    assert lease is not None
    assert desk.runs.begin(run_id, lease.number, clock.now)


def test_each_day_old_nonces_and_ended_sessions_are_forgotten(
    desk: Desk, clock: StandingClock
) -> None:
    """Those that a request could still come with are kept, whether any machine calls or not."""
    desk.nonces.accept("crm@machine", "old", NOON)
    desk.nonces.accept("session ended", "kept", NOON + timedelta(hours=30))
    stopping = Event()

    def hear(_asked: Sequence[RunRecord], _now: datetime) -> None:
        stopping.set()

    clock.pass_by(days=1)
    Ticking(desk, hear, stopping)()
    assert not desk.nonces.seen("crm@machine", "old")
    assert desk.nonces.seen("session ended", "kept")

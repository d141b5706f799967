"""One run: it is fenced, it ends with a sentence whatever happens, and it is tried again later and later."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine

from desks import (
    NOON,
    SMALLEST,
    StandingClock,
    desk_on,
    failing_desk,
    journal_of,
    keep_ledger,
    outcome,
    ran,
    registered,
)
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.errors import OwnError, UserError
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.due import ours, tick
from sheetflow.jobs.fencing import FencedWorkbook
from sheetflow.jobs.running import run
from sheetflow.jobs.stages import Reporter, meanwhile, told_to
from sheetflow.store.database import open_database
from sheetflow.store.records import RunRecord, RunState, WorkbookRecord
from sheetflow.translate.language import Tongue
from sheetflow.usecases.recalculate import Outcome, Progress, recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.port import Workbook
from sheets import snapshot

CANARY = "salary of Sari 4711"


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


def raises(error: Exception) -> Callable[[], object]:
    """What raises it."""

    def act() -> object:
        raise error

    return act


def test_a_run_plans_the_workbook_and_remembers_what_it_counted(either_desk: Desk) -> None:
    """From waiting to done: rows by flag, what was written, and the times; the lease is free again."""
    desk = either_desk
    book = MemoryWorkbook(SMALLEST)
    desk = replace(desk, recalculate=recalculate, open_workbook=lambda _: book)
    record = registered(desk)
    ended = ran(desk, record)
    counts = ended.counts
    assert counts is not None
    assert (ended.state, ended.started_at, ended.finished_at) == (RunState.DONE, NOON, NOON)
    assert (counts.publications, counts.green, counts.problems) == (1, 1, 0)
    assert counts.written > 0
    with ours(desk, record.id, NOON) as is_free:
        assert is_free
    again = ran(desk, record).counts
    assert again is not None
    assert again.written == 0


def test_errors_in_the_input_are_counted_not_its_warnings(desk: Desk) -> None:
    """A row without a type is an error of the input; the run is done all the same."""
    drawn = "| Publication | Type | Delivery date |\n| Tips | | 2026-12-18 |\n| More | Blog post | 2026-12-18 |"
    book = MemoryWorkbook(snapshot({"Publications": drawn}))
    desk = replace(desk, recalculate=recalculate, open_workbook=lambda _: book)
    counts = ran(desk, registered(desk)).counts
    assert counts is not None
    assert counts.problems == 1


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", 24), ("UTC", 23), ("Pacific/Pago_Pago", 23)]
)
def test_a_run_plans_as_of_the_day_where_the_team_works(desk: Desk, zone: str, day: int) -> None:
    """At noon in London it is tomorrow on Kiritimati."""
    days = []

    def look(workbook: Workbook, today: object, *, progress: Progress) -> Outcome:  # noqa: ARG001 - the use case's shape
        days.append(today)
        return outcome()

    ran(replace(desk, recalculate=look), registered(desk, time_zone=zone))
    assert days == [datetime(2026, 11, day, tzinfo=UTC).date()]


def test_a_run_that_lost_its_lease_writes_nothing(either_desk: Desk, tmp_path: Path) -> None:
    """Stopped for longer than its lease, with another run in its place: not a byte, not a line of its own."""
    desk = either_desk
    clock = StandingClock()
    desk = replace(desk, clock=clock)
    record = registered(desk, tmp_path / "book")
    asked, _ = desk.runs.ask(record.id, "press", clock.now)

    def overtaken(workbook: Workbook, today: object, *, progress: Progress) -> Outcome:  # noqa: ARG001 - the use case's shape
        clock.pass_by(minutes=5)
        revived = tick(desk, clock.now)
        assert run(revived[0].id, desk)
        return keep_ledger(workbook, NOON.date(), progress=lambda *_: None)

    asked_again = replace(desk, recalculate=_forced(overtaken))
    assert run(asked.id, asked_again)
    assert len(journal_of(tmp_path)) == 1
    ended = desk.runs.get(asked.id)
    assert (ended.state, ended.attempts) == (RunState.DONE, 1)
    assert desk.registry.get(record.id).failures == 0


def _forced(act: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Writes whatever stands there, so that only the fence can hold it back."""

    def use_case(workbook: Workbook, today: object, *, progress: Progress) -> Outcome:
        class Blank:
            """Reads as blank."""

            def read(self, *, every_tab: bool = False) -> object:  # noqa: ARG002 - the port's shape
                """Nothing."""
                workbook.read()
                return snapshot({"Ledger": '| "" |'})

            write = staticmethod(workbook.write)

        return act(Blank(), today, progress=progress)

    return use_case


def test_the_fence_is_checked_right_before_each_writing() -> None:
    """A check that fails lets nothing through; reading needs none."""

    def fallen() -> None:
        raise OwnError("lease_lost")

    book = MemoryWorkbook(SMALLEST)
    fenced = FencedWorkbook(book, fallen, lambda: None)
    with pytest.raises(OwnError, match="lease_lost"):
        recalculate(fenced, NOON.date())
    assert book.read() == SMALLEST


def test_a_long_run_keeps_its_lease(engine: Engine) -> None:
    """A run that takes longer than a lease is not taken over."""
    desk = desk_on(engine)
    desk = replace(desk, pace=replace(desk.pace, lease=0.6))
    record, begun, over = registered(desk), Event(), Event()

    def slow() -> None:
        begun.set()
        over.wait(10)

    asked, _ = desk.runs.ask(record.id, "press", desk.clock())
    thread = Thread(target=run, args=(asked.id, failing_desk(desk, slow)))
    thread.start()
    begun.wait(10)
    Event().wait(1.5)
    assert tick(desk, desk.clock()) == []
    assert not run(desk.runs.ask(record.id, "press", desk.clock())[0].id, desk)
    over.set()
    thread.join()
    assert desk.runs.get(asked.id).state is RunState.DONE


def test_a_workbook_that_fails_is_tried_again_later_and_later(
    desk: Desk, clock: StandingClock
) -> None:
    """After one minute, two, four … four hours; it is reported once, and on its timetable again when it is well."""
    reported: list[tuple[str, bool]] = []

    def hear(record: WorkbookRecord, ended: RunRecord, first: bool) -> None:
        reported.append((f"{record.name} {ended.error}", first))

    sick = replace(
        failing_desk(desk, raises(UserError("google_not_shared", account="a@b", address="x"))),
        on_failure=hear,
    )
    record = registered(desk, schedule="0 7 * * *")
    tick(desk, clock.now)
    clock.now = datetime(2026, 11, 24, 7, tzinfo=UTC)
    waits = []
    for _ in range(11):
        (asked,) = tick(desk, clock.now)
        run(asked.id, sick)
        due = desk.registry.get(record.id).next_due
        assert due is not None
        waits.append((due - clock.now) / timedelta(minutes=1))
        clock.now = due
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert [first for _, first in reported] == [True] + [False] * 10
    assert reported[0][0].endswith("google_not_shared")
    (asked,) = tick(desk, clock.now)
    run(asked.id, desk)
    well = desk.registry.get(record.id)
    assert well.failures == 0
    assert well.next_due == datetime(2026, 11, 25, 7, tzinfo=UTC)


def test_a_press_ends_the_waiting(desk: Desk, clock: StandingClock) -> None:
    """A failed workbook that somebody presses and that is well now is not run again for its failure."""
    record = registered(desk)
    ran(failing_desk(desk, raises(UserError("file_missing", file="x"))), record)
    assert desk.registry.get(record.id).next_due is not None
    ran(desk, record)
    assert desk.registry.get(record.id).next_due is None
    assert tick(desk, clock.pass_by(days=1)) == []


def test_a_file_that_failed_is_run_again_as_soon_as_it_is_mended(
    desk: Desk, clock: StandingClock, tmp_path: Path
) -> None:
    """Not for the edit that failed, but for the next one."""
    file = tmp_path / "book"
    file.write_text("broken")
    os.utime(file, (1, 1))
    record = registered(desk, file)
    ran(failing_desk(desk, raises(UserError("file_damaged", file="x"))), record)
    assert tick(desk, clock.now) == []
    file.write_text("mended")
    os.utime(file, (2, 2))
    assert len(tick(desk, clock.now)) == 1


def test_a_file_that_was_open_is_run_when_it_is_closed(
    desk: Desk, clock: StandingClock, tmp_path: Path
) -> None:
    """The edit is still unseen: nobody has to save again."""
    file = tmp_path / "book"
    file.write_text("edited")
    os.utime(file, (1, 1))
    record = registered(desk, file)
    ran(failing_desk(desk, raises(UserError("file_open_elsewhere", file="x", lock="y"))), record)
    assert len(tick(desk, clock.now)) == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UserError("file_missing", file="plan.xlsx"), "file_missing"),
        (OwnError("plan_unproved"), "plan_unproved"),
        (ValueError(CANARY), "run_broken"),
        (MemoryError(), "run_broken"),
    ],
    ids=["user's", "own", "unexpected", "memory"],
)
def test_whatever_happens_a_run_ends_with_a_sentence(
    desk: Desk, error: Exception, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is raised, the sentence is there in every language, and the log holds nothing of what broke."""
    caplog.set_level(logging.DEBUG)
    ended = ran(failing_desk(desk, raises(error)), registered(desk))
    assert (ended.state, ended.error) == (RunState.FAILED, code)
    assert CANARY not in caplog.text
    assert CANARY not in str(ended)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "code",
    [
        "run_broken",
        "run_superseded",
        "run_kept_stopping",
        "lease_lost",
        "schedule_wrong",
        "schedule_never",
        "time_zone_unknown",
        "google_busy",
    ],
)
def test_every_ending_has_its_sentence(language: Language, code: str) -> None:
    """What goes wrong, and what to do."""
    tongue = Tongue(language, CalendarSystem.GREGORIAN, NOON.date())
    says, do = tongue.told(code, {})
    assert says != code
    assert do


def test_who_is_told_may_break(desk: Desk) -> None:
    """The run is over and the workbook free, whatever becomes of the news; a good run is told once."""
    told = []

    def hear(record: WorkbookRecord, news: Outcome) -> None:
        told.append((record.name, news))
        assert desk.leases.take(record.id, "free", desk.clock(), 1)
        raise RuntimeError(CANARY)

    ended = ran(replace(desk, on_done=hear), registered(desk))
    assert ended.state is RunState.DONE
    assert told == [("ledger", outcome())]


def test_a_run_that_is_gone_or_over_needs_nobody(desk: Desk) -> None:
    """An unknown run, one that ended, one of a workbook that was removed."""
    assert run("no-such-run", desk)
    record = registered(desk)
    ended = ran(desk, record)
    assert run(ended.id, desk)
    assert desk.runs.get(ended.id) == ended
    asked, _ = desk.runs.ask(record.id, "press", NOON)
    desk.registry.remove(record.id)
    assert run(asked.id, desk)


def test_progress_is_told_twice_a_second_at_most() -> None:
    """Of a thousand reports in ten seconds twenty are passed on, and the end of the run is looked for at each."""
    told, looks, now = [], [], [0.0]
    reporter = Reporter(
        lambda stage, share: told.append((stage, share)), lambda: looks.append(1), lambda: now[0]
    )
    for step in range(1000):
        now[0] = step / 100
        reporter.hear("Planning", step / 1000)
    assert len(looks) == 1000
    assert 18 <= len(told) <= 20
    assert told[0] == ("Planning", 0.05)


def test_a_run_says_that_it_waits() -> None:
    """What waits below says so in the run's row, and what it did before is told again after; outside a run nothing."""
    told: list[tuple[str, float]] = []
    reporter = Reporter(lambda stage, share: told.append((stage, share)), lambda: None)
    reporter.hear("Reading", 0.0)
    with told_to(reporter), meanwhile("Waiting for Google"):
        pass
    with meanwhile("Waiting for nobody"):
        pass
    assert told == [("Waiting for Google", 0.0), ("Reading", 0.0)]


def test_a_lease_that_is_known_to_be_lost_ends_the_planning() -> None:
    """There is no use in planning on for another minute."""

    def fallen() -> None:
        raise OwnError("lease_lost")

    reporter = Reporter(lambda *_: None, fallen)
    with pytest.raises(OwnError, match="lease_lost"):
        reporter.hear("Planning", 0.5)

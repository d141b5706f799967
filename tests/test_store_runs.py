"""Runs and leases: pressed by many, run by one, and nothing is left behind by the dead."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from databases import NOON, all_at_once, registered
from sheetflow.errors import Fact, UserError
from sheetflow.store.leases import Leases
from sheetflow.store.records import Counts, RunState
from sheetflow.store.runs import Runs

MINUTE = timedelta(minutes=1)
COUNTS = Counts(publications=12, red=2, amber=3, green=7, moved=4, written=55, problems=1)
CELL = "canary of a cell"


def test_asking_again_changes_nothing(engine: Engine) -> None:
    """A workbook has one waiting run at most: whoever asks later is given that one."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001  the word of the table
    run, is_new = runs.ask(id, "sari@example.com", NOON)
    assert is_new
    assert runs.get(run.id) == run
    assert runs.ask(id, "budi@example.com", NOON + MINUTE) == (run, False)
    other, is_new = runs.ask(registered(engine, "Other").id, "x", NOON)
    assert is_new
    assert {waiting.id for waiting in runs.waiting(10)} == {run.id, other.id}


def test_many_who_ask_at_once_get_the_same_run(engine: Engine) -> None:
    """Eight threads ask for the same workbook: one waiting run, new for one of them."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    answers = all_at_once(8, lambda number: runs.ask(id, f"person {number}", NOON))
    assert sum(is_new for _, is_new in answers) == 1
    assert len({run.id for run, _ in answers}) == 1
    assert len(runs.of(id, 10)) == 1


def test_who_asks_while_it_runs_gets_a_new_run(engine: Engine) -> None:
    """What was typed after a run has begun is planned by the next one."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    first, _ = runs.ask(id, "x", NOON)
    assert runs.begin(first.id, 1, NOON)
    second, is_new = runs.ask(id, "x", NOON + MINUTE)
    assert is_new
    assert [run.id for run in runs.of(id, 10)] == [second.id, first.id]
    assert [run.id for run in runs.of(id, 1)] == [second.id]


def test_of_runs_asked_for_in_the_same_moment_the_last_to_end_is_the_latest(engine: Engine) -> None:
    """One that has not ended is later still."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    asked = []
    for number in range(1, 7):
        asked.append(runs.ask(id, "x", NOON)[0].id)
        assert [run.id for run in runs.of(id, 10)] == asked[::-1]
        runs.begin(asked[-1], number, NOON)
        runs.finish(asked[-1], COUNTS, NOON + number * MINUTE)
    assert [run.id for run in runs.of(id, 10)] == asked[::-1]


def test_one_of_many_begins_a_run(engine: Engine) -> None:
    """Only what waits can be begun, and by one."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    run, _ = runs.ask(id, "x", NOON)
    assert sum(all_at_once(8, lambda number: runs.begin(run.id, number, NOON))) == 1
    assert runs.waiting(10) == []
    assert not runs.begin("abcdefghij", 1, NOON)


def test_a_run_from_its_beginning_to_its_end(engine: Engine) -> None:
    """Each step is told, with its time; what has ended changes no more."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    run, _ = runs.ask(id, "x", NOON)
    assert not runs.finish(run.id, COUNTS, NOON)
    assert runs.begin(run.id, 1, NOON + MINUTE)
    assert runs.progress(run.id, "Planning", 0.25)
    running = runs.get(run.id)
    assert (running.state, running.stage, running.share) == (RunState.RUNNING, "Planning", 0.25)
    assert (running.started_at, running.finished_at) == (NOON + MINUTE, None)
    assert runs.finish(run.id, COUNTS, NOON + 2 * MINUTE)
    done = runs.get(run.id)
    assert (done.state, done.share, done.counts) == (RunState.DONE, 1.0, COUNTS)
    assert done.finished_at == NOON + 2 * MINUTE
    assert not runs.fail(run.id, "run_broken", {}, NOON)
    assert not runs.back(run.id, NOON)
    assert not runs.progress(run.id, "Reading", 0.0)
    assert runs.get(run.id) == done


def test_a_failure_keeps_what_its_sentence_names_and_no_cell(engine: Engine) -> None:
    """Places and counts are kept; anything that could tell what a cell holds is not."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    run, _ = runs.ask(id, "x", NOON)
    runs.begin(run.id, 1, NOON)
    facts: dict[str, Fact] = {
        "file": "agency.xlsx",
        "count": 3,
        "cell": "D5",
        "first": CELL,
        "text": CELL,
        "title": CELL,
        "owner": CELL,
        "rows": (CELL,),
        "file_of": CELL,
        "account": "x" * 5000,
    }
    assert runs.fail(run.id, "plan_unproved", facts, NOON + MINUTE)
    failed = runs.get(run.id)
    assert (failed.state, failed.error) == (RunState.FAILED, "plan_unproved")
    assert failed.facts.keys() == {"file", "count", "cell", "account"}
    assert len(str(failed.facts["account"])) == 300
    assert CELL not in repr(failed)


def test_a_worker_that_lost_its_lease_changes_no_run(engine: Engine) -> None:
    """A run that somebody else has taken up is theirs: the number of the lease tells them apart."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    run, _ = runs.ask(id, "x", NOON)
    runs.begin(run.id, 1, NOON)
    assert runs.back(run.id, NOON, lease_number=1)
    runs.begin(run.id, 2, NOON)
    assert not runs.fail(run.id, "lease_lost", {}, NOON, lease_number=1)
    assert not runs.finish(run.id, COUNTS, NOON, lease_number=1)
    assert not runs.progress(run.id, "Writing", 0.9, lease_number=1)
    assert not runs.back(run.id, NOON, lease_number=1)
    assert runs.get(run.id).state is RunState.RUNNING
    assert runs.finish(run.id, COUNTS, NOON, lease_number=2)


def test_an_interrupted_run_waits_again_at_its_place(engine: Engine) -> None:
    """It is as new but for its attempts; where another one waits already, that one does for both."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    first, _ = runs.ask(id, "x", NOON)
    runs.begin(first.id, 1, NOON)
    runs.progress(first.id, "Planning", 0.5)
    assert runs.back(first.id, NOON + MINUTE)
    again = runs.get(first.id)
    assert (again.state, again.attempts, again.queued_at) == (RunState.WAITING, 1, NOON)
    assert (again.stage, again.share, again.started_at) == ("", 0.0, None)
    runs.begin(first.id, 2, NOON + MINUTE)
    second, _ = runs.ask(id, "x", NOON + MINUTE)
    assert not runs.back(first.id, NOON + 2 * MINUTE)
    superseded = runs.get(first.id)
    assert (superseded.state, superseded.error) == (RunState.FAILED, "run_superseded")
    assert [run.id for run in runs.waiting(10)] == [second.id]


def test_abandoned_runs_are_found(engine: Engine) -> None:
    """A run goes on as long as the very lease lasts that it began with."""
    runs, leases, id = Runs(engine), Leases(engine), registered(engine).id  # noqa: A001
    run, _ = runs.ask(id, "x", NOON)
    lease = leases.take(id, "here", NOON, 30)
    assert lease
    runs.begin(run.id, lease.number, NOON)
    assert runs.abandoned(NOON) == []
    over = NOON + MINUTE
    assert [found.id for found in runs.abandoned(over)] == [run.id]
    assert leases.take(id, "there", over, 30)
    assert [found.id for found in runs.abandoned(over)] == [run.id]
    runs.back(run.id, over)
    assert runs.abandoned(over) == []


def test_old_runs_are_forgotten_but_the_last_good_one(engine: Engine) -> None:
    """What ended long ago goes; the last good run of each workbook stays, and so does what goes on."""
    runs, id = Runs(engine), registered(engine).id  # noqa: A001
    ended = []
    for minute in range(4):
        run, _ = runs.ask(id, "x", NOON + minute * MINUTE)
        runs.begin(run.id, minute, NOON)
        if minute < 3:
            runs.finish(run.id, COUNTS, NOON + minute * MINUTE)
        else:
            runs.fail(run.id, "file_missing", {"file": "a.xlsx"}, NOON + minute * MINUTE)
        ended.append(run.id)
    waiting, _ = runs.ask(id, "x", NOON)
    assert runs.last_good()[id].id == ended[2]
    assert runs.forget(NOON + 60 * MINUTE) == 3
    assert {run.id for run in runs.of(id, 10)} == {ended[2], waiting.id}
    assert runs.forget(NOON + 60 * MINUTE) == 0
    with pytest.raises(UserError):
        runs.get(ended[0])


def test_a_lease_is_held_by_one_until_it_ends(engine: Engine) -> None:
    """While it lasts nobody else gets it; it is renewed, given back, or over by itself; its number only grows."""
    leases, id = Leases(engine), registered(engine).id  # noqa: A001
    first = leases.take(id, "here", NOON, 30)
    assert first
    assert leases.take(id, "there", NOON + timedelta(seconds=29), 30) is None
    assert leases.take(id, "here", NOON, 30) is None
    assert leases.renew(first, NOON + timedelta(seconds=29), 30)
    assert leases.holds(first, NOON + timedelta(seconds=58))
    assert leases.take(id, "there", NOON + timedelta(seconds=58), 30) is None
    second = leases.take(id, "there", NOON + timedelta(seconds=59), 30)
    assert second
    assert not leases.renew(first, NOON + timedelta(seconds=59), 30)
    assert not leases.holds(first, NOON + timedelta(seconds=59))
    leases.release(first)
    assert leases.holds(second, NOON + timedelta(seconds=60))
    leases.release(second)
    third = leases.take(id, "here", NOON, 30)
    assert third
    assert first.number < second.number < third.number
    assert not leases.renew(third, NOON + MINUTE, 30), "what is over is not brought back"


def test_a_lease_is_never_held_by_two(engine: Engine) -> None:
    """Eight threads take and give back as fast as they can: never two at once, and each number once."""
    leases, id = Leases(engine), registered(engine).id  # noqa: A001
    inside, numbers, overlaps = Counter[str](), list[int](), list[int]()

    def work(number: int) -> None:
        for _ in range(10):
            lease = leases.take(id, f"holder {number}", NOON, 30)
            if lease is None:
                continue
            inside["now"] += 1
            overlaps.append(inside["now"])
            numbers.append(lease.number)
            assert leases.holds(lease, NOON)
            inside["now"] -= 1
            leases.release(lease)

    all_at_once(8, work)
    assert set(overlaps) == {1}
    assert len(numbers) == len(set(numbers))
    assert numbers == sorted(numbers)

"""Processes that plan: they answer, are ended when they take too long, and never hold anybody for ever."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from services import SAMPLES
from sheetflow.entrypoints.web.planning.planners import Planners
from sheetflow.entrypoints.web.planning.trial import trial_run
from sheetflow.entrypoints.web.planning.upload import recalculated_file
from sheetflow.entrypoints.web.problems import status_of
from sheetflow.errors import OwnError, UserError
from sheetflow.usecases.recalculate import recalculate
from sheetflow.wiring.workbooks import open_workbook

LONG_SECONDS = 60.0


@pytest.fixture
def planners() -> Iterator[Planners]:
    """One process, and room for one to wait."""
    made = Planners(1, waiting=1, seconds=LONG_SECONDS)
    yield made
    made.stop()


def test_a_plan_is_the_same_wherever_it_is_made(planners: Planners) -> None:
    """Another process comes to the same plan and the same edits."""
    workbook, today = open_workbook(str(SAMPLES / "smallest.xlsx")), date(2026, 11, 23)
    there = planners.run(trial_run, workbook.read(), today)
    here = recalculate(workbook, today, dry_run=True)
    assert there.plan == here.plan
    assert there.patch == here.patch


def test_one_process_does_job_after_job(planners: Planners) -> None:
    """It is begun once, however large the service is that began it."""
    ballast = b"x" * 450_000_000
    assert planners.run(os.getpid) == planners.run(os.getpid) != os.getpid()
    del ballast


def test_what_the_user_can_mend_is_told_as_it_is(planners: Planners) -> None:
    """Code and facts come through."""
    with pytest.raises(UserError) as caught:
        planners.run(recalculated_file, Path("no.xlsx"), Path("made.xlsx"), date(2026, 1, 5), 9)
    assert caught.value.code == "file_missing"
    assert caught.value.facts == {"file": "no.xlsx"}


def test_of_a_mistake_only_the_place_is_told(planners: Planners) -> None:
    """What the exception says stays where it was raised."""
    with pytest.raises(OwnError) as caught:
        planners.run(int, "Sekretariat-4711")
    assert caught.value.facts["kind"] == "ValueError"
    assert "4711" not in str(caught.value.facts)


def test_what_takes_too_long_is_ended_and_the_next_job_is_done() -> None:
    """A sentence, and a new process."""
    planners = Planners(1, waiting=1, seconds=1.0)
    began = time.monotonic()
    with pytest.raises(UserError) as caught:
        planners.run(time.sleep, 30.0)
    assert time.monotonic() - began < 10
    assert caught.value.code == "plan_too_costly"
    planners._seconds = LONG_SECONDS
    assert planners.run(abs, -1) == 1
    planners.stop()


def test_a_process_that_dies_is_begun_anew(planners: Planners) -> None:
    """Whatever ended it, the next job is done."""
    with pytest.raises(OwnError, match="service_fault"):
        planners.run(os._exit, 3)
    assert planners.run(abs, -1) == 1


def test_only_too_much_is_told_as_too_much(planners: Planners) -> None:
    """Memory that is not there, and a process that the system killed for its own; not one that broke."""
    for job in ((bytes, 2**62), (signal.raise_signal, signal.SIGKILL)):
        with pytest.raises(UserError) as caught:
            planners.run(*job)
        assert caught.value.code == "plan_too_costly"
    with pytest.raises(OwnError) as broken:
        planners.run(signal.raise_signal, signal.SIGSEGV)
    assert broken.value.facts == {"kind": f"process ended: {-signal.SIGSEGV}"}


def test_those_beyond_the_queue_are_told_to_come_again(planners: Planners) -> None:
    """One is at work and one waits: the third is refused at once."""
    planners.run(abs, -1)
    with ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(planners.run, time.sleep, 1.0) for _ in range(2)]
        time.sleep(0.3)
        with pytest.raises(UserError) as caught:
            planners.run(abs, -1)
        assert [one.result() for one in busy] == [None, None]
    assert caught.value.code == "service_busy"
    assert status_of(caught.value) == 503
    assert planners.run(abs, -1) == 1


def test_no_process_outlives_its_planners() -> None:
    """They end with the app that began them, even where nobody stops them."""
    planners = Planners(1, waiting=0, seconds=LONG_SECONDS)
    process = planners.run(os.getpid)
    del planners
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)

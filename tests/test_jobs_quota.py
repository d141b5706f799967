"""Google's quota: never more than it allows, first come first served, and a run that waits says so."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.turns import most_in, turns
from desks import SMALLEST
from google_access import Machine, client_of
from sheetflow.engine.planner import Effort
from sheetflow.errors import UserError
from sheetflow.jobs.stages import Reporter, told_to
from sheetflow.usecases.recalculate import recalculate
from sheetflow.wiring.google import key_for, open_in_turn, quota_of
from sheetflow.wiring.quota import Limits, Quota, Shelf
from sheetflow.wiring.quota_shelves import FileShelf, PostgresShelf
from sheetflow.wiring.settings import Settings
from sheets import TODAY
from sheets_server.server import SheetsServer

SERVICE = "robot@example.com"
MakeQuota = Callable[..., Quota]


@dataclass(slots=True)
class Sleeps:
    """Counts the seconds instead of sleeping them."""

    slept: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        """Sleep in mind."""
        self.slept.append(seconds)


@pytest.fixture(params=["sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    """Places in a file, and places in PostgreSQL."""
    if request.param == "sqlite":
        file = FileShelf(tmp_path / "quota.db")
        yield file
        file.close()
        return
    server = PostgresShelf(request.getfixturevalue("postgres_url"))
    yield server
    server.close()


def test_four_processes_under_one_limit_never_exceed_it(postgres_url: str, tmp_path: Path) -> None:
    """Each asks for all that it can get: in no window are there more, and each gets its share."""
    limits = Limits(account=12, seconds=1.5, margin=0.6)
    for place in (str(tmp_path / "quota.db"), postgres_url):
        each = turns(place, 4, limits, 4.0)
        moments = [moment for moments in each for moment in moments]
        assert most_in(1.5, moments) <= 12
        assert len(moments) >= 12
        assert min(map(len, each)) >= len(moments) / 16


def test_places_are_handed_out_in_order_and_once(shelf: Shelf) -> None:
    """What is free is free at once; then each next place comes when the one that many before it has left the line."""
    quota = Quota(shelf, Limits(account=3, project=100, seconds=60, margin=1))
    waits = [place_of(quota) for _ in range(7)]
    assert waits[:3] == [0.0, 0.0, 0.0]
    assert waits[3:] == pytest.approx([61, 61, 61, 122], abs=1.0)


def test_reads_and_writes_accounts_and_projects_are_counted_apart(shelf: Shelf) -> None:
    """A write is no read; another account has places of its own, until those of the project are taken."""
    quota = Quota(shelf, Limits(account=2, project=3))
    assert [place_of(quota) for _ in range(2)] == [0.0, 0.0]
    assert place_of(quota) > 0
    assert place_of(quota, writes=True) == 0.0
    assert place_of(quota, account="other@example.com") > 50  # the project's three are taken
    assert place_of(quota, account="third@example.com", project="another") == 0.0


def test_who_would_wait_too_long_takes_no_place(shelf: Shelf) -> None:
    """It is told at once, and those who wait longer have the place."""
    sleeps = Sleeps()
    quota = Quota(shelf, Limits(account=1, project=9), sleeps)
    assert quota.wait(SERVICE, "project", writes=False, at_most=0)
    assert not quota.wait(SERVICE, "project", writes=False, at_most=30)
    assert quota.wait(SERVICE, "project", writes=False, at_most=90)
    assert sleeps.slept == [pytest.approx(61, abs=2)]


def test_who_oversleeps_takes_another_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn that is taken up late could meet the turns of others: it is let go."""
    machine, naps = Machine(), iter([5.0, 0.0])
    monkeypatch.setattr(time, "monotonic", lambda: machine.now)
    with closing(FileShelf(tmp_path / "quota.db")) as shelf:
        quota = Quota(
            shelf,
            Limits(account=1, project=9),
            lambda seconds: machine.sleep(seconds + next(naps)),
        )
        assert quota.wait(SERVICE, "project", writes=False, at_most=500)
        assert quota.wait(SERVICE, "project", writes=False, at_most=500)
    assert machine.slept == pytest.approx([61 + 5, 122], abs=2)


def test_a_clock_that_was_set_back_blocks_nobody(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Places that were taken in a future that was none are given up."""
    quota = Quota(shelf, Limits(account=1, project=9))
    bucket = quota._bucket(f"account {SERVICE} reads", 1)
    in_an_hour = int(bucket.now()) + 3_600_000  # type: ignore[no-untyped-call]
    monkeypatch.setattr(bucket, "now", lambda: in_an_hour)
    assert place_of(quota) == 0.0
    monkeypatch.undo()
    assert place_of(quota) < 100


def test_a_run_says_that_it_waits_for_google(shelf: Shelf) -> None:
    """Its row tells whoever watches, and what it did before when the wait is over."""
    told: list[str] = []
    reporter = Reporter(lambda stage, _share: told.append(stage), lambda: None)
    quota = Quota(shelf, Limits(account=1, project=9), Sleeps())
    reporter.hear("Reading", 0.0)
    with told_to(reporter):
        for _ in range(2):
            quota.wait(SERVICE, "project", writes=False, at_most=90)
    assert told == ["Waiting for Google", "Reading"]


def test_each_try_of_a_request_waits_for_its_turn(server: SheetsServer) -> None:
    """Reads and writes ask as what they are, with the time that leaves room for a whole try; tokens do not ask."""
    asked: list[tuple[bool, float]] = []

    def note(writes: bool, seconds: float) -> bool:
        asked.append((writes, seconds))
        return True

    spreadsheet = server.load(SMALLEST)
    with client_of(server, machine=Machine()) as client:
        client.transport._turn = note
        client.transport.begin()
        client.fetch_sheet_metadata(spreadsheet)
        client.batch_update(spreadsheet, {"requests": [_title("Other")]})
    assert asked == [(False, 120.0), (True, 120.0)]


def test_a_turn_that_does_not_come_is_told(server: SheetsServer) -> None:
    """Nothing is sent, and the sentence names the account whose quota it is."""
    with client_of(server) as client:
        client.transport._turn = lambda _writes, _seconds: False
        with pytest.raises(UserError, match="google_busy") as error:
            client.fetch_sheet_metadata(server.load(SMALLEST))
        assert error.value.facts["account"] == client.transport.access.account


@given(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1, max_size=6, unique=True))
def test_a_spreadsheet_keeps_its_key(spreadsheet: str, keys: list[str]) -> None:
    """Whatever the order of the keys, it is the same one; without another key it is still the same one."""
    chosen = key_for(spreadsheet, keys)
    assert key_for(spreadsheet, keys[::-1]) == chosen
    for left_out in keys:
        if left_out != chosen:
            assert key_for(spreadsheet, [key for key in keys if key != left_out]) == chosen


def test_workbooks_are_spread_over_the_keys() -> None:
    """Each of four keys opens about a quarter of a thousand spreadsheets."""
    keys = [f"key{number}.json" for number in range(4)]
    chosen = [key_for(f"spreadsheet-{number}", keys) for number in range(1000)]
    assert all(200 < chosen.count(key) < 300 for key in keys)


def place_of(
    quota: Quota, *, account: str = SERVICE, project: str = "project", writes: bool = False
) -> float:
    """The seconds until the next place of the account."""
    place = quota.place(account, project, writes=writes, at_most=600)
    assert place is not None
    return place.seconds


def _title(title: str) -> dict[str, object]:
    return {"updateSpreadsheetProperties": {"properties": {"title": title}, "fields": "title"}}


def test_registered_spreadsheets_are_opened_in_turn(
    server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two keys in the settings a spreadsheet is planned by one of them, and its requests are counted."""
    keys = [tmp_path / f"key{number}.json" for number in range(2)]
    for key in keys:
        key.write_text(json.dumps(server.key_file()))
    monkeypatch.setenv("SHEETFLOW_GOOGLE_SERVER", server.url)
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'sheetflow.db'}",
        google_credentials=tuple(map(str, keys)),
        google_requests_per_minute=40,
    )
    workbook = open_in_turn(settings, server.load(SMALLEST))
    assert recalculate(workbook, TODAY, effort=Effort.FAST).report
    limits = Limits(account=40)
    with closing(FileShelf(tmp_path / "quota.db")) as shelf:
        counted = {
            kind: Quota(shelf, limits)._bucket(f"account {workbook.account} {kind}", 40).count()
            for kind in ("reads", "writes")
        }
    assert all(counted.values())
    quota_of(settings).close()

"""Calendars at secret addresses: what they hold, who gets them, and that they only change when the plan does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from desks import StandingClock
from services import MONDAY, SAMPLES, a_client, a_service, a_workbook
from sheetflow.entrypoints.cli.commands import sheetflow
from sheetflow.entrypoints.web.feeds import calendar_of
from sheetflow.store.records import WorkbookRecord
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.wiring.service import Service
from sheetflow.wiring.workbooks import open_workbook

TODAY = date(2026, 11, 23)
LONGEST_LINE = 75
SECRET_LENGTH = 40
READER = Path(__file__).parent / "node" / "read_calendar.cjs"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a copy of the Persian sample."""
    made = a_service(tmp_path_factory.mktemp("feeds"), clock=StandingClock(MONDAY))
    yield made
    made.close()


@pytest.fixture(scope="module")
def record(service: Service, tmp_path_factory: pytest.TempPathFactory) -> WorkbookRecord:
    """The workbook."""
    return a_workbook(service, tmp_path_factory.mktemp("books"), "persian")


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    """Somebody who is not signed in."""
    return a_client(service)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """The plan of the sample."""
    return recalculate(open_workbook(str(SAMPLES / "persian.xlsx")), TODAY, dry_run=True)


def path(record: WorkbookRecord, person: str, key: str) -> str:
    """The address below the service."""
    return f"/v1/workbooks/{record.id}/people/{quote(person)}.ics?key={key}"


def test_another_parser_reads_every_step(
    client: FlaskClient,
    service: Service,
    record: WorkbookRecord,
    outcome: Outcome,
    needs: Callable[[str], str],
    node_modules: Path,
) -> None:
    """All-day events with their titles, from the first day to the day after the last."""
    key = service.feeds.open(record.id, "کاوه", service.clock())
    answer = client.get(path(record, "کاوه", key))
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    command = [needs("node"), str(READER), str(node_modules)]
    read = json.loads(subprocess.check_output(command, input=answer.data))
    steps = [
        (str(step.start), str(step.due + timedelta(days=1)), row.title)
        for row in outcome.plan.publications
        for step in row.steps
        if step.owner == "کاوه" and step.start and step.due
    ]
    events = read["events"]
    assert len(events) == len(steps) > 0
    for event, (start, end, title) in zip(events, steps, strict=True):
        assert (event["start"], event["end"], event["allDay"]) == (start, end, True)
        assert event["summary"].endswith(title)
    assert len({event["uid"] for event in events} | {read["uid"]}) == len(events) + 1


def test_lines_are_folded_between_letters(outcome: Outcome, record: WorkbookRecord) -> None:
    """No line is longer than 75 octets, each ends in CR LF, and no Persian letter is cut in two."""
    lines = calendar_of(record, outcome, "کاوه").split(b"\r\n")
    assert max(map(len, lines)) <= LONGEST_LINE
    for line in lines:
        assert b"\n" not in line
        line.decode("utf-8")


def test_the_same_plan_is_the_same_calendar(
    client: FlaskClient, service: Service, record: WorkbookRecord
) -> None:
    """A program that asks again hears that nothing has changed."""
    key = service.feeds.open(record.id, "سارا", service.clock())
    first = client.get(path(record, "سارا", key))
    again = client.get(path(record, "سارا", key), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert client.get(path(record, "سارا", key)).data == first.data
    other = client.get(path(record, "سارا", key), headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_names_of_events_stay_when_dates_move(outcome: Outcome, record: WorkbookRecord) -> None:
    """A step that moves is the same event on another day; another workbook's is another."""

    def uids(calendar: bytes) -> set[bytes]:
        return {line for line in calendar.split(b"\r\n") if line.startswith(b"UID:")}

    moved = recalculate(
        open_workbook(str(SAMPLES / "persian.xlsx")), date(2026, 11, 24), dry_run=True
    )
    before, after = (calendar_of(record, each, "کاوه") for each in (outcome, moved))
    assert before != after
    assert uids(before) == uids(after)


def test_a_title_is_never_a_line_of_the_calendar(record: WorkbookRecord, outcome: Outcome) -> None:
    """A cell cannot begin an event of its own."""
    row = next(row for row in outcome.plan.publications if row.steps)
    plain = calendar_of(record, outcome, "کاوه").count(b"BEGIN:VEVENT")
    title = row.title
    object.__setattr__(row, "title", "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil; a, b\\n")
    try:
        calendar = calendar_of(record, outcome, "کاوه")
    finally:
        object.__setattr__(row, "title", title)
    assert calendar.count(b"\r\nBEGIN:VEVENT") == plain
    assert b"\r\nSUMMARY:evil" not in calendar


def test_every_doubt_is_the_same_answer(
    client: FlaskClient, service: Service, record: WorkbookRecord
) -> None:
    """A wrong key, no key, another's key, nobody of that name, no such workbook, a revoked key."""
    key = service.feeds.open(record.id, "لیلا", service.clock())
    ghost = service.feeds.open(record.id, "Ghost", service.clock())
    assert client.get(path(record, "لیلا", key)).status_code == 200
    service.feeds.close(record.id, "لیلا")
    address = f"/v1/workbooks/{record.id}/people"
    answers = [
        client.get(path(record, "لیلا", key)),
        client.get(path(record, "لیلا", "x" * SECRET_LENGTH)),
        client.get(f"{address}/{quote('لیلا')}.ics"),
        client.get(path(record, "کاوه", ghost)),
        client.get(path(record, "Ghost", ghost)),
        client.get(f"/v1/workbooks/aaaaaaaaaa/people/x.ics?key={key}"),
    ]
    told = set()
    for answer in answers:
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
        told.add(json.dumps({**answer.get_json(), "request_id": ""}))
    assert len(told) == 1


def test_a_command_makes_and_revokes_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it prints works; a second one replaces it; revoked, neither does."""
    made = a_service(tmp_path, clock=StandingClock(datetime.now(UTC)))
    book = a_workbook(made, tmp_path)
    browser = a_client(made)
    monkeypatch.setenv("SHEETFLOW_DATABASE_URL", f"sqlite:///{tmp_path / 'sheetflow.db'}")
    monkeypatch.setenv("SHEETFLOW_BASE_URL", "https://sheetflow.example.com")

    def said(*arguments: str) -> str:
        done = CliRunner().invoke(
            sheetflow, ["workbooks", "feed", book.id, *arguments], standalone_mode=False
        )
        assert done.exception is None, done.exception
        return done.output.strip()

    def status(address: str) -> int:
        return browser.get(address.removeprefix("https://sheetflow.example.com")).status_code

    first = said("sari")
    assert "/people/Sari.ics?key=" in first
    assert status(first) == 200
    second = said("Sari")
    assert (status(first), status(second)) == (404, 200)
    said("Sari", "--revoke")
    assert status(second) == 404
    with pytest.raises(AssertionError, match="feed_person_unknown"):
        said("Sarri")
    made.close()

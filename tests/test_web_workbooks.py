"""Registered workbooks over the interface: what one sees, a run from the press to its end, its plan, and why."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Timer

import pytest
from flask.testing import FlaskClient

from services import MONDAY, a_client, a_key, a_service, a_workbook, carry_out
from sheetflow.store.records import Verb, WorkbookRecord
from sheetflow.translate.document import document_of
from sheetflow.usecases.recalculate import recalculate
from sheetflow.wiring.service import Service
from sheetflow.wiring.workbooks import open_workbook
from sheetflow.workbooks.port import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A service with one workbook, and somebody who may do everything with it."""

    service: Service
    record: WorkbookRecord
    client: FlaskClient
    key: dict[str, str]

    @property
    def address(self) -> str:
        """Where the workbook is found."""
        return f"/v1/workbooks/{self.record.id}"

    def press(self) -> str:
        """Ask for a run; gives its ID."""
        answer = self.client.post(f"{self.address}/recalculate", headers=self.key)
        assert answer.status_code == 202
        return str(answer.get_json()["run"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The smallest sample, on a Monday; no two moments of it are the same."""
    moments = count()
    service = a_service(tmp_path, clock=lambda: MONDAY + timedelta(microseconds=next(moments)))
    record = a_workbook(service, tmp_path, "smallest")
    key = a_key(service, record, Verb.ADMINISTER)
    yield Desk(service=service, record=record, client=a_client(service), key=key)
    service.close()


def test_one_sees_the_workbooks_that_one_may_read(desk: Desk, tmp_path: Path) -> None:
    """Those of others are not there."""
    a_workbook(desk.service, tmp_path, "agency")
    told = desk.client.get("/v1/workbooks", headers=desk.key).get_json()
    assert [one["id"] for one in told["workbooks"]] == [desk.record.id]
    assert told["workbooks"][0]["name"] == "Smallest"
    assert "administer" in told["workbooks"][0]["verbs"]


def test_one_is_told_whom_spreadsheets_are_shared_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the key files say: one account for all, or that of each spreadsheet; nobody is told who is not signed in."""
    for name in ("SHEETFLOW_GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS"):
        monkeypatch.delenv(name, raising=False)
    keys = [tmp_path / "a.json", tmp_path / "b.json"]
    for key in keys:
        key.write_text(json.dumps({"type": "service_account", "client_email": f"{key.stem}@x"}))
    told = {}
    for number in (0, 1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        service = a_service(folder, google_credentials=tuple(map(str, keys[:number])))
        file = a_workbook(service, folder)
        record = service.registry.add(
            f"https://docs.google.com/spreadsheets/d/{'x' * 44}/edit",
            name="Sheet",
            time_zone="UTC",
            schedule=None,
            owner=None,
            now=MONDAY,
        )
        client = a_client(service)
        assert "@x" not in client.get("/v1/workbooks").text
        seen = [
            client.get("/v1/workbooks", headers=a_key(service, one, Verb.READ)).get_json()
            for one in (record, file)
        ]
        accounts = [one["workbooks"][0]["service_account"] for one in seen]
        told[number] = (seen[0]["service_account"], *accounts)
        service.close()
    assert told[0] == (None, None, None)
    assert told[1] == ("a@x", "a@x", None)
    assert told[2][0] is None
    assert told[2][1] in {"a@x", "b@x"}


def test_pressing_five_times_is_one_run(desk: Desk) -> None:
    """Until it has begun; it ends with the counts of what it did, and the next one has nothing to write."""
    pressed = {desk.press() for _ in range(5)}
    assert len(pressed) == 1
    (ended,) = carry_out(desk.service)
    run = desk.client.get(f"/v1/runs/{ended.id}", headers=desk.key).get_json()
    assert run["state"] == "done"
    assert run["share"] == 1
    assert run["counts"]["publications"] == 5
    assert run["counts"]["written"] > 0
    assert run["error"] is None
    assert run["asked_by"].startswith("key:")
    assert desk.press() not in pressed
    assert carry_out(desk.service)[0].counts is not None
    runs = desk.client.get(f"{desk.address}/runs", headers=desk.key).get_json()["runs"]
    assert [one["counts"]["written"] for one in runs] == [0, run["counts"]["written"]]


def test_a_run_that_failed_says_why_in_the_readers_language(desk: Desk) -> None:
    """The code for programs, the sentence for people."""
    Path(desk.record.address).unlink()
    run = desk.press()
    carry_out(desk.service)
    told = desk.client.get(f"/v1/runs/{run}?lang=id", headers=desk.key).get_json()
    assert told["state"] == "failed"
    assert told["error"]["code"] == "file_missing"
    assert told["error"]["sentence"].count("tidak ada") == 1


def test_a_long_poll_answers_when_the_run_is_over(desk: Desk) -> None:
    """And not later than it was asked to."""
    run = desk.press()
    began = time.monotonic()
    waiting = desk.client.get(f"/v1/runs/{run}?wait=1", headers=desk.key).get_json()
    assert waiting["state"] == "waiting"
    assert 0.9 < time.monotonic() - began < 5
    ending = Timer(0.3, carry_out, [desk.service])
    ending.start()
    done = desk.client.get(f"/v1/runs/{run}?wait=25", headers=desk.key).get_json()
    ending.join()
    assert done["state"] == "done"
    assert desk.client.get(f"/v1/runs/{run}?wait=26", headers=desk.key).status_code == 422


def test_the_plan_is_what_a_run_would_come_to(desk: Desk) -> None:
    """The same document as the command's, and the workbook stays as it was."""
    before = Path(desk.record.address).read_bytes()
    told = desk.client.get(f"{desk.address}/plan", headers=desk.key).get_json()
    outcome = recalculate(open_workbook(desk.record.address), MONDAY.date(), dry_run=True)
    assert told == document_of(outcome.plan, outcome.problems)
    assert Path(desk.record.address).read_bytes() == before


def test_a_plan_is_kept_for_a_moment_and_made_anew_after_a_run(desk: Desk) -> None:
    """Asking again reads nothing; a run makes the plan old."""
    read = []

    def counted(record: WorkbookRecord) -> Workbook:
        read.append(record.id)
        return desk.service.open_workbook(record)

    client = a_client(replace(desk.service, open_workbook=counted))
    for _ in range(3):
        assert client.get(f"{desk.address}/plan", headers=desk.key).status_code == 200
    assert len(read) == 1
    for times in range(2, 8):
        desk.service.runs.ask(desk.record.id, "test", MONDAY)
        carry_out(desk.service)
        assert client.get(f"{desk.address}/plan", headers=desk.key).status_code == 200
        assert len(read) == times


def test_an_explanation_tells_why_in_the_readers_language(desk: Desk) -> None:
    """The publication, the step and what would move it; an unknown one is 404."""
    plan = desk.client.get(f"{desk.address}/plan", headers=desk.key).get_json()
    row = plan["publications"][0]
    path = f"{desk.address}/publications/{row['id']}/explanation"
    told = desk.client.get(f"{path}?lang=fa", headers=desk.key).get_json()
    assert told["schema"] == "sheetflow.explanation/1"
    assert told["publication"]["id"] == row["id"]
    assert told["step"]["step"] in {step["step"] for step in row["steps"]}
    unknown = desk.client.get(f"{path}?step=Dancing", headers=desk.key)
    assert unknown.status_code == 404
    assert unknown.get_json()["code"] == "step_of_id_unknown"


@pytest.mark.parametrize(
    ("lang", "spoken"), [("", "۱ دی"), ("?lang=fa", "۱ دی"), ("?lang=en", " 1 Dey")]
)
def test_an_explanation_speaks_as_the_workbook_does(tmp_path: Path, lang: str, spoken: str) -> None:
    """By its calendar, days to be typed too, and in its language unless another is asked for."""
    service = a_service(tmp_path, clock=lambda: MONDAY.replace(month=12, day=10))
    record = a_workbook(service, tmp_path, "persian")
    path = f"/v1/workbooks/{record.id}/publications/م-۰۲/explanation{lang}"
    told = a_client(service).get(path, headers=a_key(service, record, Verb.READ)).get_json()
    moved = next(trial for trial in told["trials"] if trial["column"] == "Delivery date")
    assert moved["value"] == "2026-12-22"
    assert spoken in moved["sentence"].partition(":")[0]
    assert not re.search("2026|Dec", str([told["publication"]["why"], moved["sentence"]]))


def test_what_is_not_there_and_what_is_not_theirs_look_alike(desk: Desk, tmp_path: Path) -> None:
    """The same words for both, at every address; and 401 for nobody."""
    other = a_workbook(desk.service, tmp_path, "agency")
    theirs = desk.service.queue.ask(other.id, "test", MONDAY).id
    for path, hidden, absent in (
        ("/v1/workbooks/{}/runs", other.id, "aaaaaaaaaa"),
        ("/v1/workbooks/{}/plan", other.id, "aaaaaaaaaa"),
        ("/v1/runs/{}", theirs, "aaaaaaaaaa"),
    ):
        answers = [desk.client.get(path.format(id_), headers=desk.key) for id_ in (hidden, absent)]
        details = {
            (
                answer.status_code,
                answer.get_json()["code"],
                answer.get_json()["detail"].replace(id_, ""),
            )
            for answer, id_ in zip(answers, (hidden, absent), strict=True)
        }
        assert len(details) == 1
        assert details.pop()[0] == 404
        assert desk.client.get(path.format(hidden)).status_code == 401


def test_reading_is_not_recalculating(desk: Desk) -> None:
    """A key that may only read cannot press the button."""
    key = a_key(desk.service, desk.record, Verb.READ)
    assert desk.client.get(f"{desk.address}/plan", headers=key).status_code == 200
    assert desk.client.post(f"{desk.address}/recalculate", headers=key).status_code == 404
    assert desk.service.runs.waiting(10) == []


def test_readiness_tells_of_a_database_that_is_away(desk: Desk) -> None:
    """The process answers; whoever sends requests can send them elsewhere."""
    assert desk.client.get("/readyz").status_code == 200
    desk.service.engine.dispose()
    database = Path(str(desk.service.engine.url.database))
    for file in database.parent.glob("sheetflow.db*"):
        file.unlink()
    database.mkdir()
    assert desk.client.get("/healthz").status_code == 200
    away = desk.client.get("/readyz")
    assert away.status_code == 503
    assert away.get_json()["code"] == "database_away"


def test_readiness_tells_how_long_ago_what_is_due_was_looked_for(tmp_path: Path) -> None:
    """Nothing is told before the first look; when the looks stop, it is not ready."""
    now = [MONDAY]
    service = a_service(tmp_path, clock=lambda: now[0])
    client = a_client(service)
    assert client.get("/readyz").get_json()["tick_seconds"] is None
    service.queue.start()
    for _ in range(100):
        if service.queue.ticked_at is not None:
            break
        time.sleep(0.05)
    service.queue.stop(10)
    now[0] += timedelta(seconds=30)
    assert client.get("/readyz").get_json()["tick_seconds"] == 30
    now[0] += timedelta(seconds=600)
    late = client.get("/readyz")
    assert late.status_code == 503
    assert late.get_json()["code"] == "ticks_late"
    service.close()

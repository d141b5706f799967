"""What a cell holds and what opens a door is never written down: not in a log, not in the database."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import structlog
from flask.testing import FlaskClient

from services import SAMPLES, a_client, a_key, a_service, a_workbook, carry_out
from sheetflow.entrypoints.web import create_app
from sheetflow.entrypoints.web.logs import begin_logging, log
from sheetflow.store.records import RunState, Verb

CELL = "Kanarienvogel-4711"
SECRET = f"sf_aaaaaaaaaa_{'Geheimnis-0815-' * 3}"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that is logged, by the service and by every library, however little it matters."""
    handlers, level = logging.root.handlers, logging.root.level
    stream = io.StringIO()
    begin_logging("debug", stream)
    yield stream
    structlog.reset_defaults()
    logging.root.handlers, logging.root.level = handlers, level


def with_canaries(file: Path) -> bytes:
    """The smallest sample with a canary in every cell of its first rows, and in a note beside them."""
    book = openpyxl.load_workbook(SAMPLES / "smallest.xlsx")
    sheet = book.active
    assert sheet is not None
    for row, column in ((2, 1), (3, 2), (4, 3), (2, 9)):
        sheet.cell(row, column).value = CELL
    book.save(file)
    return file.read_bytes()


def ask_everything(client: FlaskClient, own: str, run: str, key: dict[str, str]) -> None:
    """Ask every route, with canaries wherever somebody may put one, and with a key that is none."""
    asked = [
        f"/v1/runs/{run}",
        f"{own}/runs",
        f"{own}/publications/{CELL}/explanation?step={CELL}",
        f"{own}/plan?x={CELL}",
        f"/v1/workbooks/{CELL}/plan",
        f"/{CELL}",
        f"/open?ticket={SECRET}",
        "/v1/me",
        "/docs",
        "/",
        "/workbooks",
        f"/workbooks/{CELL}",
    ]
    for path in asked:
        client.get(path, headers=key)
        client.get(path, headers={"Authorization": f"Bearer {SECRET}"})


def send_everything(client: FlaskClient, content: bytes, key: dict[str, str]) -> None:
    """Have tabs and files planned that hold canaries, well and badly made."""
    rows = [["Publication", "Type", "Delivery date"], [CELL, CELL, CELL]]
    planned = client.post("/v1/plan", json={"tabs": [{"name": CELL, "values": rows}]}, headers=key)
    assert CELL in planned.text
    client.post("/v1/plan", json={"tabs": [{"name": CELL, "values": CELL}]}, headers=key)
    for sent in (content, b"PK" + CELL.encode()):
        form = {"file": (io.BytesIO(sent), f"{CELL}.xlsx")}
        client.post("/v1/files/recalculate", data=form, headers=key)


def test_canaries_stay_where_they_are(tmp_path: Path, written: io.StringIO) -> None:
    """Over all routes, with runs that go well and runs that do not."""
    service = a_service(tmp_path)
    record = a_workbook(service, tmp_path, "smallest")
    content = with_canaries(Path(record.address))
    client, key = a_client(service), a_key(service, record, Verb.ADMINISTER)
    own = f"/v1/workbooks/{record.id}"
    run = client.post(f"{own}/recalculate", headers=key).get_json()["run"]
    assert [one.state for one in carry_out(service)] == [RunState.DONE]
    assert CELL in client.get(f"{own}/plan", headers=key).text
    ask_everything(client, own, run, key)
    send_everything(client, content, key)
    ticket = client.post(f"{own}/ticket", headers=key).get_json()["url"].partition("ticket=")[2]
    assert client.get(f"/open?ticket={ticket}").status_code == 303
    Path(record.address).write_bytes(b"PK" + CELL.encode())
    client.post(f"{own}/recalculate", headers=key)
    assert [one.state for one in carry_out(service)] == [RunState.FAILED]
    service.close()

    stored = b"".join(file.read_bytes() for file in tmp_path.glob("sheetflow.db*"))
    assert run.encode() in stored
    assert "answered" in written.getvalue()
    cookie = client.get_cookie("sheetflow")
    assert cookie is not None
    for canary in (CELL, SECRET, ticket, key["Authorization"].rpartition("_")[2], cookie.value):
        assert canary not in written.getvalue()
        assert canary.encode() not in stored


def test_lines_are_json_and_errors_lose_their_words(written: io.StringIO) -> None:
    """Those of libraries too: what an exception says may come from a cell."""
    try:
        int(CELL)
    except ValueError:
        logging.getLogger("library").exception("it broke")
        log().exception("so did we")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["it broke", "so did we"]
    for line in lines:
        assert line["error"] == "ValueError"
        assert line["level"] == "error"
        assert any("test_web_secrets.py" in place for place in line["places"])
    assert CELL not in written.getvalue()


def test_a_line_names_the_route_and_not_the_address(tmp_path: Path, written: io.StringIO) -> None:
    """An address may hold a ticket or a name; who asked is told by kind and name."""
    service = a_service(tmp_path)
    client, key = create_app(service).test_client(), a_key(service, None, Verb.PLAN)
    client.get(f"/v1/runs/{CELL}", headers=key)
    client.get("/healthz")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    (told,) = [
        line for line in lines if line["event"] == "answered" and line["route"] == "/v1/runs/<id>"
    ]
    assert told["who"].startswith("key:")
    assert told["status"] == 404
    assert told["milliseconds"] >= 0
    probed = [line for line in lines if line.get("route") == "/healthz"]
    assert [line["level"] for line in probed] == ["debug"]

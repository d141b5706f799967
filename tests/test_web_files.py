"""Excel files that are sent to be planned: the same plan as the command's, and nothing left behind."""

from __future__ import annotations

import base64
import io
import json
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from bombs import BOMBS
from services import SAMPLES, a_client, a_service
from sheetflow.entrypoints.web.uploads import FOLDER_PREFIX, bare_name, sweep_uploads
from sheetflow.usecases.recalculate import recalculate
from sheetflow.wiring.service import utc_now
from sheetflow.wiring.workbooks import open_workbook

TODAY = date(2026, 11, 23)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONE_OF_A_KIND = sorted({code: bomb for bomb, (_, code) in BOMBS.items()}.values())
AGENCY = (SAMPLES / "agency.xlsx").read_bytes()
SMALLEST = (SAMPLES / "smallest.xlsx").read_bytes()


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which temporary files are made."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("temporary")
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> FlaskClient:
    """A client of a service that plans for everybody on this machine."""
    assert temporary.is_dir()
    return a_client(a_service(tmp_path_factory.mktemp("service"), max_rows=500))


def sent(
    client: FlaskClient,
    content: bytes,
    name: str = "Plan.xlsx",
    query: str = "",
    accept: str = XLSX,
) -> TestResponse:
    """The answer to a workbook that was sent as a form's file."""
    file = FileStorage(io.BytesIO(content), name)
    boundary, form = encode_multipart({"file": file})
    return client.post(
        f"/v1/files/recalculate?today={TODAY}{query}",
        data=form,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Accept": accept},
    )


def test_a_file_comes_back_with_its_plan(
    client: FlaskClient, temporary: Path, tmp_path: Path
) -> None:
    """It holds, byte for byte, what the command would have written, under its own name."""
    answer = sent(client, AGENCY, "Konten, März.xlsx")
    output = tmp_path / "planned.xlsx"
    outcome = recalculate(open_workbook(str(SAMPLES / "agency.xlsx"), output), TODAY)
    assert answer.status_code == 200
    assert answer.mimetype == XLSX
    assert answer.data == output.read_bytes()
    assert "M%C3%A4rz.xlsx" in answer.headers["Content-Disposition"]
    counts = json.loads(answer.headers["SheetFlow-Summary"])
    assert counts["publications"] == len(outcome.plan.publications) > 0
    assert not list(temporary.iterdir())


def test_the_plan_comes_as_json_where_that_is_accepted(client: FlaskClient) -> None:
    """The plan, the summary and the workbook itself, in one document; sentences in the reader's language."""
    told = sent(client, AGENCY, query="&lang=id", accept="application/json").get_json()
    assert set(told) == {"name", "plan", "summary", "problems", "file"}
    assert told["name"] == "Plan.xlsx"
    assert told["plan"]["schema"] == "sheetflow.plan/1"
    assert told["plan"]["today"] == str(TODAY)
    assert told["summary"]["red"] == len(
        [row for row in told["plan"]["publications"] if row["flag"] == "Red"]
    )
    assert base64.b64decode(told["file"]) == sent(client, AGENCY).data


def test_a_second_run_changes_nothing(client: FlaskClient) -> None:
    """What comes back can be sent again."""
    once = sent(client, SMALLEST).data
    assert sent(client, once).data == once


@pytest.mark.parametrize("bomb", ONE_OF_A_KIND)
def test_files_that_mean_harm_are_refused_in_a_sentence(
    client: FlaskClient, temporary: Path, bomb: str
) -> None:
    """The sentence names the file as its sender called it, and nothing of it is kept."""
    make, code = BOMBS[bomb]
    answer = sent(client, make(), "../private/Rencana.xlsx")
    told = answer.get_json()
    assert answer.status_code in {413, 422}
    assert told["code"] == code
    assert "Rencana.xlsx" in told["detail"]
    assert "private" not in told["detail"]
    assert "received" not in told["detail"]
    assert not list(temporary.iterdir())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"file": "text"},
        {"file": (io.BytesIO(b""), "")},
        {"file": (io.BytesIO(AGENCY), "a.xlsx"), "more": "x"},
        {f"f{n}": "x" for n in range(50)},
    ],
    ids=["nothing", "text", "nameless", "more", "many"],
)
def test_other_forms_are_refused(client: FlaskClient, data: dict[str, object]) -> None:
    """One file is sent, and nothing else."""
    answer = client.post("/v1/files/recalculate", data=data, content_type="multipart/form-data")
    assert answer.status_code in {413, 422}


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    """The limit of the settings counts publications."""
    answer = sent(a_client(a_service(tmp_path, max_rows=10)), AGENCY)
    assert answer.status_code == 422
    assert answer.get_json()["code"] == "posted_tab_long"


def test_planning_may_be_closed(tmp_path: Path) -> None:
    """Where it is not open to everybody, nobody gets in without signing in."""
    assert sent(a_client(a_service(tmp_path, open_planning=False)), AGENCY).status_code == 401


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Plan.xlsx", "Plan.xlsx"),
        ("../../etc/Plan.xlsx", "Plan.xlsx"),
        ("C:\\Users\\ana\\Plan.xlsx", "Plan.xlsx"),
        ("a\x00b\n\u202e.xlsx", "ab.xlsx"),
        ("..", "workbook.xlsx"),
        ("", "workbook.xlsx"),
        ("x" * 500 + ".xlsx", "x" * 115 + ".xlsx"),
    ],
)
def test_only_the_bare_name_is_told(name: str, bare: str) -> None:
    """Folders, signs that are not shown and endless names are left out."""
    assert bare_name(name) == bare


def test_what_a_killed_process_left_is_swept(temporary: Path) -> None:
    """Old folders of uploads go; young ones may be in use, and others are not ours."""
    for name in (f"{FOLDER_PREFIX}old", f"{FOLDER_PREFIX}young", "other"):
        (temporary / name).mkdir()
        (temporary / name / "received").write_bytes(b"x")
    past = time.time() - 7200
    for name in (f"{FOLDER_PREFIX}old", "other"):
        os.utime(temporary / name, (past, past))
    sweep_uploads(utc_now())
    left = {path.name for path in temporary.iterdir()}
    assert left == {f"{FOLDER_PREFIX}young", "other"}

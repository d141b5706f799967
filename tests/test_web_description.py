"""The service's own description: whole, true, and shown without anything from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from services import a_client, a_key, a_service, a_workbook, served
from sheetflow.entrypoints.web.description import SIGNED_IN, operations
from sheetflow.entrypoints.web.problems import PROBLEM
from sheetflow.store.records import Verb

IS_LONG = os.environ.get("SHEETFLOW_EXAMPLES") == "long"
PHASES = "coverage,fuzzing,stateful" if IS_LONG else "coverage,fuzzing"
EXAMPLES, SECONDS = ("300", 7200) if IS_LONG else ("1", 120)
ROUTES = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/v1/plan",
    "/v1/files/recalculate",
    "/v1/workbooks",
    "/v1/workbooks/{id}/recalculate",
    "/v1/workbooks/{id}/runs",
    "/v1/workbooks/{id}/plan",
    "/v1/workbooks/{id}/publications/{publication}/explanation",
    "/v1/workbooks/{id}/ticket",
    "/v1/runs/{id}",
}
CONFIG = """
[[operations]]
# that bytes are a workbook, and a table one of publications, no schema can say
include-name = ["POST /v1/plan", "POST /v1/files/recalculate"]
checks.positive_data_acceptance.expected-statuses = ["2xx", 422]

[[operations]]
include-path-regex = "/v1/workbooks/.id"
parameters = {{ "path.id" = "{workbook}", "path.publication" = "P-001" }}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a service without workbooks."""
    return a_client(a_service(tmp_path_factory.mktemp("service")))


def test_every_route_is_described_with_its_problems(client: FlaskClient) -> None:
    """Each problem is application/problem+json, and each operation has a summary and a name of its own."""
    spec = client.get("/openapi.json").get_json()
    assert spec["openapi"].startswith("3.1")
    assert set(spec["paths"]) >= ROUTES
    names = [operation["operationId"] for _, operation in operations(spec)]
    assert len(set(names)) == len(names)
    for path, operation in operations(spec):
        assert operation["summary"], path
        problems = {
            status: answer for status, answer in operation["responses"].items() if status[0] in "45"
        }
        assert {"401", "404", "422", "429", "500"} <= set(problems)
        for answer in problems.values():
            assert set(answer["content"]) == {PROBLEM}, path


def test_the_description_says_where_one_must_sign_in(client: FlaskClient) -> None:
    """What is about a registered workbook needs it, what keeps nothing may do without."""
    spec = client.get("/openapi.json").get_json()
    for path, operation in operations(spec):
        if "{id}" in path and path.startswith("/v1/") and not path.endswith(".ics"):
            assert operation["security"] == SIGNED_IN, path
    assert {} in spec["paths"]["/v1/plan"]["post"]["security"]
    assert "security" not in spec["paths"]["/healthz"]["get"]


def test_the_page_shows_every_route_and_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    """Only its own style sheet is asked for, and it holds no script."""
    page = client.get("/docs")
    assert page.status_code == 200
    for path in ROUTES:
        assert f"<code>{path}</code>" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    loaded = re.findall(r"""(?:src|href)="([^"#]+)""", page.text)
    assert sorted(loaded) == ["/openapi.json", "/static/docs.css"]
    style = client.get("/static/docs.css")
    assert style.mimetype == "text/css"
    assert "url(" not in style.text
    style.close()


def test_requests_drawn_from_the_description_find_no_fault(tmp_path: Path) -> None:
    """Schemathesis: no answer of 500 or more, none that is not described, no wrong input taken, no lock left open."""
    service = a_service(tmp_path)
    record = a_workbook(service, tmp_path, "smallest")
    key = a_key(service, record, Verb.ADMINISTER)
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.format(workbook=record.id), "utf-8")
    service.queue.start()
    with served(service) as address:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config)]
        command += ["run", f"{address}/openapi.json", "--checks", "all", "--seed", "1"]
        command += ["--phases", PHASES, "--max-examples", EXAMPLES, "--no-color"]
        command += ["--header", f"Authorization: {key['Authorization']}"]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    service.queue.stop(5)
    service.close()
    assert done.returncode == 0, done.stdout + done.stderr

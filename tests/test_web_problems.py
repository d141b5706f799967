"""What cannot be answered is told as problem+json: a sentence, its name, and the request's number."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from services import a_client, a_service
from sheetflow.entrypoints.web import create_app
from sheetflow.entrypoints.web.problems import PROBLEM, Refused
from sheetflow.errors import OwnError, UserError

CANARY = "Sekretariat-4711"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a service without workbooks."""
    return a_client(a_service(tmp_path_factory.mktemp("service"), max_upload_mb=1))


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "address_unknown"),
        ("POST", "/healthz", 405, "method_unsuitable"),
        ("GET", "/v1/workbooks", 401, "sign_in_needed"),
        ("POST", "/v1/files/recalculate", 422, "input_unfit"),
        ("POST", "/v1/files/recalculate?today=2026-02-30", 422, "input_unfit"),
        ("POST", "/v1/files/recalculate?to=2026-02-03", 422, "input_unfit"),
    ],
)
def test_each_problem_has_its_status_and_its_name(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    """Every field of RFC 9457 is there, and the number is that of the header."""
    answer = client.open(path, method=method)
    told = answer.get_json()
    assert answer.status_code == told["status"] == status
    assert answer.mimetype == PROBLEM
    assert told["code"] == code
    assert told["request_id"] == answer.headers["X-Request-Id"]
    assert told["detail"].endswith(".")
    assert "{" not in told["detail"]


@pytest.mark.parametrize("body", ["{", "[" * 20_000, "\x00", '{"tabs": 1e999}', "\ud800"])
def test_json_that_cannot_be_read_is_a_fault_of_the_request(client: FlaskClient, body: str) -> None:
    """Broken, endless or strange JSON is answered with 4xx."""
    sent = body.encode("utf-8", "surrogatepass")
    answer = client.post("/v1/plan", data=sent, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.mimetype == PROBLEM


def test_a_request_that_is_too_large_is_refused_unread(client: FlaskClient) -> None:
    """The sentence names the limit of the settings."""
    answer = client.post("/v1/plan", data=b" " * (2**20 + 1), content_type="application/json")
    assert answer.status_code == 413
    assert "1 MB" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("query", "accepted", "sign"),
    [
        ("", "", "There is nothing"),
        ("", "fa-IR, en;q=0.5", "نشانی"),
        ("?lang=id", "fa", "alamat"),
        ("?lang=xx", "", "There is nothing"),
    ],
)
def test_sentences_come_in_the_language_of_the_reader(
    client: FlaskClient, query: str, accepted: str, sign: str
) -> None:
    """`lang` comes before Accept-Language, and English is for the rest."""
    answer = client.get(f"/nothing{query}", headers={"Accept-Language": accepted})
    assert sign in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused(503, "service_busy", seconds=5), 503),
        (UserError("workbook_unknown", id="x"), 404),
        (UserError("google_not_shared", account="a@b.c", address="x"), 424),
        (UserError("file_encrypted", file="x.xlsx"), 422),
        (OwnError("plan_unproved", count=2, first=CANARY), 500),
        (RuntimeError(CANARY), 500),
    ],
)
def test_errors_have_their_status_and_our_own_say_nothing_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], error: Exception, status: int
) -> None:
    """A mistake of our own gives its number alone; what it says appears neither in the answer nor in the log."""
    app = create_app(a_service(tmp_path))

    def fail() -> str:
        raise error

    app.add_url_rule("/fail", view_func=fail)
    answer = app.test_client().get("/fail")
    logged = "".join(capsys.readouterr())
    assert answer.status_code == status
    assert answer.mimetype == PROBLEM
    assert CANARY not in answer.text + logged
    if status == 503:
        assert answer.headers["Retry-After"] == "5"
    if status == 500:
        assert answer.get_json()["request_id"] in answer.get_json()["detail"]
        assert "test_web_problems.py" in logged


def test_a_request_keeps_the_number_that_a_proxy_gave_it(client: FlaskClient) -> None:
    """Unless it is none that could stand in a log."""
    given = client.get("/healthz", headers={"X-Request-Id": "0123456789abcdef"})
    made_up = client.get("/healthz", headers={"X-Request-Id": "x y <script>"})
    assert given.headers["X-Request-Id"] == "0123456789abcdef"
    assert made_up.headers["X-Request-Id"].isalnum()

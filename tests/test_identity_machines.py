"""Machines and keys: a signed request is obeyed once, a key opens its own workbook and nothing when it is revoked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from callers import SECRET, machine_headers
from services import a_client, a_service, served
from sheetflow.entrypoints.web.identity.machines import NO_SECRET
from sheetflow.store.records import Verb

ME = "/v1/me"


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@pytest.fixture
def service(tmp_path: Any) -> Any:
    """A service with a machine."""
    return a_service(tmp_path, machines={"crm": SECRET, "a@b": SECRET})


@pytest.fixture
def client(service: Any) -> FlaskClient:
    """A client of it."""
    return a_client(service)


def test_a_machine_is_known_by_its_signature(client: FlaskClient) -> None:
    """A request that is signed well is the machine's."""
    told = client.get(ME, headers=machine_headers("crm", now(), "GET", ME))
    assert (told.status_code, told.get_json()["kind"], told.get_json()["name"]) == (
        200,
        "machine",
        "crm",
    )


def test_a_hundred_copies_at_once_are_one_request(service: Any) -> None:
    """A signed request that is caught and sent a hundred times over real HTTP is accepted once."""
    record = service.registry.add(
        "/nowhere/a.xlsx", name="A", time_zone="UTC", schedule=None, owner=None, now=now()
    )
    service.registry.allow(record.id, "crm@machine", {Verb.RECALCULATE})
    target = f"/v1/workbooks/{record.id}/recalculate?lang=en"
    headers = machine_headers("crm", now(), "POST", target)
    with served(service) as address, ThreadPoolExecutor(16) as pool:

        def sent(_: int) -> tuple[int, str]:
            answer = requests.post(address + target, headers=headers, timeout=30)
            return answer.status_code, answer.json().get("code", "")

        answers = list(pool.map(sent, range(100)))
    assert answers.count((202, "")) == 1
    assert answers.count((401, "signature_replayed")) == 99
    assert len(service.runs.of(record.id, 10)) == 1


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (-290, None),
        (290, None),
        (-310, "signature_stale"),
        (310, "signature_stale"),
        (10**10, "signature_stale"),
    ],
)
def test_a_signature_lives_five_minutes(
    client: FlaskClient, seconds: int, code: str | None
) -> None:
    """A request that was signed longer ago, or is yet to be signed, is refused."""
    signed_at = datetime.fromtimestamp(now().timestamp() + seconds, UTC)
    told = client.get(ME, headers=machine_headers("crm", signed_at, "GET", ME))
    assert told.get_json().get("code") == code


@pytest.mark.parametrize("ahead", [-290, 0, 290])
def test_a_nonce_is_remembered_for_as_long_as_its_signature_lives(service: Any, ahead: int) -> None:
    """Whenever it was signed, no copy of a request passes at any later time."""
    began = now()
    clock = [began]
    client = a_client(replace(service, clock=lambda: clock[0]))
    headers = machine_headers("crm", began + timedelta(seconds=ahead), "GET", ME)
    assert client.get(ME, headers=headers).status_code == 200
    for minutes in range(1, 16):
        clock[0] = began + timedelta(minutes=minutes)
        client.get(
            ME, headers=machine_headers("crm", clock[0], "GET", ME)
        )  # which forgets old ones
        assert client.get(ME, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"SheetFlow-Machine": "erp"},
        {"SheetFlow-Machine": "CRM"},
        {"SheetFlow-Machine": "a@b"},
        {"SheetFlow-Machine": ""},
        {"SheetFlow-Timestamp": ""},
        {"SheetFlow-Timestamp": "-1"},
        {"SheetFlow-Timestamp": "9" * 40},
        {"SheetFlow-Timestamp": "١٧٩٥٣٤٤٠٠٠"},
        {"SheetFlow-Nonce": ""},
        {"SheetFlow-Nonce": "short"},
        {"SheetFlow-Nonce": "another-nonce-than-was-signed"},
        {"SheetFlow-Nonce": "x" * 200},
        {"SheetFlow-Signature": ""},
        {"SheetFlow-Signature": "0" * 64},
        {"SheetFlow-Signature": "ü" * 64},
        {"Authorization": "Bearer sf_abc_def"},
    ],
    ids=str,
)
def test_a_changed_header_is_refused(client: FlaskClient, change: dict[str, str]) -> None:
    """Every header is under the signature, and a second credential beside it is one too many."""
    headers = machine_headers("crm", now(), "GET", ME) | change
    assert (
        client.get(
            ME, headers={k: v.encode().decode("latin-1") for k, v in headers.items()}
        ).status_code
        == 401
    )


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/v1/workbooks?lang=id", b"sent"),
        ("GET", "/v1/workbooks", b"sent"),
        ("GET", "/v1/workbooks?lang=en&lang=id", b"sent"),
        ("GET", "/v1/workbooks?lang=%65n", b"sent"),
        ("GET", "/v1/%77orkbooks?lang=en", b"sent"),
        ("GET", "/v1/workbooks?lang=en", b"sent more"),
        ("POST", "/v1/workbooks?lang=en", b"sent"),
    ],
)
def test_another_request_under_the_same_signature_is_refused(
    client: FlaskClient, method: str, target: str, body: bytes
) -> None:
    """Method, path, query and body are under the signature, letter by letter."""
    signed = ("GET", "/v1/workbooks?lang=en", b"sent")
    other = machine_headers("crm", now(), *signed)
    assert client.open(target, method=method, data=body, headers=other).status_code == 401
    good = machine_headers("crm", now(), *signed)
    assert client.open(signed[1], method="GET", data=signed[2], headers=good).status_code == 200


def test_the_secret_decides(client: FlaskClient) -> None:
    """Another secret signs for nobody."""
    headers = machine_headers("crm", now(), "GET", ME, secret="another secret of that length")  # noqa: S106
    assert client.get(ME, headers=headers).status_code == 401


def test_nobodys_secret_is_nobodys(client: FlaskClient) -> None:
    """A machine that the settings do not name cannot sign, not even with what stands for its secret."""
    for stand_in in (NO_SECRET, "", "None"):
        headers = machine_headers("erp", now(), "GET", ME, secret=stand_in)
        assert client.get(ME, headers=headers).status_code == 401


def test_two_good_credentials_are_one_too_many(client: FlaskClient, service: Any) -> None:
    """A key beside a machine's signature: neither is chosen."""
    text = service.keys.create("k", {Verb.PLAN}, None, now())[1]
    headers = machine_headers("crm", now(), "GET", ME) | {"Authorization": f"Bearer {text}"}
    assert client.get(ME, headers=headers).status_code == 401


def test_a_refused_request_uses_no_nonce_up(client: FlaskClient) -> None:
    """Who cannot sign cannot spoil somebody's nonce."""
    headers = machine_headers("crm", now(), "GET", ME)
    spoilt = headers | {"SheetFlow-Signature": "0" * 64}
    assert client.get(ME, headers=spoilt).status_code == 401
    assert client.get(ME, headers=headers).status_code == 200


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: text + "x", str.upper])
@pytest.mark.parametrize("prefix", ["", " "])
def test_a_key_has_to_be_whole(client: FlaskClient, service: Any, spoil: Any, prefix: str) -> None:
    """A key that was cut, lengthened or retyped in capitals opens nothing."""
    text = service.keys.create("k", {Verb.PLAN}, None, now())[1]
    told = client.get(ME, headers={"Authorization": f"Bearer {prefix}{text}"})
    assert told.status_code == 200
    assert client.get(ME, headers={"Authorization": f"Bearer {spoil(text)}"}).status_code == 401


def test_a_key_stops_at_once(client: FlaskClient, service: Any) -> None:
    """Made anew, the old text opens nothing; revoked, neither does the new one."""
    record, old = service.keys.create("k", {Verb.PLAN}, None, now())

    def status(text: str) -> int:
        return client.get(ME, headers={"Authorization": f"Bearer {text}"}).status_code

    assert status(old) == 200
    _, new = service.keys.rotate(record.id, now())
    assert (status(old), status(new)) == (401, 200)
    service.keys.revoke(record.id, now())
    assert status(new) == 401


def test_who_one_is_shows_no_secret(client: FlaskClient, service: Any) -> None:
    """A key is told by its ID."""
    record, text = service.keys.create("k", {Verb.PLAN}, None, now())
    told = client.get(ME, headers={"Authorization": f"Bearer {text}"}).get_json()
    assert told == {"kind": "key", "name": record.id, "workbook": None, "verbs": ["plan"]}


def test_a_bad_credential_is_refused_where_nobody_need_sign_in(client: FlaskClient) -> None:
    """On this machine anybody may plan, but a key that is wrong is told so before the file is read."""
    for target in ("/v1/files/recalculate", "/v1/plan"):
        assert client.post(target).status_code in {400, 422}
        wrong = client.post(target, headers={"Authorization": "Bearer sf_wrong_key_text"})
        assert (wrong.status_code, wrong.get_json()["code"]) == (401, "credential_refused")


def test_nobody_has_a_large_request_read(tmp_path: Any) -> None:
    """Where one has to sign in, that is told before what was sent is looked at."""
    client = a_client(a_service(tmp_path, open_planning=False))
    answer = client.post("/v1/plan", data=b"{" * 1000, content_type="application/json")
    assert answer.status_code == 401

"""Who may do what on the local Sheets server: sharing, protections, tokens, certificates, a disabled API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sheets_calls import Caller, area, caller
from sheets_server.accounts import ROBOT, signed
from sheets_server.server import SheetsServer
from sheets_server.switches import Switches

SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"


@pytest.fixture
def to() -> Iterator[Caller]:
    """An account with a spreadsheet on a fresh server."""
    with SheetsServer() as server:
        yield caller(server)


def test_sharing_decides_who_may_read_and_write(to: Caller) -> None:
    """Not shared 403, unknown 404, shared to read 403 for writes, an Excel file 400, each in Google's words."""
    path = "/values/A1?valueInputOption=RAW"
    to.server.share(to.number, ROBOT, "reader")
    assert to.ask("GET", "").status_code == 200
    assert to.ask("PUT", path, {"values": [["x"]]}).status_code == 403
    to.server.share(to.number, ROBOT, None)
    error = {
        "code": 403,
        "message": "The caller does not have permission",
        "status": "PERMISSION_DENIED",
    }
    assert to.ask("GET", "").json() == {"error": error}
    nowhere = Caller(server=to.server, number="nowhere", token=to.token)
    assert nowhere.ask("GET", "").json()["error"]["status"] == "NOT_FOUND"
    excel = Caller(server=to.server, number=to.server.add_xlsx("Plan.xlsx"), token=to.token)
    error = excel.ask("GET", "").json()["error"]
    assert (error["code"], error["status"]) == (400, "FAILED_PRECONDITION")
    assert error["message"] == "This operation is not supported for this document"


def test_protected_cells_are_the_owners(to: Caller) -> None:
    """A write into them is refused as a whole; a warning stops nobody, nor does a cell beside them."""
    plan = to.server.book(to.number).sheet("Plan")
    plan.parts["protectedRanges"] = [{"protectedRangeId": 1, "range": area(0, 9, 0, 1)}]
    path = "/values/A2:B2?valueInputOption=RAW"
    refused = to.ask("PUT", path, {"values": [["x", "y"]]})
    assert (
        "You are trying to edit a protected cell or object." in refused.json()["error"]["message"]
    )
    assert to.ask("PUT", path, {"values": [[None, "y"]]}).status_code == 200
    plan.parts["protectedRanges"][0]["warningOnly"] = True
    to.server.book(to.number).type("Plan", 3, 1, "typed by the owner")
    assert to.put("Plan!A2:B2", [["x", None]])["updatedCells"] == 1


def test_tokens_are_given_for_a_key_and_end(to: Caller) -> None:
    """google-auth gets one from the token endpoint; without one, or an hour later, it is a 401."""
    from google.auth.transport.requests import Request
    from google.oauth2.service_account import Credentials

    key = to.server.key_file()
    made: Any = Credentials.from_service_account_info(key, scopes=[SPREADSHEETS])  # type: ignore[no-untyped-call]
    with requests.Session() as session:
        made.refresh(Request(session))
    url = f"{to.server.url}/v4/spreadsheets/{to.number}"
    headers = {"Authorization": f"Bearer {made.token}"}
    assert requests.get(url, headers=headers, timeout=9).status_code == 200
    assert (
        requests.get(f"{to.server.url}/drive/v3/files", headers=headers, timeout=9).status_code
        == 403
    )
    assert requests.get(url, timeout=9).status_code == 401
    to.server.accounts.clock = lambda: 10.0**10
    assert (
        requests.get(url, headers=headers, timeout=9).json()["error"]["status"] == "UNAUTHENTICATED"
    )
    to.server.accounts.withdrawn.add(ROBOT)
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "a.b.c"}
    refused = requests.post(f"{to.server.url}/token", data=form, timeout=9)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


def test_the_certificates_prove_what_was_signed(to: Caller) -> None:
    """An ID token is verified with the certificates endpoint."""
    from google.auth.transport.requests import Request
    from google.oauth2 import id_token

    token = signed({"iss": "accounts.google.com", "aud": "app", "iat": 1, "exp": 4 * 10**9})
    with requests.Session() as session:
        place = f"{to.server.url}/oauth2/v1/certs"
        claims: Any = id_token.verify_token(token, Request(session), "app", certs_url=place)
    assert claims["iss"] == "accounts.google.com"


def test_a_disabled_api_says_so() -> None:
    """The body names the service and the place to turn it on."""
    with SheetsServer(Switches(api_disabled=True)) as server:
        error = caller(server).ask("GET", "").json()["error"]
    assert (error["code"], error["details"][1]["reason"]) == (403, "SERVICE_DISABLED")

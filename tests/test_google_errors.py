"""Whatever Google refuses is told with the place, the trouble and the next move."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.entrypoints.cli.mishaps import sentence
from sheetflow.errors import UserError
from sheetflow.translate.language import Tongue
from sheetflow.translate.shipped import catalog
from sheetflow.wiring.workbooks import open_workbook
from sheetflow.workbooks.google.address import spreadsheet_id
from sheetflow.workbooks.google.credentials import Access, access_by_key, access_from
from sheetflow.workbooks.google.faults import Visit, fault_of, refusal_of
from sheetflow.workbooks.google.sign_in import sign_in_fault
from sheets_server import accounts

ACCOUNT = accounts.ROBOT
PROJECT = accounts.key_file("", ACCOUNT)["project_id"]
SHEET = "1vVbXYIzkOxcLvg3IKvXFJsUj3fhfR3VhSjEkq0g3abc"
VISIT = Visit(spreadsheet=SHEET, account=ACCOUNT, project=PROJECT)
RUN = "from sheetflow.entrypoints.cli import main; main()"
DENIED = "The caller does not have permission"
DISABLED = (
    "Google Sheets API has not been used in project 123456 before or it is disabled. Enable it by"
    " visiting https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456"
)
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to"
    " remove protection if you need to edit."
)
QUOTA = (
    "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'"
    " of service 'sheets.googleapis.com' for consumer 'project_number:123456'."
)
CELLS = "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
OFFICE = "This operation is not supported for this document"
SCOPES = "Request had insufficient authentication scopes."
OF_GCLOUD = (
    "Your application is authenticating by using local Application Default Credentials. The"
    " sheets.googleapis.com API requires a quota project, which is not set by default."
)

Refused = tuple[int, str, str, str | None, bool]
REFUSALS: dict[str, Refused] = {
    "google_not_shared": (403, "PERMISSION_DENIED", DENIED, None, False),
    "google_read_only": (403, "PERMISSION_DENIED", DENIED, None, True),
    "google_not_found": (404, "NOT_FOUND", "Requested entity was not found.", None, False),
    "google_office_file": (400, "FAILED_PRECONDITION", OFFICE, None, False),
    "google_protected": (400, "INVALID_ARGUMENT", PROTECTED, None, True),
    "google_api_disabled": (403, "PERMISSION_DENIED", DISABLED, "SERVICE_DISABLED", False),
    "google_wrong_project": (403, "PERMISSION_DENIED", OF_GCLOUD, "SERVICE_DISABLED", False),
    "google_scope_missing": (
        *(403, "PERMISSION_DENIED", SCOPES),
        *("ACCESS_TOKEN_SCOPE_INSUFFICIENT", False),
    ),
    "google_quota": (429, "RESOURCE_EXHAUSTED", QUOTA, "RATE_LIMIT_EXCEEDED", True),
    "google_full": (400, "INVALID_ARGUMENT", CELLS, None, True),
    "google_tab_unknown": (400, "INVALID_ARGUMENT", "Unable to parse range: 'Q1'", None, False),
    "google_unwell": (503, "UNAVAILABLE", "The service is currently unavailable.", None, False),
    "google_sign_in_refused": (401, "UNAUTHENTICATED", "Invalid credentials.", None, False),
    "google_refused": (400, "INVALID_ARGUMENT", "Invalid value at 'data.values'.", None, True),
}
TOLD = {
    "google_not_shared": (ACCOUNT, SHEET, "Share"),
    "google_read_only": (ACCOUNT, SHEET, "Editor"),
    "google_not_found": (SHEET, "browser"),
    "google_office_file": (SHEET, "Save as Google Sheets"),
    "google_protected": (ACCOUNT, SHEET, "Protected sheets and ranges"),
    "google_api_disabled": ("project=123456", "Enable"),
    "google_wrong_project": ("key file",),
    "google_scope_missing": ("key file",),
    "google_quota": (PROJECT, "minutes"),
    "google_full": ("ten million", "Delete"),
    "google_tab_unknown": (SHEET, "Run it again"),
    "google_unwell": ("Run it again",),
    "google_sign_in_refused": ("Invalid credentials", "new JSON key"),
    "google_refused": (SHEET, "Invalid value at 'data.values'", "report"),
}


def fault(refused: Refused, visit: Visit = VISIT) -> UserError:
    """The error of an answer with these words of Google's."""
    status, state, message, reason, writes = refused
    error: dict[str, Any] = {"code": status, "message": message, "status": state}
    if reason:
        error["details"] = [
            {"@type": "type.googleapis.com/google.rpc.Help", "links": []},
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason},
        ]
    return fault_of(refusal_of(status, json.dumps({"error": error}).encode(), writes=writes), visit)


@pytest.mark.parametrize("code", REFUSALS)
def test_what_google_refuses_is_told_with_the_next_move(code: str) -> None:
    """Each kind of refusal has a code of its own, and its sentence names what the user must know."""
    error = fault(REFUSALS[code])
    assert error.code == code
    told = sentence(error)
    assert all(word in told for word in TOLD[code]), told
    assert "{" not in told


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_is_whole_in_every_language(language: Language) -> None:
    """No sentence about Google asks for a fact that its error lacks."""
    tongue = Tongue(language, CalendarSystem.GREGORIAN, date(2026, 11, 22))
    for refused in REFUSALS.values():
        for visit in (VISIT, Visit(spreadsheet=SHEET)):
            error = fault(refused, visit)
            says, does = tongue.told(error.code, error.facts)
            assert says != error.code
            assert does
            assert "{" not in says + does
            assert "  " not in says + does


@pytest.mark.parametrize("code", ["google_not_shared", "google_read_only", "google_protected"])
def test_an_account_that_nobody_knows_is_not_named(code: str) -> None:
    """With application default credentials the account may have no address: the sentence does without."""
    error = fault(REFUSALS[code], Visit(spreadsheet=SHEET))
    assert error.code == f"{code}_anybody"
    assert "account that SheetFlow signs in with" in sentence(error)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"error": "no"}', b'{"error": {"details": 1}}']
)
def test_an_answer_of_another_shape_is_told_by_its_status(body: bytes) -> None:
    """A page of some machine on the way is no trouble."""
    error = fault_of(refusal_of(404, body, writes=False), VISIT)
    assert error.code == "google_not_found"
    error = fault_of(refusal_of(418, body, writes=False), VISIT)
    assert (error.code, error.facts["text"]) == ("google_refused", "status 418")


SIGN_INS = {
    "google_key_refused": "invalid_grant: Invalid JWT Signature.",
    "google_clock_wrong": "invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes)"
    " and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
    "google_sign_in_expired": "invalid_grant: Token has been expired or revoked.",
    "google_sign_in_refused": "unauthorized_client: Unauthorized",
}


@pytest.mark.parametrize("code", SIGN_INS)
def test_credentials_that_google_does_not_take(code: str) -> None:
    """A revoked key, a wrong clock and a sign-in that has run out are told apart."""
    error = sign_in_fault(SIGN_INS[code], account_access())
    assert error.code == code
    assert "{" not in sentence(error)


def account_access() -> Access:
    """Access by a whole key file."""
    return access_by_key(accounts.key_file("http://127.0.0.1:9", ACCOUNT))


def code_of(environment: dict[str, str]) -> str:
    """The code of what is wrong with the credentials that an environment names."""
    with pytest.raises(UserError) as caught:
        access_from(environment)
    assert "{" not in sentence(caught.value)
    return caught.value.code


def test_key_files(tmp_path: Path) -> None:
    """A key file that is missing, broken or of another kind is told as such; a whole one gives its account."""
    name = "SHEETFLOW_GOOGLE_CREDENTIALS"
    key = tmp_path / "key.json"
    assert code_of({name: str(key)}) == "google_key_missing"
    assert code_of({name: str(tmp_path)}) == "google_key_unreadable"
    whole = accounts.key_file("http://127.0.0.1:9", ACCOUNT)
    broken = [b"{", b"[]", b"\xff\xfe", json.dumps({"type": "service_account"}).encode()]
    broken.append(json.dumps(whole | {"private_key": "-----BEGIN"}).encode())
    for content in broken:
        key.write_bytes(content)
        assert code_of({name: str(key)}) == "google_key_broken"
    key.write_text(json.dumps({"installed": {"client_id": "1"}}), "utf-8")
    assert code_of({name: str(key)}) == "google_key_unsuitable"
    assert code_of({"GOOGLE_APPLICATION_CREDENTIALS": str(key)}) == "google_key_unsuitable"
    key.write_text(json.dumps(whole), "utf-8")
    for named in (name, "GOOGLE_APPLICATION_CREDENTIALS"):
        access = access_from({named: str(key)})
        assert (access.account, access.project) == (ACCOUNT, PROJECT)
        scopes = ("https://www.googleapis.com/auth/spreadsheets",)
        assert getattr(access.credentials, "scopes", None) == scopes


def test_somebody_who_signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's own sign-in works too; their address is not known, and none is named."""
    key = {"type": "authorized_user", "client_id": "1", "client_secret": "2", "refresh_token": "3"}
    file = tmp_path / "application_default_credentials.json"
    file.write_text(json.dumps(key | {"quota_project_id": PROJECT}), "utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    access = access_from(os.environ)
    assert access.account == ""
    assert access.credentials.quota_project_id == PROJECT
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    file.write_text(json.dumps(key), "utf-8")
    assert access_from(os.environ).account == ""


def test_no_credentials_at_all(tmp_path: Path) -> None:
    """The command line says how to get some, and ends with status 2."""
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "NO_GCE_CHECK": "true"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, "check", SHEET],
        env=bare,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "SHEETFLOW_GOOGLE_CREDENTIALS" in done.stderr


ADDRESSES = [
    SHEET,
    f" {SHEET}\n",
    f"https://docs.google.com/spreadsheets/d/{SHEET}",
    f"https://docs.google.com/spreadsheets/d/{SHEET}/edit?gid=7#gid=7",
    f"https://docs.google.com/spreadsheets/u/1/d/{SHEET}/edit?usp=sharing",
    f"https://docs.google.com/a/agency.example/spreadsheets/d/{SHEET}/edit",
    f"http://docs.google.com/spreadsheets/d/{SHEET}/copy",
    f"docs.google.com/spreadsheets/d/{SHEET}/edit",
    f"https://drive.google.com/file/d/{SHEET}/view?usp=drive_link",
    f"https://drive.google.com/open?id={SHEET}",
    f"https://spreadsheets.google.com/ccc?key={SHEET}&hl=en",
]
STRANGERS = [
    "plan.xlsx",
    "content-plan-for-the-whole-team",
    "C:\\plans\\november.xlsx",
    "https://example.com/spreadsheets/d/" + SHEET,
    "https://docs.google.com/document/d/" + SHEET + "/edit",
    "https://docs.google.com/spreadsheets/d/e/2PACX-1vTabc0123456789/pubhtml",
    "https://drive.google.com/drive/folders/" + SHEET,
    "https://docs.google.com/spreadsheets/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_of_spreadsheets(address: str) -> None:
    """Every form in which people pass a spreadsheet on gives its ID, whatever tab it points to."""
    assert spreadsheet_id(address) == SHEET


@pytest.mark.parametrize("address", STRANGERS)
def test_addresses_of_other_things(address: str) -> None:
    """Files, documents, folders and published pages are no spreadsheets."""
    assert spreadsheet_id(address) is None


def test_addresses_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address of another kind is told; a file comes before an ID that looks the same."""
    with pytest.raises(UserError) as caught:
        open_workbook("https://example.com/plan.xlsx")
    assert caught.value.code == "url_unknown"
    with pytest.raises(UserError) as caught:
        open_workbook(SHEET, tmp_path / "plan.xlsx")
    assert caught.value.code == "google_output"
    monkeypatch.chdir(tmp_path)
    (tmp_path / SHEET).write_bytes(b"")
    with pytest.raises(UserError) as caught:
        open_workbook(SHEET).read()
    assert caught.value.code.startswith("file_")


def test_every_sentence_about_google_is_used() -> None:
    """A code that nothing raises any more goes."""
    source = "".join(
        file.read_text("utf-8")
        for folder in ("workbooks/google", "wiring", "usecases")
        for file in sorted((Path(__file__).parents[1] / "sheetflow" / folder).glob("*.py"))
    )
    codes = [code for code in catalog(Language.EN, "errors") if code.startswith("google_")]
    assert not [code for code in codes if f'"{code}"' not in source]

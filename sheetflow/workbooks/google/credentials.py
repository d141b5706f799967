"""Signing in to Google: by a service account's key file, or by what the machine offers.

    access_from(environment) -> Access   # .credentials, .account (its e-mail address), .project

The key file is named by SHEETFLOW_GOOGLE_CREDENTIALS, else by GOOGLE_APPLICATION_CREDENTIALS; without either, Google's
application default credentials are used (`gcloud auth application-default login`, or those of a machine at Google).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials

from sheetflow.errors import UserError

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
"""To read and write spreadsheets that were shared with the account; nothing else of Drive."""

KEY_FILES = ("SHEETFLOW_GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS")
SERVICE_ACCOUNT = "service_account"
DEFAULT_ACCOUNT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Credentials that spreadsheets are opened with, and the project that their requests are counted to."""

    credentials: Credentials
    project: str = ""

    @property
    def account(self) -> str:
        """The address that a spreadsheet must be shared with; blank where it is not known (yet)."""
        address = str(getattr(self.credentials, "service_account_email", "") or "")
        return "" if address == DEFAULT_ACCOUNT else address


def access_from(environment: Mapping[str, str]) -> Access:
    """Access by the key file that the environment names, or by application default credentials.

    Raises:
        UserError: The key file is missing or no key of a service account, or there are no credentials at all.
    """
    named = next((environment[name] for name in KEY_FILES if environment.get(name)), None)
    if named is None:
        return _by_default()
    key = _key_in(named)
    if key.get("type") == SERVICE_ACCOUNT:
        return access_by_key(key, named)
    if named == environment.get(KEY_FILES[1]):
        return _by_default(named)
    raise UserError("google_key_unsuitable", file=named)


def access_by_key(key: Mapping[str, Any], file: str = "") -> Access:
    """Access by what a service account's key file holds; raises UserError where it is not whole."""
    from google.auth.exceptions import GoogleAuthError
    from google.oauth2.service_account import Credentials as ServiceAccount

    try:
        credentials = ServiceAccount.from_service_account_info(key, scopes=SCOPES)  # type: ignore[no-untyped-call]
    except (GoogleAuthError, ValueError, TypeError) as error:
        raise UserError("google_key_broken", file=file) from error
    return Access(credentials=credentials, project=str(key.get("project_id", "")))


def account_in(file: str) -> str:
    """The address of the account that a key file is of; blank where it tells none. Nothing is asked of Google."""
    try:
        return str(_key_in(file).get("client_email", ""))
    except UserError:
        return ""


def _key_in(file: str) -> Mapping[str, Any]:
    try:
        key = json.loads(Path(file).expanduser().read_text("utf-8"))
    except FileNotFoundError as error:
        raise UserError("google_key_missing", file=file) from error
    except OSError as error:
        raise UserError("google_key_unreadable", file=file) from error
    except ValueError as error:
        raise UserError("google_key_broken", file=file) from error
    if not isinstance(key, dict):
        raise UserError("google_key_broken", file=file)
    return key


def _by_default(file: str | None = None) -> Access:
    import google.auth
    from google.auth.exceptions import GoogleAuthError

    try:
        credentials, project = google.auth.default(scopes=SCOPES)
    except GoogleAuthError as error:
        if file:
            raise UserError("google_key_unsuitable", file=file) from error
        raise UserError("google_not_signed_in") from error
    return Access(credentials=credentials, project=project or "")

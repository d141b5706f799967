"""How the way to Google stands: keys, sign-in, the clock, and the quota that is used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sheetflow.errors import UserError
from sheetflow.wiring.findings import Finding, bad, doubtful, good
from sheetflow.wiring.google import SERVER, accesses, client_for, quota_of
from sheetflow.wiring.settings import Settings
from sheetflow.workbooks.google.credentials import Access

NO_SPREADSHEET = "sheetflow-doctor-looks-whether-it-is-let-in"
"""No spreadsheet has such an ID: whoever is signed in, and may use the interface, is told that there is none."""

LET_IN = {"google_not_found", "google_not_shared", "google_not_shared_anybody"}
GOOGLE = "https://sheets.googleapis.com"
SKEW_SECONDS, REQUEST_SECONDS = 60.0, 10.0


def examine_google(settings: Settings) -> Iterator[Finding]:
    """A finding for each key, one for the clock, one for the quota of each account."""
    try:
        found = accesses(settings.google_credentials)
    except UserError as error:
        yield bad("credentials", error)
        return
    for access in found:
        yield _credentials(access)
    yield _clock()
    for access in found:
        yield _quota(settings, access)


def _credentials(access: Access) -> Finding:
    client = client_for(access)
    try:
        client.spreadsheets_get(NO_SPREADSHEET, {"fields": "spreadsheetId"})
    except UserError as error:
        if error.code not in LET_IN:
            return bad("credentials", error)
    return good("credentials", "doctor_signed_in", account=access.account or None)


def _clock() -> Finding:
    """Whoever signs in proves it with the time: Google refuses a clock that is minutes off."""
    import requests

    try:
        answer = requests.head(os.environ.get(SERVER) or GOOGLE, timeout=REQUEST_SECONDS)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (requests.RequestException, KeyError, ValueError):
        return doubtful("clock", "doctor_clock_unknown")
    seconds = round(abs((datetime.now(UTC) - theirs).total_seconds()))  # noqa: TID251  the clock itself is examined
    if seconds > SKEW_SECONDS:
        return bad("clock", UserError("doctor_clock_off", seconds=seconds))
    return good("clock", "doctor_clock_right")


def _quota(settings: Settings, access: Access) -> Finding:
    quota = quota_of(settings)
    reads, writes = (quota.used(access.account, writes=writes) for writes in (False, True))
    limit = settings.google_requests_per_minute
    told = good if max(reads, writes) < limit else doubtful
    account = access.account or None
    return told("quota", "doctor_quota", account=account, reads=reads, writes=writes, count=limit)

"""What Google says is wrong, as an error that names the next move.

    raise fault_of(refusal, visit)       # an answer other than 200
    except LostAnswerError: ...          # a write that may have been obeyed: read again before anything else

Every error is a `GoogleFaultError`: a `UserError` whose `status` and `message` are Google's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sheetflow.errors import Fact, UserError
from sheetflow.workbooks.google.address import editing_url

LONGEST_MESSAGE = 200
UNNAMED = "–"
GCLOUD_PROJECT = "764086051850"
"""The project of the gcloud tool itself: whoever signed in by it has not named one of their own."""

_PROJECT = re.compile(r"projects?/([\w.:-]+)")


class GoogleFaultError(UserError):
    """Google refused; `status` and `message` are its own, 0 and blank where there was no answer."""

    def __init__(self, code: str, *, status: int = 0, message: str = "", **facts: Fact) -> None:
        """Keep Google's words beside the code and its facts."""
        super().__init__(code, **facts)
        self.status = status
        self.message = message


class LostAnswerError(GoogleFaultError):
    """Nobody knows whether a write was obeyed: it must not be sent again before the sheet has been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who asks for which spreadsheet: `account` is the address that it must be shared with, blank where unknown."""

    spreadsheet: str = ""
    account: str = ""
    project: str = ""

    def facts(self) -> dict[str, Fact]:
        """What the sentences name."""
        url = editing_url(self.spreadsheet) if self.spreadsheet else "the spreadsheet"
        return {"address": url, "account": self.account}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An answer other than 200, as far as it could be read."""

    status: int
    state: str = ""
    message: str = ""
    reasons: frozenset[str] = frozenset()
    metadata: Mapping[str, str] = field(default_factory=dict)
    writes: bool = False

    @property
    def in_words(self) -> bool:
        """Whether Google itself gave it, and not some machine on the way."""
        return bool(self.state)


def refusal_of(status: int, body: bytes, *, writes: bool) -> Refusal:
    """Read an answer; whatever is no error of Google's shape has a status alone."""
    try:
        error = json.loads(body)["error"]
        details = [each for each in error.get("details", ()) if isinstance(each, dict)]
        return Refusal(
            status=status,
            state=str(error.get("status", "")),
            message=str(error.get("message", "")),
            reasons=frozenset(str(each["reason"]) for each in details if "reason" in each),
            metadata=_metadata(details),
            writes=writes,
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return Refusal(status=status, writes=writes)


def _metadata(details: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in details:
        named = each.get("metadata")
        found |= {str(k): str(v) for k, v in named.items()} if isinstance(named, dict) else {}
    return found


def fault_of(refusal: Refusal, visit: Visit) -> GoogleFaultError:
    """The error of an answer other than 200."""
    code = next(_codes(refusal), "google_refused")
    facts = visit.facts() | {
        "project": _project(refusal) or visit.project or UNNAMED,
        "text": shortened(refusal.message) or f"status {refusal.status}",
    }
    if not visit.account and code in WITHOUT_ACCOUNT:
        code = WITHOUT_ACCOUNT[code]
    return GoogleFaultError(code, status=refusal.status, message=refusal.message, **facts)


WITHOUT_ACCOUNT = {
    "google_not_shared": "google_not_shared_anybody",
    "google_read_only": "google_read_only_anybody",
    "google_protected": "google_protected_anybody",
}
"""The sentences that do without the account's address where nobody knows it."""


def _codes(refusal: Refusal) -> Iterator[str]:
    for code, fits in _FAULTS.items():
        if fits(refusal):
            yield code


def _says(refusal: Refusal, *words: str) -> bool:
    return any(word in refusal.message.casefold() for word in words)


def _is_disabled(refusal: Refusal) -> bool:
    return "SERVICE_DISABLED" in refusal.reasons or _says(
        refusal, "api has not been used in project", "it is disabled"
    )


def _is_wrong_project(refusal: Refusal) -> bool:
    of_gcloud = _is_disabled(refusal) and _project(refusal) == GCLOUD_PROJECT
    named = refusal.reasons & {
        "CONSUMER_INVALID",
        "USER_PROJECT_DENIED",
        "RESOURCE_PROJECT_INVALID",
    }
    return of_gcloud or bool(named) or _says(refusal, "requires a quota project")


def _project(refusal: Refusal) -> str:
    consumer = refusal.metadata.get("consumer", "")
    found = _PROJECT.search(consumer) or re.search(r"project ([\w.:-]*\w)", refusal.message)
    return found.group(1) if found else ""


def shortened(text: str) -> str:
    """The text in one line and without its full stop, cut where it is too long for a sentence."""
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 1] + "…"


_FAULTS: Mapping[str, Callable[[Refusal], bool]] = {
    "google_wrong_project": _is_wrong_project,
    "google_api_disabled": _is_disabled,
    "google_scope_missing": lambda r: (
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in r.reasons or _says(r, "insufficient authentication")
    ),
    "google_protected": lambda r: _says(r, "protected cell", "protected range"),
    "google_office_file": lambda r: _says(
        r, "not supported for this document", "must not be an office file"
    ),
    "google_full": lambda r: _says(r, "above the limit of 10000000 cells"),
    "google_tab_unknown": lambda r: _says(r, "unable to parse range", "no grid with id"),
    "google_quota": lambda r: (
        r.status == HTTPStatus.TOO_MANY_REQUESTS or r.state == "RESOURCE_EXHAUSTED"
    ),
    "google_sign_in_refused": lambda r: r.status == HTTPStatus.UNAUTHORIZED,
    "google_read_only": lambda r: r.status == HTTPStatus.FORBIDDEN and r.writes,
    "google_not_shared": lambda r: r.status == HTTPStatus.FORBIDDEN,
    "google_not_found": lambda r: r.status == HTTPStatus.NOT_FOUND,
    "google_unwell": lambda r: (
        r.status >= HTTPStatus.INTERNAL_SERVER_ERROR or r.status == HTTPStatus.REQUEST_TIMEOUT
    ),
}
"""The codes in the order in which they are tried: what is told in words first, then what the status alone tells."""

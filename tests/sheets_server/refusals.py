"""What Google answers when it will not do a thing: the status, the sentence and the details of each refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

WORDS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


class Refusal(Exception):  # noqa: N818 - it is no fault of the server's
    """An answer other than 200, in the shape in which Google gives it."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        word: str | None = None,
        details: Sequence[Json] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take the HTTP status, the sentence, and what goes beside it."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.word = word or WORDS[status]
        self.details = list(details)
        self.headers = dict(headers or {})

    @property
    def body(self) -> Json:
        """The JSON of the answer."""
        error: Json = {"code": self.status, "message": self.message, "status": self.word}
        if self.details:
            error["details"] = self.details
        return {"error": error}

    def inside(self, place: str) -> Refusal:
        """The same refusal, as that of one request of a batch: `requests[0].addSheet`."""
        if self.status != 400 or self.details:
            return self
        return Refusal(self.status, f"Invalid {place}: {self.message}", word=self.word)


@contextmanager
def within(place: str) -> Iterator[None]:
    """Let a refusal name the part of a batch that it is about."""
    try:
        yield
    except Refusal as refusal:
        raise refusal.inside(place) from None


def invalid(message: str) -> Refusal:
    """What is asked makes no sense: 400."""
    return Refusal(400, message)


def malformed(violations: Sequence[tuple[str, str]]) -> Refusal:
    """A payload against the discovery document: pairs of a field's place and what is wrong there."""
    described = [{"field": place, "description": text} for place, text in violations]
    details = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [
            {name: text for name, text in each.items() if text} for each in described
        ],
    }
    return Refusal(400, "\n".join(text for _, text in violations), details=[details])


def not_found() -> Refusal:
    """No such spreadsheet."""
    return Refusal(404, "Requested entity was not found.")


def denied() -> Refusal:
    """The account may not see it, or may not change it."""
    return Refusal(403, "The caller does not have permission")


def exhausted(limit: str, retry_after: int | None = None) -> Refusal:
    """A quota is used up: `limit` is its name, such as `ReadRequestsPerMinutePerUser`."""
    kind = "Read" if limit.startswith("Read") else "Write"
    words = f"{kind} requests per minute" + (" per user" if limit.endswith("User") else "")
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{words}' of service "
        "'sheets.googleapis.com' for consumer 'project_number:123456789012'."
    )
    details = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "service": "sheets.googleapis.com",
            "consumer": "projects/123456789012",
            "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
            "quota_limit": limit,
        },
    }
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Refusal(429, message, details=[details], headers=headers)


def api_disabled() -> Refusal:
    """The project of the account has not turned the Sheets API on."""
    project = "123456789012"
    place = (
        "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview"
        f"?project={project}"
    )
    message = (
        f"Google Sheets API has not been used in project {project} before or it is disabled. Enable "
        f"it by visiting {place} then retry. If you enabled this API recently, wait a few minutes "
        "for the action to propagate to our systems and retry."
    )
    help_link = {
        "@type": "type.googleapis.com/google.rpc.Help",
        "links": [{"description": "Google developers console API activation", "url": place}],
    }
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "SERVICE_DISABLED",
        "domain": "googleapis.com",
        "metadata": {"service": "sheets.googleapis.com", "consumer": f"projects/{project}"},
    }
    return Refusal(403, message, details=[help_link, info])


def insufficient_scopes() -> Refusal:
    """The token was not made for this: its scopes do not cover the method."""
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": "sheets.googleapis.com"},
    }
    return Refusal(403, "Request had insufficient authentication scopes.", details=[info])


def unauthenticated() -> Refusal:
    """No token, or none that stands."""
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return Refusal(401, message)


def not_a_spreadsheet() -> Refusal:
    """A file of another kind on Drive, such as an .xlsx, opened as a spreadsheet."""
    message = "This operation is not supported for this document"
    return Refusal(400, message, word="FAILED_PRECONDITION")

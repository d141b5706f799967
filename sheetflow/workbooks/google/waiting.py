"""What follows a try: nothing more, another try after a wait, or giving up. Decisions only; nothing waits here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sheetflow.workbooks.google.errand import Errand, Patience

TOO_MANY, UNAVAILABLE = 429, 503
TROUBLES = frozenset({408, 500, 502, UNAVAILABLE, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a try ended: with an answer of some `status`, or with none (0).

    Without an answer, `was_sent` tells whether Google may have had the request. `in_words` is an answer that carries
    Google's own account of the trouble, and not that of some machine on the way.
    """

    status: int = 0
    was_sent: bool = True
    in_words: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_trouble(self) -> bool:
        """Whether another try might go better."""
        return self.status in {0, TOO_MANY} or self.status in TROUBLES


def is_open(outcome: Outcome, errand: Errand) -> bool:
    """Whether nobody knows if a write was obeyed."""
    return errand.writes and outcome.is_trouble and not _was_left_undone(outcome)


def wait_before_next(
    outcome: Outcome, errand: Errand, patience: Patience, *, tried: int, chance: float
) -> float | None:
    """The seconds to wait before the next try; None where there is to be none.

    Exponential back-off with full jitter: anything from nothing up to a bound that doubles (`chance` 0 to 1 tells how
    much of it); what Retry-After asks for comes on top.
    """
    tries = patience.quota_tries if outcome.status == TOO_MANY else patience.tries
    if not outcome.is_trouble or is_open(outcome, errand) or tried >= tries:
        return None
    asked = retry_after(outcome.headers)
    bound = min(patience.longest_wait, patience.first_wait * 2 ** (tried - 1))
    return chance * bound if asked is None else asked + chance * patience.first_wait


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that an answer asks to wait; a date counts from the answer's own Date."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    until, now = _moment(text), _moment(headers.get("Date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _was_left_undone(outcome: Outcome) -> bool:
    if outcome.status == UNAVAILABLE:
        return outcome.in_words
    return outcome.status == TOO_MANY or not (outcome.status or outcome.was_sent)


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except ValueError:
        return None

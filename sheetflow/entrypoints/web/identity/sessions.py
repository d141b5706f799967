"""Sessions of browsers: a signed cookie that tells for whom, for which workbook and until when.

It holds no right: the registry is asked at every request, and the verbs of the ticket only narrow its answer. It is
SameSite=Lax and not Strict, for a one-time address is opened from another site: the sheet's.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from sheetflow.entrypoints.web.identity.principal import Kind, Principal
from sheetflow.store.nonces import Nonces
from sheetflow.store.records import Verb

LIFETIME = timedelta(hours=8)
ENDED = "session ended"
_PARTS, _BY_NAME_ALONE = "|", "!"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Cookies sealed with a secret; `secure` where browsers reach the service by https."""

    secret: str
    secure: bool
    nonces: Nonces

    @property
    def cookie(self) -> str:
        """The cookie's name; by its prefix browsers keep other hosts of the domain from setting it."""
        return "__Host-sheetflow" if self.secure else "sheetflow"

    def open(self, answer: Response, principal: Principal, now: datetime) -> None:
        """Let the browser act for the principal from now on."""
        content = {
            "id": secrets.token_urlsafe(16),
            "who": told_as(principal),
            "workbook": principal.workbook,
            "verbs": None if principal.verbs is None else sorted(principal.verbs),
            "since": now.timestamp(),
        }
        answer.set_cookie(
            self.cookie,
            self._sealer().dumps(content),
            max_age=int(LIFETIME.total_seconds()),
            secure=self.secure,
            httponly=True,
            samesite="Lax",
        )

    def close(self, answer: Response, principal: Principal, now: datetime) -> None:
        """End the session for good, wherever a copy of its cookie may be."""
        self.nonces.accept(ENDED, principal.session, now + LIFETIME)  # kept until no cookie lives
        answer.delete_cookie(self.cookie, secure=self.secure, httponly=True, samesite="Lax")

    def principal(self, text: str, now: datetime) -> Principal | None:
        """For whom the cookie stands; None where it is over, not ours or of another edition: it is sent unasked."""
        try:
            known = _told(self._sealer().loads(text))
        except (BadData, KeyError, TypeError, ValueError):
            return None
        is_over = known.since is None or now - known.since > LIFETIME
        return None if is_over or self.nonces.seen(ENDED, known.session) else known

    def form_token(self, principal: Principal) -> str:
        """What a form of this session carries; a page elsewhere cannot know it."""
        text = f"form {principal.session}".encode()
        return hmac.new(self.secret.encode(), text, hashlib.sha256).hexdigest()

    def _sealer(self) -> URLSafeSerializer:
        return URLSafeSerializer(
            self.secret, salt="sheetflow session", signer_kwargs={"digest_method": hashlib.sha256}
        )


def _told(content: Mapping[str, Any]) -> Principal:
    verbs = content["verbs"]
    narrowed = None if verbs is None else frozenset(map(Verb, verbs))
    known = somebody(content["who"], content["workbook"], narrowed)
    since = datetime.fromtimestamp(content["since"], UTC)
    return replace(known, session=content["id"], since=since)


def told_as(principal: Principal) -> str:
    """The principal as a ticket and a cookie name it."""
    kind = f"{principal.acts_as}{'' if principal.vouched else _BY_NAME_ALONE}"
    return f"{kind}:{_PARTS.join(principal.addresses) or principal.name}"


def somebody(told: str, workbook: str | None, verbs: frozenset[Verb] | None) -> Principal:
    """The principal that a ticket or a cookie names, acting through a session and narrowed to these."""
    kind, _, names = told.partition(":")
    behind = Kind(kind.removesuffix(_BY_NAME_ALONE))
    addresses = () if behind in {Kind.KEY, Kind.LOCAL} else tuple(names.split(_PARTS))
    return Principal(
        kind=Kind.LOCAL if behind is Kind.LOCAL else Kind.SESSION,
        name=names.split(_PARTS)[0],
        addresses=addresses,
        vouched=not kind.endswith(_BY_NAME_ALONE),
        workbook=workbook,
        verbs=verbs,
        behind=behind,
    )

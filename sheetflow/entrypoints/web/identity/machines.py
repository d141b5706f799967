r"""Machines sign each request with a secret that they share with the service; the secret itself never travels.

    SheetFlow-Machine: crm
    SheetFlow-Timestamp: 1795344000                  seconds since 1970, at most 300 off
    SheetFlow-Nonce: 16 to 100 letters and digits, never used before
    SheetFlow-Signature: hexadecimal HMAC-SHA256 of the text below, by the secret

    POST\n/v1/workbooks/kq3…/recalculate?lang=en\n1795344000\n<nonce>\n<hexadecimal SHA-256 of the body>

The address is signed as it was sent, so a proxy in between must not rewrite it. The registry knows a machine as
`crm@machine`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sheetflow.entrypoints.web.identity.principal import Kind, Principal
from sheetflow.entrypoints.web.identity.tokens import refused
from sheetflow.store.nonces import Nonces

WINDOW = timedelta(seconds=300)
KEPT = 2 * WINDOW
"""Counted from when a request says that it was signed: longer than it would be taken."""

NO_SECRET = "nobody's"  # noqa: S105 - refusing a machine that is unknown takes as long as any other
NONCE = re.compile(r"[A-Za-z0-9._~+/=-]{16,100}")
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
SECONDS = re.compile(r"[0-9]{1,11}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """A request and what its machine says of it; `target` is the path with its query, as it was sent."""

    machine: str
    timestamp: str
    nonce: str
    signature: str
    method: str
    target: str
    body: bytes

    def signed_by(self, secret: str) -> str:
        """The signature that a machine of that secret would send."""
        parts = (self.method, self.target, self.timestamp, self.nonce, _sha256(self.body))
        return hmac.new(secret.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """The machines that the settings name, by their secrets."""

    secrets: Mapping[str, str]

    def principal(self, request: SignedRequest, nonces: Nonces, now: datetime) -> Principal:
        """Whose request it is; Refused 401 where it is not theirs, too old, or was made before."""
        if not SECONDS.fullmatch(request.timestamp) or not NONCE.fullmatch(request.nonce):
            raise refused()
        secret = self.secrets.get(request.machine) if NAME.fullmatch(request.machine) else None
        expected = request.signed_by(secret or NO_SECRET)
        if not hmac.compare_digest(expected.encode(), request.signature.encode()) or not secret:
            raise refused()
        signed_at = datetime.fromtimestamp(int(request.timestamp), UTC)
        if abs(now - signed_at) > WINDOW:
            raise refused("signature_stale")
        name = request.machine.lower()
        principal = Principal(kind=Kind.MACHINE, name=name, addresses=(f"{name}@machine",))
        if not nonces.accept(principal.label, request.nonce, signed_at):
            raise refused("signature_replayed")
        nonces.forget(now - KEPT)
        return principal


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()

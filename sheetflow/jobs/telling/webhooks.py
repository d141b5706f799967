"""Webhooks: signed messages for machines, which never reach a private network unless its host is allowed by name.

SheetFlow-Signature is the HMAC-SHA256, in hex, over timestamp, nonce and the SHA-256 of the body (hex), one a line;
SheetFlow-Timestamp is seconds since 1970, SheetFlow-Nonce never comes twice.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from importlib import import_module
from logging import getLogger
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sheetflow.errors import UserError

if TYPE_CHECKING:
    from requests import Session

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
PAUSES = (1.0, 10.0)
"""Seconds before each further try."""

log = getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """Where machines are told; `hosts` may lie in a private network, such as `hooks.internal` or `10.0.0.7:8080`."""

    addresses: tuple[str, ...]
    secret: str = field(repr=False)
    hosts: frozenset[str] = frozenset()

    def send(
        self,
        told: Mapping[str, Any],
        *,
        now: datetime,
        nonce: str,
        sleep: Callable[[float], object],
    ) -> bool:
        """Whether every address took it, after some tries."""
        body = json.dumps(told, sort_keys=True).encode()
        headers = signed_headers(self.secret, body, now, nonce)
        reached = [self._told(address, body, headers, sleep) for address in self.addresses]
        return all(reached)

    def _told(
        self,
        address: str,
        body: bytes,
        headers: Mapping[str, str],
        sleep: Callable[[float], object],
    ) -> bool:
        for pause in (0.0, *PAUSES):
            if pause:
                sleep(pause)
            if self._posted(address, body, headers):
                return True
        return False

    def _posted(self, address: str, body: bytes, headers: Mapping[str, str]) -> bool:
        from requests import RequestException

        try:
            with self._session(address) as session:
                answer = session.post(
                    address,
                    data=body,
                    headers=dict(headers),
                    timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                    allow_redirects=False,
                    stream=True,  # what it answers is not read
                )
                is_good = answer.status_code < HTTPStatus.MULTIPLE_CHOICES
                answer.close()
        except (RequestException, OSError, ValueError) as error:
            log.warning("a webhook was not reached: %s", type(error).__name__)
            return False
        if not is_good:
            log.warning("a webhook answered with status %s", answer.status_code)
        return is_good

    def _session(self, address: str) -> Session:
        session = self._plain() if host_of(address) in self.hosts else _guarded()
        session.trust_env = False  # a proxy would be told addresses that nobody has looked at
        return session

    def _plain(self) -> Session:
        from requests import Session

        return Session()


def signed_headers(secret: str, body: bytes, now: datetime, nonce: str) -> dict[str, str]:
    """The headers of a message."""
    moment = str(int(now.timestamp()))
    signed = "\n".join((moment, nonce, sha256(body).hexdigest())).encode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "SheetFlow",
        "SheetFlow-Timestamp": moment,
        "SheetFlow-Nonce": nonce,
        "SheetFlow-Signature": hmac.new(secret.encode(), signed, sha256).hexdigest(),
    }


def check_webhooks(addresses: Sequence[str], secret: str) -> None:
    """Raise UserError for what is no web address, and where the secret or the library is missing."""
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise UserError(
                "setting_wrong",
                setting="SHEETFLOW_WEBHOOK_URLS",
                example="https://example.com/sheetflow",
            )
    if addresses and not secret:
        raise UserError("webhook_secret_missing")
    if addresses:
        _guarded().close()


def host_of(address: str) -> str:
    """The host as an allow-list names it, with its port where the address names one."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    return f"{host}:{parts.port}" if parts.port else host


def _guarded() -> Session:
    """A session that looks at the address behind each name, connects to that one alone, and follows nobody."""
    try:
        hardened = import_module("requests_hardened")
    except ModuleNotFoundError as error:
        raise UserError("notify_not_installed", setting="SHEETFLOW_WEBHOOK_URLS") from error
    config = hardened.Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
    )
    session: Session = hardened.HTTPSession(config)
    return session

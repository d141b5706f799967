"""Those who call a service in tests: each knows how to sign a request."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, TypeAlias

from flask.testing import FlaskClient

from sheetflow.entrypoints.web.identity.forms import HEADER, token_of
from sheetflow.entrypoints.web.identity.gate import principal

Headers: TypeAlias = dict[str, str]
SECRET = "a secret that a machine shares with the service"  # noqa: S105 - of a test
_numbers = count()


@dataclass(slots=True)
class Caller:
    """Somebody with a client of their own, who signs by the method, the address and the body."""

    client: FlaskClient
    sign: Callable[[str, str, bytes], Headers] = field(default=lambda *_: {})

    def send(self, method: str, target: str, body: bytes = b"") -> Any:
        """The answer to a signed request."""
        headers = self.sign(method, target, body)
        return self.client.open(target, method=method, data=body, headers=headers)


def bearer(client: FlaskClient, text: str) -> Caller:
    """Who carries a key or a token."""
    return Caller(client, lambda *_: {"Authorization": f"Bearer {text}"})


def machine(client: FlaskClient, name: str, clock: Callable[[], datetime]) -> Caller:
    """A machine that signs each request anew."""
    return Caller(client, lambda *asked: machine_headers(name, clock(), *asked))


def machine_headers(
    name: str, now: datetime, method: str, target: str, body: bytes = b"", *, secret: str = SECRET
) -> Headers:
    """What a machine sends, worked out from the description alone and not by the code under test."""
    seconds, nonce = str(int(now.timestamp())), f"nonce-number-{next(_numbers):06}"
    parts = [method, target, seconds, nonce, hashlib.sha256(body).hexdigest()]
    mac = hmac.new(secret.encode(), "\n".join(parts).encode(), hashlib.sha256)
    return {
        "SheetFlow-Machine": name,
        "SheetFlow-Timestamp": seconds,
        "SheetFlow-Nonce": nonce,
        "SheetFlow-Signature": mac.hexdigest(),
    }


def by_ticket(client: FlaskClient, url: str) -> Caller:
    """Who opened a one-time address in a browser."""
    opened = client.get(url[url.index("/open") :])
    assert opened.status_code == 303, opened.get_data(as_text=True)
    return in_session(client)


def in_session(client: FlaskClient) -> Caller:
    """A browser with its cookie, whose pages carry the session's form token."""
    token = form_token(client)
    return Caller(client, lambda *_: {HEADER: token})


def form_token(client: FlaskClient) -> str:
    """What a page of the session would put into its forms."""
    with client:
        client.get("/sign-in")
        return token_of(principal())

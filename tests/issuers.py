"""Issuers of tokens for tests: real RSA keys, and a real HTTP server that publishes them as Google and Microsoft do.

with Issuers() as issuers:
    service = a_service(tmp_path, **issuers.settings)
    token = issuers.google_token(email="ana@example.com")
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID

SCRIPT = "1234567890-script.apps.googleusercontent.com"
ADD_IN = "6f1c2d3e-0000-4000-8000-00000000add1"
TENANT = "11111111-2222-4333-8444-555555555555"
PERSON = "99999999-8888-4777-8666-555555555555"
GOOGLE_KEYS = "/oauth2/v1/certs"
HOUR = 3600
MOVED = "?moved"
"""The keys are there too, for whoever follows an answer of 302."""


@cache
def key_named(name: str) -> RSAPrivateKey:
    """A private key, made once a process."""
    assert name
    return generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate_of(name: str) -> str:
    """The certificate of a key in PEM, signed by itself."""
    owner = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder()
        .subject_name(owner)
        .issuer_name(owner)
        .public_key(key_named(name).public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .sign(key_named(name), hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()


def public_pem(name: str) -> bytes:
    """The public key in PEM: what an attacker takes for a shared secret."""
    return (
        key_named(name)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def web_key(name: str) -> dict[str, Any]:
    """The public key as a JWK."""
    algorithm = jwt.algorithms.RSAAlgorithm
    made: dict[str, Any] = algorithm.to_jwk(key_named(name).public_key(), as_dict=True)
    return made | {"kid": name, "use": "sig"}


@dataclass(slots=True)
class Published:
    """What the server answers, and how often it was asked."""

    keys: tuple[str, ...] = ("first",)
    max_age: int | None = HOUR
    status: int = 200
    instead: bytes | None = None

    def body(self, path: str) -> bytes:
        """The keys in the form of the path."""
        if self.instead is not None:
            return self.instead
        if path == GOOGLE_KEYS:
            return json.dumps({name: certificate_of(name) for name in self.keys}).encode()
        return json.dumps({"keys": [web_key(name) for name in self.keys]}).encode()


class Issuers:
    """A server of keys, and the tokens that go with them."""

    def __init__(self) -> None:
        """Publish the first key."""
        self.published = Published()
        self.asked: Counter[str] = Counter()

    def __enter__(self) -> Self:
        """Listen on a free port."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a service that believes these issuers."""
        return {
            "google_certificates_url": f"{self.url}{GOOGLE_KEYS}",
            "google_audiences": (SCRIPT,),
            "entra_authority": self.url,
            "entra_tenants": (TENANT,),
            "entra_audiences": (ADD_IN,),
        }

    @property
    def tenant_keys(self) -> str:
        """Where the tenant's keys are published."""
        return f"/{TENANT}/discovery/v2.0/keys"

    def google_claims(self, **claims: Any) -> dict[str, Any]:
        """What Google says of Ana in a token for the script; None leaves a claim out."""
        usual = {
            "iss": "https://accounts.google.com",
            "aud": SCRIPT,
            "azp": SCRIPT,
            "sub": "110169484474386276334",
            "email": "ana@example.com",
            "email_verified": True,
            "hd": "example.com",
        }
        return _dated(usual | claims)

    def entra_claims(self, **claims: Any) -> dict[str, Any]:
        """What Microsoft says of Ana in a token for the add-in; None leaves a claim out."""
        usual: dict[str, Any] = {
            "iss": f"{self.url}/{TENANT}/v2.0",
            "aud": ADD_IN,
            "tid": TENANT,
            "oid": PERSON,
            "scp": "access_as_user",
            "upn": "ana@example.com",
            "ver": "2.0",
            "nbf": int(time.time()) - 60,
        }
        return _dated(usual | claims)

    def google_token(self, **claims: Any) -> str:
        """A token of Google's."""
        return signed(self.google_claims(**claims))

    def entra_token(self, **claims: Any) -> str:
        """A token of Microsoft's."""
        return signed(self.entra_claims(**claims))


def signed(
    claims: dict[str, Any], *, key: str = "first", name: str | None = None, **header: Any
) -> str:
    """The claims signed by a key, which the header calls by another name where one is given."""
    headers = {"kid": name or key} | header
    return jwt.encode(claims, key_named(key), algorithm="RS256", headers=headers)


def _dated(claims: dict[str, Any]) -> dict[str, Any]:
    now = int(time.time())
    dated = {"iat": now - 60, "exp": now + HOUR} | claims
    return {name: value for name, value in dated.items() if value is not None}


def _handler(issuers: Issuers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            published = issuers.published
            issuers.asked[self.path] += 1
            path = self.path.removesuffix(MOVED)
            body = published.body(path)
            self.send_response(published.status if path == self.path else 200)
            self.send_header("Location", path + MOVED)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if published.max_age is not None:
                self.send_header("Cache-Control", f"public, max-age={published.max_age}")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    return Handler

"""Who calls: service accounts and their keys, access tokens, ID tokens, and the certificates to check them with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sheets_server.refusals import Json, Refusal, unauthenticated

ROBOT = "sheetflow@tests.iam.gserviceaccount.com"
SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive",
)
KEY_ID = "0123456789abcdef"
AUDIENCE = "https://oauth2.googleapis.com/token"
LIFETIME = 3600
AT_ANY_TIME = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token: whose it is, what it is for, and when it ends."""

    account: str
    scopes: frozenset[str]
    ends: float


@cache
def _key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def private_key() -> str:
    """The key of every service account of these tests, made once a process."""
    from cryptography.hazmat.primitives import serialization

    pem: bytes = _key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem.decode()


@cache
def certificate() -> str:
    """The certificate of that key, signed by itself."""
    from datetime import UTC, datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import NameOID

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sheets.test")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key().public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .sign(_key(), hashes.SHA256())
    )
    pem: bytes = built.public_bytes(serialization.Encoding.PEM)
    return pem.decode()


def signed(claims: Mapping[str, Any]) -> str:
    """A JWT of these claims, as Google or a service account would sign it."""
    from google.auth import crypt, jwt

    signer = crypt.RSASigner.from_string(private_key(), KEY_ID)  # type: ignore[no-untyped-call]
    encoded: bytes = jwt.encode(signer, dict(claims))  # type: ignore[no-untyped-call]
    return encoded.decode()


class Accounts:
    """The accounts of a server: tokens that stand, keys that were withdrawn."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with no token."""
        self.clock = clock
        self.tokens: dict[str, Token] = {}
        self.withdrawn: set[str] = set()

    def token(self, account: str = ROBOT, scopes: tuple[str, ...] = SCOPES) -> str:
        """A new access token."""
        text = f"ya29.{len(self.tokens)}.{account}"
        ends = self.clock() + LIFETIME
        self.tokens[text] = Token(account=account, scopes=frozenset(scopes), ends=ends)
        return text

    def caller(self, authorization: str) -> Token:
        """The token of a request's header; raises 401."""
        token = self.tokens.get(authorization.removeprefix("Bearer ").strip())
        if token is None or token.ends <= self.clock():
            raise unauthenticated()
        return token

    def granted(self, form: Mapping[str, str]) -> Json:
        """The answer of the token endpoint to a JWT that a service account signed."""
        from google.auth import jwt

        if form.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            raise OAuthError(
                "unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type')}"
            )
        try:
            claims = jwt.decode(  # type: ignore[no-untyped-call]
                form.get("assertion", ""),
                certificate(),
                audience=AUDIENCE,
                clock_skew_in_seconds=AT_ANY_TIME,
            )
        except ValueError as error:
            raise OAuthError("invalid_grant", "Invalid JWT Signature.") from error
        if claims["iss"] in self.withdrawn:
            raise OAuthError("invalid_grant", "Invalid grant: account not found")
        scopes = tuple(claims.get("scope", "").split())
        text = self.token(claims.get("sub", claims["iss"]), scopes)
        return {"access_token": text, "expires_in": LIFETIME - 1, "token_type": "Bearer"}


class OAuthError(Refusal):
    """What the token endpoint answers instead of a token."""

    def __init__(self, error: str, description: str) -> None:
        """Take the error's word and its sentence."""
        super().__init__(400, description)
        self.error = error

    @property
    def body(self) -> Json:
        """The JSON of the answer, in the shape of OAuth."""
        return {"error": self.error, "error_description": self.message}


def key_file(url: str, account: str = ROBOT) -> Json:
    """A service account's key file as Google hands it out, its token endpoint at this server."""
    return {
        "type": "service_account",
        "project_id": "sheetflow-tests",
        "private_key_id": KEY_ID,
        "private_key": private_key(),
        "client_email": account,
        "client_id": "100000000000000000001",
        "auth_uri": f"{url}/o/oauth2/auth",
        "token_uri": f"{url}/token",
        "auth_provider_x509_cert_url": f"{url}/oauth2/v1/certs",
        "client_x509_cert_url": f"{url}/robot/v1/metadata/x509/{account}",
    }


def certificates() -> str:
    """What the certificates endpoint answers: certificates by key."""
    return json.dumps({KEY_ID: certificate()})

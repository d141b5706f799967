"""Identity tokens of Google, as `ScriptApp.getIdentityToken()` hands them out in a sheet's own menu.

google-auth checks signature, times and audience. It leaves to its caller who issued the token, whether the address is
verified and the company; it takes any audience where it is given none, and fetches certificates for every check.
Source: https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from google.auth import jwt
from google.auth.exceptions import GoogleAuthError, InvalidValue

from sheetflow.entrypoints.web.identity.certificates import Certificates
from sheetflow.entrypoints.web.identity.principal import ADDRESS, Kind, Principal
from sheetflow.entrypoints.web.identity.tokens import SKEW, Unproven, refused, text_of
from sheetflow.entrypoints.web.problems import Refused

ISSUERS = frozenset({"accounts.google.com", "https://accounts.google.com"})
OWN_DOMAINS = ("@gmail.com", "@googlemail.com")
PEM = "-----BEGIN CERTIFICATE-----"


def certificates_of(content: object) -> dict[str, str]:
    """Certificates in PEM by the names of their keys, as Google publishes them."""
    if not isinstance(content, dict) or not content:
        raise TypeError
    if not all(str(certificate).startswith(PEM) for certificate in content.values()):
        raise ValueError
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleTokens:
    """The scripts whose tokens are taken, the companies whose accounts are (none: all), Google's certificates."""

    audiences: Collection[str]
    hosted_domains: Collection[str]
    certificates: Certificates[str]

    def principal(self, token: Unproven) -> Principal:
        """Whose token it is; Refused 401 where anything is wrong with it."""
        claims = self._proven(token)
        if claims.get("iss") not in ISSUERS:
            raise refused()
        email, company = text_of(claims, "email"), text_of(claims, "hd")
        if claims.get("email_verified") is not True or not ADDRESS.fullmatch(email):
            raise refused("email_unverified")
        if self.hosted_domains and company not in self.hosted_domains:
            raise refused("domain_unknown", domain=company)
        vouched = bool(company) or email.endswith(OWN_DOMAINS)
        return Principal(kind=Kind.GOOGLE, name=email, addresses=(email,), vouched=vouched)

    def _proven(self, token: Unproven) -> Mapping[str, Any]:
        if not self.audiences:
            raise self._explained(token)
        certificate = self.certificates.key(token.key_name)
        if certificate is None:
            raise refused()
        try:
            claims: Mapping[str, Any] = jwt.decode(  # type: ignore[no-untyped-call]
                token.text,
                certs={token.key_name: certificate},
                audience=list(self.audiences),
                clock_skew_in_seconds=SKEW,
            )
        except InvalidValue as error:
            raise self._explained(token) from error
        except (GoogleAuthError, ValueError, TypeError) as error:
            raise refused() from error
        if token.is_early(time.time()):
            raise refused()
        return claims

    def _explained(self, token: Unproven) -> Refused:
        """Which of the refusals that people can mend it is; the claims are shown, nothing is granted by them."""
        if token.is_expired(time.time()):
            return refused("credential_expired")
        if token.claims.get("aud") not in self.audiences:
            return refused(
                "audience_unknown",
                audience=token.shown("aud"),
                variable="SHEETFLOW_GOOGLE_AUDIENCES",
            )
        return refused()

"""Access tokens of Microsoft Entra ID (version 2.0), as Office hands them to the pane for this service.

Only a tenant that the settings name is believed, and of its tokens only claims that nobody can choose for themselves:
`email` and `preferred_username` are what a tenant's administrator, or the person, typed. Somebody without a trusted
address is known by their object, `<oid>@<tid>`.
Source: https://learn.microsoft.com/entra/identity-platform/claims-validation
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from sheetflow.entrypoints.web.identity.certificates import Certificates
from sheetflow.entrypoints.web.identity.principal import ADDRESS, Kind, Principal
from sheetflow.entrypoints.web.identity.tokens import ALGORITHM, SKEW, Unproven, refused, text_of

SCOPE = "access_as_user"
"""What the pane asks for, as Office's own sign-in names it."""

REQUIRED = ["aud", "exp", "iat", "iss", "nbf", "oid", "scp", "tid"]
GUEST = "#ext#"


def signing_keys_of(content: object) -> dict[str, jwt.PyJWK]:
    """The RSA keys for signatures by their names, as an authority publishes them (RFC 7517)."""
    if not isinstance(content, dict):
        raise TypeError
    found = {
        str(key["kid"]): jwt.PyJWK(key, algorithm=ALGORITHM)
        for key in content["keys"]
        if key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and key.get("kid")
    }
    if not found:
        raise ValueError
    return found


def keys_address(authority: str, tenant: str) -> str:
    """Where a tenant's keys are published."""
    return f"{authority}/{tenant}/discovery/v2.0/keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntraTokens:
    """The add-ins whose tokens are taken, and the keys of each tenant whose people are."""

    authority: str
    audiences: Collection[str]
    keys: Mapping[str, Certificates[jwt.PyJWK]]

    def principal(self, token: Unproven) -> Principal:
        """Whose token it is; Refused 401 where anything is wrong with it."""
        tenant = token.claims.get("tid")
        if not isinstance(tenant, str) or tenant not in self.keys:
            raise refused("tenant_unknown", tenant=token.shown("tid"))
        claims = self._proven(token, tenant)
        if SCOPE not in text_of(claims, "scp").split():
            raise refused()
        someone = f"{text_of(claims, 'oid')}@{tenant}"
        email = trusted_email(claims)
        addresses = (email, someone) if email else (someone,)
        return Principal(kind=Kind.ENTRA, name=addresses[0], addresses=addresses)

    def _proven(self, token: Unproven, tenant: str) -> Mapping[str, Any]:
        key = self.keys[tenant].key(token.key_name) if self.audiences else None
        if key is None:
            raise refused()
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token.text,
                key,
                algorithms=[ALGORITHM],
                audience=list(self.audiences),
                issuer=f"{self.authority}/{tenant}/v2.0",
                leeway=SKEW,
                options={"require": REQUIRED},
            )
        except jwt.ExpiredSignatureError as error:
            raise refused("credential_expired") from error
        except jwt.InvalidAudienceError as error:
            raise refused(
                "audience_unknown",
                audience=token.shown("aud"),
                variable="SHEETFLOW_ENTRA_AUDIENCES",
            ) from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise refused() from error
        return claims


def trusted_email(claims: Mapping[str, Any]) -> str:
    """The address that the tenant answers for, in lower case; blank where there is none.

    That is `email` where the tenant proved to own its domain (`xms_edov`), else the first of `verified_primary_email`,
    else `upn`, whose domain is always a proven one but for guests.
    """
    proven = claims.get("xms_edov") in (True, "1", "true")
    primary = claims.get("verified_primary_email")
    first = primary[0] if isinstance(primary, list) and primary else None
    upn = text_of(claims, "upn")
    offered = (
        text_of(claims, "email") if proven else "",
        first.strip().lower() if isinstance(first, str) else "",
        "" if GUEST in upn else upn,
    )
    return next((address for address in offered if ADDRESS.fullmatch(address)), "")

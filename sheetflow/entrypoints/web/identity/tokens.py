"""A token as it was handed in, before anything of it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from sheetflow.entrypoints.web.problems import Refused

ALGORITHM = "RS256"
"""The one that Google and Microsoft sign with: what the token itself names is never obeyed."""

SKEW = 10
"""Seconds by which two clocks may differ."""

LONGEST = 16_384
LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproven:
    """A token's text with what it says of itself: enough to choose who checks it and to explain a refusal."""

    text: str
    key_name: object
    claims: Mapping[str, Any]

    def shown(self, claim: str) -> str:
        """A claim as a sentence may name it."""
        value = self.claims.get(claim)
        return value[:LONGEST_SHOWN] if isinstance(value, str) else ""

    def is_expired(self, now: float) -> bool:
        """Whether its time is over by its own word."""
        ends = self.claims.get("exp")
        return isinstance(ends, int | float) and ends + SKEW < now

    def is_early(self, now: float) -> bool:
        """Whether its time has not come by its own word."""
        begins = self.claims.get("nbf", now)
        return not isinstance(begins, int | float) or begins - SKEW > now


def unproven(text: str) -> Unproven:
    """The parts of a token; Refused where it is none, or not signed by the one algorithm."""
    if len(text) > LONGEST:
        raise refused()
    try:
        parts = jwt.decode_complete(text, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise refused() from error
    header = parts["header"]
    if header.get("alg") != ALGORITHM:
        raise refused()
    return Unproven(text=text, key_name=header.get("kid"), claims=parts["payload"])


def text_of(claims: Mapping[str, Any], name: str) -> str:
    """A claim that names something, in lower case; blank where it is no text."""
    value = claims.get(name)
    return value.strip().lower() if isinstance(value, str) else ""


def refused(code: str = "credential_refused", **facts: str) -> Refused:
    """The refusal of a credential."""
    return Refused(401, code, **facts)

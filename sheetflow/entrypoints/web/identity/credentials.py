"""What a request is signed in with: one credential at most, and one that fails is never passed over."""

from __future__ import annotations

from flask import Request

from sheetflow.entrypoints.web.identity.desk import desk
from sheetflow.entrypoints.web.identity.google import ISSUERS
from sheetflow.entrypoints.web.identity.keys import PREFIX, key_holder
from sheetflow.entrypoints.web.identity.machines import SignedRequest
from sheetflow.entrypoints.web.identity.principal import NOBODY, Principal
from sheetflow.entrypoints.web.identity.tokens import refused, unproven
from sheetflow.entrypoints.web.present import service

MACHINE = "SheetFlow-Machine"


def identified(request: Request) -> Principal:
    """Who makes the request; Refused 401 where what they show is no good, NOBODY where they show nothing."""
    authorization = request.headers.get("Authorization")
    machine = request.headers.get(MACHINE)
    if authorization is not None and machine is not None:
        raise refused()
    if authorization is not None:
        return _bearer(authorization)
    if machine is not None:
        return desk().machines.principal(
            _signed(request, machine), service().nonces, service().clock()
        )
    sessions = desk().sessions
    cookie = request.cookies.get(sessions.cookie)
    return (sessions.principal(cookie, service().clock()) if cookie else None) or NOBODY


def _bearer(authorization: str) -> Principal:
    scheme, _, text = authorization.partition(" ")
    text = text.strip()
    if scheme.lower() != "bearer":
        raise refused()
    if text.startswith(PREFIX):
        return key_holder(text, service().keys, service().clock())
    if service().settings.keys_only:
        raise refused()
    token = unproven(text)
    checker = desk().google if token.shown("iss") in ISSUERS else desk().entra
    return checker.principal(token)


def _signed(request: Request, machine: str) -> SignedRequest:
    headers = request.headers
    return SignedRequest(
        machine=machine,
        timestamp=headers.get("SheetFlow-Timestamp", ""),
        nonce=headers.get("SheetFlow-Nonce", ""),
        signature=headers.get("SheetFlow-Signature", ""),
        method=request.method,
        target=sent_target(request),
        body=request.get_data(),
    )


def sent_target(request: Request) -> str:
    """The path and the query exactly as they came over the wire."""
    environment = request.environ
    return str(environment.get("REQUEST_URI") or environment.get("RAW_URI") or request.full_path)

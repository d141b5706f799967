"""Forms of pages: a request that a session's cookie signs is obeyed only where it carries the session's own token.

A page puts `form_token()` into a hidden field FIELD of each form, or into the header HEADER of what it asks by script.
"""

from __future__ import annotations

import hmac

from flask import request

from sheetflow.entrypoints.web.identity.desk import desk
from sheetflow.entrypoints.web.identity.principal import Principal
from sheetflow.entrypoints.web.problems import Refused

FIELD = "form_token"
HEADER = "SheetFlow-Form"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def token_of(principal: Principal) -> str:
    """The token of the principal's session; blank where the request came by no cookie and needs none."""
    return desk().sessions.form_token(principal) if principal.session else ""


def refuse_forged_form(principal: Principal) -> None:
    """Refuse a request of the session that changes something and does not carry its token."""
    if request.method in SAFE:
        return
    handed = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not hmac.compare_digest(handed.encode(), token_of(principal).encode()):
        raise Refused(403, "form_forged")

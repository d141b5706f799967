"""Signing in and out of a browser: by a one-time address, or by a key that is typed."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from sheetflow.entrypoints.web.identity.addresses import redeemed
from sheetflow.entrypoints.web.identity.desk import desk
from sheetflow.entrypoints.web.identity.gate import principal
from sheetflow.entrypoints.web.identity.keys import key_holder
from sheetflow.entrypoints.web.identity.principal import Principal
from sheetflow.entrypoints.web.pages.frame import page
from sheetflow.entrypoints.web.pages.wording import reader_tongue
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.problems import Refused
from sheetflow.entrypoints.web.speaking import sentence


def opened() -> AnyResponse:
    """Sign the browser in that a one-time address was opened in; a mere look ahead does not use it up."""
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return Response(status=204)
    known = redeemed(service(), request.args.get("ticket", ""))
    return _let_in(known) if known else _sign_in_page("ticket_spent", 401)


def sign_in() -> Response:
    """The page to type a key into."""
    return _sign_in_page()


def signed() -> AnyResponse:
    """Sign the browser in by the key that was typed."""
    try:
        holder = key_holder(request.form.get("key", "").strip(), service().keys, service().clock())
    except Refused as refusal:
        return _sign_in_page(refusal.code, refusal.status)
    return _let_in(holder)


def sign_out() -> AnyResponse:
    """End the browser's session."""
    caller = principal()
    answer = redirect("/sign-in", 303)
    if caller.session:
        desk().sessions.close(answer, caller, service().clock())
    return answer


def _let_in(known: Principal) -> AnyResponse:
    """Sign the browser in as somebody, and send it to the page that they came for."""
    answer = redirect(f"/workbooks/{known.workbook}" if known.workbook else "/", 303)
    desk().sessions.open(answer, known, service().clock())
    return answer


def _sign_in_page(trouble: str = "", status: int = 200) -> Response:
    """The page, with a sentence of what went wrong; every 401 says how to sign in (RFC 9110, 11.6.1)."""
    tongue = reader_tongue()
    title, advice = tongue.told("sign_in", {})
    label, hint = tongue.told("sign_in_key", {})
    answer = page(
        "sign_in.html",
        tongue,
        status,
        title=title,
        advice=advice,
        label=label,
        hint=hint,
        trouble=sentence(trouble, {}) if trouble else "",
    )
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer

"""The page to sign in at, and what follows it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from sheetflow.entrypoints.web.identity.desk import desk
from sheetflow.entrypoints.web.identity.principal import Principal
from sheetflow.entrypoints.web.pages.frame import page
from sheetflow.entrypoints.web.pages.policy import PAGE_HEADERS
from sheetflow.entrypoints.web.pages.wording import reader_tongue
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.speaking import sentence


def let_in(known: Principal) -> AnyResponse:
    """Sign the browser in as somebody, and send it to the page that they came for."""
    answer = redirect(_page_of(known.workbook), 303)
    desk().sessions.open(answer, known, service().clock())
    return answer


def _page_of(workbook: str | None) -> str:
    return f"/workbooks/{workbook}" if workbook else "/"


def sign_in_page(trouble: str = "", status: int = 200) -> Response:
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
    answer.headers.update(PAGE_HEADERS)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer

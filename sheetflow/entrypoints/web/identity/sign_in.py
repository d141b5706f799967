"""The page to sign in at, and what follows it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from sheetflow.domain.settings import Language
from sheetflow.entrypoints.web.identity.desk import desk
from sheetflow.entrypoints.web.identity.principal import Principal
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.speaking import reader_language, reader_tongue, sentence

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "style-src 'self'; img-src 'self'"
)


def let_in(known: Principal) -> AnyResponse:
    """Sign the browser in as somebody, and send it to the page that they came for."""
    answer = redirect(_page_of(known.workbook), 303)
    desk().sessions.open(answer, known, service().clock())
    return answer


def _page_of(workbook: str | None) -> str:
    return f"/workbooks/{workbook}" if workbook else "/"


def sign_in_page(trouble: str = "", status: int = 200) -> Response:
    """The page, with a sentence of what went wrong; every 401 says how to sign in (RFC 9110, 11.6.1)."""
    language, tongue = reader_language(), reader_tongue()
    title, advice = tongue.told("sign_in", {})
    label, hint = tongue.told("sign_in_key", {})
    page = render_template(
        "sign_in.html",
        language=language,
        direction="rtl" if language is Language.FA else "ltr",
        title=title,
        advice=advice,
        label=label,
        hint=hint,
        trouble=sentence(trouble, {}) if trouble else "",
    )
    answer = make_response(page, status)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Referrer-Policy"] = "same-origin"  # else older browsers post without an Origin
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer

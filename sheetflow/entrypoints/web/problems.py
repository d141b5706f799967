"""What is told where a request cannot be answered: application/problem+json, one sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from apiflask import APIFlask, HTTPError
from flask import Response, g, jsonify
from werkzeug.exceptions import HTTPException

from sheetflow.entrypoints.web.logs import tell_fault
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.speaking import sentence
from sheetflow.errors import Fact, SheetFlowError, UserError

PROBLEM = "application/problem+json"
OF_STATUS = {
    400: "request_malformed",
    404: "address_unknown",
    405: "method_unsuitable",
    413: "request_too_large",
    415: "content_unsuitable",
}
STATUS_OF = {
    "file_too_large": 413,
    "id_unknown": 404,
    "run_unknown": 404,
    "service_busy": 503,
    "step_of_id_unknown": 404,
    "workbook_known": 409,
    "workbook_unknown": 404,
}
"""Other faults of the user are 422, those of Google's side 424."""


class Refused(Exception):  # noqa: N818 - it is an answer
    """A request that is answered with a status and the sentence of a code; `seconds` says when to come again."""

    def __init__(self, status: int, code: str, **facts: Fact) -> None:
        """Keep what is told."""
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.facts = facts


def problem(
    status: int, code: str, facts: Mapping[str, Fact], headers: Mapping[str, str] | None = None
) -> Response:
    """The answer; `headers` are those that the status asks for."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence(code, facts),
        "code": code,
        "request_id": g.get("request_id", ""),
    }
    answer = jsonify(body)
    answer.status_code = status
    answer.mimetype = PROBLEM
    answer.headers.update(_usual(status, facts) | dict(headers or {}))
    return answer


def tell_problems(app: APIFlask) -> None:
    """Let the app tell whatever goes wrong in this form, and nothing more than that."""
    app.register_error_handler(Refused, _of_refused)
    app.register_error_handler(SheetFlowError, _of_sheetflow)
    app.register_error_handler(HTTPError, _of_input)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, own_fault)


def status_of(error: UserError) -> int:
    """The status of an error that the user can mend."""
    return STATUS_OF.get(error.code, 424 if error.code.startswith("google_") else 422)


def own_fault(error: Exception) -> Response:
    """A mistake of our own: the reader gets a number to report, the log what happened where."""
    tell_fault(error)
    return problem(500, "service_fault", {"request": g.get("request_id", "")})


def _of_refused(error: Refused) -> Response:
    return problem(error.status, error.code, error.facts)


def _of_sheetflow(error: SheetFlowError) -> Response:
    if isinstance(error, UserError):
        return problem(status_of(error), error.code, error.facts)
    return own_fault(error)


def _of_input(error: HTTPError) -> Response:
    """What does not fit the description of a route: the first field is named, never what stood in it."""
    detail = error.detail if isinstance(error.detail, Mapping) else {}
    fields = [f"{place}.{name}" for place, names in detail.items() for name in names]
    if not fields:
        return problem(error.status_code, "request_malformed", {})
    return problem(error.status_code, "input_unfit", {"field": fields[0][:100]})


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    headers = {name: text for name, text in error.get_headers() if name in {"Allow", "Retry-After"}}
    code = OF_STATUS.get(status, "request_malformed" if status < 500 else "service_fault")  # noqa: PLR2004 - HTTP
    facts = {"request": g.get("request_id", ""), "count": service().settings.max_upload_mb}
    return problem(status, code, facts, headers)


def _usual(status: int, facts: Mapping[str, Fact]) -> dict[str, str]:
    seconds = facts.get("seconds")
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE} and seconds:
        return {"Retry-After": str(seconds)}
    return {}

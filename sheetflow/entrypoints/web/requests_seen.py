"""Every request gets a number, a line in the log and its place in the figures."""

from __future__ import annotations

import logging
import re
import time
from uuid import uuid4

from apiflask import APIFlask
from flask import Response, g, request

from sheetflow.entrypoints.web.figures import Figures
from sheetflow.entrypoints.web.logs import log
from sheetflow.entrypoints.web.shields import PROBES

NUMBER = "X-Request-Id"
PROBED, USUAL = logging.DEBUG, logging.INFO
"""Probes come every few seconds, and say the same."""

GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


def watch_requests(app: APIFlask, figures: Figures) -> None:
    """Let the app number, log and count what it is asked."""

    @app.before_request
    def _begin() -> None:
        given = request.headers.get(NUMBER, "")
        g.request_id = given if GIVEN.fullmatch(given) else uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def _end(answer: Response) -> Response:
        answer.headers[NUMBER] = g.request_id
        seconds = time.perf_counter() - g.began
        figures.answered(request.method, route(), answer.status_code, seconds)
        log().log(
            PROBED if request.path in PROBES else USUAL,
            "answered",
            method=request.method,
            route=route(),
            status=answer.status_code,
            milliseconds=round(seconds * 1000, 1),
            who=g.get("who_asks"),
        )
        return answer


def route() -> str:
    """The route as it was declared: the address itself may hold a ticket or a name."""
    return request.url_rule.rule if request.url_rule else "unknown"

"""What every answer carries so that browsers keep to it, and which pages elsewhere may ask."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from apiflask import APIFlask
from flask import Response, request

from sheetflow.entrypoints.web.problems import Refused
from sheetflow.wiring.settings import Settings

NOTHING_LOADED = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "style-src 'self'; img-src 'self'"
)
"""The policy of answers whose route sets none of its own."""

USUAL: Mapping[str, str] = {
    "Content-Security-Policy": NOTHING_LOADED,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
YEAR_SECONDS = 31_536_000
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked by monitoring, which knows no name of ours."""

FROM_ELSEWHERE = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Accept, Accept-Language",
    "Access-Control-Expose-Headers": "SheetFlow-Summary, X-Request-Id, Retry-After",
    "Access-Control-Max-Age": "600",
}


def shield(app: APIFlask, settings: Settings) -> None:
    """Let the app answer under its own names alone, with every header that keeps browsers in bounds."""
    names = _names(settings)
    origins = frozenset(origin.rstrip("/") for origin in settings.pane_origins)
    secure = urlsplit(settings.base_url).scheme == "https"

    @app.before_request
    def _only_under_our_names() -> None:
        if request.path not in PROBES and _host(request.host) not in names:
            raise Refused(421, "host_unknown")

    @app.after_request
    def _armour(answer: Response) -> Response:
        for name, text in USUAL.items():
            answer.headers.setdefault(name, text)
        if answer.headers["Content-Security-Policy"] == NOTHING_LOADED:
            answer.headers["X-Frame-Options"] = "DENY"
        if secure:
            answer.headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
        _allow_origin(answer, origins)
        return answer


def _allow_origin(answer: Response, origins: frozenset[str]) -> None:
    """Let the pane's pages read answers of the interface; a cookie is never taken from elsewhere."""
    if not origins or not request.path.startswith("/v1/"):
        return
    answer.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin in origins:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        answer.headers.update(FROM_ELSEWHERE)


def _names(settings: Settings) -> frozenset[str]:
    """The names that people reach us by: a page elsewhere that makes its own name point here is not answered."""
    named = {_host(urlsplit(settings.base_url).netloc), _host(settings.host)}
    return LOOPBACK | (named - {""})


def _host(host: str) -> str:
    """The host of `host:port`, in small letters."""
    name, colon, port = host.rpartition(":")
    bare = name if colon and port.isdigit() else host
    return bare.lower()

"""Requests that pages of strangers make in somebody's browser.

Whoever reads a strange page lends it their browser, which reaches 127.0.0.1 and holds the session's cookie. Browsers
tell where a request comes from and pages cannot change that; programs tell nothing and pass. That a stranger's name is
made to point here is shields.py's to refuse.
Source: https://www.w3.org/TR/fetch-metadata/
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from flask import Request, request

from sheetflow.entrypoints.web.problems import Refused
from sheetflow.wiring.settings import Settings

OWN_SITES = frozenset({"same-origin", "none"})
"""A page of ours, or the person: a bookmark, an address that was typed."""


def refuse_strangers(settings: Settings) -> Callable[[], None]:
    """A check before every request: only our own pages, the pane's and people themselves may send it."""
    base = urlsplit(settings.base_url)
    own = {f"{base.scheme}://{base.netloc}"} if base.netloc else set()
    admitted = frozenset(own | {origin.rstrip("/") for origin in settings.pane_origins})

    def _refuse() -> None:
        if is_strange(request, admitted):
            raise Refused(403, "origin_refused")

    return _refuse


def is_strange(asked: Request, admitted: Collection[str]) -> bool:
    """Whether a page elsewhere made the request; to follow a link from there is not strange."""
    site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    if site in OWN_SITES or origin in admitted:
        return False
    if site is not None:
        return not _is_link(asked)
    return origin is not None and origin != asked.host_url.rstrip("/")


def _is_link(asked: Request) -> bool:
    mode, destination = asked.headers.get("Sec-Fetch-Mode"), asked.headers.get("Sec-Fetch-Dest")
    return asked.method == "GET" and mode == "navigate" and destination == "document"

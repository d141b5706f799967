"""One-time addresses: they open a page in a browser for whoever is signed in elsewhere, once and soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sheetflow.entrypoints.web.identity.principal import LOCAL, Principal
from sheetflow.entrypoints.web.identity.sessions import somebody, told_as
from sheetflow.store.records import Verb

if TYPE_CHECKING:
    from sheetflow.wiring.service import Service

PATH = "/open"
SECONDS = 60
LOCAL_SECONDS = int(timedelta(minutes=10).total_seconds())
"""That of `sheetflow serve` is read off the terminal."""


def one_time_address(
    service: Service, principal: Principal, workbook: str | None, verbs: Iterable[Verb], base: str
) -> str:
    """An address below `base` that signs a browser in as the principal, with these verbs on the workbook."""
    told = told_as(principal)
    ticket = service.tickets.issue(told, workbook, verbs, service.clock(), SECONDS)
    return _address(base, ticket)


def local_address(service: Service, base: str) -> str:
    """The address that lets whoever sits at this machine do everything; only for a service on loopback."""
    ticket = service.tickets.issue(told_as(LOCAL), None, Verb, service.clock(), LOCAL_SECONDS)
    return _address(base, ticket)


def redeemed(service: Service, ticket: str) -> Principal | None:
    """Whom a one-time address signs in; None for one used, over, or never made."""
    found = service.tickets.redeem(ticket, service.clock())
    if found is None:
        return None
    told, workbook, verbs = found
    return somebody(told, workbook, verbs)


def _address(base: str, ticket: str) -> str:
    return f"{base.rstrip('/')}{PATH}?{urlencode({'ticket': ticket})}"

"""How often somebody may ask: each principal has a bucket of its own, in memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import cast

from apiflask import APIFlask
from flask import g, request
from pyrate_limiter import Duration, InMemoryBucket, Rate, RateItem

from sheetflow.entrypoints.web.identity.gate import principal
from sheetflow.entrypoints.web.identity.principal import Kind
from sheetflow.entrypoints.web.problems import Refused
from sheetflow.entrypoints.web.shields import PROBES

MOST_BUCKETS = 10_000
MILLISECONDS = 1000


class Rates:
    """Buckets of those who asked last; whoever is forgotten among very many begins anew."""

    def __init__(self, a_minute: int) -> None:
        """Let each ask so often within any minute."""
        self._rates = [Rate(a_minute, Duration.MINUTE)]
        self._buckets: OrderedDict[str, InMemoryBucket] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, who: str, now: float) -> int:
        """0 where they may ask now, which is counted; else after how many seconds they may."""
        item = RateItem(who, int(now * MILLISECONDS))
        with self._lock:
            bucket = self._buckets.pop(who, None) or InMemoryBucket(self._rates)
            self._buckets[who] = bucket
            if len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
            bucket.leak(item.timestamp)
            if bucket.put(item):
                return 0
            return cast("int", bucket.waiting(item)) // MILLISECONDS + 1


def limit_rates(app: APIFlask, rates: Rates) -> None:
    """Let the app refuse who asks too often; monitoring, and what pages are made of, are not counted."""

    @app.before_request
    def _count() -> None:
        if request.path in PROBES or request.method == "OPTIONS" or _is_static():
            return
        g.who_asks = _who()
        seconds = rates.seconds_to_wait(g.who_asks, time.monotonic())
        if seconds:
            raise Refused(429, "too_many_requests", seconds=seconds)


def _is_static() -> bool:
    return (request.endpoint or "").rpartition(".")[2] == "static"


def _who() -> str:
    """The principal, or the address where nobody is signed in, or wrongly."""
    try:
        caller = principal()
    except Refused:
        return f"address:{request.remote_addr}"
    return f"address:{request.remote_addr}" if caller.kind is Kind.NOBODY else caller.label

"""Headers that keep browsers in bounds, pages elsewhere that may ask, and how often anybody may."""

from __future__ import annotations

from pathlib import Path

import pytest

from services import a_client, a_key, a_service
from sheetflow.entrypoints.web.rates import MOST_BUCKETS, Rates
from sheetflow.store.records import Verb

PANE = "https://pane.example.com"
BASE = "https://plan.example.com"


@pytest.mark.parametrize(
    "path", ["/healthz", "/docs", "/openapi.json", "/nothing", "/v1/workbooks"]
)
def test_every_answer_is_shielded(tmp_path: Path, path: str) -> None:
    """Nothing may be loaded, framed, sniffed or kept, whatever the answer is."""
    headers = a_client(a_service(tmp_path)).get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_browsers_are_held_to_https_where_it_is_spoken(tmp_path: Path) -> None:
    """A base URL with https says that it is."""
    client = a_client(a_service(tmp_path, base_url=BASE))
    answer = client.get("/healthz", headers={"Host": "plan.example.com"})
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(("origin", "allowed"), [(PANE, True), ("https://evil.example", False)])
def test_the_panes_pages_alone_may_read_answers(tmp_path: Path, origin: str, allowed: bool) -> None:
    """The interface answers the origins of the settings, never with cookies; pages are for nobody elsewhere."""
    client = a_client(a_service(tmp_path, pane_origins=(PANE,)))
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for answer in (
        client.options("/v1/plan", headers=asked),
        client.get("/v1/workbooks", headers={"Origin": origin}),
    ):
        given = answer.headers.get("Access-Control-Allow-Origin")
        assert given == (origin if allowed else None)
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" in answer.headers["Vary"]
    page = client.get("/docs", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in page.headers


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("127.0.0.1:8000", "/docs", 200),
        ("localhost", "/docs", 200),
        ("[::1]:8000", "/docs", 200),
        ("PLAN.example.com", "/docs", 200),
        ("rebound.example.org", "/docs", 421),
        ("rebound.example.org", "/v1/plan", 421),
        ("10.0.0.7:8000", "/healthz", 200),
    ],
)
def test_only_names_of_ours_are_answered(tmp_path: Path, host: str, path: str, status: int) -> None:
    """A name elsewhere that is made to point at this machine opens nothing; probes need no name."""
    client = a_client(a_service(tmp_path, base_url=BASE))
    assert client.get(path, headers={"Host": host}).status_code == status


def test_each_principal_has_a_rate_of_its_own(tmp_path: Path) -> None:
    """Who asks too often waits, and nobody else; probes are not counted."""
    service = a_service(tmp_path, requests_per_minute=3)
    client, key = a_client(service), a_key(service, None, Verb.PLAN)
    for _ in range(9):
        assert client.get("/healthz").status_code == 200
    statuses = [client.get("/v1/me", headers=key).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refused = client.get("/v1/me", headers=key)
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert client.get("/v1/me").status_code == 401


def test_guessing_credentials_is_counted_by_address(tmp_path: Path) -> None:
    """Whatever they call themselves, it is one address that guesses."""
    client = a_client(a_service(tmp_path, requests_per_minute=3))
    statuses = [
        client.get("/v1/me", headers={"Authorization": f"Bearer sf_abc{n}_def"}).status_code
        for n in range(5)
    ]
    assert statuses == [401, 401, 401, 429, 429]


def test_a_minute_later_they_may_ask_again() -> None:
    """The wait that is told is the wait that it takes."""
    rates = Rates(2)
    assert [rates.seconds_to_wait("a", now) for now in (0.0, 1.0)] == [0, 0]
    wait = rates.seconds_to_wait("a", 2.0)
    assert wait > 0
    assert rates.seconds_to_wait("a", 2.0 + wait) == 0


def test_buckets_do_not_grow_without_end() -> None:
    """Very many who ask once are forgotten again."""
    rates = Rates(2)
    for n in range(MOST_BUCKETS + 50):
        rates.seconds_to_wait(str(n), 0.0)
    assert len(rates._buckets) == MOST_BUCKETS

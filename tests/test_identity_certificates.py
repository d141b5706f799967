"""The keys of issuers are fetched seldom, followed when they change, and missed aloud."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from issuers import GOOGLE_KEYS, Issuers, certificate_of
from services import a_client, a_service
from sheetflow.entrypoints.web.identity.certificates import COOLDOWN, Certificates, lifetime
from sheetflow.entrypoints.web.identity.google import certificates_of
from sheetflow.entrypoints.web.problems import Refused


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now


@pytest.fixture
def issuers() -> Iterator[Issuers]:
    """Issuers of tokens."""
    with Issuers() as listening:
        yield listening


@pytest.fixture
def clock() -> Clock:
    """A clock."""
    return Clock()


@pytest.fixture
def certificates(issuers: Issuers, clock: Clock) -> Certificates[str]:
    """Google's certificates as a service keeps them."""
    return Certificates(f"{issuers.url}{GOOGLE_KEYS}", certificates_of, clock)


@pytest.mark.parametrize("issuer", ["google", "entra"])
def test_one_fetch_serves_two_hundred_checks(issuers: Issuers, tmp_path: Any, issuer: str) -> None:
    """200 requests by 8 at once, the first ones too: one fetch."""
    client = a_client(a_service(tmp_path, **issuers.settings))
    token = issuers.google_token() if issuer == "google" else issuers.entra_token()

    def status(_: int) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return client.application.test_client().get("/v1/me", headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(status, range(200))) == {200}
    assert issuers.asked.total() == 1


def test_a_new_key_is_followed(
    issuers: Issuers, certificates: Certificates[str], clock: Clock
) -> None:
    """A key that was added is found, though the certificates are still to be kept."""
    assert certificates.key("first") == certificate_of("first")
    issuers.published.keys = ("first", "second")
    clock.now += COOLDOWN
    assert certificates.key("second") == certificate_of("second")
    assert issuers.asked.total() == 2


def test_a_withdrawn_key_is_dropped(
    issuers: Issuers, certificates: Certificates[str], clock: Clock
) -> None:
    """When the time of the certificates is over, a key that is not there any more proves nothing."""
    issuers.published.max_age = 600
    assert certificates.key("first")
    issuers.published.keys = ("second",)
    clock.now += 599
    assert certificates.key("first")
    clock.now += 1
    assert certificates.key("first") is None


def test_invented_keys_cost_the_issuer_nothing(
    issuers: Issuers, certificates: Certificates[str]
) -> None:
    """A thousand tokens with keys of their own make, and one fetch."""
    assert {certificates.key(f"invented {number}") for number in range(1000)} == {None}
    assert issuers.asked.total() == 1


@pytest.mark.parametrize("name", [None, 7, ["first"], {"first": 1}])
def test_a_key_is_called_by_a_text(certificates: Certificates[str], name: object) -> None:
    """Whatever else a token calls its key by is no key."""
    assert certificates.key(name) is None


@pytest.mark.parametrize(
    ("status", "instead"),
    [
        (500, None),
        (404, None),
        (302, None),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b"null"),
        (200, b'{"keys": []}'),
        (200, b'{"keys": 7}'),
        (200, b'{"keys": ["x"]}'),
    ],
)
@pytest.mark.parametrize("issuer", ["google", "entra"])
def test_without_certificates_nobody_passes_and_the_service_says_so(
    issuers: Issuers, tmp_path: Any, status: int, instead: bytes | None, issuer: str
) -> None:
    """An issuer that answers anything but keys: 503 with its name, neither a fault of ours nor a pass."""
    issuers.published.status, issuers.published.instead = status, instead
    client = a_client(a_service(tmp_path, **issuers.settings))
    token = issuers.google_token() if issuer == "google" else issuers.entra_token()
    answer = client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "certificates_unreachable")
    assert "127.0.0.1 cannot be reached" in answer.get_json()["detail"]


def test_an_issuer_that_is_gone_is_missed_and_found_again(
    issuers: Issuers, certificates: Certificates[str], clock: Clock
) -> None:
    """While it is away what is still good is used, then nothing; it is asked at most once in five seconds."""
    issuers.published.max_age = 600
    assert certificates.key("first")
    issuers.published.status = 500
    clock.now += 599
    assert certificates.key("first")
    clock.now += 1
    for _ in range(10):
        with pytest.raises(Refused) as refused:
            certificates.key("first")
        assert refused.value.status == 503
    assert issuers.asked.total() == 2
    issuers.published.status = 200
    clock.now += 5
    assert certificates.key("first")


def test_nobody_listens(clock: Clock) -> None:
    """A port that nobody listens at is told as a sentence too."""
    with pytest.raises(Refused) as refused:
        Certificates("http://127.0.0.1:9/certs", certificates_of, clock).key("first")
    assert (refused.value.status, refused.value.facts) == (503, {"host": "127.0.0.1"})


def test_an_answer_without_end_is_cut_off(
    issuers: Issuers, certificates: Certificates[str]
) -> None:
    """More than a mebibyte of certificates is none."""
    issuers.published.instead = b'{"first": "-----BEGIN CERTIFICATE-----' + b"x" * 2**20 + b'"}'
    with pytest.raises(Refused):
        certificates.key("first")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=22541, must-revalidate"}, 22541),
        ({"Cache-Control": "max-age=3600", "Age": "600"}, 3000),
        ({"Cache-Control": "s-maxage=9000, max-age=3600"}, 3600),
        ({"Cache-Control": "max-age=0"}, 60),
        ({"Cache-Control": "max-age=99999999"}, 86400),
        ({"Cache-Control": "no-cache"}, 300),
        ({"Cache-Control": "max-age=3600", "Age": "soon"}, 3600),
        ({}, 300),
    ],
)
def test_certificates_are_kept_for_as_long_as_the_issuer_says(
    headers: dict[str, str], seconds: float
) -> None:
    """At least a minute and at most a day."""
    assert lifetime(headers) == seconds

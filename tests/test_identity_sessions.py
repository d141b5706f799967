"""Browsers: one-time addresses, the sign-in page, the cookie, forms, and signing out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from callers import SECRET, bearer, by_ticket, form_token, in_session, machine
from issuers import Issuers
from services import a_client, a_service
from sheetflow.entrypoints.web.identity.addresses import local_address
from sheetflow.entrypoints.web.identity.forms import FIELD
from sheetflow.entrypoints.web.pages.policy import PAGE_POLICY
from sheetflow.store.records import Verb

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ME = "/v1/me"


class Desk:
    """A service whose clock is set by hand, with one workbook and its owner's key."""

    def __init__(self, folder: Any, **settings: Any) -> None:
        """Register the workbook."""
        self.now = BEGAN
        made = a_service(folder, **{"machines": {"crm": SECRET}} | settings)
        self.service = replace(made, clock=lambda: self.now)
        self.id = self.service.registry.add(
            "/nowhere/a.xlsx", name="A", time_zone="UTC", schedule=None, owner=None, now=BEGAN
        ).id
        self.first = a_client(self.service)
        self.key = self.service.keys.create("k", {Verb.RECALCULATE}, self.id, BEGAN)[1]

    def browser(self) -> FlaskClient:
        """A browser that holds nothing yet."""
        return self.first.application.test_client()

    def address(self, **options: Any) -> str:
        """A one-time address that the key's holder asked for."""
        caller = bearer(self.browser(), self.key)
        answer = caller.client.post(
            f"/v1/workbooks/{self.id}/ticket",
            headers={"Authorization": f"Bearer {self.key}"},
            **options,
        )
        url: str = answer.get_json()["url"]
        return url

    def path(self) -> str:
        """Its path and query."""
        url = self.address()
        return url[url.index("/open") :]


@pytest.fixture
def desk(tmp_path: Any) -> Desk:
    """A service on this machine."""
    return Desk(tmp_path)


def status(client: FlaskClient) -> int:
    """200 where the browser is somebody, else 401."""
    return client.get(ME).status_code


def test_a_one_time_address_opens_the_workbook_in_a_browser(desk: Desk) -> None:
    """The browser is sent to the workbook's page, signed in for that workbook with the verbs of the key."""
    browser = desk.browser()
    opened = browser.get(desk.path())
    assert (opened.status_code, opened.headers["Location"]) == (303, f"/workbooks/{desk.id}")
    told = browser.get(ME).get_json()
    assert (told["kind"], told["workbook"], told["verbs"]) == (
        "session",
        desk.id,
        ["read", "recalculate"],
    )


def test_it_works_once(desk: Desk) -> None:
    """The second browser is told so, and is nobody."""
    path = desk.path()
    assert desk.browser().get(path).status_code == 303
    second = desk.browser()
    refused = second.get(path)
    assert (refused.status_code, status(second)) == (401, 401)
    assert "works only once" in refused.get_data(as_text=True)


@pytest.mark.parametrize(("seconds", "expected"), [(59, 303), (60, 401), (3600, 401)])
def test_it_works_for_a_minute(desk: Desk, seconds: int, expected: int) -> None:
    """After 60 seconds it opens nothing."""
    path = desk.path()
    desk.now += timedelta(seconds=seconds)
    assert desk.browser().get(path).status_code == expected


@pytest.mark.parametrize(
    "ticket", ["", "?ticket=", "?ticket=guessed", "?ticket=%00", "?ticket=" + "x" * 5000]
)
def test_an_invented_address_opens_nothing(desk: Desk, ticket: str) -> None:
    """Whatever stands for a ticket."""
    assert desk.browser().get(f"/open{ticket}").status_code == 401


def test_a_look_ahead_does_not_use_it_up(desk: Desk) -> None:
    """Programs that look at links before people follow them leave it whole."""
    path = desk.path()
    assert desk.browser().head(path).status_code == 204
    ahead = {"Sec-Purpose": "prefetch;prerender"}
    assert desk.browser().get(path, headers=ahead).status_code == 204
    assert desk.browser().get(path).status_code == 303


def test_its_address_is_the_one_that_people_use(tmp_path: Any) -> None:
    """Behind a proxy it begins with the base URL, whatever name the request came by."""
    desk = Desk(tmp_path, base_url="https://plan.example.com/")
    assert desk.address(base_url="http://127.0.0.1").startswith(
        "https://plan.example.com/open?ticket="
    )


def test_the_cookie_is_for_our_pages_alone(desk: Desk) -> None:
    """No script reads it, no other site sends it; without https it needs none."""
    header = desk.browser().get(desk.path()).headers["Set-Cookie"]
    assert header.startswith("sheetflow=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=28800"} <= set(header.split("; "))
    assert "Secure" not in header


def test_the_cookie_travels_by_https_alone(tmp_path: Any) -> None:
    """Where people come by https the cookie is Secure, and no other host can set it."""
    desk = Desk(tmp_path, base_url="https://plan.example.com")
    header = desk.browser().get(desk.path()).headers["Set-Cookie"]
    assert header.startswith("__Host-sheetflow=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))
    assert "Domain" not in header


def test_a_session_lasts_a_working_day(desk: Desk) -> None:
    """After eight hours one signs in anew."""
    browser = desk.browser()
    browser.get(desk.path())
    desk.now += timedelta(hours=8)
    assert status(browser) == 200
    desk.now += timedelta(seconds=1)
    assert status(browser) == 401


@pytest.mark.parametrize(
    "spoil",
    [lambda text: text[:-2] + "AA", lambda text: "e30." + text, lambda _: "{}", lambda _: ""],
)
def test_a_cookie_of_own_make_is_nobodys(desk: Desk, spoil: Any) -> None:
    """A changed cookie makes nobody of its browser, and no fault."""
    browser = desk.browser()
    browser.get(desk.path())
    kept = browser.get_cookie("sheetflow")
    assert kept is not None
    browser.set_cookie("sheetflow", spoil(kept.value))
    assert status(browser) == 401


def test_another_services_cookie_is_nobodys(desk: Desk) -> None:
    """Two services without a secret of their own trust no cookie of each other."""
    browser = desk.browser()
    browser.get(desk.path())
    kept = browser.get_cookie("sheetflow")
    assert kept is not None
    other = a_client(desk.service)
    other.set_cookie("sheetflow", kept.value)
    assert status(other) == 401


def test_a_shared_secret_makes_processes_one_service(tmp_path: Any) -> None:
    """With a secret in the settings a session that one process opened is known to the next."""
    desk = Desk(tmp_path, secret_key="0123456789 a secret of forty letters")  # noqa: S106
    browser = desk.browser()
    browser.get(desk.path())
    kept = browser.get_cookie("sheetflow")
    assert kept is not None
    other = a_client(desk.service)
    other.set_cookie("sheetflow", kept.value)
    assert status(other) == 200


def test_a_key_is_typed_into_the_sign_in_page(desk: Desk) -> None:
    """The page takes a key, also with blanks around it, and sends on to its workbook."""
    browser = desk.browser()
    page = browser.get("/sign-in")
    assert page.status_code == 200
    done = browser.post("/sign-in", data={"key": f" {desk.key} "})
    assert (done.status_code, done.headers["Location"]) == (303, f"/workbooks/{desk.id}")
    assert status(browser) == 200


@pytest.mark.parametrize("key", ["", "sf_", "wrong", "sf_abcdefghij_wrong", "ü" * 100])
def test_a_wrong_key_is_told_on_the_page(desk: Desk, key: str) -> None:
    """The page says so, and does not repeat what was typed."""
    browser = desk.browser()
    page = browser.post("/sign-in", data={"key": key})
    text = page.get_data(as_text=True)
    assert (page.status_code, status(browser)) == (401, 401)
    assert 'role="alert"' in text
    assert page.headers["WWW-Authenticate"] == "Bearer"
    assert not key or key not in text.replace("sf_.", "")


@pytest.mark.parametrize(
    ("language", "direction", "title"),
    [("en", "ltr", "Sign in"), ("id", "ltr", "Masuk"), ("fa", "rtl", "ورود")],
)
def test_the_sign_in_page_speaks_three_languages(
    desk: Desk, language: str, direction: str, title: str
) -> None:
    """Title, direction and the field's label, in the frame of all pages; nothing is loaded from elsewhere."""
    page = desk.browser().get(f"/sign-in?lang={language}")
    text = page.get_data(as_text=True)
    assert f'<html lang="{language}" dir="{direction}">' in text
    assert f"<h1>{title}</h1>" in text
    assert re.search(r'<label for="key">\w+', text)
    assert '<header class="top">' in text
    assert all(one.startswith("/") for one in re.findall(r'(?:src|href)="([^"#]+)"', text))
    assert page.headers["Content-Security-Policy"] == PAGE_POLICY


def test_what_a_browser_may_not_do_is_told_on_a_page(desk: Desk) -> None:
    """A form without its token, an address that was used: pages with the same header; programs get a problem."""
    browser = desk.browser()
    browser.get(desk.path())
    forged, used = browser.post("/sign-out"), desk.browser().get("/open?ticket=used")
    assert (forged.status_code, used.status_code) == (403, 401)
    for page in (forged, used):
        assert '<header class="top">' in page.text
        assert 'role="alert"' in page.text
        assert page.headers["Content-Security-Policy"] == PAGE_POLICY
    asked = browser.post(f"/v1/workbooks/{desk.id}/ticket")
    assert asked.mimetype == "application/problem+json"


def test_a_session_ends_with_its_key(desk: Desk) -> None:
    """A key that is over opens no workbook any more, in the browser neither."""
    over = BEGAN + timedelta(hours=1)
    key = desk.service.keys.create("k", {Verb.READ}, desk.id, BEGAN, expires_at=over)[1]
    browser = desk.browser()
    browser.post("/sign-in", data={"key": key})
    for minutes, expected in ((59, 200), (60, 404)):
        desk.now = BEGAN + timedelta(minutes=minutes)
        assert browser.get(f"/v1/workbooks/{desk.id}/runs").status_code == expected


def test_signing_out_ends_the_session_everywhere(desk: Desk) -> None:
    """A copy of the cookie that somebody kept opens nothing any more."""
    browser = desk.browser()
    browser.get(desk.path())
    copy = desk.browser()
    kept = browser.get_cookie("sheetflow")
    assert kept is not None
    copy.set_cookie("sheetflow", kept.value)
    assert status(copy) == 200
    done = browser.post("/sign-out", data={FIELD: form_token(browser)})
    assert (done.status_code, done.headers["Location"]) == (303, "/sign-in")
    assert browser.get_cookie("sheetflow") is None
    assert (status(browser), status(copy)) == (401, 401)
    machine(desk.browser(), "crm", lambda: desk.now).send("GET", ME)  # which forgets old nonces
    assert status(copy) == 401


def test_who_is_not_signed_in_may_sign_out(desk: Desk) -> None:
    """It does nothing."""
    assert desk.browser().post("/sign-out").status_code == 303


@pytest.mark.parametrize("token", [None, "", "wrong", "another session's"])
def test_a_forged_form_changes_nothing(desk: Desk, token: str | None) -> None:
    """A page elsewhere can make the browser send the cookie, but not the session's token."""
    browser, other = desk.browser(), desk.browser()
    browser.get(desk.path())
    other.get(desk.path())
    data = {} if token is None else {FIELD: form_token(other) if "session" in token else token}
    for target in ("/sign-out", f"/v1/workbooks/{desk.id}/recalculate"):
        answer = browser.post(target, data=data)
        assert answer.status_code == 403
        assert "The page was opened before you signed in." in answer.text
    assert desk.service.runs.of(desk.id, 1) == []
    assert status(browser) == 200


def test_a_form_of_our_own_is_obeyed(desk: Desk) -> None:
    """With the session's token, in a field or in a header, a page may recalculate."""
    browser = desk.browser()
    browser.get(desk.path())
    target = f"/v1/workbooks/{desk.id}/recalculate"
    assert browser.post(target, data={FIELD: form_token(browser)}).status_code == 202
    assert in_session(browser).send("POST", target).status_code == 202


def test_a_credential_goes_before_the_cookie(desk: Desk) -> None:
    """A bad key is refused even in a browser that is signed in: nothing falls back."""
    browser = desk.browser()
    browser.get(desk.path())
    assert browser.get(ME, headers={"Authorization": "Bearer sf_wrong_key_text"}).status_code == 401


def test_on_this_machine_workbooks_need_the_printed_address(desk: Desk) -> None:
    """Without settings anybody here may plan, but workbooks open only to who has the address from the terminal."""
    browser = desk.browser()
    assert browser.get("/v1/workbooks").status_code == 401
    by_ticket(browser, local_address(desk.service, "http://127.0.0.1:8000"))
    told = browser.get("/v1/workbooks").get_json()["workbooks"]
    assert [(one["name"], sorted(one["verbs"])) for one in told] == [("A", sorted(Verb))]
    assert browser.get(ME).get_json()["kind"] == "local"


def test_the_printed_address_is_for_this_machine_alone(tmp_path: Any) -> None:
    """Where the same database serves others too, it opens no workbook and plans nothing."""
    desk = Desk(tmp_path, host="0.0.0.0", open_planning=False)  # noqa: S104 - nothing listens
    opened = by_ticket(desk.browser(), local_address(desk.service, "http://127.0.0.1"))
    assert opened.send("GET", "/v1/workbooks").get_json()["workbooks"] == []
    assert opened.send("GET", f"/v1/workbooks/{desk.id}/runs").status_code == 404


@pytest.fixture
def issuers() -> Iterator[Issuers]:
    """Issuers of tokens."""
    with Issuers() as listening:
        yield listening


def test_a_session_of_a_person_keeps_their_addresses(tmp_path: Any, issuers: Issuers) -> None:
    """Somebody of a tenant, known by address and by object, holds in the browser what they hold elsewhere."""
    desk = Desk(tmp_path, **issuers.settings)
    desk.service.registry.allow(desk.id, f"@{issuers.entra_claims()['tid']}", {Verb.READ})
    caller = bearer(desk.browser(), issuers.entra_token())
    url = caller.send("POST", f"/v1/workbooks/{desk.id}/ticket").get_json()["url"]
    opened = by_ticket(desk.browser(), url)
    assert opened.send("GET", f"/v1/workbooks/{desk.id}/runs").status_code == 200
    assert opened.send("POST", f"/v1/workbooks/{desk.id}/recalculate").status_code == 404
    assert opened.client.get(ME).get_json()["name"] == "ana@example.com"

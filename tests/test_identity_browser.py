"""In a real browser: who signs in is let in, and a stranger's page gets nowhere with their cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from services import a_service, served
from sheetflow.entrypoints.web.identity.addresses import local_address
from sheetflow.store.records import Verb

STRANGER = """<!doctype html><title>strange</title>
<form id="form" method="post" action="{target}"><input name="key" value="{key}"></form>
<a id="link" href="{link}">a link</a>"""
FETCH = """async ([url, options]) => {
    try { const answer = await fetch(url, options); return answer.status } catch { return "blocked" }
}"""


@dataclass(slots=True)
class Site:
    """A service that somebody uses, and a stranger's site beside it."""

    service: Any
    address: str
    workbook: str
    key: str
    strange: ThreadingHTTPServer

    def strange_page(self, *, host: str = "localhost", target: str = "/", link: str = "/") -> str:
        """The address of a stranger's page that holds a form and a link to the service."""
        text = STRANGER.format(target=self.address + target, link=link, key=self.key)
        self.strange.page = text.encode()  # type: ignore[attr-defined]
        return f"http://{host}:{self.strange.server_port}/"

    def runs(self) -> int:
        """How many runs were asked for."""
        return len(self.service.runs.of(self.workbook, 10))


class Stranger(BaseHTTPRequestHandler):
    """Answers every address with the one page."""

    def do_GET(self) -> None:
        """Send the page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.server.page)  # type: ignore[attr-defined]

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def browser(needs: Callable[[str], str]) -> Iterator[Browser]:
    """Chromium, which takes a stranger's name for this machine's."""
    path = needs("chromium")
    rules = "--host-resolver-rules=MAP rebound.example 127.0.0.1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", rules])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service on this machine, over real HTTP."""
    service = a_service(tmp_path_factory.mktemp("service"))
    now = datetime.now(UTC)
    workbook = service.registry.add(
        "/nowhere/a.xlsx", name="A", time_zone="UTC", schedule=None, owner=None, now=now
    ).id
    key = service.keys.create("k", {Verb.RECALCULATE}, workbook, now)[1]
    strange = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    thread = Thread(target=strange.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    with served(service) as address:
        yield Site(service, address, workbook, key, strange)
    strange.shutdown()
    strange.server_close()
    thread.join(5)


@pytest.fixture(scope="module")
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a browser that was signed in with a key, by the keyboard alone."""
    context = browser.new_context()
    made = context.new_page()
    made.goto(f"{site.address}/sign-in")
    made.locator("input:focus").wait_for()  # nobody has to look for the field
    made.keyboard.insert_text(site.key)
    made.keyboard.press("Enter")
    made.wait_for_url(f"{site.address}/workbooks/{site.workbook}")
    yield made
    context.close()


def kind(page: Page, site: Site) -> Any:
    """What the browser is signed in as; None for nobody."""
    answer = page.goto(f"{site.address}/v1/me")
    assert answer is not None
    return answer.json().get("kind")


def test_signing_in_by_the_keyboard(page: Page, site: Site) -> None:
    """The key is typed, Enter opens the workbook; no script can read the cookie."""
    assert kind(page, site) == "session"
    assert page.evaluate("document.cookie") == ""


def test_an_address_is_opened_from_another_site(browser: Browser, site: Site) -> None:
    """A one-time address behind a link in a sheet signs in, cookie and all."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.strange_page(link=local_address(site.service, site.address)))
    page.click("#link")
    page.wait_for_url(f"{site.address}/")
    assert kind(page, site) == "local"
    context.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize(
    "target", ["/workbooks/{}/recalculate", "/v1/workbooks/{}/recalculate", "/sign-out"]
)
def test_a_strangers_form_does_nothing(page: Page, site: Site, host: str, target: str) -> None:
    """A form that a strange page sends, from another site or another port of this machine, is refused."""
    page.goto(site.strange_page(host=host, target=target.format(site.workbook)))
    with page.expect_navigation() as navigation:
        page.evaluate("document.forms[0].submit()")
    assert navigation.value.status == 403
    assert site.runs() == 0
    assert kind(page, site) == "session"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_strangers_script_learns_nothing(page: Page, site: Site, host: str) -> None:
    """Neither with the cookie nor without does a strange page read an answer or start a run."""
    page.goto(site.strange_page(host=host))
    recalculate = f"{site.address}/v1/workbooks/{site.workbook}/recalculate"
    for url, options in (
        (f"{site.address}/v1/me", {"credentials": "include"}),
        (f"{site.address}/v1/workbooks", {"credentials": "include"}),
        (recalculate, {"method": "POST", "credentials": "include"}),
        (f"{site.address}/v1/plan", {"method": "POST", "body": "{}"}),
    ):
        assert page.evaluate(FETCH, [url, options]) == "blocked"
    unread = {"method": "POST", "credentials": "include", "mode": "no-cors"}
    page.evaluate(FETCH, [recalculate, unread])
    assert site.runs() == 0


def test_nobody_is_signed_in_by_a_stranger(browser: Browser, site: Site) -> None:
    """A strange page cannot sign a browser in with the stranger's own key."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.strange_page(target="/sign-in"))
    with page.expect_navigation() as navigation:
        page.evaluate("document.forms[0].submit()")
    assert navigation.value.status == 403
    assert kind(page, site) is None
    context.close()


def test_a_rebound_name_is_not_answered(page: Page, site: Site) -> None:
    """A stranger's name that leads to this machine gets no page, though it is its own origin."""
    port = site.address.rpartition(":")[2]
    answer = page.goto(f"http://rebound.example:{port}/")
    assert answer is not None
    assert answer.status == 421

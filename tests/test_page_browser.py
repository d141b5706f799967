"""The pages in a real browser over the running service: dropping, filtering, pressing, reading from the right, axe."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from services import MONDAY, SAMPLES, a_service, a_workbook, carry_out, served
from sheetflow.entrypoints.web.identity.addresses import local_address
from sheetflow.store.records import WorkbookRecord
from sheetflow.wiring.service import Service

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1440, "height": 900}
MISHAPS = ("/open?lang=id", "/workbooks/abcdefghij?lang=fa")
AXE = "node_modules/axe-core/axe.min.js"
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => one.id + ": " + one.nodes.map(node => node.html).slice(0, 3).join(" | "))"""
DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
    const given = new DataTransfer();
    given.items.add(new File([bytes], name));
    document.querySelector("[data-zone]").dispatchEvent(
        new DragEvent("drop", {dataTransfer: given, bubbles: true, cancelable: true}));
}"""


@dataclass
class Watch:
    """What went wrong in the browser: words on its console, and requests that left the machine."""

    address: str
    said: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def over(self, page: Any) -> None:
        """Watch a page, and let nothing out."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.route("**/*", self._pass)

    def _hear(self, one: Any) -> None:
        if not one.location["url"].endswith(MISHAPS):  # browsers note the status of a page, too
            self.said.append(f"{one.type}: {one.text}")

    def _pass(self, route: Any) -> None:
        if route.request.url.startswith(f"{self.address}/"):
            route.continue_()
            return
        self.left.append(route.request.url)
        route.abort()


@dataclass(frozen=True)
class Site:
    """The running service with its workbooks, and a browser."""

    service: Service
    address: str
    browser: Any
    books: dict[str, WorkbookRecord]

    def of(self, sample: str) -> str:
        """The address of a dashboard."""
        return f"/workbooks/{self.books[sample].id}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, needs: Callable[[str], str]) -> Iterator[Site]:
    """Three workbooks, recalculated once, behind the real service."""
    chromium, folder = needs("chromium"), tmp_path_factory.mktemp("site")
    began = time.monotonic()
    service = a_service(folder, clock=lambda: MONDAY + timedelta(seconds=time.monotonic() - began))
    books = {
        sample: a_workbook(service, folder, sample) for sample in ("agency", "indonesia", "persian")
    }
    for record in books.values():
        service.queue.ask(record.id, "google:ana@example.com", MONDAY)
    assert [run.state for run in carry_out(service)] == ["done"] * 3
    with served(service) as address, playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium)
        yield Site(service, address, browser, books)
        browser.close()
    service.close()


@pytest.fixture
def opened(site: Site) -> Iterator[Callable[..., Any]]:
    """Opens a page as whoever sits at the machine; at the end nothing may have been amiss."""
    watch = Watch(site.address)
    contexts = []

    def open_page(
        path: str, size: dict[str, int] = DESK, scheme: str = "light", **more: Any
    ) -> Any:
        context = site.browser.new_context(viewport=size, color_scheme=scheme, **more)
        contexts.append(context)
        page = context.new_page()
        page.goto(local_address(site.service, site.address))
        watch.over(page)
        page.goto(f"{site.address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert (watch.said, watch.left) == ([], [])


def drawn(page: Any, count: int = 1) -> Any:
    """The page, with so many charts drawn at least."""
    page.wait_for_function(f"document.querySelectorAll('[data-chart] svg').length >= {count}")
    return page


def faults(page: Any, project: Path) -> list[str]:
    """What axe-core finds serious or critical."""
    page.evaluate((project / "tests" / "node" / AXE).read_text("utf-8"))
    found: list[str] = page.evaluate(FAULTS)
    return found


def planned(page: Any, sample: str) -> Any:
    """The result page, after the sample was chosen."""
    page.set_input_files("#file", str(SAMPLES / f"{sample}.xlsx"))
    page.wait_for_selector("[data-download]", timeout=20_000)
    return drawn(page, 2)


def test_a_dropped_workbook_is_planned_and_downloaded(
    opened: Callable[..., Any], tmp_path: Path
) -> None:
    """From the drop over the plan to the file, which opens and holds the plan; nothing is kept, and the page says so."""
    from base64 import b64encode

    page = opened("/", accept_downloads=True)
    page.fill("#today", "2026-11-23")
    page.evaluate(
        DROP, ["smallest.xlsx", b64encode((SAMPLES / "smallest.xlsx").read_bytes()).decode()]
    )
    page.wait_for_selector("[data-download]", timeout=20_000)
    drawn(page)
    assert page.locator("h1").inner_text() == "smallest.xlsx"
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert "Nothing was kept" in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.click("[data-download]")
    assert download.value.suggested_filename == "smallest-planned.xlsx"
    download.value.save_as(tmp_path / "planned.xlsx")
    book = load_workbook(tmp_path / "planned.xlsx")
    flags = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "Green" in flags or "Red" in flags
    assert book["Steps"].max_row > 5


def test_a_file_that_is_no_workbook_is_told_on_the_page(
    opened: Callable[..., Any], tmp_path: Path, site: Site
) -> None:
    """A sentence above the form, which can be used again at once."""
    notes = tmp_path / "notes.xlsx"
    notes.write_bytes(b"no workbook")
    page = site.browser.new_context().new_page()  # the browser itself notes the 422 on its console
    page.goto(f"{site.address}/")
    page.set_input_files("#file", str(notes))
    page.wait_for_selector(".trouble")
    assert "notes.xlsx" in page.locator(".trouble").inner_text()
    page.set_input_files("#file", str(SAMPLES / "smallest.xlsx"))
    page.wait_for_selector("[data-download]", timeout=20_000)
    page.context.close()
    assert opened("/").locator("#file").count() == 1


def test_a_dashboard_shows_the_plan(opened: Callable[..., Any], site: Site) -> None:
    """Timeline with bars in colours, load, today, last runs; the tables behind the charts open."""
    page = drawn(opened(site.of("agency")), 3)
    timeline = page.locator(".timeline")
    assert timeline.locator("svg path").count() > 200
    assert timeline.locator(".labels > div").count() == 37
    assert timeline.locator("svg").inner_html().count("var(--publish)") > 30
    behind = page.locator("details.behind").first
    assert not behind.locator("table").is_visible()
    behind.locator("summary").click()
    assert behind.locator("tbody tr").count() == 36
    assert page.locator(".card").count() == 8
    assert "ana@example.com" in page.locator("#runs ~ .scroll").inner_text()


def test_filters_work_by_keyboard_and_stay_in_the_address(
    opened: Callable[..., Any], site: Site
) -> None:
    """Person, client and flag narrow what is shown; the address can be sent on; one link shows everything again."""
    page = drawn(opened(site.of("agency")), 3)
    page.focus("#person")
    page.keyboard.type("Sari")
    page.focus("#flag")
    page.keyboard.type("Red")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**person=Sari**")
    drawn(page, 3)
    assert "flag=red" in page.url
    assert page.locator("#attention ~ .scroll tbody tr").count() == 3
    assert page.locator(".card h3").all_inner_texts()[0].startswith("Sari")
    assert page.locator(".load .labels").first.locator("div:not(.head)").count() == 1
    page.goto(page.url.split("?")[0] + "?client=Nusa%20Home&by=day&weeks=12")
    assert page.locator("#attention ~ .scroll tbody tr").count() == 1
    page.click("text=Show everything")
    page.wait_for_url("**?weeks=12&by=day")


def test_pointing_at_a_bar_tells_its_step(opened: Callable[..., Any], site: Site) -> None:
    """The step, who does it, from when to when."""
    page = drawn(opened(site.of("agency")), 3)
    page.locator(".timeline svg text", has_text="Design").first.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert "Design" in page.locator("#vg-tooltip-element").inner_text()


def test_the_button_recalculates_and_the_page_follows(
    opened: Callable[..., Any], site: Site
) -> None:
    """An edit is announced; pressing shows that a run waits, and when it is over what has moved."""
    book = load_workbook(site.books["agency"].address)
    sheet = book.worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    column = next(cell.column_letter for cell in cells if cell.value == "Delivery date")
    row = next(cell.row for cell in cells if cell.value == "P-010")
    sheet[f"{column}{row}"] = MONDAY.replace(month=12, day=16, tzinfo=None)
    book.save(site.books["agency"].address)
    site.service.queue.ask(site.books["agency"].id, "timetable", site.service.clock())
    page = opened(site.of("agency"))
    assert page.locator("button[type=submit]", has_text="Recalculate").is_disabled()
    assert page.locator("[data-run] [data-says]").inner_text() == "Waiting"
    with page.expect_navigation(timeout=20_000):
        assert [run.state for run in carry_out(site.service)] == ["done"]
    moved = page.locator("#changes ~ .scroll").inner_text()
    assert "P-010" in moved
    assert "Wed 16 Dec" in moved
    page.click("button:has-text('Recalculate')")
    page.wait_for_selector("[data-run]")
    with page.expect_navigation(timeout=20_000):
        carry_out(site.service)
    assert page.locator("#runs ~ .scroll tbody tr").count() == 3


def test_persian_runs_from_right_to_left(opened: Callable[..., Any], site: Site) -> None:
    """Names stand at the right of their bars, today is at the right, dates are Jalali."""
    page = drawn(opened(site.of("persian")), 3)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    labels = page.locator(".timeline .labels").bounding_box()
    chart = page.locator(".timeline svg").bounding_box()
    assert labels["x"] > chart["x"] + chart["width"] - 5
    assert "آذر" in page.locator(".timeline").inner_text()
    assert page.locator(".timeline .head").inner_text().split("\n")[0] == "پرچم"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    opened: Callable[..., Any], site: Site, project: Path, node_modules: Path, scheme: str
) -> None:
    """On every page, in the light and in the dark; each is as wide as its screen."""
    assert node_modules.is_dir()
    found = {}
    for path, count in (
        *(("/", 0), ("/workbooks", 0), (f"{site.of('indonesia')}?by=day&flag=amber", 3)),
        *((site.of("persian"), 3), ("/sign-in?lang=fa", 0), *((path, 0) for path in MISHAPS)),
    ):
        page = drawn(opened(path, scheme=scheme), count)
        found[path] = faults(page, project)
    page = planned(opened("/?lang=id", PHONE, scheme), "smallest")
    found["result"] = faults(page, project)
    assert {path: one for path, one in found.items() if one} == {}


@pytest.mark.parametrize(
    "path", ["/", "/?lang=fa", "/workbooks", "/sign-in", *MISHAPS, "agency", "persian"]
)
def test_a_phone_needs_no_scrolling_sideways(
    opened: Callable[..., Any], site: Site, path: str
) -> None:
    """At 320 pixels only charts and tables scroll in themselves."""
    page = opened(path if path.startswith("/") else site.of(path), PHONE)
    if not path.startswith("/"):
        drawn(page, 3)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_without_scripts_everything_is_there(opened: Callable[..., Any], site: Site) -> None:
    """Tables stand in for charts, the form sends by itself, and the file is in the page."""
    context = site.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/?lang=en")
    page.set_input_files("#file", str(SAMPLES / "smallest.xlsx"))
    page.click("text=Plan it")
    page.wait_for_selector("[data-download]", timeout=20_000)
    assert not page.locator(".timeline svg, .chart").first.is_visible()
    assert page.locator("details.behind table").first.is_visible()
    assert page.locator("[data-download]").get_attribute("href").startswith("data:")
    context.close()
    assert json.loads(opened("/").evaluate("JSON.stringify([1])")) == [1]


def test_paper_has_what_matters(opened: Callable[..., Any], site: Site) -> None:
    """Printed, a dashboard has its charts and no buttons, and is light also for those who like it dark."""
    page = drawn(opened(site.of("agency"), scheme="dark"), 3)
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".filters").is_visible()
    assert page.locator(".timeline svg").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(31, 41, 51)"

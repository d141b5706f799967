"""The add-on's side bar as people see it: in Chromium, over the script and a service that really run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from google_addon_desk import PLAN, SHEETS, AddonDesk, addon_desk
from google_side_bar import HEIGHT, PLACE, WIDTH, SideBar, browser_at
from services import carry_out
from sheetflow.wiring.service import Service
from sheets_server.accounts import ROBOT
from sheets_server.server import SheetsServer

SERIOUS = {"serious", "critical"}
VIEWS = (
    "openMoved",
    "openToday",
    "openDashboard",
    "openSettings",
    "openExplain",
    "openRecalculate",
)
PLANNED = SHEETS | {
    PLAN: """
        | ID    | Publication   | Type       | Delivery date | Flag  | Why                        | Step owner | Step due  |
        | P-001 | <b>Guide</b>  | Newsletter | 2026-11-25    | Red   | Late by 3 days: Sari (P-2) | Sari       | Mon 23 Nov|
        | P-002 | Gift box      | Newsletter | 2026-12-18    | Green | On plan                    | Budi       | Fri 4 Dec |
    """,
    "Today": """
        | Owner | Rank  | ID    | Publication | Step        | Due       | Hours | Flag  | Why |
        | Budi  | 1     | P-001 | Guide       | Copywriting | Mon 23 Nov| 1.5   | Red   | now |
        | Budi  | early | P-002 | Gift box    | Copywriting | Fri 4 Dec | 1     | Green |     |
        | Sari  | 1     | P-002 | Gift box    | Design      | Fri 4 Dec | 1     | Green |     |
    """,
    "Changes": """
        | ID    | Publication | Step   | What  | From       | To         | Why        |
        | P-001 | Guide       | Design | start | Mon 23 Nov | Tue 24 Nov | Sari is away |
        | P-001 | Guide       | Design | due   | Mon 23 Nov | Wed 25 Nov | Sari is away |
    """,
}


@pytest.fixture(scope="module")
def browser(needs: Callable[[str], str]) -> Iterator[Browser]:
    """Chromium."""
    with browser_at(needs("chromium")) as one:
        yield one


@pytest.fixture(scope="module")
def desk(
    needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory, server: SheetsServer
) -> Iterator[AddonDesk]:
    """Somebody in front of a spreadsheet with the add-on."""
    with addon_desk(needs("node"), tmp_path_factory.mktemp("addon"), server) as made:
        yield made


@pytest.fixture
def bar(browser: Browser, desk: AddonDesk) -> Iterator[SideBar]:
    """A side bar that must not complain, nor load anything from elsewhere."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_default_timeout(20_000)
    made = SideBar(page, desk)
    yield made
    page.close()
    assert not made.complaints
    assert set(made.requests) <= {PLACE}


@contextmanager
def at_work(service: Service) -> Iterator[None]:
    """Let the service carry out meanwhile what is asked for."""
    is_over = Event()

    def work() -> None:
        while not is_over.wait(0.05):
            carry_out(service)

    worker = Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        is_over.set()
        worker.join()


def in_language(language: str) -> dict[str, str]:
    """A planned spreadsheet whose Settings name a language."""
    return PLANNED | {"Settings": f"| Setting | Value |\n| Language | {language} |"}


def text_of(page: Page) -> str:
    """What the view shows."""
    return page.locator("#view").inner_text()


def is_wide(page: Page) -> bool:
    """Whether anything is wider than the side bar."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return wide


def test_recalculate_from_the_menu_to_the_plan(bar: SideBar) -> None:
    """A run begins at once, its end is told; then the red row stands there and is found by a click."""
    desk = bar.desk
    desk.open(SHEETS)
    with at_work(desk.service):
        page = bar.open("openRecalculate")
        expect(page.locator("#status")).to_contain_text("Done: nothing moved.", timeout=20_000)
    expect(page.locator("#start")).to_be_enabled()
    expect(page.locator(".counts .Red b")).to_have_text("1")
    page.get_by_role("button", name="Guide").click()
    page.wait_for_timeout(300)
    assert desk.look()["selected"]["row"] == 2


def test_a_row_that_has_gone_is_told(bar: SideBar) -> None:
    """The list is read anew; what stands in a cell is shown as it is typed, and is no markup."""
    bar.desk.open(PLANNED)
    page = bar.open("openMoved")
    page.get_by_role("button", name="Plan").click()
    title = page.locator(".row .title")
    expect(title).to_have_text("<b>Guide</b>")
    bar.desk.book.delete_rows(PLAN, 2)
    title.click()
    expect(page.locator("#status")).to_contain_text("no longer in the sheet")
    expect(page.locator("#view")).to_contain_text("Nothing is red or amber.")


def test_what_moved_stands_together(bar: SideBar) -> None:
    """One entry a publication, one line a step, with its cause."""
    bar.desk.open(PLANNED)
    page = bar.open("openMoved")
    row = page.locator(".row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(
        "Design start: Mon 23 Nov → Tue 24 Nov · due: Mon 23 Nov → Wed 25 Nov. Sari is away"
    )


def test_my_work_and_that_of_others(bar: SideBar) -> None:
    """It begins with whoever asks; what may be begun early stands apart; another person can be chosen."""
    bar.desk.open(PLANNED)
    page = bar.open("openToday")
    expect(page.locator("select")).to_have_value("Budi")
    expect(page.locator("h2")).to_have_text("If time is left")
    expect(page.locator(".row")).to_have_count(2)
    page.get_by_label("Whose work").select_option("Sari")
    expect(page.locator(".row")).to_have_text([re.compile("Gift box.*Design")])


def test_a_trouble_is_told_with_its_way_out(bar: SideBar) -> None:
    """What whoever runs the service has to do can be copied; once it is done, trying again begins a run."""
    bar.desk.open(SHEETS, registered=False)
    page = bar.open("openRecalculate")
    expect(page.locator("#trouble")).to_contain_text("The service does not know this spreadsheet")
    expect(page.locator("#trouble pre")).to_contain_text(
        "sheetflow workbooks add https://docs.google.com/"
    )
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    bar.desk.register()
    with at_work(bar.desk.service):
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("#status")).to_contain_text("Done", timeout=20_000)
    expect(page.locator("#trouble")).to_be_empty()


def test_a_run_that_failed_is_told(bar: SideBar) -> None:
    """The service's own sentence stands there, in the sheet's language."""
    bar.desk.open(in_language("id"))
    bar.desk.server.share(bar.desk.number, ROBOT, None)
    with at_work(bar.desk.service):
        page = bar.open("openRecalculate")
        expect(page.locator("#trouble")).to_contain_text("Editor", timeout=20_000)
    expect(page.locator("#start")).to_be_enabled()


def test_a_look_that_fails_in_passing_is_made_again(bar: SideBar) -> None:
    """Progress is told while a run waits; a network that is away for a moment does not end the watching."""
    desk = bar.desk
    desk.open(SHEETS)
    page = bar.open("openRecalculate")
    expect(page.locator("#status")).to_have_text("Waiting for its turn …", timeout=20_000)
    expect(page.locator("#start")).to_be_disabled()
    expect(page.locator("#view")).to_contain_text("No plan yet.")
    desk.change(fetchFails="Address unavailable: {url}")
    page.wait_for_timeout(1200)
    desk.change(fetchFails="")
    with at_work(desk.service):
        expect(page.locator("#status")).to_contain_text("Done", timeout=20_000)


def test_the_dashboard_s_address_is_a_link_that_runs_out(bar: SideBar) -> None:
    """It opens in a tab of its own; after a minute a fresh one can be had."""
    bar.desk.open(SHEETS)
    bar.page.clock.install()
    page = bar.open("openDashboard")
    link = page.get_by_role("link", name="Open the dashboard")
    assert (link.get_attribute("href") or "").startswith(bar.desk.address)
    assert link.get_attribute("target") == "_blank"
    page.clock.fast_forward(61_000)
    page.get_by_role("button", name="Get a new one").click()
    expect(link).to_be_visible()


def test_settings_are_saved(bar: SideBar) -> None:
    """What is chosen becomes triggers, and stands there when the side bar is opened again."""
    bar.desk.open(SHEETS)
    page = bar.open("openSettings")
    page.get_by_label("Every hour").check()
    page.get_by_label("Also a few minutes").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#status")).to_have_text("Saved.")
    assert len(bar.desk.look()["triggers"]) == 3
    bar.open("openSettings")
    expect(page.get_by_label("Every hour")).to_be_checked()


def test_it_is_used_by_keyboard(bar: SideBar) -> None:
    """Tab reaches the button, the views and the rows; Enter presses them."""
    bar.desk.open(PLANNED)
    page = bar.open("openSettings")
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".row")).to_have_count(1)
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert bar.desk.look()["selected"]["row"] == 2


def complaints_of_axe(page: Page, axe: str) -> list[tuple[str, Any]]:
    """What the accessibility judge calls serious."""
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("language", ["en", "id", "fa"])
def test_every_view_is_for_everybody(bar: SideBar, node_modules: Path, language: str) -> None:
    """No serious fault of accessibility, nothing wider than the side bar, the language's own direction."""
    axe = (node_modules / "axe-core" / "axe.min.js").read_text("utf-8")
    selected = {"sheet": PLAN, "row": 2, "column": 1}
    bar.desk.open(in_language(language), registered=False, selected=selected)
    for entry in VIEWS:
        page = bar.open(entry)
        page.wait_for_function(
            "document.getElementById('view').children.length > 1 || trouble.children.length"
        )
        assert complaints_of_axe(page, axe) == [], entry
        assert not is_wide(page), entry
        direction = page.evaluate("getComputedStyle(document.body).direction")
        assert direction == ("rtl" if language == "fa" else "ltr")
        assert page.evaluate("document.documentElement.lang") == language
    edge = page.locator("#view h1").evaluate("one => getComputedStyle(one).textAlign")
    assert edge == ("right" if language == "fa" else "left")

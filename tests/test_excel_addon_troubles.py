"""What the pane says when something is in the way, how it signs in, and for whom it can be used."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from panes import Pane, beside, posted
from services import MONDAY, a_key, a_service, served
from sheetflow.store.records import Verb
from sheets import snapshot

PLAN = """
    | ID  | Publication | Type      | Delivery date |
    | P-1 | Autumn tips | Blog post | 2026-12-24    |
    | P-2 | In a hurry  | Blog post | 2026-11-24    |
    | P-3 | What is it? | Billboard | 2026-12-24    |
"""
CONTENT = snapshot({"Plan": PLAN})
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service on this machine, where anybody may plan."""
    with served(a_service(tmp_path_factory.mktemp("service"), clock=lambda: MONDAY)) as where:
        yield where


@pytest.fixture(scope="module")
def browser(needs: Callable[[str], str]) -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=needs("chromium"), args=["--no-sandbox"]
        )
        yield started
        started.close()


@pytest.fixture
def pane(browser: Browser, address: str) -> Iterator[Pane]:
    """A pane beside a small workbook."""
    with beside(browser, address, CONTENT) as opened:
        yield opened
    assert opened.requests == []


def answers(pane: Pane, **answer: Any) -> None:
    """Let something else answer in the service's place."""
    pane.page.route("**/v1/plan*", lambda route: route.fulfill(**answer))


def test_a_sheet_that_cannot_be_planned_is_told_in_plain_words(
    browser: Browser, address: str
) -> None:
    """The service's own sentence, its request number, and nothing written."""
    with beside(browser, address, snapshot({"People": "| Name | Age |\n| Ann | 5 |"})) as pane:
        pane.press("recalculate")
        told = pane.text("#trouble")
        assert "That did not work" in told
        assert "Delivery date" in told
        assert "Number of the request" in told
        assert pane.page.evaluate("document.activeElement.id") == "trouble"
        assert pane.in_excel("return book.sheets.length") == 1


def test_an_empty_workbook_is_told_without_asking_the_service(
    browser: Browser, address: str
) -> None:
    """There is nothing to send."""
    with beside(browser, address, [{"name": "Sheet1", "rows": []}]) as pane:
        answers(pane, status=500)
        pane.press("recalculate")
        assert "The workbook is empty." in pane.text("#trouble")


def test_a_service_that_does_not_answer_is_named(pane: Pane, address: str) -> None:
    """The address is told, so that whoever runs it knows what to look at."""
    pane.page.route("**/v1/plan*", lambda route: route.abort())
    pane.press("recalculate")
    assert f"The service at {address} does not answer." in pane.text("#trouble")


@pytest.mark.parametrize(
    "answer",
    [{"status": 200, "body": "<html>Log in</html>"}, {"status": 502, "body": "bad gateway"}],
)
def test_an_answer_of_somebody_else_is_no_plan(pane: Pane, answer: dict[str, Any]) -> None:
    """A proxy's page is not taken for one."""
    answers(pane, **answer)
    pane.press("recalculate")
    assert "is not SheetFlow's service" in pane.text("#trouble")


def test_planning_can_be_stopped(pane: Pane) -> None:
    """Stop ends the waiting; nothing is written, and the next run works."""
    waiting: list[Route] = []
    pane.page.route("**/v1/plan*", lambda route: waiting.append(route))  # noqa: PLW0108 - its arguments are counted
    pane.page.click("#recalculate")
    pane.page.click("#stop")
    pane.rest()
    assert pane.stage() == "Stopped. Nothing was written."
    assert pane.page.is_hidden("#trouble")
    pane.page.unroute_all(behavior="ignoreErrors")
    pane.press("recalculate")
    assert pane.stage().startswith("Written: ")


def test_a_protected_sheet_is_told(browser: Browser, address: str) -> None:
    """Excel lets nobody write there; the workbook stays as it is."""
    sheet = posted(CONTENT.tables[0]) | {"isProtected": True}
    with beside(browser, address, [sheet]) as pane:
        pane.press("recalculate")
        assert "The sheet “Plan” is protected." in pane.text("#trouble")
        assert pane.in_excel("return book.sheets.length") == 1


@pytest.mark.parametrize("hindrance", ["isProtected = true", "pivots = [{ name: 'Pivot' }]"])
def test_a_tab_that_cannot_be_drawn_is_left_and_named(pane: Pane, hindrance: str) -> None:
    """A protected tab, or one with a pivot table, is not drawn over; all others are."""
    pane.press("recalculate")
    pane.in_excel(
        f"const steps = book.sheets.find((sheet) => sheet.name === 'Steps'); steps.{hindrance};"
        " steps.cell(2, 3).value = 'mine'; book.sheets[0].cells.get(40004).value += 7"
    )
    pane.press("recalculate")
    assert "Not drawn: Steps" in pane.text("#result")
    script = "return heldBy(book.sheets.find((sheet) => sheet.name === 'Steps'))[1][2][0]"
    assert pane.in_excel(script) == "mine"
    assert "Drawn" not in pane.text("#trouble")


def test_an_excel_that_cannot_undo_all_at_once_writes_all_the_same(pane: Pane) -> None:
    """The first try comes to its end half way; the second finds what it wrote, and nothing is told as changed."""
    pane.in_excel("book.cannotUndo = 'RangeFont.color'")
    pane.press("recalculate")
    assert pane.page.is_hidden("#trouble")
    assert "Left alone" not in pane.text("#result")
    assert (
        pane.in_excel("return heldBy(book.sheets[0])[1].filter((cell) => cell[0] !== '').length")
        > 8
    )


def test_an_error_half_way_is_told_and_the_next_run_puts_it_right(pane: Pane) -> None:
    """What was written stays, and the pane says so; another run writes only what is missing."""
    pane.in_excel(
        "let count = 0; book.fails = (name) => name === 'WorksheetCollection.add' && (count += 1) === 3"
    )
    pane.press("recalculate")
    told = pane.text("#trouble")
    assert "Excel refused a step: GeneralException." in told
    assert "Some of the plan was written before that." in told
    pane.in_excel("book.fails = null")
    pane.press("recalculate")
    assert pane.page.is_hidden("#trouble")
    pane.press("recalculate")
    assert pane.stage().startswith("The workbook is up to date")


def test_an_excel_that_draws_no_charts_and_sets_no_pages_gets_the_rest(pane: Pane) -> None:
    """Both are left out where they fail."""
    pane.in_excel(
        "book.fails = (name) => name.startsWith('Chart') || name.startsWith('PageLayout')"
    )
    pane.press("recalculate")
    assert pane.stage().startswith("Written: ")
    assert "Not drawn" not in pane.text("#result")


def test_a_cell_that_is_being_edited_is_told(pane: Pane) -> None:
    """Whoever types in the sheet is asked to finish."""
    pane.in_excel("book.isEditing = true")
    pane.press("recalculate")
    assert "A cell is being edited." in pane.text("#trouble")


@pytest.mark.parametrize(
    ("office", "said"), [({"host": None}, "inside Excel only"), ({"api": 1.09}, "too old")]
)
def test_where_the_pane_cannot_work_it_says_so(
    browser: Browser, address: str, office: dict[str, Any], said: str
) -> None:
    """In a browser of its own, and in an Excel of long ago; its buttons are off."""
    with beside(browser, address, CONTENT, **office) as pane:
        assert said in pane.text("#trouble")
        assert pane.page.is_disabled("#recalculate")


def test_a_key_is_asked_for_kept_and_used(browser: Browser, tmp_path: Path) -> None:
    """Without one the settings open; with one the plan is made; it is kept in this browser alone, and forgotten."""
    service = a_service(tmp_path, open_planning=False, clock=lambda: MONDAY)
    key = a_key(service, None, Verb.PLAN)["Authorization"].removeprefix("Bearer ")
    with served(service) as address, beside(browser, address, CONTENT) as pane:
        assert pane.page.is_visible("#key")
        pane.press("recalculate")
        assert "The service does not know who you are." in pane.text("#trouble")
        pane.page.fill("#key", f" {key} ")
        pane.page.press("#key", "Enter")
        assert pane.text("#key-state") == "The key is saved."
        assert pane.page.input_value("#key") == ""
        pane.press("recalculate")
        assert pane.stage().startswith("Written: ")
        pane.page.reload()
        pane.page.wait_for_selector("#recalculate:not(:empty)")
        assert pane.page.is_hidden("#settings")
        assert key not in pane.page.content()
        pane.page.click("#settings-button")
        pane.page.click("#forget")
        assert key not in pane.page.evaluate("JSON.stringify(localStorage)")


def test_microsofts_own_sign_in_is_used_where_it_is_set_up(
    browser: Browser, tmp_path: Path
) -> None:
    """Its library is loaded from the address that the settings name, and its token goes along with the request."""
    library = "https://library.example/msal.js"
    settings: dict[str, Any] = {
        "entra_tenants": ("tenant",),
        "entra_audiences": ("1234-5678",),
        "pane_library": library,
        "open_planning": False,
    }
    script = """
        export async function createNestablePublicClientApplication(given) {
            globalThis.given = given;
            return {
                acquireTokenSilent: async () => { throw new Error("ask first"); },
                acquireTokenPopup: async (wish) => ({ accessToken: `token-for-${wish.scopes}` }),
            };
        }"""
    asked: list[str] = []
    with (
        served(a_service(tmp_path, **settings)) as address,
        beside(browser, address, CONTENT) as pane,
    ):
        pane.page.route(
            library,
            lambda route: route.fulfill(
                body=script,
                content_type="text/javascript",
                headers={"Access-Control-Allow-Origin": "*"},
            ),
        )
        pane.page.on(
            "request", lambda request: asked.append(request.headers.get("authorization", ""))
        )
        assert pane.requests == []
        pane.press("recalculate")
        assert "Bearer token-for-api://1234-5678/access_as_user" in asked
        given = pane.page.evaluate("given.auth")
        assert given == {
            "clientId": "1234-5678",
            "authority": "https://login.microsoftonline.com/tenant",
        }
        assert "does not know who you are" in pane.text("#trouble")
        assert pane.requests == [library]


def test_the_language_follows_excel_and_can_be_chosen(browser: Browser, address: str) -> None:
    """Persian runs from right to left with its own digits; a choice is kept."""
    with beside(browser, address, CONTENT, language="fa-IR") as pane:
        page = pane.page
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            "fa",
            "rtl",
        ]
        pane.press("recalculate")
        assert "قرمز" in pane.text("#result")
        assert "۲" in pane.text(".counts")
        assert "دیرکرد" in pane.text("#result")
        pane.pick("language", "id")
        assert pane.text("#recalculate") == "Hitung ulang"
        assert "Merah" in pane.text("#result")
        assert page.evaluate("document.documentElement.dir") == "ltr"
        page.reload()
        page.wait_for_selector("#recalculate:not(:empty)")
        assert pane.text("#recalculate") == "Hitung ulang"
    assert pane.faults == []


def test_a_theme_of_office_comes_before_that_of_the_system(browser: Browser, address: str) -> None:
    """Dark where Office is dark, or where the system is and Office does not tell."""
    theme = "document.documentElement.dataset.theme"
    with beside(browser, address, CONTENT, theme={"bodyBackgroundColor": "#1F1F1F"}) as pane:
        assert pane.page.evaluate(theme) == "dark"
    with beside(browser, address, CONTENT, scheme="dark") as pane:
        assert pane.page.evaluate(theme) == "dark"
    with beside(
        browser, address, CONTENT, scheme="dark", theme={"bodyBackgroundColor": "#FFFFFF"}
    ) as pane:
        assert pane.page.evaluate(theme) == "light"


def test_everything_can_be_done_from_the_keyboard(pane: Pane) -> None:
    """Tab goes from settings to the buttons to the rows; Enter does what a click does; the focus is to be seen."""
    page = pane.page
    focused = "document.activeElement.id || document.activeElement.className || document.activeElement.innerText"
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(focused))
    assert reached == ["settings-button", "recalculate", "preview"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    pane.rest()
    assert page.evaluate(focused) == "write"
    page.keyboard.press("Enter")
    pane.rest()
    page.focus("#preview")
    page.keyboard.press("Tab")
    assert "In a hurry" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    pane.rest()
    assert pane.in_excel("return book.sheets[0].selected") == "A3:XFD3"


@pytest.mark.parametrize(("language", "scheme"), [("en-US", "light"), ("fa-IR", "dark")])
def test_no_serious_fault_for_those_who_see_or_hear_otherwise(
    browser: Browser, address: str, node_modules: Path, language: str, scheme: str
) -> None:
    """axe-core finds none, before and after a run, with settings open and with trouble told; 320 pixels are enough."""
    with beside(browser, address, CONTENT, language=language, scheme=scheme, width=320) as pane:
        page = pane.page
        # Evaluated from outside: the page's own policy lets no other script in.
        page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text("utf-8"))
        page.click("#settings-button")
        assert faults(pane) == []
        pane.press("preview")
        assert faults(pane) == []
        page.route(
            "**/v1/plan*",
            lambda route: route.fulfill(status=503, body=json.dumps({"detail": "Busy."})),
        )
        pane.press("recalculate")
        assert "Busy." in pane.text("#trouble")
        assert faults(pane) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def faults(pane: Pane) -> list[str]:
    """What axe-core finds serious."""
    found = pane.page.evaluate("() => axe.run()")
    return [
        f"{one['id']}: {one['nodes'][0]['html']}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]

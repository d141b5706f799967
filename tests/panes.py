"""The pane in a browser, beside a stand-in for Excel that holds a workbook, and before a service that really runs.

with beside(browser, address, content) as pane:      # content: a Snapshot
    pane.press("recalculate")
    pane.snapshot()                                  # what the stand-in holds then
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, Route

from posting import carried, shown_as
from services import MONDAY
from sheetflow.cells import EXCEL_EPOCH, Snapshot, Table
from sheetflow.workbooks.posted.tables import PostedTab, table_of

STAND_IN = Path(__file__).parent / "excel_stand_in"
OFFICE = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js"
WIDTH, HEIGHT = 340, 900
NORMAL_MS = 15_000


@dataclass(slots=True)
class Pane:
    """One pane; `faults` are errors that its page has met, `requests` what it asked for elsewhere."""

    page: Page
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def press(self, name: str) -> None:
        """Press a button and wait until nothing is going on any more."""
        self.page.click(f"#{name}")
        self.rest()

    def rest(self) -> None:
        """Wait until the pane is at rest."""
        self.page.wait_for_selector("body[aria-busy=false]", timeout=60_000)

    def stage(self) -> str:
        """What the pane says of its work."""
        return self.page.inner_text("#stage")

    def text(self, place: str) -> str:
        """All that a part of the pane shows."""
        return self.page.inner_text(place)

    def pick(self, name: str, choice: str) -> None:
        """Choose in a list of the settings."""
        if self.page.is_hidden("#settings"):
            self.page.click("#settings-button")
        self.page.select_option(f"#{name}", choice)

    def in_excel(self, script: str) -> Any:
        """Do something in the stand-in; `book` is its workbook."""
        return self.page.evaluate(f"() => {{ {script} }}")

    def snapshot(self) -> Snapshot:
        """What the stand-in holds, read as the service reads it."""
        held = self.page.evaluate(
            "() => book.sheets.map((sheet) => ({ name: sheet.name, rows: heldBy(sheet) }))"
        )
        return Snapshot(tables=tuple(_table(sheet) for sheet in held))


@contextmanager
def beside(
    browser: Browser,
    address: str,
    content: Snapshot | list[dict[str, Any]],
    *,
    width: int = WIDTH,
    scheme: str = "light",
    **excel: Any,
) -> Iterator[Pane]:
    """A pane beside a workbook; `excel` is what else the stand-in takes."""
    sheets = (
        [posted(table) for table in content.tables] if isinstance(content, Snapshot) else content
    )
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)  # type: ignore[arg-type]
    context.clock.set_fixed_time(MONDAY)
    page = context.new_page()
    page.set_default_timeout(NORMAL_MS)
    pane = Pane(page)
    page.on("pageerror", lambda error: pane.faults.append(str(error)))
    page.on("console", lambda told: pane.faults.append(told.text) if told.type == "error" else None)
    page.on("request", lambda asked: _note(pane, asked, address))
    given = json.dumps({"sheets": sheets, **excel})
    page.route(OFFICE, lambda route: _stand_in(route, given))
    page.goto(f"{address}/excel/taskpane.html")
    page.wait_for_selector("#recalculate:not(:empty)")
    try:
        yield pane
    finally:
        context.close()


def posted(table: Table) -> dict[str, Any]:
    """A table as the stand-in takes it."""
    width = max(map(len, table.rows), default=0)
    rows = [
        [_cell(table, row, column) for column in range(1, width + 1)]
        for row in range(1, len(table.rows) + 1)
    ]
    return {"name": table.sheet, "rows": rows, "merges": [area.a1 for area in table.merged]}


def _cell(table: Table, row: int, column: int) -> dict[str, Any] | None:
    value, formula = table.at(row, column), table.formulas.get((row, column))
    if value is None and formula is None:
        return None
    return {"v": carried(value), "f": formula, "n": shown_as(value) or "General"}


def _table(sheet: dict[str, Any]) -> Table:
    grids = [[[cell[part] for cell in row] for row in sheet["rows"]] for part in range(3)]
    tab = PostedTab(name=sheet["name"], values=grids[0], formulas=grids[1], formats=grids[2])
    return table_of(tab, EXCEL_EPOCH)


def _stand_in(route: Route, given: str) -> None:
    parts = "\n".join(file.read_text("utf-8") for file in sorted(STAND_IN.glob("*.js")))
    script = f"(() => {{\n{parts}\n}})();\nObject.assign(globalThis, standIn({given}));"
    route.fulfill(body=script, content_type="text/javascript")


def _note(pane: Pane, asked: Request, address: str) -> None:
    if not asked.url.startswith((address, "data:")) and asked.url != OFFICE:
        pane.requests.append(asked.url)

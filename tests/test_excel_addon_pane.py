"""The pane in a browser, beside a stand-in for Excel, before a service that really runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from panes import Pane, beside, posted
from services import MONDAY, a_service, served
from sheetflow.cells import Snapshot, same_value
from sheetflow.engine.planner import Effort
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY, snapshot

SAMPLES = Path(__file__).parents[1] / "sample_sheets"
SOME = ("smallest", "messy", "persian")
"""A sheet without a team, one full of faults and formulas, one from right to left in another calendar."""

PLAN = """
    | ID  | Publication | Type      | Delivery date |
    | P-1 | Autumn tips | Blog post | 2026-12-24    |
    | P-2 | In a hurry  | Blog post | 2026-11-24    |
    | P-3 | Sale        | Reel      | 2026-12-31    |
"""
ODD_TITLES = ["=1+1", "+62 812", "12", "1/2", "TRUE", "4 Dec", "@home", "'x", "<b>&amp;</b>", "50%"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service on this machine."""
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
    """A pane beside a workbook with three publications; its page must not meet an error."""
    with beside(browser, address, snapshot({"Plan": PLAN, "Notes": "| keep me |"})) as opened:
        yield opened
    assert opened.faults == []
    assert opened.requests == []


def held(pane: Pane, sheet: str = "Plan") -> list[list[Any]]:
    """The values of a sheet of the stand-in."""
    script = f"return heldBy(book.sheets.find((sheet) => sheet.name === '{sheet}'))"
    return [[cell[0] for cell in row] for row in pane.in_excel(script)]


def meanwhile(pane: Pane, script: str) -> None:
    """Do something in Excel while the service plans."""

    def change(route: Route) -> None:
        pane.in_excel(f"const sheet = book.sheets[0]; {script}")
        route.continue_()

    pane.page.route("**/v1/plan*", change)


@pytest.mark.parametrize("sample", SOME)
def test_the_workbook_is_written_as_a_file_would_be(
    browser: Browser, address: str, sample: str
) -> None:
    """After Recalculate the stand-in holds what the patch writes, cell for cell; a second run writes nothing."""
    content = computed(XlsxWorkbook(SAMPLES / f"{sample}.xlsx").read())
    twin = MemoryWorkbook(content)
    recalculate(twin, TODAY, effort=Effort.BALANCED)
    with beside(browser, address, content) as pane:
        pane.press("recalculate")
        assert pane.stage().startswith("Written: ")
        _assert_holds(pane.snapshot(), twin.read())
        pane.press("recalculate")
        assert pane.stage() == "The workbook is up to date: nothing had to be written."
    assert pane.faults == []
    assert pane.requests == []


def computed(content: Snapshot) -> Snapshot:
    """The content as Excel has it: every formula has a value, be it a blank text."""
    tables = []
    for table in content.tables:
        rows = [list(row) for row in table.rows]
        for row, column in table.formulas:
            if table.at(row, column) is None:
                rows[row - 1] += [None] * (column - len(rows[row - 1]))
                rows[row - 1][column - 1] = ""
        tables.append(replace(table, rows=tuple(map(tuple, rows))))
    return replace(content, tables=tuple(tables))


def _assert_holds(held: Snapshot, wanted: Snapshot) -> None:
    assert [table.sheet for table in held.tables] == [table.sheet for table in wanted.tables]
    for table, twin in zip(held.tables, wanted.tables, strict=True):
        for row in range(1, max(len(table.rows), len(twin.rows)) + 1):
            for column in range(1, 200):
                both = table.at(row, column), twin.at(row, column)
                assert same_value(*both), (table.sheet, row, column, both)


def test_a_tab_of_its_own_is_drawn_with_its_looks(pane: Pane) -> None:
    """Widths, fills, frozen rows, rules, filter, footer and charts are those of the drawing."""
    pane.press("recalculate")
    steps = pane.in_excel(
        "const it = book.sheets.find((sheet) => sheet.name === 'Steps'); return {"
        " frozen: it.frozen, filter: it.filter, rules: it.rules.length, gridlines: it.gridlines,"
        " colour: it.colour, page: it.page, width: it.columns.get(1).columnWidth,"
        " head: it.looks.get(20001), height: it.rows.get(2).rowHeight }"
    )
    assert steps["frozen"][0] == 1
    assert steps["filter"].startswith("A1:")
    assert steps["rules"] >= 4
    assert (steps["gridlines"], steps["colour"]) == (False, "#7FB3E0")
    assert steps["page"]["orientation"] == "Landscape"
    assert steps["page"]["titles"] == "$1:$1"
    assert steps["head"]["fill.color"] == "#F0F4F8"
    assert steps["head"]["font.bold"] is True
    assert steps["head"]["EdgeBottom.color"] == "#9AA5B1"
    assert steps["width"] > 20
    assert steps["height"] >= 20
    charts = pane.in_excel(
        "return book.sheets.find((sheet) => sheet.name === 'Workload').charts.map((one) => one.series)"
    )
    assert charts
    assert all(series["values"] and series["colour"] for chart in charts for series in chart)


def test_new_columns_look_like_the_plans(pane: Pane) -> None:
    """Header, fill, width and number format of new columns; colours by the flag's word, once."""
    pane.press("recalculate")
    head = held(pane)[0]
    column = head.index("Flag") + 1
    seen = pane.in_excel(
        f"const sheet = book.sheets[0]; return [sheet.looks.get(20000 + {column}), sheet.rules.length,"
        f" sheet.columns.get({column}).columnWidth]"
    )
    assert seen[0]["fill.color"] == "#E4EBF5"
    assert seen[1] == 4
    assert seen[2] > 40
    pane.in_excel(
        "book.sheets[0].cells.get(40004).value += 30; book.sheets[0].cells.get(40004).format = 'yyyy-mm-dd'"
    )
    pane.press("recalculate")
    assert pane.in_excel("return book.sheets[0].rules.length") == 4


def test_nothing_is_written_before_somebody_has_said_so(pane: Pane) -> None:
    """See first shows the plan and leaves the workbook alone; Write it then writes just that."""
    before = held(pane)
    pane.press("preview")
    assert pane.stage().startswith("Nothing is written yet. ")
    assert "In a hurry" in pane.text("#result")
    assert held(pane) == before
    pane.press("discard")
    assert held(pane) == before
    assert pane.page.is_hidden("#decision")
    pane.press("preview")
    pane.press("write")
    assert pane.stage().startswith("Written: ")
    assert "Flag" in held(pane)[0]


def test_what_somebody_typed_meanwhile_is_left_alone_and_named(pane: Pane) -> None:
    """A cell that the plan would fill, filled by somebody else in the meantime; all others are written."""
    pane.press("recalculate")
    pane.in_excel("book.sheets[0].cells.get(40004).value += 7")
    column = held(pane)[0].index("Forecast") + 1
    meanwhile(pane, f"sheet.cell(2, {column}).value = 'mine'")
    pane.press("recalculate")
    assert held(pane)[1][column - 1] == "mine"
    assert "Left alone" in pane.text("#result")
    letters = "ABCDEFGHIJKLMNOPQ"
    assert f"Plan, {letters[column - 1]}2" in pane.text("#result")


def test_rows_that_moved_meanwhile_are_left_alone(pane: Pane) -> None:
    """Two rows changed places while the plan was made: neither gets what was meant for the other."""
    meanwhile(
        pane,
        "for (const c of [1, 2, 3, 4]) {"
        " const [a, b] = [sheet.cells.get(40000 + c), sheet.cells.get(60000 + c)];"
        " sheet.cells.set(40000 + c, b); sheet.cells.set(60000 + c, a); }",
    )
    pane.press("recalculate")
    rows = held(pane)
    column = rows[0].index("Flag")
    assert [row[column] for row in rows[1:]] == ["", "", "Green"]
    told = pane.text("#result")
    assert "Plan, row 2" in told
    assert "Plan, row 3" in told
    pane.page.unroute_all()
    pane.page.click("text=Recalculate again")
    pane.rest()
    assert [row[column] for row in held(pane)[1:]] == ["Red", "Green", "Green"]


def test_a_column_that_was_put_in_meanwhile_keeps_the_tab_as_it_is(pane: Pane) -> None:
    """Where the headers are not those that were read, no cell of the tab is written."""
    meanwhile(pane, "sheet.cells.get(20002).value = 'Something else'")
    before = held(pane)
    pane.press("recalculate")
    assert held(pane)[0][2:] == before[0][2:]
    assert "Left alone" in pane.text("#result")


def test_a_renamed_tab_is_left_alone(pane: Pane) -> None:
    """A tab that has another name by now is not written into."""
    meanwhile(pane, "sheet.name = 'Renamed'")
    pane.press("recalculate")
    assert "Left alone" in pane.text("#result")
    assert len(held(pane, "Renamed")[0]) == 4


def test_formulas_stay(browser: Browser, address: str) -> None:
    """A formula in a computed column is nobody's but the team's, as in a file."""
    drawn = (
        "| ID | Publication | Type | Delivery date | Flag |\n"
        "| P-1 | Tips | Blog post | 2026-12-24 | =UPPER(A2) => X |\n"
        "| P-2 | Tops | Blog post | 2026-12-24 | |"
    )
    with beside(browser, address, snapshot({"Plan": drawn})) as pane:
        pane.press("recalculate")
        cell = pane.in_excel("return book.sheets[0].cells.get(40005)")
        assert cell["formula"] == "=UPPER(A2)"
        assert held(pane)[2][4] == "Green"


def test_a_text_comes_back_as_text(browser: Browser, address: str) -> None:
    """Whatever a title looks like, in SheetFlow's own tabs it is that very text."""
    rows = "".join(f'\n| "{title}" | Blog post | 2026-12-24 |' for title in ODD_TITLES)
    drawn = snapshot({"Plan": f"| Publication | Type | Delivery date |{rows}"})
    with beside(browser, address, drawn) as pane:
        pane.press("recalculate")
        assert [
            row[1] for row in held(pane, "Timeline") if len(row) > 1 and row[0] == "Green"
        ] == ODD_TITLES
        pane.press("recalculate")
        assert pane.stage().startswith("The workbook is up to date")


def test_what_comes_from_the_sheet_is_only_ever_text(browser: Browser, address: str) -> None:
    """Markup in a title is shown as it is typed, and nothing of it runs."""
    title = "<img src=x onerror=document.title='gotcha'>"
    drawn = f'| Publication | Type | Delivery date |\n| "{title}" | Blog post | 2026-11-24 |'
    with beside(browser, address, snapshot({"Plan": drawn})) as pane:
        pane.press("recalculate")
        assert title in pane.text("#result")
        assert pane.page.query_selector("#result img") is None
        assert pane.page.title() == "SheetFlow"
    assert pane.faults == []


def test_a_click_goes_to_the_row_wherever_it_is_now(pane: Pane) -> None:
    """The red row is selected; after somebody has sorted the sheet, it is found by its ID."""
    pane.press("recalculate")
    pane.page.click("text=In a hurry")
    pane.rest()
    assert pane.in_excel("return [book.sheets[0].selected, book.sheets[0].isActive]") == [
        "A3:XFD3",
        True,
    ]
    pane.in_excel(
        "const it = book.sheets[0]; it.cell(9, 1).value = 'P-2'; it.cell(3, 1).value = 'P-9'"
    )
    pane.page.click("text=In a hurry")
    pane.rest()
    assert pane.in_excel("return book.sheets[0].selected") == "A9:XFD9"
    pane.in_excel("book.sheets[0].name = 'Gone'")
    pane.page.click("text=In a hurry")
    pane.rest()
    assert pane.stage() == "This row is no longer in the workbook."


def test_what_moved_is_told_with_its_cause(pane: Pane) -> None:
    """After a delivery date has moved, the steps, both days and the reason."""
    pane.press("recalculate")
    pane.in_excel("book.sheets[0].cells.get(40004).value += 7")
    pane.press("recalculate")
    told = pane.text("#result")
    assert "Thu 24 Dec → Thu 31 Dec" in told
    assert "delivery" in told


def test_an_excel_table_takes_the_new_columns_in(browser: Browser, address: str) -> None:
    """Its right end moves over them; its row of totals is no publication, and stays."""
    content = snapshot({"Plan": f"{PLAN}| Total | | | 3 |"})
    sheet = posted(content.tables[0]) | {"tables": [{"address": "A1:D5", "showTotals": True}]}
    with beside(browser, address, [sheet]) as pane:
        pane.press("recalculate")
        box = pane.in_excel("return book.sheets[0].tables[0].box")
        assert (box["c2"], box["r2"]) == (4 + 8, 5)
        assert held(pane)[4][:4] == ["Total", "", "", 3]
        assert not any(held(pane)[4][4:])
        assert "Total" not in pane.text("#result")


def test_a_workbook_of_1904_gets_its_own_numbers(browser: Browser, address: str) -> None:
    """Days are counted as the workbook counts them: the sheet stays right for whoever reads it."""
    sheet = posted(snapshot({"Plan": PLAN}).tables[0])
    for row in sheet["rows"][1:]:
        row[3]["v"] -= 1462
    with beside(browser, address, [sheet], date1904=True) as pane:
        pane.press("recalculate")
        rows = held(pane)
        column = rows[0].index("Forecast")
        assert rows[1][column] == rows[1][3]


def test_many_rows_go_in_pieces(browser: Browser, address: str) -> None:
    """No message to or from Excel comes near the 5 MB that it takes."""
    notes = " | ".join(f"Note {i}" for i in range(120))
    words = " | ".join("what somebody noted" for _ in range(120))
    rows = "".join(
        f"\n| P-{i} | Tip number {i} | Newsletter | 2027-0{i % 6 + 2}-{i % 28 + 1:02} | {words} |"
        for i in range(200)
    )
    drawn = f"| ID | Publication | Type | Delivery date | {notes} |{rows}"
    with beside(browser, address, snapshot({"Plan": drawn})) as pane:
        pane.pick("effort", "fast")
        pane.press("recalculate")
        assert pane.stage().startswith("Written: ")
        assert 100_000 < pane.in_excel("return book.largest") < 2_000_000
        assert len(held(pane)) == 201

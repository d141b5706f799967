"""Computed tabs in Google: all their colours are there, and a plan that moves writes values alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sheetflow.cells import CellRange, ComputedTab, Patch, Rule, Style, Table, Value
from sheetflow.domain.settings import Language
from sheetflow.engine.planner import Effort
from sheetflow.translate import palette
from sheetflow.translate.views.timeline import timeline_tab
from sheetflow.translate.views.workload import workload_tab
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.google.cell_formats import mixed
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.dressing import Dressed, dress, undressed
from sheetflow.workbooks.google.look import lasting_requests
from sheetflow.workbooks.google.room import room_for, with_room
from sheetflow.workbooks.google.tab_looks import SPARE_ROWS
from sheetflow.workbooks.google.tints import NO_TINT, Tint
from sheetflow.workbooks.google.workbook import GoogleWorkbook
from sheetflow.workbooks.google.worn import widened
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY, snapshot
from sheets_server.open_book import OpenBook
from sheets_server.server import SheetsServer
from test_looks import VIEWS
from test_views import scene

AGENCY = Path(__file__).parents[1] / "sample_sheets" / "agency.xlsx"
RED = Style(fill="FDE3E1", ink="A61B1B", bold=True)


def as_read(dressed: Dressed) -> Table:
    """The tab as it is read when it was written."""
    rows = [list(row) for row in dressed.rows]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return Table(sheet=dressed.sheet, rows=tuple(map(tuple, rows)), values_only=True)


def tint_at(dressed: Dressed, row: int, column: int) -> Tint:
    """The colours that a cell has: those of its letter, else those of its format."""
    width = dressed.look.width
    code = dressed.rows[row - 1][width] if len(dressed.rows[row - 1]) > width else ""
    letter = str(code or "")[column - 1 : column]
    if row > 1 and letter not in {"", NO_TINT}:
        return dressed.look.tints[letter]
    return Tint.of(dressed.look.styles.at(row, column))


def roomy(tab: ComputedTab) -> ComputedTab:
    """The tab with the room that its sheet gets."""
    return with_room(tab, room_for(tab, 0))


def plain(*rows: tuple[Value, ...], **more: Any) -> ComputedTab:
    """A small tab."""
    return ComputedTab(sheet="Steps", rows=rows, **more)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_dressed_tab_is_read_as_it_was_drawn(view: Any, language: Language) -> None:
    """The hidden column comes off again; what is read wears the look, and another reading makes the same of it."""
    tab: ComputedTab = view(scene(language=language))
    dressed = dress(tab)
    read = as_read(dressed)
    assert undressed(read).rows == as_read(Dressed(sheet="", rows=tab.rows, look=dressed.look)).rows
    again = dress(tab, read)
    assert (again.has_look, again.is_stale) == (True, False)
    widths = [
        (bool(wide), wide >= wanted)
        for wide, wanted in zip(dressed.look.tab.widths, roomy(tab).widths, strict=True)
    ]
    assert widths == [(bool(wanted), True) for wanted in roomy(tab).widths], (
        "hidden columns alone are hidden"
    )
    assert again.rows == dressed.rows
    assert not dress(tab, undressed(read)).has_look


@pytest.mark.parametrize("view", [timeline_tab, workload_tab], ids=lambda view: view.__name__)
def test_every_fill_is_there(view: Any) -> None:
    """Each cell has the colour of its style; late bars and today have a touch of their outline's colour."""
    tab: ComputedTab = view(scene())
    dressed = dress(tab)
    ruled = [rule.area for rule in tab.rules] + [area for rule in tab.rules for area in rule.beside]
    for (row, column), style in tab.styles.items():
        if not any(
            a.first_row <= row <= a.last_row and a.first_column <= column <= a.last_column
            for a in ruled
        ):
            wanted = Tint.of(style)
            assert tint_at(dressed, row, column).fill in {wanted.fill, wanted.fill or palette.WHITE}


def test_rules_on_numbers_become_letters() -> None:
    """The first rule that fits gives the colours, merged cells share them; words and blanks stay as they are."""
    low, high = Style(fill="E6F0FA"), Style(fill="A61B1B", ink="FFFFFF")
    area = CellRange(3, 1, 3, 5)
    tab = plain(
        ("Hours",),
        ("Monday",),
        (1, 9, "off", None, 4),
        frozen_rows=2,
        rules=(
            Rule(area=area, operator="between", operand=0.1, upper=5, style=low),
            Rule(area=area, operator="greaterThan", operand=0.0, style=high),
        ),
        merges=(CellRange(3, 5, 3, 7),),
    )
    dressed = dress(tab)
    fills = [tint_at(dressed, 3, column).fill for column in range(1, 8)]
    assert fills == ["E6F0FA", "A61B1B", "", "", "E6F0FA", "E6F0FA", "E6F0FA"]


def test_rules_on_words_stay_rules() -> None:
    """They follow the words wherever people sort them to, to the end of the sheet."""
    rule = Rule(area=CellRange(2, 1, 3, 1), operator="equal", operand="=Red", style=RED)
    dressed = dress(plain(("Flag",), ("=Red",), ("x",), rules=(rule,)))
    (added,) = [
        each["addConditionalFormatRule"]["rule"]
        for each in lasting_requests(dressed.look, 7)
        if "addConditionalFormatRule" in each
    ]
    assert added["ranges"] == [
        {"sheetId": 7, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    ]
    condition = added["booleanRule"]["condition"]
    assert condition == {"type": "TEXT_EQ", "values": [{"userEnteredValue": '="=Red"'}]}


def test_widths_go_by_steps() -> None:
    """A column keeps its width while its texts nearly fit; a hidden one stays hidden; other columns begin anew."""
    assert widened((5.2, 0.0, 10.0, 30.0), ()) == (5.2, 0.0, 10.8, 32.2)
    assert widened((10.0, 0.0, 24.0, 5.0), (10.8, 0.0, 20.0, 2.6)) == (10.8, 0.0, 20.0, 5.0)
    assert widened((27.0, 12.0), (20.0, 0.0)) == (32.2, 13.0)
    assert widened((12.0,), (40.0, 40.0)) == (13.0,)


def test_colours_mix() -> None:
    """A share of another colour."""
    assert mixed("FFFFFF", "000000", 0.5) == "808080"
    assert mixed("102030", "FFFFFF", 0.0) == "102030"


def test_a_plan_that_moves_writes_values_alone(server: SheetsServer, client: SheetsClient) -> None:
    """Bars, loads and today's column move without a new look: an edit costs one reading and one write."""
    number = server.load(XlsxWorkbook(AGENCY).read())
    book = server.book(number)

    def run(days: int) -> tuple[int, int]:
        server.journal.clear()
        today = TODAY + timedelta(days=days)
        recalculate(GoogleWorkbook(number, client), today, effort=Effort.FAST)
        return server.journal.count("read"), server.journal.count("write")

    run(0)
    costs, dressed = [], set()
    for days, place in ((0, 3), (0, 8), (0, 13), (1, 18), (1, 23)):
        row, column = delivery_dates(book)[place]
        delivery = book.at("Content plan", row, column)
        assert isinstance(delivery, int)
        book.type("Content plan", row, column, delivery + 2)
        costs.append(run(days))
        dressed |= {
            each["repeatCell"]["range"]["sheetId"]
            for write in server.journal.of("write")
            for each in write.body.get("requests", ())
            if "repeatCell" in each
        }
    lasting = {book.sheet(title).number for title in ("Steps", "Today", "Workload", "Timeline")}
    assert not dressed & lasting
    assert costs[:3] == [(1, 1)] * 3
    assert costs[3] <= (2, 2), "the first of a day"
    assert costs[4] == (1, 1)


def delivery_dates(book: OpenBook) -> list[tuple[int, int]]:
    """The cells of the team's plan that hold a date."""
    return [
        (row, column)
        for row in range(2, 40)
        for column in range(1, 10)
        if isinstance(book.at("Content plan", row, column), int)
    ]


def test_what_people_put_beside_ours_stays(server: SheetsServer, client: SheetsClient) -> None:
    """A tab of another shape gets another look in place of its own; a person's chart and columns stay."""
    number = server.load(snapshot({"Plan": "| a |"}))
    book = server.book(number)
    workbook = GoogleWorkbook(number, client)

    def draw(*rows: tuple[Value, ...], **more: Any) -> None:
        workbook.read()
        workbook.write(Patch(tabs=(plain(*rows, **more),), sheets=("Plan", "Steps")))

    rule = Rule(area=CellRange(2, 1, 2, 1), operator="equal", operand="Red", style=RED)
    draw(("Flag", "Due"), ("Red", date(2026, 12, 4)), rules=(rule,), widths=(9.0, 0.0))
    sheet = book.sheet("Steps")
    assert len(sheet.rows) == SPARE_ROWS
    assert [
        book.cell("Steps", 1, column).more.get("userEnteredFormat", {}).get("wrapStrategy")
        for column in (1, 2, 3)
    ] == [None, "CLIP", "CLIP"]
    assert [line.hidden for line in sheet.columns] == [False, *[True] * 5]
    book.insert_columns("Steps", 4, 2)
    chart = {
        "spec": {"title": "mine", "pieChart": {}},
        "position": {"overlayPosition": {"anchorCell": {"sheetId": sheet.number}}},
    }
    client.batch_update(number, {"requests": [{"addChart": {"chart": chart}}]})
    draw(("Flag", "Owner", "Due"), ("Red", "Ann", 5), rules=(rule, rule), widths=(9.0, 9.0, 9.0))
    assert len(book.parts("Steps", "conditionalFormats")) == 2
    assert [each["spec"]["title"] for each in book.parts("Steps", "charts")] == ["mine"]
    assert [line.hidden for line in book.sheet("Steps").columns][:4] == [False, False, False, True]


def test_a_moved_look_is_made_again(server: SheetsServer, client: SheetsClient) -> None:
    """Where somebody has inserted a column or typed beside the tab, it is drawn again as it was, formats and all."""
    number = server.load(snapshot({"Plan": "| a |"}))
    book = server.book(number)
    workbook = GoogleWorkbook(number, client)
    rows = (("Flag", "Due"), ("Red", date(2026, 12, 4)))
    tab = plain(*rows, widths=(9.0, 9.0), styles={(2, 2): Style(number_format="ddd d mmm")})
    for columns_inserted, typed_at in ((0, None), (1, None), (0, 9)):
        if columns_inserted:
            book.insert_columns("Steps", 1, columns_inserted)
        if typed_at:
            book.type("Steps", 1, typed_at, "x")
        workbook.read()
        workbook.write(Patch(tabs=(tab,), sheets=("Plan", "Steps")))
        read = next(table for table in workbook.read().tables if table.sheet == "Steps")
        assert read.rows == (("Flag", "Due"), ("Red", 46360))
        patterns = [book.cell("Steps", 2, column).number_format.get("pattern") for column in (1, 2)]
        assert patterns == [None, "ddd d mmm"]
        assert [line.hidden for line in book.sheet("Steps").columns][:3] == [False, False, True]


def test_the_workloads_charts(server: SheetsServer, client: SheetsClient) -> None:
    """Two charts over the hidden columns, once, however often the tab gets another look."""
    number = server.load(snapshot({"Plan": "| a |"}))
    workbook = GoogleWorkbook(number, client)
    tab = workload_tab(scene())
    for drawn in (tab, ComputedTab(sheet=tab.sheet, rows=(("x",),)), tab):
        workbook.read()
        workbook.write(Patch(tabs=(drawn,), sheets=("Plan", tab.sheet)))
    charts = server.book(number).parts(tab.sheet, "charts")
    kinds = [chart["spec"]["basicChart"]["chartType"] for chart in charts]
    assert sorted(kinds) == ["BAR", "COLUMN"]
    assert all(chart["spec"]["hiddenDimensionStrategy"] == "SHOW_ALL" for chart in charts)
    for chart in charts:
        series = chart["spec"]["basicChart"]["series"]
        assert [
            each["series"]["sourceRange"]["sources"][0]["startRowIndex"] for each in series
        ] == [1] * len(series)


def test_days_look_like_days_in_a_teams_columns(server: SheetsServer, client: SheetsClient) -> None:
    """Whether SheetFlow makes the column or finds it blank; flags get their colours in a column that has none."""
    drawing = {
        "Plan": """
            | Publication | Type         | Delivery date | Flag | Forecast |
            | Soon        | Blog article | 2026-12-18    |      |          |
            | Later       | Blog article | 2027-01-15    |      |          |
        """
    }
    number = server.load(snapshot(drawing))
    recalculate(GoogleWorkbook(number, client), TODAY, effort=Effort.FAST)
    book = server.book(number)
    header = book.rows("Plan")[0]
    for name in ("Forecast", "Ready by", "Start by"):
        column = header.index(name) + 1
        pattern = "ddd d mmm" if name == "Start by" else "ddd d mmm yyyy"
        assert book.cell("Plan", 2, column).number_format == {"type": "DATE", "pattern": pattern}
    rules = book.parts("Plan", "conditionalFormats")
    assert {rule["ranges"][0]["startColumnIndex"] for rule in rules} == {3}
    assert len(rules) == 4

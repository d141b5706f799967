"""Setting up a Google spreadsheet: what is missing is made once, and what people made or changed stays."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sheetflow.cells import Snapshot
from sheetflow.domain.flag import Flag
from sheetflow.domain.settings import Language
from sheetflow.engine.planner import Effort
from sheetflow.entrypoints.cli import run
from sheetflow.errors import UserError
from sheetflow.translate.vocabulary import vocabulary
from sheetflow.usecases.init_workbook import set_up_workbook
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.workbooks.google.address import editing_url
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.setup import SetUp, set_up
from sheetflow.workbooks.google.workbook import GoogleWorkbook
from sheets import TODAY, snapshot
from sheets_server.faults import Fault
from sheets_server.open_book import OpenBook
from sheets_server.server import SheetsServer

TABS = ("Publications", "Workflows", "Team", "Time off", "Holidays", "Settings")
NEW = {"Sheet1": ""}
OWN = {
    "Our plan": """
        | Our plan for the autumn |
        |                         |
        | ID  | Title       | Type         | Publish date | Status |
        | P-1 | Autumn tips | Blog article | 2026-12-18   | Active |
    """,
    "Tim": """
        | Nama | Keahlian   |
        | Sari | Copywriter |
    """,
}


class Spreadsheet:
    """A spreadsheet of a server, and what a user does to it from the command line."""

    def __init__(self, server: SheetsServer, client: SheetsClient, content: Snapshot) -> None:
        """Load the content into a new spreadsheet."""
        self.server = server
        self.client = client
        self.number = server.load(content)

    @property
    def seen(self) -> OpenBook:
        """What a person sees in a browser."""
        return self.server.book(self.number)

    def init(self, language: Language = Language.EN) -> SetUp:
        """The command `init`."""
        self.server.journal.clear()
        workbook = GoogleWorkbook(self.number, self.client)
        return set_up_workbook(
            workbook, lambda tabs: set_up(self.client, self.number, tabs), language, TODAY
        )

    def recalculate(self, today: date = TODAY) -> Outcome:
        """The command `recalculate`."""
        self.server.journal.clear()
        workbook = GoogleWorkbook(self.number, self.client)
        return recalculate(workbook, today, effort=Effort.FAST)

    def told(self, title: str, fields: str) -> dict[str, Any]:
        """What Google tells of a sheet under a field mask."""
        params: dict[str, Any] = {"fields": f"sheets(properties.title,{fields})"}
        answer = self.client.spreadsheets_get(self.number, params)
        return next(s for s in answer["sheets"] if s["properties"]["title"] == title)

    def cell(self, title: str, address: str, fields: str) -> dict[str, Any]:
        """What Google tells of a cell."""
        params: dict[str, Any] = {
            "ranges": f"'{title}'!{address}",
            "fields": f"sheets.data.rowData.values({fields})",
        }
        answer = self.client.spreadsheets_get(self.number, params)
        rows = answer["sheets"][0].get("data", [{}])[0].get("rowData", [{}])
        cells = rows[0].get("values", [{}])
        return dict(cells[0]) if cells else {}


@pytest.fixture
def new(server: SheetsServer, client: SheetsClient) -> Spreadsheet:
    """A new spreadsheet, as a browser makes it."""
    return Spreadsheet(server, client, snapshot(NEW))


@pytest.fixture(scope="module")
def made(server: SheetsServer, client: SheetsClient) -> Spreadsheet:
    """A new spreadsheet that was set up, to look at."""
    spreadsheet = Spreadsheet(server, client, snapshot(NEW))
    spreadsheet.init()
    return spreadsheet


@pytest.fixture
def own(server: SheetsServer, client: SheetsClient) -> Spreadsheet:
    """A spreadsheet in which a team has its plan."""
    return Spreadsheet(server, client, snapshot(OWN))


@pytest.mark.parametrize("language", list(Language))
def test_a_new_spreadsheet_gets_every_tab_and_can_be_planned(
    new: Spreadsheet, language: Language
) -> None:
    """All tabs stand before the blank one, in one write; the sample rows are planned in time, with no problem."""
    tabs = tuple(vocabulary().show("tab", tab, language) for tab in TABS)
    assert new.init(language).made == tabs
    assert new.server.journal.count("write") == 1
    assert new.seen.titles == [*tabs, "Sheet1"]
    outcome = new.recalculate()
    assert [row.flag for row in outcome.plan.publications] == [Flag.GREEN] * 3
    assert not outcome.problems


@pytest.mark.parametrize("language", list(Language))
def test_a_second_init_does_nothing(made: Spreadsheet, language: Language) -> None:
    """In the same language and in another: every tab is known again, and nothing is written."""
    assert made.init(language) == SetUp()
    assert made.server.journal.count("write") == 0
    assert made.seen.titles == [*TABS, "Sheet1"]


def test_what_a_new_tab_shows(made: Spreadsheet) -> None:
    """Frozen rows and columns, a filter, notes, coloured flags, and a warning on the computed columns."""
    fields = "properties.gridProperties,basicFilter.range,conditionalFormats,protectedRanges"
    told = made.told("Publications", fields)
    grid = told["properties"]["gridProperties"]
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (1, 2)
    assert told["basicFilter"]["range"]["endColumnIndex"] == 20
    words = [
        rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]
        for rule in told["conditionalFormats"]
    ]
    assert words == ["Green", "Amber", "Red", "Grey"]
    (guard,) = told["protectedRanges"]
    assert guard["warningOnly"]
    assert (guard["range"]["startColumnIndex"], guard["range"]["endColumnIndex"]) == (12, 20)
    assert made.cell("Publications", "A1", "note")["note"].startswith("A key such as P-014")
    assert made.cell("Publications", "E2", "formattedValue") == {
        "formattedValue": "Mon 21 Dec 2026"
    }


def test_what_drop_downs_offer(made: Spreadsheet) -> None:
    """Types and states come as lists, with no further tab; the names of the team from where they stand."""
    types = made.cell("Publications", "C900", "dataValidation")["dataValidation"]
    offered = [each["userEnteredValue"] for each in types["condition"]["values"]]
    assert offered == list(vocabulary().names("type", Language.EN))
    assert types["showCustomUi"]
    assert not types.get("strict")
    assert made.cell("Publications", "G2", "dataValidation")["dataValidation"]["strict"]
    away = made.cell("Time off", "A2", "dataValidation")["dataValidation"]["condition"]
    assert away == {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": "='Team'!$A$2:$A$200"}],
    }


def test_what_people_changed_stays(new: Spreadsheet) -> None:
    """A tab with another name, a header with another word, a rule taken away: nothing is made again; a tab that was deleted is."""
    new.init()
    new.seen.rename("Holidays", "When we are closed")
    new.seen.type("Publications", 1, 2, "What we publish")
    protection = new.seen.parts("Publications", "protectedRanges")[0]["protectedRangeId"]
    new.client.batch_update(
        new.number,
        {
            "requests": [
                {"deleteProtectedRange": {"protectedRangeId": protection}},
                {
                    "setDataValidation": {
                        "range": {
                            "sheetId": new.seen.sheet("Team").number,
                            "startColumnIndex": 2,
                            "endColumnIndex": 3,
                        }
                    }
                },
            ]
        },
    )
    assert new.init() == SetUp()
    assert new.server.journal.count("write") == 0
    assert not new.seen.parts("Publications", "protectedRanges")
    new.seen.delete_tab("Team")
    assert new.init() == SetUp(made=("Team",)), "whoever asks again for what is missing gets it"
    assert new.seen.titles[-1] == "Team"


def test_a_teams_plan_is_furnished(own: Spreadsheet) -> None:
    """Its columns get drop-downs and notes where they stand, its rows are frozen; not one cell is written."""
    before = {title: own.seen.rows(title) for title in OWN}
    done = own.init()
    assert set(done.furnished) == {"Our plan", "Tim"}
    assert set(done.made) == set(TABS) - {"Publications", "Team"}
    assert {title: own.seen.rows(title) for title in OWN} == before
    grid = own.told("Our plan", "properties.gridProperties.frozenRowCount")
    assert grid["properties"]["gridProperties"]["frozenRowCount"] == 3
    types = own.cell("Our plan", "C4", "dataValidation")["dataValidation"]
    assert types["condition"]["type"] == "ONE_OF_LIST"
    assert "dataValidation" not in own.cell("Our plan", "C3", "dataValidation")
    assert "published" in own.cell("Our plan", "D3", "note")["note"]
    assert not own.cell("Our plan", "E4", "dataValidation")["dataValidation"].get("strict")
    assert own.init() == SetUp()
    assert own.server.journal.count("write") == 0


def test_samples_are_for_those_who_have_nothing(own: Spreadsheet) -> None:
    """A team that has a plan gets no people, steps or days off that are not its own; its plan stays the same."""
    bare = own.recalculate().plan
    own.init()
    assert len(own.seen.rows("Workflows")) == len(own.seen.rows("Time off")) == 1
    assert len(own.seen.rows("Settings")) > 1
    after = own.recalculate()
    assert after.plan.publications == bare.publications
    assert not after.plan.changes


def test_drop_downs_of_people_are_never_set_again(own: Spreadsheet) -> None:
    """A column that has a rule anywhere keeps it: the same rule again would take the colours of its chips away."""
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Active"}]},
        "showCustomUi": True,
    }
    place = {
        "sheetId": own.seen.sheet("Our plan").number,
        "startRowIndex": 9,
        "endRowIndex": 20,
        "startColumnIndex": 4,
        "endColumnIndex": 5,
    }
    request = {"setDataValidation": {"range": place, "rule": rule}}
    own.client.batch_update(own.number, {"requests": [request]})
    own.init()
    sent = own.server.journal.of("write")[-1].body["requests"]
    columns = [
        each["setDataValidation"]["range"]["startColumnIndex"]
        for each in sent
        if each.get("setDataValidation", {}).get("range", {}).get("sheetId") == place["sheetId"]
    ]
    assert columns == [2]
    assert "dataValidation" not in own.cell("Our plan", "E4", "dataValidation")


def test_notes_of_people_stay(own: Spreadsheet) -> None:
    """A header with a note of the team's keeps it."""
    start = {"sheetId": own.seen.sheet("Our plan").number, "rowIndex": 2, "columnIndex": 3}
    note = {"start": start, "rows": [{"values": [{"note": "ask Joan"}]}], "fields": "note"}
    own.client.batch_update(own.number, {"requests": [{"updateCells": note}]})
    own.init()
    assert own.cell("Our plan", "D3", "note") == {"note": "ask Joan"}


def test_all_or_nothing(new: Spreadsheet) -> None:
    """A batch that Google refuses leaves no half-made tab behind."""
    new.server.fail(Fault(on="batchUpdate", status=400))
    with pytest.raises(UserError, match="google_refused"):
        new.init()
    assert new.seen.titles == ["Sheet1"]


def test_the_command_line_sets_up_and_plans(
    new: Spreadsheet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`init URL` tells what it made; a second one that nothing was missing; the plan follows as from a file."""
    key = tmp_path / "key.json"
    key.write_text(json.dumps(new.server.key_file()), "utf-8")
    monkeypatch.setenv("SHEETFLOW_GOOGLE_CREDENTIALS", str(key))
    monkeypatch.setenv("SHEETFLOW_GOOGLE_SERVER", new.server.url)
    url = editing_url(new.number)
    today = ["--today", str(TODAY)]
    assert run(["init", url, "--language", "id", *today]) == 0
    assert "Made: Publikasi, " in capsys.readouterr().out
    assert run(["init", url, *today]) == 0
    assert "nothing, every tab is there" in capsys.readouterr().out
    assert run(["recalculate", url, "--effort", "fast", *today]) == 0
    assert "Linimasa" in new.seen.titles
    assert run(["init", "https://example.com/plan", *today]) == 2


def add_next_month(own: Spreadsheet) -> None:
    """Somebody adds a tab with a publication of next month."""
    row = {
        "Publication": "Year in cups",
        "Type": "Blog article",
        "Delivery date": "21 Dec 2026",
    }
    own.seen.add_tab("December")
    for column, (header, text) in enumerate(row.items(), start=1):
        own.seen.type("December", 1, column, header)
        own.seen.type("December", 2, column, text)


def test_a_tab_that_was_added_is_planned_from_the_next_day_on(own: Spreadsheet) -> None:
    """A new month's tab: the first run of a day looks for it, and whoever cannot wait runs `check` or `init`."""
    own.recalculate()
    add_next_month(own)
    assert "Year in cups" not in {row.title for row in own.recalculate().plan.publications}
    tomorrow = TODAY + timedelta(days=1)
    planned = own.recalculate(tomorrow).plan
    assert "Year in cups" in {row.title for row in planned.publications}
    assert own.recalculate(tomorrow).plan.publications == planned.publications
    assert (own.server.journal.count("read"), own.server.journal.count("write")) == (1, 0)


def test_init_makes_a_tab_that_was_added_known_at_once(own: Spreadsheet) -> None:
    """Nobody has to wait for the next day."""
    own.recalculate()
    add_next_month(own)
    own.init()
    assert "Year in cups" in {row.title for row in own.recalculate().plan.publications}

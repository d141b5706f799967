"""Runs that the add-on for Google Sheets asks for by itself: by the clock, and some minutes after the last edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from google_addon_desk import PLAN, SHEETS, AddonDesk, addon_desk
from sheetflow.store.records import RunRecord
from sheets_server.server import SheetsServer

NOON = 1_795_000_000_000
MINUTE = 60_000
OFF = {"timetable": "off", "edits": False}
PLANNED = {
    PLAN: """
        | ID    | Publication | Type       | Delivery date | Flag  | Why     | Step due   |
        | P-001 | Guide       | Newsletter | 2026-11-25    | Green | On plan | 2026-11-24 |
    """,
    "Steps": "| ID | Step |\n| P-001 | Design |",
    "Ideas": "| Idea |\n| A film |",
}


@pytest.fixture(scope="module")
def desk(
    needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory, server: SheetsServer
) -> Iterator[AddonDesk]:
    """Somebody in front of a spreadsheet with the add-on."""
    with addon_desk(needs("node"), tmp_path_factory.mktemp("addon"), server) as made:
        yield made


def asked(desk: AddonDesk) -> list[RunRecord]:
    """The runs of the spreadsheet that wait."""
    assert desk.workbook
    return [run for run in desk.service.runs.waiting(99) if run.workbook == desk.workbook.id]


def triggers(desk: AddonDesk) -> list[dict[str, Any]]:
    """What Google calls by itself."""
    found: list[dict[str, Any]] = desk.look()["triggers"]
    return found


def edit(desk: AddonDesk, sheet: str, row: int, column: int, columns: int = 1) -> bool:
    """Let somebody edit cells; whether the script noted it."""
    desk.change(properties={"document": {}, "user": {}})
    place = {"sheet": sheet, "row": row, "column": column, "columns": columns}
    desk.run("noteEdit", trigger=True, edited=place)
    return "sheetflow.edited" in desk.look()["properties"]["document"]


def look_for_edits(desk: AddonDesk, minutes: float) -> None:
    """Let Google call the look for edits so many minutes after noon."""
    desk.change(now=NOON + minutes * MINUTE)
    desk.run("recalculateAfterEdits", trigger=True)


def test_settings_are_what_google_calls_by_itself(desk: AddonDesk) -> None:
    """Each choice makes its triggers and takes the others away; the side bar shows what is chosen."""
    desk.open(SHEETS)
    desk.book.book.properties["timeZone"] = "Asia/Jakarta"
    assert desk.call("panelSettings") | OFF == desk.call("panelSettings")
    chosen = desk.call("panelSaveSettings", {"timetable": "daily", "edits": True})
    assert (chosen["timetable"], chosen["edits"]) == ("daily", True)
    daily, noting, looking = triggers(desk)
    assert (daily["handler"], daily["atHour"], daily["inTimezone"]) == (
        "recalculateByClock",
        6,
        "Asia/Jakarta",
    )
    assert (noting["handler"], noting["event"], noting["source"]) == (
        "noteEdit",
        "edit",
        desk.number,
    )
    assert (looking["handler"], looking["everyMinutes"]) == ("recalculateAfterEdits", 5)
    desk.call("panelSaveSettings", {"timetable": "hourly", "edits": False})
    assert [one["everyHours"] for one in triggers(desk)] == [1]
    assert desk.call("panelSettings")["timetable"] == "hourly"
    desk.call("panelSaveSettings", OFF)
    assert triggers(desk) == []


def test_settings_tell_where_the_service_is(desk: AddonDesk) -> None:
    """And under which name it knows the spreadsheet, and which sign-in ID it has to know."""
    desk.open(SHEETS)
    assert desk.call("panelSettings")["workbook"] == ""
    desk.call("panelRecalculate")
    shown = desk.call("panelSettings")
    assert (shown["workbook"], shown["service"]) == ("Plan", desk.address)
    assert shown["client"].endswith(".apps.googleusercontent.com")
    desk.change(token=None)
    assert desk.call("panelSettings")["client"] == ""


def test_too_many_triggers_are_told(desk: AddonDesk) -> None:
    """Google keeps twenty for a person."""
    desk.open(SHEETS, triggers=[{"handler": "somethingElse"}] * 20)
    trouble = desk.trouble("panelSaveSettings", {"timetable": "daily", "edits": False})
    assert trouble["code"] == "too_many_triggers"


@pytest.mark.parametrize(
    ("sheet", "row", "column", "columns", "counts"),
    [
        (PLAN, 2, 4, 1, True),
        (PLAN, 2, 5, 3, False),
        (PLAN, 2, 6, 1, False),
        (PLAN, 2, 4, 3, True),
        (PLAN, 1, 6, 1, True),
        (PLAN, 3, 8, 1, True),
        ("Steps", 2, 2, 1, False),
        ("Ideas", 2, 1, 1, True),
    ],
)
def test_only_what_a_plan_is_made_from_counts_as_an_edit(
    desk: AddonDesk, sheet: str, row: int, column: int, columns: int, *, counts: bool
) -> None:
    """Cells that SheetFlow fills never ask for a run; a header, a new row and any tab of the team's do."""
    desk.open(PLANNED, registered=False)
    assert edit(desk, sheet, row, column, columns) is counts


def test_a_run_waits_until_nobody_types_any_more(desk: AddonDesk) -> None:
    """A look right after an edit asks for nothing, one three minutes later does, and the next one does not again."""
    desk.open(SHEETS, now=NOON)
    look_for_edits(desk, 0)
    edit(desk, PLAN, 2, 4)
    look_for_edits(desk, 2.9)
    assert asked(desk) == []
    look_for_edits(desk, 3)
    assert len(asked(desk)) == 1
    requests = desk.look()["asked"]
    look_for_edits(desk, 8)
    assert desk.look()["asked"] == requests


def test_an_edit_is_not_lost_while_the_service_is_away(desk: AddonDesk) -> None:
    """A trouble that may pass is tried again at the next look, and told in the side bar until then."""
    desk.open(SHEETS, now=NOON)
    edit(desk, PLAN, 2, 4)
    desk.change(fetchFails="Address unavailable: {url}")
    look_for_edits(desk, 5)
    assert desk.call("panelPlan")["automatic"]["code"] == "service_down"
    desk.change(fetchFails="")
    look_for_edits(desk, 10)
    assert len(asked(desk)) == 1
    assert desk.call("panelPlan")["automatic"] is None


def test_what_will_not_pass_is_told_and_left(desk: AddonDesk) -> None:
    """A spreadsheet that nobody registered is not asked for every five minutes."""
    desk.open(SHEETS, registered=False, now=NOON)
    edit(desk, PLAN, 2, 4)
    look_for_edits(desk, 5)
    assert desk.call("panelPlan")["automatic"]["code"] == "not_registered"
    requests = desk.look()["asked"]
    look_for_edits(desk, 10)
    assert desk.look()["asked"] == requests


def test_the_clock_needs_no_open_spreadsheet(desk: AddonDesk) -> None:
    """Once the spreadsheet is known to the service, a run by the clock reads none of it."""
    desk.open(SHEETS)
    desk.call("panelRecalculate")
    desk.change(unreadable=True)
    desk.run("recalculateByClock", trigger=True)
    assert len(asked(desk)) == 1
    assert desk.look()["asked"][-1].endswith("/recalculate 202")
    assert "sheetflow.trouble" not in desk.look()["properties"]["document"]

"""The add-on for Google Sheets and the running service: a run from the press of the button to the plan, and all that stops it."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner
from sqlalchemy import text

from google_addon_desk import PLAN, SHEETS, AddonDesk, addon_desk
from redirecting import redirecting_to
from services import MONDAY, carry_out
from sheetflow.entrypoints.cli.commands import sheetflow
from sheetflow.entrypoints.google_addon.making import make_google_addon
from sheetflow.store.records import RunState, Verb
from sheets_server.accounts import ROBOT
from sheets_server.server import SheetsServer

BORIS = "boris@example.com"
NOWHERE = "http://127.0.0.1:9"
AskTrouble = Callable[[AddonDesk], Any]


@pytest.fixture(scope="module")
def desk(
    needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory, server: SheetsServer
) -> Iterator[AddonDesk]:
    """Somebody in front of a spreadsheet with the add-on."""
    with addon_desk(needs("node"), tmp_path_factory.mktemp("addon"), server) as made:
        yield made


def pressed(desk: AddonDesk) -> str:
    """Press Recalculate; the run."""
    run: str = desk.call("panelRecalculate")["run"]
    return run


def forget(desk: AddonDesk) -> None:
    """Take the workbook out of the registry, and its runs with it."""
    record = desk.service.registry.find(f"https://docs.google.com/spreadsheets/d/{desk.number}")
    desk.service.registry.remove(record.id)


def elsewhere(desk: AddonDesk, address: str, tmp_path: Path) -> None:
    """Use an add-on that was made for another address."""
    make_google_addon(address, tmp_path)
    desk.open(SHEETS, folder=str(tmp_path))


def test_recalculate_writes_the_plan_into_the_sheet(desk: AddonDesk) -> None:
    """The run is asked for, watched to its end, and its plan, moves and work of today stand in the side bar."""
    desk.open(SHEETS)
    run = pressed(desk)
    assert [one.state for one in carry_out(desk.service)] == [RunState.DONE]
    ended = desk.call("panelRun", run)
    assert (ended["state"], ended["counts"]["red"]) == ("done", 1)
    plan = desk.call("panelPlan")["plan"]
    assert plan["counts"] == {"Red": 1, "Amber": 0, "Green": 2, "Grey": 0}
    assert plan["attention"][0]["why"].startswith("Late by 3 days:")
    assert desk.call("panelToday", "Sari")["tasks"][0]["id"] == "P-001"
    assert desk.call("panelMoved")["changes"] == []
    desk.book.type(PLAN, 2, 4, "2026-12-11")
    pressed(desk)
    carry_out(desk.service)
    assert {change["id"] for change in desk.call("panelMoved")["changes"]} == {"P-001"}


def test_five_presses_are_one_run(desk: AddonDesk) -> None:
    """Whoever presses again gets the run that waits already, and the spreadsheet is looked for only once."""
    desk.open(SHEETS)
    assert len({pressed(desk) for _ in range(5)}) == 1
    assert [asked.split()[:2] for asked in desk.look()["asked"]].count(
        ["GET", "/v1/workbooks"]
    ) == 1
    forget(desk)


def test_the_selected_row_is_explained(desk: AddonDesk) -> None:
    """What the sheet says stands beside what the service found out: who could do it, and what would move it."""
    desk.open(SHEETS | {"Settings": "| Setting | Value |\n| Language | id |"})
    pressed(desk)
    carry_out(desk.service)
    desk.call("panelSelect", {"id": "P-001", "title": "Guide"})
    told = desk.call("panelExplain")
    assert (told["id"], told["standing"]["flagText"]) == ("P-001", "Merah")
    found = told["found"]["done"]
    assert found["step"]["owner"] == "Sari"
    assert found["colleagues"]
    assert "Tanggal terbit" in found["trials"][0]["sentence"]


def test_a_row_is_explained_from_a_computed_tab_too(desk: AddonDesk) -> None:
    """The row of Today that is selected names its publication; without the service the sheet's own words remain."""
    today = "| Owner | Rank | ID | Step |\n| Sari | 1 | P-001 | Design |"
    selected = {"sheet": "Today", "row": 2, "column": 3}
    desk.open(SHEETS | {"Today": today}, selected=selected, fetchFails="DNS error: {url}")
    told = desk.call("panelExplain")
    assert (told["id"], told["standing"]["title"]) == ("P-001", "Guide")
    assert told["found"]["trouble"]["code"] == "service_down"


def test_the_dashboard_opens_by_an_address_that_works_once(desk: AddonDesk) -> None:
    """A browser that opens it is signed in; a second time it is not."""
    desk.open(SHEETS)
    url = desk.call("panelDashboard")["url"]
    assert url.startswith(f"{desk.address}/")
    with requests.Session() as browser:
        opened = browser.get(url, allow_redirects=False, timeout=9)
        assert opened.status_code in {302, 303}
        assert browser.cookies
    assert requests.get(url, allow_redirects=False, timeout=9).status_code == 401


def not_signed_in(desk: AddonDesk) -> None:
    """Google gives no proof of who asks."""
    desk.open(SHEETS, token=None)


def other_script(desk: AddonDesk) -> None:
    """The script has a sign-in ID that the service does not know."""
    desk.open(SHEETS, token=desk.issuers.google_token(aud="77-other.apps.googleusercontent.com"))


def expired(desk: AddonDesk) -> None:
    """The proof is of yesterday, and the sheet speaks Indonesian."""
    yesterday = int(time.time()) - 86_400
    token = desk.issuers.google_token(iat=yesterday, exp=yesterday + 3600)
    desk.open(SHEETS | {"Settings": "| Setelan | Nilai |\n| Bahasa | id |"}, token=token)


def not_registered(desk: AddonDesk) -> None:
    """Nobody has registered the spreadsheet."""
    desk.open(SHEETS, registered=False)


def only_reading(desk: AddonDesk) -> None:
    """Boris may look at the plan."""
    desk.open(SHEETS, email=BORIS, token=desk.issuers.google_token(email=BORIS))
    assert desk.workbook
    desk.service.registry.allow(desk.workbook.id, BORIS, {Verb.READ})


def locked(desk: AddonDesk) -> None:
    """Somebody else's press is being worked on."""
    desk.open(SHEETS, lockedBy="Boris")


def no_more_today(desk: AddonDesk) -> None:
    """Google's daily quota is used up."""
    desk.open(SHEETS, fetchFails="Service invoked too many times for one day: urlfetch.")


def unreadable(desk: AddonDesk) -> None:
    """Google cannot open the spreadsheet just now."""
    desk.open(SHEETS, unreadable=True)


@pytest.mark.parametrize(
    ("arrange", "code", "told"),
    [
        (not_signed_in, "not_signed_in", ""),
        (
            other_script,
            "not_accepted",
            "SHEETFLOW_GOOGLE_AUDIENCES=77-other.apps.googleusercontent.com",
        ),
        (expired, "refused", "sudah kedaluwarsa"),
        (not_registered, "not_registered", "sheetflow workbooks add https://docs.google.com/"),
        (only_reading, "forbidden", "sheetflow workbooks allow"),
        (locked, "locked", ""),
        (no_more_today, "google_quota", ""),
        (unreadable, "unexpected", "Service Spreadsheets failed"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_stops_a_run_is_told(
    desk: AddonDesk, arrange: Callable[[AddonDesk], None], code: str, told: str
) -> None:
    """Each trouble has its own sentence, with what whoever runs the service has to do; the lock is free again."""
    arrange(desk)
    trouble = desk.trouble("panelRecalculate")
    assert trouble["code"] == code
    assert told in " ".join([trouble["told"], *trouble["lines"], *trouble["facts"].values()])
    assert desk.look()["lockedBy"] == ("Boris" if arrange is locked else "")


def obey(lines: list[str], desk: AddonDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands that the add-on names, as whoever runs the service does."""
    url = desk.service.settings.database_url
    monkeypatch.setenv("SHEETFLOW_DATABASE_URL", url)
    for line in lines:
        name, *arguments = shlex.split(line)
        assert name == "sheetflow"
        done = CliRunner().invoke(sheetflow, arguments)
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    "arrange", [not_registered, only_reading], ids=lambda value: value.__name__
)
def test_the_commands_that_are_told_help(
    desk: AddonDesk, arrange: Callable[[AddonDesk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once whoever runs the service has run the very lines, the next press begins a run."""
    arrange(desk)
    obey(desk.trouble("panelRecalculate")["lines"], desk, monkeypatch)
    pressed(desk)
    forget(desk)


def test_strangers_learn_nothing(desk: AddonDesk) -> None:
    """Somebody without any right is told the same as where nothing is registered."""
    desk.open(SHEETS, email=BORIS, token=desk.issuers.google_token(email=BORIS))
    assert desk.trouble("panelRecalculate")["code"] == "not_registered"
    assert desk.workbook
    desk.change(
        properties={
            "document": {"sheetflow.workbook": f'{{"id": "{desk.workbook.id}"}}'},
            "user": {},
        }
    )
    assert desk.trouble("panelDashboard")["code"] == "not_registered"


def test_a_spreadsheet_that_was_registered_anew_is_found_again(desk: AddonDesk) -> None:
    """The remembered ID is forgotten once the service does not know it any more."""
    desk.open(SHEETS)
    pressed(desk)
    forget(desk)
    assert desk.trouble("panelRecalculate")["code"] == "not_registered"
    assert desk.call("panelSettings")["workbook"] == ""
    desk.register()
    pressed(desk)
    forget(desk)


def test_a_service_that_does_not_answer(desk: AddonDesk, tmp_path: Path) -> None:
    """Nobody listens there; or the answer takes too long: each may pass."""
    elsewhere(desk, NOWHERE, tmp_path)
    down = desk.trouble("panelRecalculate")
    assert (down["code"], down["facts"], down["passing"]) == (
        "service_down",
        {"address": NOWHERE},
        True,
    )
    desk.open(SHEETS)
    run = pressed(desk)
    desk.change(fetchTimeout=300)
    assert desk.trouble("panelRun", run)["code"] == "timeout"
    forget(desk)


def test_something_else_answers(desk: AddonDesk, tmp_path: Path) -> None:
    """At the address stands another server, in JSON or in HTML: it is said so."""
    for address in (f"{desk.server.url}/v4", f"{desk.server.url}/nothing"):
        elsewhere(desk, address, tmp_path)
        assert desk.trouble("panelRecalculate")["code"] == "service_strange"


def test_the_proof_goes_to_no_other_address(desk: AddonDesk, tmp_path: Path) -> None:
    """An address that sends the script elsewhere is not followed."""
    with redirecting_to(f"{desk.issuers.url}/stolen") as address:
        elsewhere(desk, address, tmp_path)
        assert desk.trouble("panelRecalculate")["code"] == "service_strange"
    assert desk.issuers.asked["/stolen"] == 0


def test_a_mistake_of_the_service_is_told_with_its_number(
    needs: Callable[[str], str], tmp_path: Path, server: SheetsServer
) -> None:
    """What the service cannot explain carries the number under which its log does."""
    with addon_desk(needs("node"), tmp_path, server) as desk:
        desk.open(SHEETS)
        with desk.service.engine.begin() as connection:
            connection.execute(text("DROP TABLE runs"))
        trouble = desk.trouble("panelRecalculate")
    assert (trouble["code"], trouble["passing"]) == ("service_fault", True)
    assert len(trouble["request"]) > 8


def test_too_many_requests_are_told_with_their_pause(
    needs: Callable[[str], str], tmp_path: Path, server: SheetsServer
) -> None:
    """Whoever asks too often learns after how many seconds to come again."""
    with addon_desk(needs("node"), tmp_path, server, requests_per_minute=2) as desk:
        desk.open(SHEETS)
        pressed(desk)
        trouble = desk.trouble("panelRecalculate")
    assert trouble["code"] == "too_many"
    assert 0 < trouble["facts"]["seconds"] <= 61


def test_a_run_that_failed_says_why_in_the_sheet_s_language(desk: AddonDesk) -> None:
    """The spreadsheet is no longer shared with the service's account, which the sentence names."""
    desk.open(SHEETS | {"Settings": "| Setting | Value |\n| Language | fa |"})
    desk.server.share(desk.number, ROBOT, None)
    run = pressed(desk)
    carry_out(desk.service)
    ended = desk.call("panelRun", run)
    assert ended["state"] == "failed"
    assert ROBOT in ended["error"]["sentence"]
    assert "ویرایشگر" in ended["error"]["sentence"]


def test_a_run_that_is_gone(desk: AddonDesk) -> None:
    """Runs are forgotten after a while; so is one of somebody else's workbook."""
    desk.open(SHEETS)
    assert desk.trouble("panelRun", "nonesuch")["code"] == "run_gone"
    other = desk.service.registry.add(
        "/elsewhere.xlsx", name="Other", time_zone="UTC", schedule=None, owner=BORIS, now=MONDAY
    )
    run = desk.service.queue.ask(other.id, BORIS, MONDAY)
    assert desk.trouble("panelRun", run.id)["code"] == "run_gone"

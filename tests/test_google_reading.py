"""A Google spreadsheet is read as the same workbook would be from a file, in one request once it is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from google_access import Machine, client_of
from sheetflow.cells import CellFault, Snapshot, Table, Value, serial_number
from sheetflow.engine.planner import Effort
from sheetflow.entrypoints.cli import run
from sheetflow.errors import UserError
from sheetflow.translate.reading import read_workspace
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.google.address import editing_url
from sheetflow.workbooks.google.addresses import first_cell, quoted, title_in
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.listing import list_tabs
from sheetflow.workbooks.google.marks import TAB_MARK
from sheetflow.workbooks.google.serials import carried_value, value_of
from sheetflow.workbooks.google.workbook import GoogleWorkbook
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY, snapshot
from sheets_server.accounts import ROBOT
from sheets_server.faults import Fault
from sheets_server.server import SheetsServer
from sheets_server.switches import Switches, every_setting

SAMPLES = sorted((Path(__file__).parents[1] / "sample_sheets").glob("*.xlsx"))
KNOWN = [
    (file, marked)
    for file in SAMPLES
    for marked in (False, True)
    if not (marked and file.stem == "messy")  # cells are merged among its rows: it is never marked
]
SMALL = snapshot(
    {
        "Plan": """
            | Publication | Type      | Delivery date | Left              |
            | Autumn tips | Blog post | 2026-12-04    | =C2-TODAY() => 11 |
        """,
        "Team": """
            | Name | Skills      |
            | Sari | Copywriting |
        """,
    }
)


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    """A server with no file."""
    with SheetsServer() as listening:
        yield listening


Connect = Callable[..., SheetsClient]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Makes clients of a server, and closes their connections in the end."""
    with ExitStack() as open_ones:
        yield lambda server, **named: open_ones.enter_context(client_of(server, **named))


def mark(client: SheetsClient, number: str) -> None:
    """Mark every tab, as a writing does."""
    requests = [
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": TAB_MARK,
                    "location": {"sheetId": tab.sheet_id},
                    "visibility": "DOCUMENT",
                }
            }
        }
        for tab in list_tabs(client, number)
    ]
    client.batch_update(number, {"requests": requests})


def settled(held: Snapshot) -> Snapshot:
    """The workbook without the formulas whose value no program has stored: a server computes them."""
    tables = (
        replace(
            table,
            formulas={
                place: text
                for place, text in table.formulas.items()
                if table.at(*place) is not None
            },
        )
        for table in held.tables
    )
    return replace(held, tables=tuple(tables))


def as_numbers(table: Table) -> tuple[tuple[Value, ...], ...]:
    """The rows of a file's table as Google tells them: dates as serial numbers."""
    return tuple(tuple(map(as_number, row)) for row in table.rows)


def as_number(value: Value) -> Value:
    """A date as its serial number."""
    return serial_number(value) if isinstance(value, date) else value


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_spreadsheet_reads_like_the_file(
    server: SheetsServer, connect: Connect, file: Path
) -> None:
    """The same tabs, values, formulas and merges; and so the same publications, people and problems."""
    held = settled(XlsxWorkbook(file).read())
    number = server.load(held)
    read = GoogleWorkbook(number, connect(server)).read()
    assert [table.sheet for table in read.tables] == [table.sheet for table in held.tables]
    for seen, table in zip(read.tables, held.tables, strict=True):
        assert seen.rows == as_numbers(table)
        assert seen.formulas == table.formulas
        assert set(seen.merged) == set(table.merged)
    one, other = (read_workspace(each, TODAY) for each in (read, held))
    assert one.workspace == other.workspace
    assert one.problems == other.problems


def test_the_first_reading_lists_the_tabs(server: SheetsServer, connect: Connect) -> None:
    """One request for marked tabs, one for the list, one for values, one for formulas."""
    number = server.load(SMALL)
    GoogleWorkbook(number, connect(server)).read()
    assert [entry.method for entry in server.journal.of()] == [
        "sheets.spreadsheets.values.batchGetByDataFilter",
        "sheets.spreadsheets.get",
        "sheets.spreadsheets.values.batchGet",
        "sheets.spreadsheets.values.batchGet",
    ]


@pytest.mark.parametrize(
    "switches",
    list(every_setting()),
    ids=lambda s: (
        f"{s.unmatched_filter}-{s.metadata_follows_ui_sort:d}{s.metadata_follows_partial_sort:d}{s.metadata_returns_on_undo:d}"
    ),
)
def test_marked_tabs_are_read_in_one_request(switches: Switches, connect: Connect) -> None:
    """Whatever they are called by now, and however Google treats a filter that matches nothing."""
    with SheetsServer(switches) as server:
        number, client = server.load(SMALL), connect(server)
        workbook = GoogleWorkbook(number, client)
        first = workbook.read()
        mark(client, number)
        server.book(number).rename("Plan", "It's Q1! 'new'")
        server.journal.clear()
        read = workbook.read()
        assert server.journal.count() == 1
        assert [table.sheet for table in read.tables] == ["It's Q1! 'new'", "Team"]
        assert [table.rows for table in read.tables] == [table.rows for table in first.tables]
        assert all(table.values_only for table in read.tables)


def test_marks_that_nobody_has_set(server: SheetsServer, connect: Connect) -> None:
    """Should Google refuse a filter that matches nothing, the tabs are listed all the same."""
    number = server.load(SMALL)
    server.fail(Fault(on="batchGetByDataFilter", status=400))
    read = GoogleWorkbook(number, connect(server)).read()
    assert [table.sheet for table in read.tables] == ["Plan", "Team"]


def test_a_new_tab_is_found_when_it_is_asked_for(server: SheetsServer, connect: Connect) -> None:
    """What was added since the marks were made is seen by whoever wants every tab, in three requests."""
    number, client = server.load(SMALL), connect(server)
    mark(client, number)
    server.book(number).add_tab("December")
    server.journal.clear()
    read = GoogleWorkbook(number, client).read(every_tab=True)
    assert [table.sheet for table in read.tables] == ["Plan", "Team", "December"]
    assert server.journal.count() == 3


def test_a_tab_that_is_a_chart_holds_no_cells(server: SheetsServer, connect: Connect) -> None:
    """A chart on a sheet of its own is passed over: to ask it for values would be refused."""
    number = server.load(SMALL)
    server.book(number).sheet("Team").properties["sheetType"] = "OBJECT"
    read = GoogleWorkbook(number, connect(server)).read()
    assert [table.sheet for table in read.tables] == ["Plan"]


def test_a_tab_renamed_while_it_is_read(server: SheetsServer, connect: Connect) -> None:
    """Its new name is asked for, and after three times the user is told."""
    number, client = server.load(SMALL), connect(server)
    server.meanwhile(lambda book: book.rename("Plan", "Planned"), on="spreadsheets.get")
    read = GoogleWorkbook(number, client).read()
    assert [table.sheet for table in read.tables] == ["Planned", "Team"]
    names = iter("abcdefgh")
    server.meanwhile(
        lambda book: book.rename(book.titles[0], next(names)), on="spreadsheets.get", times=None
    )
    with pytest.raises(UserError) as caught:
        GoogleWorkbook(number, client).read()
    assert caught.value.code == "google_tab_unknown"


TITLES = ["It's", "A1", "R1C1", "Plan!A1", "'quoted'", "برنامهٔ هفته", "🗓 Nov; \\x", "2026", " "]


def test_tabs_of_any_name(server: SheetsServer, connect: Connect) -> None:
    """A tab is never taken for a cell, and is known again by the range in the answer, also in long lists."""
    titles = [*TITLES, *(f"{'برنامه' * 8} {number}" for number in range(40))]
    tables = tuple(Table(sheet=title, rows=((title, 1),)) for title in titles)
    number, client = server.load(Snapshot(tables=tables)), connect(server)
    assert [t.sheet for t in GoogleWorkbook(number, client).read().tables] == titles
    assert max(len(entry.query) for entry in server.journal.of()) < 8_000
    mark(client, number)
    read = GoogleWorkbook(number, client).read()
    assert sorted(table.rows for table in read.tables) == sorted(table.rows for table in tables)
    assert all(table.sheet == table.rows[0][0] for table in read.tables)


def test_values_of_every_kind(server: SheetsServer, connect: Connect) -> None:
    """Blank ends are left off, errors are errors, text that looks like a formula or a number stays text."""
    moment = datetime(2026, 12, 4, 10, 30)  # noqa: DTZ001 - a cell knows no zone
    rows: tuple[tuple[Value, ...], ...] = (
        (),
        (None, "0123", 0.5, 2.0, True, CellFault("#REF!"), None),
        (date(2026, 12, 4), moment, "=not a formula", "'", " ", False, 0),
        (None, None),
    )
    table = Table(sheet="Plan", rows=rows, formulas={(5, 2): "=1/0"})
    number = server.load(Snapshot(tables=(table, Table(sheet="Blank"))))
    (read, blank) = GoogleWorkbook(number, connect(server)).read().tables
    assert read.rows[:2] == ((), (None, "0123", 0.5, 2, True, CellFault("#REF!")))
    assert read.rows[2] == (46360, 46360.4375, "=not a formula", "'", " ", False, 0)
    assert read.at(5, 2) in {CellFault("#DIV/0!"), None}
    assert read.formulas == {(5, 2): "=1/0"}
    assert blank.rows == ()
    assert read.shows(read.at(3, 1), date(2026, 12, 4))
    assert read.shows(read.at(3, 2), moment)
    assert not read.shows(read.at(3, 1), date(2026, 12, 5))
    assert not table.shows(46360, date(2026, 12, 4))


@pytest.mark.parametrize("value", ["", "x", 0, 1, 0.5, True, False, CellFault("#N/A")])
def test_what_is_written_is_read(value: Value) -> None:
    """A value survives the way there and back; none clears the cell."""
    assert value_of(carried_value(value)) == (value or None if value == "" else value)
    assert carried_value(None) == ""
    assert value_of(None) is None


@pytest.mark.parametrize("title", TITLES)
def test_ranges(title: str) -> None:
    """The tab and the first cell of a range are told apart from each other."""
    assert title_in(f"{quoted(title)}!C3:Z1000") == title
    assert first_cell(f"{quoted(title)}!AB12:AC13") == (12, 28)
    assert (title_in("Sheet1!A1:Z9"), first_cell("Sheet1!A1:Z9")) == ("Sheet1", (1, 1))
    assert (title_in(quoted(title)), first_cell("Sheet1!C:C")) == (title, (1, 3))


@pytest.mark.parametrize(("file", "marked"), KNOWN, ids=lambda each: getattr(each, "stem", each))
def test_an_unchanged_plan_asks_for_no_change(
    server: SheetsServer, connect: Connect, file: Path, *, marked: bool
) -> None:
    """A sheet that holds its plan is left alone, although its dates come as numbers and its merges not at all."""
    planned = MemoryWorkbook(settled(XlsxWorkbook(file).read()))
    recalculate(planned, TODAY, effort=Effort.FAST)
    number, client = server.load(planned.read()), connect(server)
    if marked:
        mark(client, number)
    again = recalculate(GoogleWorkbook(number, client), TODAY, effort=Effort.FAST, dry_run=True)
    assert not again.patch.edits
    assert not [tab.sheet for tab in again.patch.tabs]


def test_a_large_tab_is_small_on_its_way(server: SheetsServer, connect: Connect) -> None:
    """5,000 rows of 30 columns take one request and less than 3 MB."""
    row: tuple[Value, ...] = (*("a usual text",) * 15, *(12345,) * 10, *(0.5,) * 5)
    number = server.load(Snapshot(tables=(Table(sheet="Plan", rows=(row,) * 5_000),)))
    client = connect(server)
    mark(client, number)
    server.journal.clear()
    (table,) = GoogleWorkbook(number, client).read().tables
    assert table.rows == (row,) * 5_000
    assert (server.journal.count(), server.journal.went() < 3_000_000) == (1, True)


def code_of(number: str, client: SheetsClient) -> UserError:
    """What is told of a spreadsheet that cannot be read."""
    with pytest.raises(UserError) as caught:
        GoogleWorkbook(number, client).read()
    return caught.value


def test_what_cannot_be_opened(server: SheetsServer, connect: Connect) -> None:
    """Not shared, unknown, an Excel file on Drive: each by the answer that Google gives."""
    client = connect(server)
    number = server.load(SMALL, account="somebody@else.example")
    error = code_of(number, client)
    assert error.code == "google_not_shared"
    assert error.facts["account"] == ROBOT
    assert error.facts["address"] == editing_url(number)
    assert code_of("1" * 44, client).code == "google_not_found"
    assert code_of(server.add_xlsx("plan.xlsx"), client).code == "google_office_file"


@pytest.fixture
def at_hand(server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SheetsServer:
    """The server as the command line finds it: its key file and its address in the environment."""
    key = tmp_path / "key.json"
    key.write_text(json.dumps(server.key_file()), "utf-8")
    monkeypatch.setenv("SHEETFLOW_GOOGLE_CREDENTIALS", str(key))
    monkeypatch.setenv("SHEETFLOW_GOOGLE_SERVER", server.url)
    return server


def test_the_command_line_opens_addresses(
    at_hand: SheetsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A URL and an ID are checked and planned as a file is; what a person must do is told in a sentence."""
    number = at_hand.load(SMALL)
    for address in (number, editing_url(number)):
        assert run(["check", address, "--today", str(TODAY)]) == 0
        assert run(["recalculate", address, "--dry-run", "--today", str(TODAY)]) == 0
    assert "1 publication can be planned." in capsys.readouterr().out
    at_hand.share(number, ROBOT, None)
    assert run(["check", number]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert f"{ROBOT} may not open {editing_url(number)}." in told
    assert f"add {ROBOT} as an Editor" in told


def test_the_api_is_turned_off(connect: Connect) -> None:
    """The project whose API must be turned on is named."""
    with SheetsServer(Switches(api_disabled=True)) as server:
        error = code_of(server.load(SMALL), connect(server))
    assert (error.code, error.facts["project"]) == ("google_api_disabled", "123456789012")


def test_a_key_that_was_withdrawn(server: SheetsServer, connect: Connect) -> None:
    """Google does not know the account any more."""
    number = server.load(SMALL)
    server.accounts.withdrawn.add(ROBOT)
    assert code_of(number, connect(server)).code == "google_key_refused"


def test_the_token_opens_spreadsheets_alone(server: SheetsServer, connect: Connect) -> None:
    """No right to the rest of Drive is asked for."""
    GoogleWorkbook(server.load(SMALL), connect(server)).read()
    scopes = {scope for token in server.accounts.tokens.values() for scope in token.scopes}
    assert scopes == {"https://www.googleapis.com/auth/spreadsheets"}


@pytest.mark.parametrize(
    "fault",
    [
        Fault(on="read", status=503, times=3),
        Fault(on="read", status=500),
        Fault(on="read", status=429, retry_after=30, times=2),
        Fault(on="read", trouble="cut before"),
        Fault(on="read", trouble="cut after", times=2),
    ],
    ids=str,
)
def test_troubles_that_pass(server: SheetsServer, connect: Connect, fault: Fault) -> None:
    """A reading survives them, and gives what it would have given."""
    number = server.load(SMALL)
    server.fail(fault)
    read = GoogleWorkbook(number, connect(server)).read()
    assert [table.sheet for table in read.tables] == ["Plan", "Team"]


def test_a_quota_that_stays_used_up(server: SheetsServer, connect: Connect) -> None:
    """The user is told, within the deadline, and the next reading begins with the whole time again."""
    number, machine = server.load(SMALL), Machine()
    client = connect(server, machine=machine)
    server.fail(Fault(on="read", status=429, times=10))
    begun = machine.now
    assert code_of(number, client).code == "google_quota"
    assert machine.now - begun < 180
    assert GoogleWorkbook(number, client).read().tables


def test_a_token_that_ran_out(connect: Connect) -> None:
    """It is fetched anew, and nobody notices."""
    now = [1_700_000_000.0]
    with SheetsServer(clock=lambda: now[0]) as server:
        workbook = GoogleWorkbook(server.load(SMALL), connect(server))
        workbook.read()
        now[0] += 4_000
        assert workbook.read().tables
        assert len(server.accounts.tokens) == 2


def test_a_table_knows_its_dates_when_they_are_numbers() -> None:
    """Only where it was read so: a number in a file's date column is no date."""
    numbers = Table(sheet="Plan", dates_are_numbers=True)
    assert numbers.shows(46360, date(2026, 12, 4))
    assert numbers.shows(date(2026, 12, 4), date(2026, 12, 4))
    assert not replace(numbers, dates_are_numbers=False).shows(46360, date(2026, 12, 4))
    assert not numbers.shows("2026-12-04", date(2026, 12, 4))

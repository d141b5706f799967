"""Writing into a Google spreadsheet that people are editing: right rows, nothing typed is lost, few requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from google_desk import copied, run
from sheetflow.cells import ComputedTab, Table
from sheetflow.errors import UserError
from sheetflow.usecases.recalculate import Outcome
from sheetflow.workbooks.google.anchors import anchor_numbers
from sheetflow.workbooks.google.batches import batches
from sheetflow.workbooks.google.dressing import Dressed, dress
from sheetflow.workbooks.google.numbering import LARGEST
from sheetflow.workbooks.google.repairs import moved_columns
from sheetflow.workbooks.google.tab_diff import MOST_ROWS, changed_areas
from sheets import snapshot
from sheets_server.faults import Fault
from sheets_server.open_book import OpenBook
from sheets_server.server import SheetsServer
from sheets_server.switches import Switches

PLAN = "Plan"
SHEETS = {
    PLAN: """
        | ID    | Publication | Type       | Delivery date | Note   |
        | P-001 | Guide       | Newsletter | 2026-12-04    | first  |
        | P-002 | Gift box    | Newsletter | 2026-12-11    | second |
        | P-003 | Podcast     | Newsletter | 2026-12-18    | third  |
    """,
    "Team": """
        | Name | Skills                                           | Hours per day |
        | Sari | Designer, Planner                                | 6             |
        | Budi | Copywriter, E-mail specialist, Designer          | 6             |
        | Nina | Internal approver, Publisher, Analyst            | 6             |
    """,
}
ID, TITLE, DELIVERY, NOTE, FLAG, WHY = 1, 2, 4, 5, 6, 7
LEFT_BEHIND = Switches(metadata_follows_ui_sort=False)
REFUSING = Switches(unmatched_filter="refuse")


def known(server: SheetsServer) -> str:
    """Let SheetFlow make its tabs and columns, and then the looks that follow from a first change."""
    number = server.load(snapshot(SHEETS))
    run(server, number)
    server.book(number).type(PLAN, 2, DELIVERY, "2026-12-03")
    run(server, number)
    return number


class Desk:
    """A server with one spreadsheet that SheetFlow has written into once."""

    def __init__(self, server: SheetsServer) -> None:
        """Make it."""
        self.server = server
        self.number = copied(server, known)
        self.book = server.book(self.number)

    def run(self, **named: Any) -> Outcome:
        """Recalculate once."""
        return run(self.server, self.number, **named)

    def calls(self) -> tuple[int, int]:
        """How many reads and writes came since the last time."""
        counted = self.server.journal.count("read"), self.server.journal.count("write")
        self.server.journal.clear()
        return counted

    def is_right(self) -> bool:
        """Whether a run in quiet finds nothing to write."""
        report = self.run().report
        return report is not None and not report.written and not report.drifted

    def column(self, column: int) -> list[Any]:
        """What stands below the headers in a column."""
        rows = self.book.rows(PLAN)[1:]
        return [row[column - 1] if len(row) >= column else None for row in rows]

    def add(self, row: int, title: str, key: str = "") -> None:
        """Somebody inserts a row and types a publication."""
        self.book.insert_rows(PLAN, row)
        for column, value in (
            (ID, key),
            (TITLE, title),
            (3, "Newsletter"),
            (DELIVERY, "2026-12-16"),
        ):
            if value:
                self.book.type(PLAN, row, column, value)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A known spreadsheet."""
    with SheetsServer() as server:
        yield Desk(server)


@pytest.fixture
def make_desk() -> Iterator[Callable[[Switches], Desk]]:
    """A known spreadsheet on a server with some switches."""
    servers: list[SheetsServer] = []

    def make(switches: Switches) -> Desk:
        server = SheetsServer(switches)
        servers.append(server)
        return Desk(server.__enter__())

    yield make
    for server in servers:
        server.__exit__(None, None, None)


def test_anchor_numbers_need_no_reading() -> None:
    """They follow from the keys, are positive, of 31 bits, and stay the same."""
    numbers = anchor_numbers(["p-001", "p-002"])
    assert numbers == anchor_numbers(["p-002", "p-001"])
    assert all(0 < number <= LARGEST for number in numbers.values())
    assert numbers["p-001"] != numbers["p-002"]


def test_anchor_numbers_never_collide() -> None:
    """Of a hundred thousand keys some share their first number; none shares the one that it gets."""
    keys = [f"p-{number}" for number in range(150_000)]
    alone = {key: anchor_numbers([key])[key] for key in keys}
    together = anchor_numbers(keys)
    assert len(set(alone.values())) < len(keys)
    assert len(set(together.values())) == len(keys)
    assert all(0 < number <= LARGEST for number in together.values())


def wanted(*rows: tuple[Any, ...]) -> Dressed:
    """A tab that is to hold these rows."""
    return replace(dress(ComputedTab(sheet="Steps", rows=rows)), rows=rows)


def test_a_tab_is_written_by_its_differences() -> None:
    """Changed cells and those that are no longer wanted; the others are left as they are."""
    held = Table(sheet="Steps", rows=(("a", "b"), ("c", "d"), ("e", "f"), ("g",)))
    [area] = changed_areas(held, wanted(("a", "b"), ("c", "D"), ("e",)))
    assert area.entry["dataFilter"] == {"a1Range": "'Steps'!A2:B4"}
    assert area.values == ((None, "D"), (None, ""), ("", None))
    assert not list(changed_areas(held, wanted(*held.rows)))


def test_a_tab_of_many_rows_is_written_in_parts() -> None:
    """Rectangles are small enough to be parted into batches, and follow each other."""
    held = Table(sheet="Steps")
    areas = list(changed_areas(held, wanted(*((number,) for number in range(1000)))))
    assert [area.row for area in areas] == list(range(1, 1001, MOST_ROWS))


def test_batches_keep_the_order_and_their_size() -> None:
    """No batch is larger than it may be, but for an entry that is too large by itself."""
    entries = [{"values": [["x" * size]]} for size in (40, 40, 40, 500, 10)]
    parted = batches(entries, largest=150)
    assert [entry for part in parted for entry in part] == entries
    assert [len(part) for part in parted] == [2, 1, 1, 1]


def test_columns_that_moved_are_known_by_their_headers() -> None:
    """An inserted column moves the others; a header that was merely changed moves nothing."""
    before = ("ID", "Title", "Flag", "Why")
    assert moved_columns(before, before) == {}
    assert moved_columns(before, ("ID", None, "Title", "Flag", "Why")) == {2: 0, 3: 2, 4: 3, 5: 4}
    assert moved_columns(before, ("ID", "Name", "Flag", "Why")) == {}
    assert moved_columns(before, ("ID", "Flag", "Title", "Why")) == {2: 3, 3: 2}


def test_an_unchanged_plan_writes_nothing(desk: Desk) -> None:
    """One read, no write."""
    assert desk.run().report is not None
    assert desk.calls() == (1, 0)


def test_a_change_takes_one_read_and_one_write(desk: Desk) -> None:
    """The steady state."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-12-10")
    desk.run()
    assert desk.calls() == (1, 1)
    assert desk.is_right()


@pytest.mark.parametrize("key", ["", "X-1"])
def test_a_new_row_takes_two_requests_more(desk: Desk, key: str) -> None:
    """A listing for the numbers of the tabs, and the anchor; a blank ID is filled."""
    desk.add(3, "Fresh", key)
    desk.run()
    reads, writes = desk.calls()
    assert reads + writes <= 4
    assert desk.column(ID) == ["P-001", key or "P-004", "P-002", "P-003"]
    assert all(desk.column(FLAG))
    assert desk.is_right()


def test_a_row_that_moves_while_it_is_planned_gets_its_own_values(desk: Desk) -> None:
    """The anchor goes with the row; the answer tells that something moved, and nothing more is to be written."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-26")
    desk.server.meanwhile(lambda book: book.insert_rows(PLAN, 2), on="write", when="before")
    desk.run()
    reads, writes = desk.calls()
    assert reads == 1
    assert writes <= 2
    assert desk.column(FLAG)[2] == "Red"
    assert desk.is_right()


def test_a_round_of_repair_takes_one_request_more(desk: Desk) -> None:
    """What somebody types before the write is seen in its answer, and planned without another reading."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-12-10")
    desk.server.meanwhile(
        lambda book: book.type(PLAN, 2, DELIVERY, "2026-11-24"), on="write", when="before"
    )
    desk.run()
    assert desk.calls() == (1, 2)
    assert desk.column(FLAG)[0] == "Red"
    assert desk.is_right()


def test_a_row_that_is_not_written_is_watched_too(desk: Desk) -> None:
    """Somebody sets another row back to what it was: its flag must not stay."""
    desk.book.type(PLAN, 4, DELIVERY, "2026-11-24")
    desk.server.meanwhile(
        lambda book: book.type(PLAN, 4, DELIVERY, "2026-12-18"), on="write", when="before"
    )
    desk.run()
    assert desk.column(FLAG)[2] == "Green"
    assert desk.is_right()


def test_a_deleted_row_takes_nobody_with_it(desk: Desk) -> None:
    """The values of a row that is gone are written nowhere."""
    desk.book.type(PLAN, 2, DELIVERY, "2026-11-24")
    desk.server.meanwhile(lambda book: book.delete_rows(PLAN, 2), on="write", when="before")
    desk.run()
    assert desk.column(ID) == ["P-002", "P-003"]
    assert "Red" not in desk.column(FLAG)
    assert desk.is_right()


def test_a_deleted_row_where_google_refuses(make_desk: Callable[[Switches], Desk]) -> None:
    """A write that is refused because one row is gone is done for the others."""
    desk = make_desk(REFUSING)
    desk.book.type(PLAN, 2, DELIVERY, "2026-11-24")
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.meanwhile(lambda book: book.delete_rows(PLAN, 2), on="write", when="before")
    desk.run()
    assert desk.column(ID) == ["P-002", "P-003"]
    assert desk.column(FLAG)[0] == "Red"
    assert desk.is_right()


def test_anchors_that_a_sort_left_behind_are_made_anew(
    make_desk: Callable[[Switches], Desk],
) -> None:
    """The answer shows that values went into other rows; they are put right, and the anchors too."""
    desk = make_desk(LEFT_BEHIND)
    desk.book.sort(PLAN, DELIVERY, descending=True)
    desk.book.type(PLAN, 4, DELIVERY, "2026-11-24")
    desk.run()
    assert desk.column(ID) == ["P-003", "P-002", "P-001"]
    assert desk.column(FLAG) == ["Green", "Green", "Red"]
    assert desk.is_right()
    desk.calls()
    desk.book.type(PLAN, 4, DELIVERY, "2026-12-04")
    desk.run()
    assert desk.calls() == (1, 1)


def test_a_new_row_is_found_though_rows_moved(desk: Desk) -> None:
    """A row is inserted above it before its anchor is made: the ID is filled in the right row all the same."""
    desk.add(3, "Fresh")
    desk.server.meanwhile(lambda book: book.insert_rows(PLAN, 2), on="batchUpdate", when="before")
    desk.run()
    assert desk.column(ID) == [None, "P-001", "P-005", "P-002", "P-003"]
    assert desk.column(TITLE)[2] == "Fresh"
    assert desk.is_right()


def test_an_id_typed_meanwhile_stays(desk: Desk) -> None:
    """Somebody types an ID before the row's anchor is made: it is not written over."""
    desk.add(3, "Fresh")
    desk.server.meanwhile(
        lambda book: book.type(PLAN, 3, ID, "MINE-1"), on="batchUpdate", when="before"
    )
    desk.run()
    assert desk.column(ID)[1] == "MINE-1"
    assert desk.is_right()


def test_an_id_that_somebody_else_took_is_given_up(desk: Desk) -> None:
    """Somebody gives another row the very ID that SheetFlow fills in: the filled row gets the next one."""
    desk.add(3, "Fresh")
    desk.add(4, "Other", "X-1")
    desk.server.meanwhile(
        lambda book: book.type(PLAN, 4, ID, "P-004"), on="ByDataFilter", when="before", skip=1
    )
    desk.run()
    assert desk.column(ID) == ["P-001", "P-005", "P-004", "P-002", "P-003"]
    assert desk.is_right()


def test_an_id_written_over_by_a_sort_is_put_back(make_desk: Callable[[Switches], Desk]) -> None:
    """Where anchors stay behind, a sort may slip in between proof and write: the ID that was hit comes back."""
    desk = make_desk(LEFT_BEHIND)
    desk.add(3, "Fresh")
    desk.server.meanwhile(
        lambda book: book.sort(PLAN, TITLE), on="ByDataFilter", when="before", skip=1
    )
    desk.run()
    assert dict(zip(desk.column(TITLE), desk.column(ID), strict=True)) == {
        "Fresh": "P-005",
        "Gift box": "P-002",
        "Guide": "P-001",
        "Podcast": "P-003",
    }
    assert desk.is_right()


def test_a_column_inserted_meanwhile_loses_nothing(desk: Desk) -> None:
    """What values fell on by their old column numbers is put back at once."""
    notes, dates = desk.column(NOTE), desk.column(DELIVERY)
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.meanwhile(lambda book: book.insert_columns(PLAN, 5), on="write", when="before")
    desk.run()
    assert desk.column(NOTE + 1) == notes
    assert desk.column(DELIVERY) == [dates[0], 46350, dates[2]]
    assert desk.column(FLAG + 1)[1] == "Red"
    assert not any(desk.column(5))
    assert desk.is_right()


def test_a_column_moved_meanwhile_loses_nothing(desk: Desk) -> None:
    """The team drags its note among SheetFlow's columns."""
    notes = desk.column(NOTE)
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.meanwhile(
        lambda book: book.move_columns(PLAN, NOTE, 1, WHY), on="write", when="before"
    )
    desk.run()
    assert desk.column(WHY - 1) == notes
    assert desk.is_right()


def test_new_columns_take_nobodys_place() -> None:
    """Somebody begins a column of their own right where SheetFlow's are to be added."""
    with SheetsServer() as server:
        number = server.load(snapshot(SHEETS))
        book = server.book(number)

        def own_column(book: OpenBook) -> None:
            book.type(PLAN, 1, 6, "Budget")
            book.type(PLAN, 2, 6, 100)

        server.meanwhile(own_column, on="batchUpdate", when="before")
        run(server, number)
        rows = book.rows(PLAN)
        column = rows[0].index("Budget")
        assert rows[1][column] == 100
        assert {"Flag", "Why"} <= set(rows[0])


def test_a_formula_in_a_new_row_is_left_alone(desk: Desk) -> None:
    """Values alone are read; a formula in our column shows when the row's anchor is made."""
    desk.add(3, "Fresh", "X-1")
    desk.book.type(PLAN, 3, WHY, '=""')
    desk.run()
    assert desk.book.cell(PLAN, 3, WHY).formula == '=""'
    assert desk.column(FLAG)[1] == "Green"


def test_a_row_without_its_computed_cells_is_no_new_one(desk: Desk) -> None:
    """Somebody clears what SheetFlow wrote; the anchor that is there already is no obstacle."""
    for column in range(FLAG, FLAG + 8):
        desk.book.type(PLAN, 3, column, "")
    desk.run()
    assert desk.column(FLAG)[1] == "Green"
    assert desk.is_right()


def test_our_tabs_are_put_right_too(desk: Desk) -> None:
    """Rows inserted into Steps between reading and writing do not leave it in a muddle."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-12-10")
    desk.server.meanwhile(lambda book: book.insert_rows("Steps", 4, 2), on="write", when="before")
    desk.run()
    assert desk.is_right()


def test_history_keeps_what_had_moved_under_it(desk: Desk) -> None:
    """Rows inserted into History push its last rows to where the new ones are written."""
    desk.book.insert_columns(PLAN, NOTE)
    desk.book.type(PLAN, 1, NOTE, "Current step")
    for row, step in ((2, "Copywriting"), (3, "Planning")):
        desk.book.type(PLAN, row, NOTE, step)
        desk.run()
    held = desk.book.rows("History")[1:]
    assert held
    desk.book.type(PLAN, 4, NOTE, "Planning")
    desk.server.meanwhile(lambda book: book.insert_rows("History", 2), on="write", when="before")
    desk.run()
    now = desk.book.rows("History")[1:]
    assert all(row in now for row in held)
    assert len([row for row in now if row]) > len(held)


def test_a_renamed_tab_is_read_again(desk: Desk) -> None:
    """A tab gets another name between reading and writing."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.meanwhile(lambda book: book.rename(PLAN, "December"), on="write", when="before")
    desk.run()
    rows = desk.book.rows("December")
    assert rows[2][FLAG - 1] == "Red"
    assert desk.is_right()


def test_a_write_whose_answer_was_lost_is_not_repeated(desk: Desk) -> None:
    """The next round reads first, and finds that it was done."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.fail(Fault(trouble="cut after", on="write"))
    report = desk.run().report
    assert report is not None
    assert not report.drifted
    assert desk.calls() == (2, 1)
    assert desk.column(FLAG)[1] == "Red"


def test_people_who_never_stop_are_told_of(desk: Desk) -> None:
    """After some rounds the run ends, and names what keeps changing; a later run puts it right."""
    days = iter(range(46400, 46500))
    desk.server.meanwhile(
        lambda book: book.type(PLAN, 3, DELIVERY, next(days)), on="write", when="before", times=None
    )
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    told = [problem for problem in desk.run().problems if problem.code == "rows_keep_changing"]
    assert [problem.facts["rows"] for problem in told] == [("p-002",)]
    written = [each.method for each in desk.server.journal.of("write")]
    assert sum("values" in method for method in written) == 5
    desk.server.app.hooks.clear()
    desk.run()
    assert desk.is_right()


def test_rounds_are_an_argument(desk: Desk) -> None:
    """A run may be told to try once only."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.meanwhile(
        lambda book: book.type(PLAN, 2, DELIVERY, "2026-11-25"), on="write", when="before"
    )
    desk.run(rounds=1)
    assert desk.calls() == (1, 1)


def test_what_google_refuses_for_good_is_an_error(desk: Desk) -> None:
    """A refusal that another reading does not mend ends the run, with Google's words."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.fail(Fault(on="values.batchUpdateByDataFilter", status=400, times=20))
    with pytest.raises(UserError, match="google_refused"):
        desk.run()

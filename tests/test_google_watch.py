"""Formulas that people type into columns which SheetFlow fills: left alone and reported, though values alone are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from google_desk import copied, run
from sheetflow.cells import CellFault, CellRef, Table
from sheetflow.translate.layout import COMPUTED
from sheetflow.workbooks.google.watch import SIGN, watch_in
from sheets_server.server import SheetsServer
from test_google_writing import DELIVERY, FLAG, NOTE, PLAN, WHY, Desk, known

HOST = "Workload"
AMONG = "formula_in_computed_column"
HEADERS = ("ID", "Publication", "Type", "Delivery date", "Note", *COMPUTED)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A spreadsheet that SheetFlow has written into."""
    with SheetsServer() as server:
        yield Desk(server)


def told(desk: Desk) -> list[str]:
    """What a run tells of formulas in computed columns, by cell."""
    problems = desk.run().problems
    return [problem.cell for problem in problems if problem.code == AMONG]


def watch_of(desk: Desk) -> str:
    """What the watch shows."""
    return str(desk.book.rows(HOST)[0][-1])


def test_a_formula_that_looks_like_ours_is_left_alone(desk: Desk) -> None:
    """Its value is the very flag that SheetFlow wrote; the row becomes red, and the formula stays."""
    desk.book.type(PLAN, 3, FLAG, '="Green"')
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    assert told(desk) == ["F3"]
    assert desk.calls() == (2, 1)
    assert desk.book.cell(PLAN, 3, FLAG).formula == '="Green"'
    assert "Late" in str(desk.column(WHY)[1])
    assert told(desk) == ["F3"]
    assert desk.calls() == (2, 0)


def test_a_formula_that_is_gone_costs_nothing_more(desk: Desk) -> None:
    """The cell is filled again, by one reading and one write."""
    desk.book.type(PLAN, 3, FLAG, "=1+1")
    desk.run()
    desk.calls()
    desk.book.type(PLAN, 3, FLAG, "")
    assert told(desk) == []
    assert desk.calls() == (1, 1)
    assert desk.column(FLAG) == ["Green"] * 3


@pytest.mark.parametrize(
    "edit",
    [
        lambda book: book.move_columns(PLAN, NOTE, 1, FLAG + 3),
        lambda book: book.insert_columns(PLAN, FLAG + 1),
        lambda book: book.insert_rows(PLAN, 1, 2),
        lambda book: book.insert_rows(PLAN, 2),
        lambda book: book.rename(PLAN, "It's December"),
        lambda book: book.sort(PLAN, DELIVERY, descending=True),
        lambda book: book.insert_columns(HOST, 3),
        lambda book: book.insert_rows(HOST, 1),
        lambda book: book.rename(HOST, "Load"),
    ],
    ids=[
        *("a column moved among them", "a column inserted among them", "rows above the header"),
        *("a row below the header", "another name of the tab", "sorted"),
        *("a column in its own tab", "a row above it", "another name of its tab"),
    ],
)
def test_the_watch_follows_what_people_do(desk: Desk, edit: Callable[[Any], None]) -> None:
    """A formula typed afterwards is found, wherever its column is by then."""
    edit(desk.book)
    desk.run()
    title = next(title for title in desk.book.titles if title in {PLAN, "It's December"})
    rows = desk.book.rows(title)
    head = next(number for number, row in enumerate(rows, start=1) if "Flag" in row)
    row = next(number for number, cells in enumerate(rows, start=1) if "P-002" in cells)
    column = rows[head - 1].index("Slack") + 1
    value = desk.book.at(title, row, column)
    desk.book.type(title, row, column, f"={value}")
    desk.book.type(title, row, rows[head - 1].index("Delivery date") + 1, "2026-11-24")
    assert len(told(desk)) == 1
    assert desk.book.cell(title, row, column).formula == f"={value}"


@pytest.mark.parametrize("edit", ["a column deleted", "the watch deleted", "its tab deleted"])
def test_a_lost_watch_is_set_again(desk: Desk, edit: str) -> None:
    """Until then nobody trusts values alone."""
    if edit == "a column deleted":
        desk.book.delete_columns(PLAN, WHY)
    elif edit == "its tab deleted":
        desk.book.delete_tab(HOST)
    else:
        desk.book.type(HOST, 1, len(desk.book.rows(HOST)[0]), "")
    desk.book.type(PLAN, 2, FLAG, '="Green"')
    desk.book.type(PLAN, 2, DELIVERY, "2026-11-24")
    assert told(desk) == ["F2"]
    assert desk.book.cell(PLAN, 2, FLAG).formula == '="Green"'
    assert watch_of(desk).startswith(f"{SIGN}1/1/")
    desk.book.type(PLAN, 2, FLAG, "")
    desk.run()
    desk.calls()
    desk.run()
    assert desk.calls() == (1, 0)


def test_a_watch_that_does_not_count_is_not_trusted(desk: Desk) -> None:
    """Should Sheets not find the formula beside it, formulas are read each time, and no other watch is tried."""
    place = len(desk.book.rows(HOST)[0])
    desk.book.type(HOST, 1, place, watch_of(desk).replace("0/1/", "0/0/"))
    desk.book.type(PLAN, 3, FLAG, '="Green"')
    for _ in range(2):
        assert told(desk) == ["F3"]
        assert desk.calls()[0] == 2
        assert desk.calls() == (0, 0)
    assert desk.book.cell(PLAN, 3, FLAG).formula == '="Green"'


def test_a_column_for_a_step_is_watched_once_it_is_there(desk: Desk) -> None:
    """Before it is filled for the first time, what stands in it is looked at."""
    desk.book.type(PLAN, 1, NOTE, "Copywriting due")
    desk.book.type(PLAN, 3, NOTE, "=1+1")
    assert told(desk) == ["E3"]
    assert desk.book.cell(PLAN, 3, NOTE).formula == "=1+1"
    desk.book.type(PLAN, 3, NOTE, "")
    desk.run()
    desk.calls()
    desk.run()
    assert desk.calls() == (1, 0)


def test_a_formula_typed_while_a_write_is_on_its_way(desk: Desk) -> None:
    """In a cell that is not written it is seen in the answer, and is there for the next round."""
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.meanwhile(
        lambda book: book.type(PLAN, 4, FLAG, '="Green"'), on="write", when="before"
    )
    assert told(desk) == ["F4"]
    assert desk.book.cell(PLAN, 4, FLAG).formula == '="Green"'


def test_rows_that_move_while_they_are_read(desk: Desk) -> None:
    """Between values and formulas somebody inserts a row: all is read again, and the formula is found where it is."""
    desk.book.type(PLAN, 3, FLAG, '="Green"')
    desk.book.type(PLAN, 3, DELIVERY, "2026-11-24")
    desk.server.meanwhile(
        lambda book: book.insert_rows(PLAN, 2), on="batchGetByDataFilter", when="before", skip=1
    )
    assert told(desk) == ["F4"]
    assert desk.book.cell(PLAN, 4, FLAG).formula == '="Green"'
    assert desk.column(FLAG) == [None, "Green", "Green", "Green"]


def test_a_tab_renamed_while_formulas_are_read(desk: Desk) -> None:
    """It is found under its new name."""
    desk.book.type(PLAN, 3, FLAG, '="Green"')
    desk.server.meanwhile(
        lambda book: book.rename(PLAN, "December"), on="batchGetByDataFilter", when="before", skip=1
    )
    assert told(desk) == ["F3"]


def test_merged_cells_are_seen_the_next_day() -> None:
    """Then nothing is read by marks any more, as they do not tell of merged cells."""
    with SheetsServer() as server:
        number = copied(server, known)
        book = server.book(number)
        area = {"sheetId": book.sheet(PLAN).number, "startRowIndex": 2, "endRowIndex": 4}
        area |= {"startColumnIndex": FLAG - 1, "endColumnIndex": FLAG}
        book.merge(PLAN, area)
        run(server, number, days=1)
        server.journal.clear()
        problems = [problem.code for problem in run(server, number, days=1).problems]
        assert "merged_cells" in problems
        assert server.journal.count("write") == 0


@pytest.mark.parametrize("seed", range(3))
def test_formulas_stay_whatever_else_is_edited(desk: Desk, seed: int) -> None:
    """People type formulas into our columns and go on with their work; after each run all of them are there."""
    chance, typed = Random(seed), dict[tuple[str, str], str]()
    for number in range(8):
        _edit(desk, chance, typed, number)
        desk.run()
        assert _formulas(desk) == typed
    desk.calls()
    desk.run()
    assert desk.calls() == ((2, 0) if typed else (1, 0))


def _edit(desk: Desk, chance: Random, typed: dict[tuple[str, str], str], number: int) -> None:
    rows = desk.book.rows(PLAN)
    head = [str(each) for each in rows[0]]
    row = chance.randint(2, len(rows))
    name = str(rows[row - 1][head.index("ID")])
    header = chance.choice([each for each in head if each in COMPUTED])
    what = chance.choice(("formula", "formula", "value", "day", "insert", "move", "sort"))
    if what == "formula":
        shown = desk.book.at(PLAN, row, head.index(header) + 1)
        formula = f"={shown}" if isinstance(shown, int) else f'="{shown or ""}"'
        desk.book.type(PLAN, row, head.index(header) + 1, formula)
        typed[name, header] = formula
    elif what == "value":
        desk.book.type(PLAN, row, head.index(header) + 1, "")
        typed.pop((name, header), None)
    elif what == "day":
        desk.book.type(PLAN, row, head.index("Delivery date") + 1, 46350 + chance.randint(0, 30))
    elif what == "insert":
        desk.add(row, f"New {number}", f"X-{number}")
    elif what == "move":
        desk.book.move_columns(PLAN, len(head), 1, chance.randint(FLAG, len(head) - 1))
    else:
        desk.book.sort(PLAN, DELIVERY, descending=chance.random() < 0.5)


def _formulas(desk: Desk) -> dict[tuple[str, str], str]:
    rows = desk.book.rows(PLAN)
    head, key = rows[0], rows[0].index("ID")
    cells = (
        (str(line[key]), str(header), desk.book.cell(PLAN, row, column).formula)
        for row, line in enumerate(rows, start=1)
        for column, header in enumerate(head, start=1)
        if header in COMPUTED
    )
    return {(name, header): formula for name, header, formula in cells if formula}


@pytest.mark.parametrize(
    ("shown", "is_clear", "covers"),
    [
        ("0/1/6,7", True, True),
        ("0/1/6", True, False),
        ("2/1/6,7", False, False),
        ("0/0/6,7", False, False),
        ("0/1/6;7", False, False),
        ("", False, False),
    ],
)
def test_what_a_watch_tells(*, shown: str, is_clear: bool, covers: bool) -> None:
    """Nothing is taken for granted: what cannot be read tells nothing."""
    row = ("Owner", "SheetFlow look []", None, True, f"{SIGN}{shown}")
    watch = watch_in([Table(sheet="Steps", rows=(row,))])
    assert watch is not None
    assert watch.is_clear is is_clear
    assert watch.covers([CellRef("Plan", 1, 6), CellRef("Plan", 1, 7)]) is covers


def test_a_watch_with_an_error() -> None:
    """A column that is gone makes another watch worth while; any other error does not."""
    for code, is_lost in (("#REF!", True), ("#NAME?", False)):
        row = ("Owner", "SheetFlow look []", None, True, CellFault(code))
        watch = watch_in([Table(sheet="Steps", rows=(row,))])
        assert watch is not None
        assert (watch.is_clear, watch.is_lost) == (False, is_lost)
    assert watch_in([Table(sheet="Steps", rows=(("Owner",),))]) is None

"""What ordinary edits cost: the requests and the bytes of the run after each, counted at the server.

    cd tests && python -m google_costs [agency | ROWS [COLUMNS]] [EDIT ...]

A line an edit: reads + writes; kilobytes that came, that went out for reads and for writes, and of all together; those
that went out as they were sent, in gzip; and of the team's table alone. ROWS of COLUMNS are made by chance; what is not
SheetFlow's is the team's own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench.paper import show
from bench.workbook_file import tabs_of
from bench.workloads import generated
from google_access import client_of
from sheetflow.cells import Snapshot, Table
from sheetflow.engine.planner import Effort
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.errand import Patience
from sheetflow.workbooks.google.workbook import GoogleWorkbook
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY
from sheets_server.open_book import OpenBook
from sheets_server.server import SheetsServer

AGENCY = Path(__file__).parents[1] / "sample_sheets" / "agency.xlsx"
LOAD, SEED = 0.6, 1
PATIENCE = Patience(request=600.0, total=3600.0)
"""A server on a busy machine may take long over a large sheet."""

FILLED = 9
"""The columns that SheetFlow adds to a table of publications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run cost: requests, bytes that came and went, those of all answers as they were sent, and of the table."""

    reads: int
    writes: int
    came: int
    read: int
    echoed: int
    sent: int
    table: int
    changes: int

    @property
    def calls(self) -> tuple[int, int]:
        """Reads and writes."""
        return self.reads, self.writes

    @property
    def whole(self) -> int:
        """All bytes both ways, unpacked."""
        return self.came + self.read + self.echoed


class TeamSheet:
    """A spreadsheet that SheetFlow has written into, and the people who edit it."""

    def __init__(self, server: SheetsServer, client: SheetsClient, content: Snapshot) -> None:
        """Load the content and recalculate it for the first time."""
        self.server = server
        self.client = client
        self.number = server.load(content)
        self.today = TODAY
        self.new = count(1)
        self.plan = next(sheet for sheet in self.book.titles if _head(self.book.rows(sheet)))
        self.last = self._recalculate()

    @property
    def book(self) -> OpenBook:
        """What people see."""
        return self.server.book(self.number)

    def run(self) -> Cost:
        """Recalculate once, and count."""
        self.server.journal.clear()
        self.last = self._recalculate()
        journal = self.server.journal
        return Cost(
            reads=journal.count("read"),
            writes=journal.count("write"),
            came=journal.came(),
            read=journal.went("read"),
            echoed=journal.went("write"),
            sent=journal.sent(),
            table=len(json.dumps(self.book.rows(self.plan), ensure_ascii=False).encode()),
            changes=len(self.last.plan.changes),
        )

    def _recalculate(self) -> Outcome:
        workbook = GoogleWorkbook(self.number, self.client)
        return recalculate(workbook, self.today, effort=Effort.FAST)

    @property
    def head(self) -> int:
        """The row of the headers."""
        return _head(self.book.rows(self.plan))

    def column(self, *headers: str) -> int:
        """The column under one of the headers; one is added where there is none."""
        row = self.book.rows(self.plan)[self.head - 1]
        for header in headers:
            if header in row:
                return row.index(header) + 1
        self.book.type(self.plan, self.head, len(row) + 1, headers[0])
        return len(row) + 1

    def at(self, row: int, header: str) -> Any:
        """What stands under a header."""
        return self.book.at(self.plan, row, self.column(header))

    def type(self, row: int, header: str, value: Any) -> None:
        """Type under a header."""
        self.book.type(self.plan, row, self.column(header), value)


def _head(rows: list[list[Any]]) -> int:
    return next((n for n, row in enumerate(rows, start=1) if "Delivery date" in row), 0)


def nothing(_: TeamSheet) -> None:
    """Nobody does anything."""


def later_delivery(team: TeamSheet) -> None:
    """A publication is to come out three days later."""
    row = team.head + 2
    team.type(row, "Delivery date", team.at(row, "Delivery date") + 3)


def late_step(team: TeamSheet) -> None:
    """A publication that is due soon is still at its first step."""
    soon = min(_waiting(team), key=lambda each: (each.delivery, each.id))
    team.type(soon.row, "Current step", soon.steps[0].step)


def next_step(team: TeamSheet) -> None:
    """A publication goes on to its second step."""
    begun = next(each for each in team.last.plan.publications if len(each.current_steps) == 1)
    names = [step.step for step in begun.steps]
    place = names.index(begun.current_steps[0])
    team.type(begun.row, "Current step", names[min(place + 1, len(names) - 1)])


def _waiting(team: TeamSheet) -> Iterator[Any]:
    for each in team.last.plan.publications:
        if each.steps and not each.current_steps and each.status.value == "Active":
            yield each


def new_row(team: TeamSheet) -> None:
    """Somebody inserts a publication, without an ID."""
    row = team.head + 6
    kind, day = team.at(row, "Type"), team.at(row, "Delivery date")
    team.book.insert_rows(team.plan, row)
    team.type(row, "Publication", f"Fresh {next(team.new)}")
    team.type(row, "Type", kind)
    team.type(row, "Delivery date", day + 9)


def deleted_row(team: TeamSheet) -> None:
    """Somebody deletes a publication near the end."""
    rows = len(team.book.rows(team.plan))
    team.book.delete_rows(team.plan, rows - 2)


def person_ill(team: TeamSheet) -> None:
    """The busiest person stays away for a week."""
    name = _busiest(team)
    row = len(team.book.rows("Time off")) + 1
    for column, value in enumerate((name, "2026-11-24", "2026-12-01"), start=1):
        team.book.type("Time off", row, column, value)


def half_time(team: TeamSheet) -> None:
    """The busiest person works two hours a day: much moves."""
    rows = team.book.rows("Team")
    row = [each[0] for each in rows].index(_busiest(team)) + 1
    team.book.type("Team", row, rows[0].index("Hours per day") + 1, 2)


def _busiest(team: TeamSheet) -> str:
    people = team.last.plan.people
    return max(people, key=lambda each: sum(day.planned_hours for day in each.days)).name


def on_hold(team: TeamSheet) -> None:
    """A publication is put on hold."""
    team.type(team.head + 4, "Status", "On hold")


def urgent(team: TeamSheet) -> None:
    """A publication becomes urgent."""
    team.type(team.head + 5, "Priority", "Urgent")


def pinned(team: TeamSheet) -> None:
    """Somebody gives a step to another person."""
    people = team.last.plan.people
    row, step, name = next(
        (each.row, step.step, person.name)
        for each in _waiting(team)
        for step in each.steps
        for person in people
        if step.owner and step.owner != person.name and step.skill in person.skills
    )
    team.type(row, "Owners", f"{step}: {name}")


def renamed(team: TeamSheet) -> None:
    """A header gets another name that means the same."""
    team.book.type(team.plan, team.head, team.column("Publication"), "Title")
    team.type(team.head, "Title", "Publication" if next(team.new) % 2 else "Title")


def sorted_rows(team: TeamSheet) -> None:
    """Somebody sorts the table."""
    team.book.sort(team.plan, team.column("Delivery date"), first_row=team.head + 1)


def next_day(team: TeamSheet) -> None:
    """A night goes by."""
    team.today += timedelta(days=1)


EDITS: Mapping[str, Callable[[TeamSheet], None]] = {
    "nothing": nothing,
    "later delivery": later_delivery,
    "late step": late_step,
    "next step": next_step,
    "new row": new_row,
    "deleted row": deleted_row,
    "person ill": person_ill,
    "on hold": on_hold,
    "urgent": urgent,
    "pinned": pinned,
    "half time": half_time,
    "renamed header": renamed,
    "sorted": sorted_rows,
    "next day": next_day,
}


@contextmanager
def team_sheet(content: Snapshot) -> Iterator[TeamSheet]:
    """The content in a spreadsheet of a server of its own."""
    with ExitStack() as stack:
        server = stack.enter_context(SheetsServer())
        client = stack.enter_context(client_of(server, patience=PATIENCE))
        yield TeamSheet(server, client, content)


def agency() -> Snapshot:
    """The sample of an agency."""
    return XlsxWorkbook(AGENCY).read()


def many_rows(rows: int, columns: int = 20) -> Snapshot:
    """So many publications, in a table that has so many columns once SheetFlow has added its own."""
    found = []
    for name, lines in tabs_of(generated(rows, LOAD, SEED).workspace).items():
        table = [tuple(line) for line in lines]
        if name == "Publications":
            own = columns - len(table[0]) - FILLED
            table = [(*line, *_own(number, own)) for number, line in enumerate(table)]
        found.append(Table(sheet=name, rows=tuple(table)))
    return Snapshot(tables=tuple(found))


def _own(number: int, columns: int) -> Iterator[Any]:
    """What a team keeps beside the plan: words, numbers and days."""
    for column in range(1, columns + 1):
        kinds = (f"note {number}", number * column, date(2026, 1, 1) + timedelta(days=number % 365))
        yield kinds[column % len(kinds)] if number else f"Own {column}"


def told(edit: str, cost: Cost) -> str:
    """A line of the table."""
    kilobytes = (cost.came, cost.read, cost.echoed, cost.whole, cost.sent, cost.table)
    sizes = "".join(f"{size / 1000:10.1f}" for size in kilobytes)
    return f"{edit:16}{cost.reads:3} + {cost.writes}{sizes}{cost.changes:9}"


def main(what: str = "agency", columns: str = "30", *edits: str) -> None:
    """Print the table."""
    content = agency() if what == "agency" else many_rows(int(what), int(columns))
    names = ("came", "read", "echoed", "all kB", "as sent", "table")
    show(f"{'edit':16}{'calls':>7}" + "".join(f"{name:>10}" for name in names) + "  changes")
    with team_sheet(content) as team:
        for edit, make in EDITS.items():
            if not edits or edit in edits:
                make(team)
                show(told(edit, team.run()))


if __name__ == "__main__":
    main(*sys.argv[1:])

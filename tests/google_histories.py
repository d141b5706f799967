"""Histories of people who edit a Google spreadsheet while SheetFlow writes into it, drawn by seed.

    cd tests && python -m google_histories [COUNT] [--first SEED]    # what went wrong, and how many requests it took

Every edit is made twice: in the sheet that SheetFlow writes into, and in a twin that it never sees. Afterwards the
team's columns must be the same in both, no ID may be there twice, and a run in quiet must find nothing to write.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.paper import show
from google_desk import copied, run
from sheetflow.translate.layout import COMPUTED
from sheets import snapshot
from sheets_server.open_book import OpenBook
from sheets_server.server import SheetsServer
from sheets_server.switches import every_setting

PLAN = "Plan"
ABOVE_ALL = 0.1
"""How often a row is inserted above the headers."""

KNOWN = 0.7
"""How often SheetFlow has written into the sheet before."""

SHEETS = {
    PLAN: """
        | Note | ID    | Publication | Type       | Delivery date | Priority | Current step | Client |
        | n1   | P-001 | Guide       | Newsletter | 2026-12-04    |          | Copywriting  | Acme   |
        | n2   | P-002 | Gift box    | Newsletter | 2026-11-25    | Low      |              | Beta   |
        | n3   | P-003 | Podcast     | Podkast    | 2026-12-04    |          |              |        |
        | n4   |       | Fresh       | Newsletter | 2026-12-09    | High     |              | Acme   |
        | n5   | P-007 | Winter      | Newsletter | 2026-12-16    |          |              |        |
    """,
    "Team": """
        | Name | Skills                                           | Hours per day |
        | Sari | Designer, Planner                                | 6             |
        | Budi | Copywriter, E-mail specialist, Designer          | 6             |
        | Nina | Internal approver, Publisher, Analyst            | 6             |
    """,
}
FILLED_HEADERS = {*COMPUTED, "Ampel"}
RENAMED = {
    "Delivery date": "Deadline",
    "Deadline": "Delivery date",
    "Publication": "Title",
    "Title": "Publication",
    "Note": "Remark",
    "Remark": "Note",
}
TYPED: Mapping[str, tuple[Any, ...]] = {
    "Delivery date": ("2026-11-24", "2026-11-30", "2026-12-02", "2026-12-18", 46400, "soon"),
    "Deadline": ("2026-11-27", "2026-12-11"),
    "Publication": ("Guide", "Letter", "Box", "=1+1"),
    "Title": ("Guide", "Letter"),
    "Type": ("Newsletter", "Podkast", "Blog post"),
    "Priority": ("High", "Low", ""),
    "Current step": ("Copywriting", "Done", ""),
    "Client": ("Acme", "Beta", "Gamma", ""),
    "Note": ("seen", "ok", 12),
}


@dataclass(slots=True)
class Team:
    """People who make the same edits in the live sheet and in its twin."""

    live: OpenBook
    twin: OpenBook
    chance: Random
    told: list[str] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    pasted: set[Any] = field(default_factory=set)
    new: int = 0

    def edit(self, _: OpenBook) -> None:
        """Some edits between two requests."""
        try:
            for _number in range(self.chance.choice((0, 1, 1, 2, 3))):
                action = self.chance.choice(ACTIONS)
                action(self)
        except Exception as error:  # noqa: BLE001 - it is told after the run: here it would look like Google's fault
            self.broken.append(error)

    def both(self, told: str, edit: Callable[[OpenBook], None]) -> None:
        """Make an edit in both sheets."""
        self.told.append(told)
        edit(self.live)
        edit(self.twin)

    @property
    def headers(self) -> list[Any]:
        """The team's headers, which are at the left."""
        return self.twin.rows(PLAN)[self.head - 1]

    @property
    def head(self) -> int:
        """The header row."""
        return next(n for n, row in enumerate(self.twin.rows(PLAN), start=1) if "ID" in row)

    @property
    def rows(self) -> int:
        """The last row in which the team has typed anything."""
        return len(self.twin.rows(PLAN))

    def any_row(self) -> int:
        """A row of the table."""
        return self.chance.randint(self.head + 1, max(self.rows, self.head + 1))

    def type(self, row: int, header: str, value: Any) -> None:
        """Type into a cell under a header."""
        self.both(
            f"type {header}{row} {value!r}",
            lambda book: book.type(PLAN, row, self.column(book, header), value),
        )

    def column(self, book: OpenBook, header: str) -> int:
        """The column of a header in either sheet: SheetFlow's own may have come to stand before it."""
        return book.rows(PLAN)[self.head - 1].index(header) + 1


def type_something(team: Team) -> None:
    """Somebody types into a cell of a publication."""
    header = team.chance.choice([each for each in team.headers if each in TYPED])
    team.type(team.any_row(), header, team.chance.choice(TYPED[header]))


def type_id(team: Team) -> None:
    """Somebody gives a row an ID of their own where it has none: the very next that SheetFlow would give."""
    key = team.headers.index("ID")
    blank = [
        row
        for row in range(team.head + 1, team.rows + 1)
        if not _cell(team.live.rows(PLAN), row - 1, key)
    ]
    taken = {str(row[key]) for row in team.live.rows(PLAN) if len(row) > key}
    free = [f"P-{number:03}" for number in range(8, 30) if f"P-{number:03}" not in taken]
    if blank:
        team.type(team.chance.choice(blank), "ID", free[0])


def add_publication(team: Team) -> None:
    """Somebody inserts a row and types a publication into it, with or without an ID."""
    row, team.new = team.chance.randint(team.head + 1, team.rows + 1), team.new + 1
    team.both(f"insert {row}", lambda book: book.insert_rows(PLAN, row))
    dates = "Delivery date" if "Delivery date" in team.headers else "Deadline"
    title = "Publication" if "Publication" in team.headers else "Title"
    typed = {title: f"New {team.new}", "Type": "Newsletter", dates: "2026-12-07"}
    if team.chance.random() < 0.5:
        typed["ID"] = f"X-{team.new}"
    for header, value in typed.items():
        team.type(row, header, value)


def insert_row(team: Team) -> None:
    """Somebody inserts a blank row, perhaps above the headers."""
    row = 1 if team.chance.random() < ABOVE_ALL else team.any_row()
    team.both(f"insert {row}", lambda book: book.insert_rows(PLAN, row))


def delete_row(team: Team) -> None:
    """Somebody deletes a row."""
    if team.rows > team.head + 2:
        row = team.any_row()
        team.both(f"delete {row}", lambda book: book.delete_rows(PLAN, row))


def sort_rows(team: Team) -> None:
    """Somebody sorts the table in the browser."""
    header = team.chance.choice([each for each in team.headers if each in TYPED])
    down, first = team.chance.random() < 0.5, team.head + 1
    team.both(
        f"sort by {header} {'down' if down else 'up'}",
        lambda book: book.sort(PLAN, team.column(book, header), first_row=first, descending=down),
    )


def sort_team_columns(team: Team) -> None:
    """Somebody sorts the team's columns alone."""
    header = team.chance.choice([each for each in team.headers if each in TYPED])
    column, width = team.headers.index(header) + 1, len(team.headers)
    head = team.head + 1
    team.both(
        f"sort columns 1-{width} by {header}",
        lambda book: book.sort(PLAN, column, first_row=head, columns=(1, width)),
    )


def move_row(team: Team) -> None:
    """Somebody drags a row elsewhere."""
    first, before = team.any_row(), team.any_row()
    if before not in {first, first + 1}:
        team.both(f"move {first} to {before}", lambda book: book.move_rows(PLAN, first, 1, before))


def paste_row(team: Team) -> None:
    """Somebody copies a row, its ID included, into a new one."""
    source, place = team.any_row(), team.rows + 1
    if team.chance.random() < 0.5:
        place = team.any_row()
        team.both(f"insert {place}", lambda book: book.insert_rows(PLAN, place))
        source += source >= place
    key, cells = team.headers.index("ID"), team.live.rows(PLAN)[source - 1]
    team.pasted.add(cells[key] if len(cells) > key else None)
    team.both(f"paste {source} to {place}", lambda book: book.paste_row(PLAN, source, place))


def rename_header(team: Team) -> None:
    """Somebody gives a column another header that means the same, or a column of ours another name."""
    if team.chance.random() < 0.2:
        live = team.live.rows(PLAN)[team.head - 1]
        if "Flag" in live:
            team.told.append("rename Flag")
            team.live.type(PLAN, team.head, live.index("Flag") + 1, "Ampel")
        return
    header = team.chance.choice([each for each in team.headers if each in RENAMED])
    team.type(team.head, header, RENAMED[header])


def insert_column(team: Team) -> None:
    """Somebody inserts a column of their own among the team's."""
    column = team.chance.randint(1, len(team.headers))
    team.new += 1
    head = team.head
    team.both(f"insert column {column}", lambda book: book.insert_columns(PLAN, column))
    name = f"Own {team.new}"
    team.both(f"type header {name}", lambda book: book.type(PLAN, head, column, name))


def move_column(team: Team) -> None:
    """Somebody drags a column of the team's elsewhere among them."""
    first = team.chance.randint(1, len(team.headers))
    before = team.chance.randint(1, len(team.headers))
    if before not in {first, first + 1}:
        team.both(
            f"move column {first} to {before}",
            lambda book: book.move_columns(PLAN, first, 1, before),
        )


def edit_team(team: Team) -> None:
    """Somebody changes how long a person works."""
    hours = team.chance.choice((2, 4, 6, 8))
    team.both(
        f"hours {hours}", lambda book: book.type("Team", team.chance.choice((2, 3)), 3, hours)
    )


def touch_our_tabs(team: Team) -> None:
    """Somebody types, inserts, deletes or sorts in a tab that is SheetFlow's own."""
    titles = [
        each for each in ("Steps", "Today", "Problems", "History") if each in team.live.titles
    ]
    if not titles:
        return
    title = team.chance.choice(titles)
    what = team.chance.choice(("type", "insert", "delete", "sort"))
    team.told.append(f"{what} in {title}")
    row = team.chance.randint(2, max(2, len(team.live.rows(title))))
    if what == "type":
        team.live.type(title, row, 2, "scribble")
    elif what == "insert":
        team.live.insert_rows(title, row)
    elif what == "delete" and title != "History":
        team.live.delete_rows(title, row)
    elif what == "sort":
        team.live.sort(title, 2)


def undo(team: Team) -> None:
    """Somebody takes the last edit back."""
    if team.twin.done and len(team.twin.done) == len(team.live.done):
        team.both("undo", OpenBook.undo)


ACTIONS: tuple[Callable[[Team], None], ...] = (
    *(type_something,) * 5,
    *(add_publication,) * 3,
    *(insert_row,) * 2,
    *(delete_row,) * 3,
    type_id,
    *(sort_rows,) * 3,
    sort_team_columns,
    *(move_row,) * 2,
    *(paste_row,) * 2,
    rename_header,
    insert_column,
    move_column,
    edit_team,
    touch_our_tabs,
    *(undo,) * 3,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of a history: what is wrong, what people did, and what it cost."""

    seed: int
    wrong: tuple[str, ...]
    edits: tuple[str, ...]
    requests: int
    runs: int


def history(seed: int) -> Told:
    """Draw a history, live through it, and judge the sheet that is left."""
    chance = Random(seed)
    settings = list(every_setting())
    with SheetsServer(settings[seed % len(settings)]) as server:
        is_known = chance.random() < KNOWN
        number = copied(server, known) if is_known else server.load(snapshot(SHEETS))
        twin = server.load(snapshot(SHEETS))
        team = Team(live=server.book(number), twin=server.book(twin), chance=chance)
        server.meanwhile(team.edit, when="before", times=chance.choice((1, 2, 3, 4, 6, 8)))
        runs = _run_until_quiet(server, number)
        requests = server.journal.count()
        server.app.hooks.clear()
        if team.broken:
            raise team.broken[0]
        wrong = (*lost_edits(team), *doubled_ids(team), *left_to_write(server, number))
    return Told(seed=seed, wrong=wrong, edits=tuple(team.told), requests=requests, runs=runs)


def known(server: SheetsServer) -> str:
    """A sheet that SheetFlow has written into before."""
    number = server.load(snapshot(SHEETS))
    run(server, number)
    return number


def _run_until_quiet(server: SheetsServer, number: str) -> int:
    for runs in range(1, 5):
        report = run(server, number).report
        if report is not None and not report.drifted:
            return runs
    raise AssertionError("It never converged.")


def lost_edits(team: Team) -> list[str]:
    """The team's columns against their twins, by header; an ID that was blank may be filled."""
    live, twin = team.live.rows(PLAN), team.twin.rows(PLAN)
    heads = live[team.head - 1]
    found = []
    for column, header in enumerate(team.headers):
        if header is None:
            continue
        if heads.count(header) != 1:
            found.append(f"the header {header} is there {heads.count(header)} times")
            continue
        there = heads.index(header)
        for row in range(max(len(live), len(twin))):
            mine, theirs = _cell(live, row, there), _cell(twin, row, column)
            if mine != theirs and not (header == "ID" and theirs is None):
                found.append(f"{header}{row + 1} is {mine!r}, typed was {theirs!r}")
    extra = {*heads} - {*team.headers} - FILLED_HEADERS - {None}
    return found + ([f"headers {extra}"] if extra else [])


def _cell(rows: list[list[Any]], row: int, column: int) -> Any:
    cells = rows[row] if row < len(rows) else []
    return (cells[column] if column < len(cells) else None) or None


def doubled_ids(team: Team) -> list[str]:
    """IDs that are there twice, but for those that people pasted."""
    key = team.headers.index("ID")
    ids = Counter(row[key] for row in team.live.rows(PLAN)[team.head :] if len(row) > key)
    return [
        f"{each} is there {count} times"
        for each, count in ids.items()
        if each not in {None, ""} | team.pasted and count > 1
    ]


def left_to_write(server: SheetsServer, number: str) -> list[str]:
    """A run in quiet finds flags and dates right, each in its row."""
    report = run(server, number).report
    written = report.written if report else 0
    return [f"another run wrote {written} cells and areas"] if written else []


def main() -> None:
    """Live through many histories."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    requests, wrong, again = Counter[int](), 0, 0
    for seed in range(asked.first, asked.first + asked.count):
        told = history(seed)
        requests[told.requests] += 1
        again += told.runs > 1
        if told.wrong:
            wrong += 1
            show(f"history {seed}: {'; '.join(told.wrong)}\n    after {', '.join(told.edits)}")
    show(f"{asked.count} histories, {wrong} went wrong, {again} took more than one run;")
    show("requests: " + ", ".join(f"{n} in {times}" for n, times in sorted(requests.items())))


if __name__ == "__main__":
    main()

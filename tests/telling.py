"""A town for tests of messages: a real mail server on loopback, workbooks in memory, a clock that stands.

with post_office() as office:
    town = a_town(engine, office)            # one process; further ones by a_town(engine, office, books=town.books)
    record = town.register(TABS)
    town.run(record)                         # recalculates, and tells whom there is to tell
    town.type(record, "P-1", "Current step", "Design")
    office.letters                           # what has arrived, parsed
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from desks import StandingClock
from desks import ran as ran_on
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.telling.teller import Teller
from sheetflow.store.leases import Leases
from sheetflow.store.nonces import Nonces
from sheetflow.store.records import RunRecord, WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.store.told import Told
from sheetflow.wiring.queues import desk_of
from sheetflow.wiring.settings import Settings
from sheetflow.wiring.telling import teller_of
from sheetflow.workbooks.memory import MemoryWorkbook
from sheets import snapshot

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TABS = {
    "Publications": """
        | ID  | Publication | Type | Delivery date | Current step | Owners | Flag |
        | P-1 | Autumn tips | Post | 2026-12-04    |              |        |      |
        | P-2 | Gift box    | Post | 2026-11-26    | Copy         |        |      |
    """,
    "Workflows": """
        | Type | Step    | Phase    | Skill | Days | Hours | Kind    |
        | Post | Copy    | Creation | Words | 1    | 3     | work    |
        | Post | Design  | Creation | Art   | 1    | 4     | work    |
        | Post | Publish | Delivery | Words | 0.25 | 0.25  | publish |
    """,
    "Team": """
        | Name | Email           | Skills     | Hours per day |
        | Ann  | ann@team.example | Words      | 6             |
        | Bob  | bob@team.example | Art        | 6             |
        | Cid  | cid@team.example | Art        | 6             |
    """,
}
PINNED_TO_BOB = "Design: Bob"


@dataclass(slots=True)
class Office:
    """What has arrived, the oldest first; `answer` is what the server says to a message, None to take it."""

    port: int
    raw: list[bytes] = field(default_factory=list)
    answer: str | None = None

    @property
    def url(self) -> str:
        """The server's address as settings name it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        """The messages as a mail program reads them."""
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]

    def take(self) -> list[EmailMessage]:
        """The messages since the last look."""
        letters = self.letters
        self.raw.clear()
        return letters

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Take a message, or say why not."""
        if self.answer is not None:
            return self.answer
        self.raw.append(envelope.content)
        return "250 taken"


@contextmanager
def post_office() -> Iterator[Office]:
    """A mail server that listens while inside."""
    office = Office(port=free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True, kw_only=True)
class Town:
    """One process with its desk and its teller; `books` are the workbooks by address."""

    desk: Desk
    teller: Teller
    told: Told
    clock: StandingClock
    books: dict[str, MemoryWorkbook]

    def register(
        self, tabs: Mapping[str, str] = TABS, *, name: str = "Agency", **fields: Any
    ) -> WorkbookRecord:
        """A workbook of drawn tabs."""
        self.books[name] = MemoryWorkbook(snapshot(tabs))
        usual: dict[str, Any] = {"time_zone": "UTC", "schedule": None, "owner": "boss@team.example"}
        return self.desk.registry.add(name, name=name, now=self.clock(), **usual | fields)

    def run(self, record: WorkbookRecord) -> RunRecord:
        """Recalculate, and wait until everybody is told."""
        ended = ran_on(self.desk, record)
        self.teller.stop()
        return ended

    def tick(self) -> None:
        """Let the process look for what is due, and wait until everybody is told."""
        self.teller.on_tick(self.clock())
        self.teller.stop()

    def type(self, record: WorkbookRecord, id_: str, header: str, value: Any) -> None:
        """Type a value into the cell of a publication, or of a setting."""
        book = self.books[record.name]
        tables = []
        for table in book.read().tables:
            rows = [list(row) for row in table.rows]
            if rows and header in rows[0]:
                column = rows[0].index(header)
                for row in rows[1:]:
                    if row and row[0] == id_:
                        row.extend([None] * (column + 1 - len(row)))
                        row[column] = value
            tables.append(replace(table, rows=tuple(map(tuple, rows))))
        book._snapshot = replace(book.read(), tables=tuple(tables))


def a_town(
    engine: Engine,
    office: Office | None,
    *,
    books: dict[str, MemoryWorkbook] | None = None,
    clock: StandingClock | None = None,
    **settings: Any,
) -> Town:
    """A process on the database that sends by the office."""
    clock = clock or StandingClock(NOON)
    books = {} if books is None else books
    told, registry, runs = Told(engine), Registry(engine), Runs(engine)
    usual: dict[str, Any] = {"smtp_url": office.url} if office else {}
    shelf = books

    def opened(record: WorkbookRecord) -> MemoryWorkbook:
        return shelf[record.name]

    teller = teller_of(
        Settings(**usual | settings),
        registry=registry,
        runs=runs,
        told=told,
        open_workbook=opened,
        clock=clock,
    )
    assert teller is not None
    desk = desk_of(
        registry=registry,
        runs=runs,
        leases=Leases(engine),
        nonces=Nonces(engine),
        open_workbook=opened,
        clock=clock,
        teller=teller,
    )
    return Town(desk=desk, teller=teller, told=told, clock=clock, books=books)


def addressees(letters: list[EmailMessage]) -> list[str]:
    """Whom the letters went to, by the part before the @."""
    return sorted(str(letter["To"]).partition("@")[0] for letter in letters)


def text_of(letter: EmailMessage) -> str:
    """Its plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    """Its HTML."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())

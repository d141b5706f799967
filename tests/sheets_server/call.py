"""One request while it is answered: what was asked, by whom, and the book that it reads or changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sheets_server.drive import Drive
from sheets_server.metadata import everywhere
from sheets_server.refusals import Json
from sheets_server.state import Book
from sheets_server.switches import Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The values in the path, the parameters, the body, the account and the server's drive and switches."""

    path: Mapping[str, str]
    parameters: Mapping[str, list[str]]
    body: Json
    account: str
    drive: Drive
    switches: Switches

    @property
    def query(self) -> dict[str, str]:
        """The first value of each parameter."""
        return {name: texts[0] for name, texts in self.parameters.items()}

    def queries(self, name: str) -> list[str]:
        """Every value of a parameter that may come more than once."""
        return list(self.parameters.get(name, []))

    @property
    def book(self) -> Book:
        """The spreadsheet that the path names, to read."""
        return self.drive.book(self.path["spreadsheetId"], self.account)

    @contextmanager
    def editing(self) -> Iterator[Book]:
        """A copy of the spreadsheet to change; it is kept when nothing was refused."""
        self.drive.may_change(self.path["spreadsheetId"], self.account)
        draft = self.book.copy()
        yield draft
        self.drive.keep(draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a request of a batch works on: the copy of the book, and who changes it."""

    book: Book
    account: str
    drive: Drive
    switches: Switches
    numbers: set[int] = field(default_factory=set)

    def metadata_numbers(self) -> set[int]:
        """The IDs of metadata in use, gathered once a batch: thirty thousand rows may be marked in one."""
        if not self.numbers:
            self.numbers.update(metadata.number for metadata, _ in everywhere(self.book))
        return self.numbers

"""The files on Drive: spreadsheets and others, who may see and change each, when they were made and changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from threading import RLock

from sheets_server.refusals import denied, not_a_spreadsheet, not_found
from sheets_server.state import Book

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OWNER = "owner@sheets.test"
WRITERS = ("owner", "writer")


@dataclass(slots=True, kw_only=True)
class File:
    """One file: a spreadsheet has a book. `shares` tells each account's role: owner, writer, commenter or reader."""

    number: str
    name: str
    kind: str = SPREADSHEET
    book: Book | None = None
    shares: dict[str, str] = field(default_factory=dict)
    made: float = 0.0
    changed: float = 0.0
    version: int = 1


class Drive:
    """All files of a server, and the one lock under which they are changed."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with no file; `clock` gives the seconds since 1970."""
        self.clock = clock
        self.lock = RLock()
        self.files: dict[str, File] = {}
        self.counter = 0

    def next_number(self) -> int:
        """A number that no other thing has, for sheets, ranges, charts and metadata."""
        self.counter += 1
        digest = sha256(str(self.counter).encode()).digest()
        return int.from_bytes(digest[:4], "big") % (2**31 - 1) or self.next_number()

    def add(self, name: str, kind: str, account: str, book: Book | None = None) -> File:
        """A new file of an account; the book, if there is one, takes its ID from it."""
        self.counter += 1
        number = book.number if book else self.next_id()
        now = self.clock()
        file = File(number=number, name=name, kind=kind, book=book, made=now, changed=now)
        file.shares = {account: "owner"}
        if book:
            book.owner = account
        self.files[number] = file
        return file

    def next_id(self) -> str:
        """An ID of the look of Google's: 44 characters."""
        self.counter += 1
        return "1" + sha256(f"file {self.counter}".encode()).hexdigest()[:43]

    def seen(self, number: str, account: str) -> File:
        """A file that the account may see; raises 404 or 403."""
        file = self.files.get(number)
        if file is None:
            raise not_found()
        if account not in file.shares and "anyone" not in file.shares:
            raise denied()
        return file

    def book(self, number: str, account: str) -> Book:
        """The spreadsheet of a file that the account may see."""
        book = self.seen(number, account).book
        if book is None:
            raise not_a_spreadsheet()
        return book

    def may_change(self, number: str, account: str) -> None:
        """Refuse where the account may only look."""
        file = self.seen(number, account)
        if file.shares.get(account, file.shares.get("anyone")) not in WRITERS:
            raise denied()

    def keep(self, book: Book) -> None:
        """Put a changed book in the place of the one before."""
        file = self.files[book.number]
        file.book, file.changed, file.version = book, self.clock(), file.version + 1
        file.name = book.properties["title"]


def moment(seconds: float) -> str:
    """A time as Drive writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

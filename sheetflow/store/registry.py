"""The registry: which workbooks there are, when each is due, and who may do what with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from sheetflow.errors import UserError
from sheetflow.store.addresses import same_person, same_workbook
from sheetflow.store.database import reading, writing
from sheetflow.store.granting import Granting
from sheetflow.store.identifiers import is_id, new_id
from sheetflow.store.inserting import insert_unless_there
from sheetflow.store.records import WorkbookRecord
from sheetflow.store.tables import workbooks

CHANGEABLE = frozenset(
    {"address", "name", "time_zone", "schedule", "owner", "next_due", "seen", "paused"}
)


class Registry(Granting):
    """All registered workbooks, and what people may do with them."""

    def __init__(self, engine: Engine) -> None:
        """Keep the registry in the engine's database."""
        super().__init__(engine)
        self._engine = engine

    def add(
        self,
        address: str,
        *,
        name: str,
        time_zone: str,
        schedule: str | None,
        owner: str | None,
        now: datetime,
        next_due: datetime | None = None,
    ) -> WorkbookRecord:
        """Register a workbook; every link to the same spreadsheet is the same address.

        Raises:
            UserError: It is registered already, or the owner is no e-mail address.
        """
        record = WorkbookRecord(
            id=new_id(),
            address=same_workbook(address),
            name=name,
            time_zone=time_zone,
            schedule=schedule,
            owner=_owner(owner),
            paused=False,
            created_at=now,
            next_due=next_due,
            failures=0,
            seen=None,
        )
        with writing(self._engine) as connection:
            is_new = insert_unless_there(connection, workbooks, asdict(record))
        if not is_new:
            raise _known(record.address)
        return record

    def get(self, id: str) -> WorkbookRecord:  # noqa: A002  the word of the table
        """The workbook; raises UserError where none is registered by that ID."""
        found = self._select(workbooks.c.id == id) if is_id(id) else []
        if not found:
            raise UserError("workbook_unknown", id=id)
        return found[0]

    def find(self, text: str) -> WorkbookRecord:
        """The workbook of an ID, an address or a name, in this order; names match without regard to case.

        Raises:
            UserError: There is none, or several have the name.
        """
        everyone, address, name = self.all(), same_workbook(text), text.strip().casefold()
        exact = [record for record in everyone if text == record.id or address == record.address]
        named = [record for record in everyone if name == record.name.casefold()]
        found = exact or named
        if not found:
            raise UserError("workbook_unknown", id=text)
        if len(found) > 1:
            ids = tuple(record.id for record in found)
            raise UserError("workbook_ambiguous", name=text, ids=ids)
        return found[0]

    def all(self) -> list[WorkbookRecord]:
        """All workbooks, by name."""
        return self._select()

    def due(self, now: datetime) -> list[WorkbookRecord]:
        """The workbooks that are due and not paused, those first that wait longest."""
        is_due = and_(workbooks.c.next_due <= now, ~workbooks.c.paused)
        return sorted(self._select(is_due), key=lambda record: (record.next_due or now, record.id))

    def pause(self, id: str) -> WorkbookRecord:  # noqa: A002
        """Keep a workbook from becoming due; it can still be recalculated by hand."""
        return self.change(id, paused=True)

    def resume(self, id: str) -> WorkbookRecord:  # noqa: A002
        """Let a workbook become due again."""
        return self.change(id, paused=False)

    def remove(self, id: str) -> None:  # noqa: A002
        """Forget a workbook with its runs, keys and grants; the workbook itself stays as it is."""
        gone = delete(workbooks).where(workbooks.c.id == self.get(id).id)
        with writing(self._engine) as connection:
            connection.execute(gone)

    def change(self, id: str, **changed: Any) -> WorkbookRecord:  # noqa: A002, ANN401  fields of any kind
        """Change fields of a workbook.

        Raises:
            UserError: There is none, another one has the address, or the owner is no e-mail address.
        """
        if unknown := changed.keys() - CHANGEABLE:
            raise TypeError(f"not to be changed: {', '.join(sorted(unknown))}")
        values = _in_one_form(changed)
        try:
            self._update(workbooks.c.id == self.get(id).id, values)
        except IntegrityError as error:
            raise _known(values["address"]) from error
        return self.get(id)

    def move_due(self, id: str, was: datetime | None, to: datetime | None) -> bool:  # noqa: A002
        """Move a due time on; False where somebody else has moved it already."""
        due = workbooks.c.next_due.is_not_distinct_from(was)
        return self._update(and_(workbooks.c.id == id, due), {"next_due": to})

    def failed(self, id: str, now: datetime, next_due: datetime | None) -> None:  # noqa: A002
        """A run failed: count it, and try again at the given time."""
        since = func.coalesce(workbooks.c.failing_since, now)
        values = {"failures": workbooks.c.failures + 1, "failing_since": since}
        self._update(workbooks.c.id == id, values | {"next_due": next_due})

    def succeeded(self, id: str, seen: str | None, now: datetime) -> None:  # noqa: A002
        """A run came to its end: nothing fails any more, and `seen` is the stamp that the file has now."""
        values = {"failures": 0, "failing_since": None, "last_good_at": now, "seen": seen}
        self._update(workbooks.c.id == id, values)

    def _update(self, where: ColumnElement[bool], values: Mapping[str, Any]) -> bool:
        if not values:
            return False
        with writing(self._engine) as connection:
            return connection.execute(update(workbooks).where(where).values(**values)).rowcount == 1

    def _select(self, *where: ColumnElement[bool]) -> list[WorkbookRecord]:
        query = select(workbooks).where(*where).order_by(workbooks.c.name, workbooks.c.id)
        with reading(self._engine) as connection:
            return [WorkbookRecord(**row) for row in connection.execute(query).mappings()]


def _in_one_form(changed: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(changed)
    if "address" in values:
        values["address"] = same_workbook(values["address"])
    if "owner" in values:
        values["owner"] = _owner(values["owner"])
    return values


def _owner(owner: str | None) -> str | None:
    if owner is None:
        return None
    person = same_person(owner)
    if person.startswith("@"):  # a whole domain owns nothing
        raise UserError("person_wrong", who=owner)
    return person


def _known(address: str) -> UserError:
    return UserError("workbook_known", address=address)

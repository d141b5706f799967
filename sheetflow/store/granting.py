"""Who may do what with a workbook: its owner everything, others what they were granted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError

from sheetflow.errors import UserError
from sheetflow.store.addresses import grants_that_fit, same_person
from sheetflow.store.database import reading, writing
from sheetflow.store.identifiers import is_id
from sheetflow.store.inserting import insert_or_replace
from sheetflow.store.records import Grant, Verb, WorkbookRecord, with_implied
from sheetflow.store.tables import grants, workbooks


class Granting:
    """The part of the registry that knows people."""

    def __init__(self, engine: Engine) -> None:
        """Keep the grants in the engine's database."""
        self._engine = engine

    def allow(self, id: str, who: str, verbs: Iterable[Verb]) -> Grant:  # noqa: A002  the word of the table
        """Grant verbs to an e-mail address, or to `@example.com`; an earlier grant is replaced.

        Raises:
            UserError: No such workbook is registered, or `who` is no address.
        """
        if not is_id(id):
            raise UserError("workbook_unknown", id=id)
        grant = Grant(workbook=id, who=same_person(who), verbs=with_implied(verbs))
        row = {"workbook": id, "who": grant.who, "verbs": grant.verbs}
        try:
            with writing(self._engine) as connection:
                insert_or_replace(connection, grants, row, ("workbook", "who"))
        except IntegrityError as error:
            raise UserError("workbook_unknown", id=id) from error
        return grant

    def disallow(self, id: str, who: str) -> bool:  # noqa: A002
        """Take a grant back; False where there was none."""
        gone = delete(grants).where(grants.c.workbook == id, grants.c.who == same_person(who))
        with writing(self._engine) as connection:
            return connection.execute(gone).rowcount == 1

    def grants(self, id: str) -> list[Grant]:  # noqa: A002
        """What was granted on a workbook, by address."""
        query = select(grants).where(grants.c.workbook == id).order_by(grants.c.who)
        with reading(self._engine) as connection:
            return [Grant(**row) for row in connection.execute(query).mappings()]

    def verbs_of(self, id: str, email: str) -> frozenset[Verb]:  # noqa: A002
        """All that a person may do with a workbook; a grant to the address itself hides that to its domain."""
        return self._verbs(email, id).get(id, frozenset()) if is_id(id) else frozenset()

    def seen_by(self, email: str) -> list[WorkbookRecord]:
        """The workbooks that a person may read, by name."""
        readable = [
            workbook for workbook, verbs in self._verbs(email).items() if Verb.READ in verbs
        ]
        query = select(workbooks).where(workbooks.c.id.in_(readable))
        in_order = query.order_by(workbooks.c.name, workbooks.c.id)
        with reading(self._engine) as connection:
            return [WorkbookRecord(**row) for row in connection.execute(in_order).mappings()]

    def _verbs(self, email: str, workbook: str | None = None) -> dict[str, frozenset[Verb]]:
        """By workbook: the grant to the domain, hidden by that to the address, hidden by owning it."""
        fitting = grants_that_fit(email)
        granted = select(grants).where(grants.c.who.in_(fitting))
        owned = select(workbooks.c.id).where(workbooks.c.owner.in_(fitting))
        if workbook is not None:
            granted = granted.where(grants.c.workbook == workbook)
            owned = owned.where(workbooks.c.id == workbook)
        with reading(self._engine) as connection:
            rows = connection.execute(granted).all()
            own = connection.execute(owned).scalars().all()
        nearest_last = sorted(rows, key=lambda row: fitting.index(row.who), reverse=True)
        by_grant = {row.workbook: row.verbs for row in nearest_last}
        return by_grant | dict.fromkeys(own, frozenset(Verb))

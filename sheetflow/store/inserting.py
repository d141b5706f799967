"""Inserting where a row may be there already: exactly one of many who try at once succeeds, or the last one stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Whether the row was inserted; False where another one holds a value that must be unique."""
    insert = _insert_into(connection, table).values(row).on_conflict_do_nothing()
    return connection.execute(insert.execution_options(preserve_rowcount=True)).rowcount == 1


def insert_or_replace(
    connection: Connection, table: Table, row: Mapping[str, Any], keys: Sequence[str]
) -> None:
    """Insert the row, or change the one that has the same keys into it."""
    insert = _insert_into(connection, table).values(row)
    rest = {name: insert.excluded[name] for name in row if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest))


def _insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    is_file = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if is_file else postgresql.insert(table)

"""Kinds of columns: a moment in UTC, and a set of verbs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, String
from sqlalchemy.types import TypeDecorator

from sheetflow.store.records import Verb, with_implied

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class Moment(TypeDecorator[datetime]):
    """An aware time: UTC in the database, UTC when it comes back; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC; without its zone where the database keeps none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time as it was kept, with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Verbs(TypeDecorator[frozenset[Verb]]):
    """Verbs parted by commas; what they imply is worked out when they come back."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(self, value: Iterable[Verb] | None, dialect: Dialect) -> str:  # noqa: ARG002  the library's signature
        """The verbs in the order of the alphabet."""
        return ",".join(sorted(Verb(verb) for verb in value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Verb]:  # noqa: ARG002  the library's signature
        """The verbs, and all that they imply."""
        return with_implied(Verb(word) for word in (value or "").split(",") if word)

"""Reading all tabs of publications together: IDs are unique over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheetflow.domain.publication import FaultyRow, Publication
from sheetflow.translate.ids import LONGEST, doubled_ids, new_ids
from sheetflow.translate.layout import PublicationsTab
from sheetflow.translate.publications import Known, blocked_rows, read_publications, row_numbers
from sheetflow.translate.rows import Rows, as_text, shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPublications:
    """All rows in the sheets' order, and the tabs with the IDs that their rows get."""

    rows: tuple[Publication | FaultyRow, ...]
    tabs: tuple[PublicationsTab, ...]


def read_publication_tabs(
    tabs: Sequence[tuple[Rows, PublicationsTab]], remembered: Sequence[str], known: Known
) -> ReadPublications:
    """Read every tab; `remembered` are the IDs that Steps and History know."""
    typed = [_typed_ids(rows) for rows, _ in tabs]
    seen = [text for ids in typed for text in ids.values() if text]
    fresh = new_ids([*seen, *remembered])
    known = replace(known, doubled=doubled_ids(seen))
    read, done = list[Publication | FaultyRow](), list[PublicationsTab]()
    for (rows, tab), ids in zip(tabs, typed, strict=True):
        new = {row: next(fresh) for row, text in ids.items() if text == ""}
        named = {row: new.get(row) or text or "" for row, text in ids.items()}
        done.append(replace(tab, new_ids=new))
        read += blocked_rows(rows, named, tab) or read_publications(rows, named, known)
    return ReadPublications(rows=tuple(read), tabs=tuple(done))


def _typed_ids(rows: Rows) -> Mapping[int, str | None]:
    """The ID of every row as typed: blank where it is to be filled, None where the cell is in error."""
    return {row: _typed_id(rows, row) for row in row_numbers(rows)}


def _typed_id(rows: Rows, row: int) -> str | None:
    value = rows.value(row, "ID")
    if rows.is_broken(row, "ID"):
        return None
    text = as_text(value)
    if isinstance(value, date | bool) or len(text) > LONGEST or "\n" in text:
        rows.error(row, "ID", "id_strange", value=shorten(text))
        return shorten(text)
    return text

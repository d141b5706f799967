"""That the parts which tell of others say what they said before, and more only of SheetFlow's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from sheetflow.workbooks.xlsx.package.tags import tags_named
from sheetflow.workbooks.xlsx.proof.outlines import outline, said_in

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Kept = TypeVar("Kept")
OWN_NAMES = {"_xlnm._FilterDatabase", "_xlnm.Print_Titles"}
GROWING_STYLES = {
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
}


def is_same_list(old: bytes, new: bytes, is_own: Callable[[str], bool]) -> bool:
    """Whether two lists of relations, or of types, differ in entries alone that are SheetFlow's own."""
    one, other = outline(old, flat=True).of(""), outline(new, flat=True).of("")
    theirs = [item for item in one if not is_own(item)]
    return theirs == [item for item in other if not is_own(item)]


def is_same_book(old: bytes, new: bytes, own: Collection[str]) -> bool:
    """Whether two states of the workbook's part differ in SheetFlow's own sheets alone, and in how it is calculated."""
    one, other = outline(old), outline(new)
    sheets = [said_in(item, "name").casefold() for item in other.of("sheets")]
    ours = {str(number) for number, name in enumerate(sheets) if name in own}

    def is_kept(item: str) -> bool:
        is_ours = said_in(item, "localSheetId") in ours and said_in(item, "name") in OWN_NAMES
        return not is_ours

    added = other.of("sheets")[len(one.of("sheets")) :]
    apart = {"sheets", "definedNames", "calcPr"}
    return (
        other.of("sheets")[: len(one.of("sheets"))] == one.of("sheets")
        and all(said_in(item, "name").casefold() in own for item in added)
        and [*filter(is_kept, one.of("definedNames"))]
        == [*filter(is_kept, other.of("definedNames"))]
        and _but(one.items, apart) == _but(other.items, apart)
        and _but(one.tags, apart) == _but(other.tags, apart)
    )


def is_grown_style_sheet(old: bytes, new: bytes) -> bool:
    """Whether the style sheet has only grown at the ends of its lists, so that every number means what it did."""
    one, other = (outline(xml, without={"count"}) for xml in (old, new))
    return (
        all(other.of(name)[: len(one.of(name))] == one.of(name) for name in GROWING_STYLES)
        and _but(one.items, GROWING_STYLES) == _but(other.items, GROWING_STYLES)
        and one.tags.items() <= other.tags.items()
    )


def is_grown_table(old: bytes, new: bytes, headers: Collection[str]) -> bool:
    """Whether the table has only grown, by columns of these headers."""
    one, other = (outline(xml, without={"ref", "count"}) for xml in (old, new))
    added = other.of("tableColumns")[len(one.of("tableColumns")) :]
    sections = set(one.items) - {"tableColumns", "sortState", "autoFilter"}
    return (
        other.of("tableColumns")[: len(one.of("tableColumns"))] == one.of("tableColumns")
        and all(_read_name(said_in(item, "name")) in headers for item in added)
        and one.tags == other.tags
        and all(one.of(name) == other.of(name) for name in sections)
    )


def is_same_chain(old: bytes, new: bytes | None, own: Collection[str]) -> bool:
    """Whether the order of calculation is the same but for SheetFlow's own sheets, given by their ids."""
    return _links(old, own) == (_links(new, own) if new is not None else [])


def _read_name(name: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)


def _links(xml: bytes, own: Collection[str]) -> list[tuple[str, dict[str, str]]]:
    sheet, found = "", []
    for _, said in tags_named(xml, {"c"}):
        sheet = said.pop("i", sheet)
        if sheet not in own:
            found.append((sheet, said))
    return found


def _but(found: Mapping[str, Kept], names: Collection[str]) -> dict[str, Kept]:
    return {name: kept for name, kept in found.items() if name not in names}

"""The workbook's own part: its list of sheets, its names, and how it is calculated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import TypeAlias

from sheetflow.workbooks.xlsx.package.elements import (
    Cut,
    Element,
    appended,
    attributes,
    child,
    children,
    cut,
    namespaces,
    root,
    with_attribute,
)
from sheetflow.workbooks.xlsx.package.strict import RELATIONS, STRICT_RELATIONS, is_strict

MOST_SHEET_IDS = 65_534
# What must stand before the names, and before the word on calculation, where these are not there yet.
BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
BEFORE_CALCULATION = (*BEFORE_NAMES, "definedNames")
LocalName: TypeAlias = tuple[int, str]
FILTER, TITLES = "_xlnm._FilterDatabase", "_xlnm.Print_Titles"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """A sheet as the workbook lists it: its place from 0, its name, its id, and the id of its relation."""

    index: int
    name: str
    sheet_id: int
    relation: str


def sheet_entries(xml: bytes) -> list[SheetEntry]:
    """The sheets in their order; raises ValueError where there is no list of them."""
    entries = []
    for index, node in enumerate(children(xml, _section(xml, "sheets"))):
        said = attributes(node)
        relation = next((v for k, v in said.items() if k.rpartition(":")[2] == "id"), "")
        sheet_id = int(said.get("sheetId", "0"))
        entries.append(
            SheetEntry(index=index, name=said.get("name", ""), sheet_id=sheet_id, relation=relation)
        )
    return entries


def with_sheet(xml: bytes, name: str, relation: str) -> bytes:
    """The workbook with one more sheet, behind all others."""
    section = _section(xml, "sheets")
    used = {entry.sheet_id for entry in sheet_entries(xml)}
    new = max(used, default=0) + 1
    if new > MOST_SHEET_IDS:
        new = next(number for number in range(1, MOST_SHEET_IDS) if number not in used)
    wanted = STRICT_RELATIONS if is_strict(xml) else RELATIONS
    declared = {uri: prefix for prefix, uri in namespaces(root(xml)).items() if prefix}
    prefix = declared.get(wanted, "r:")
    own = "" if wanted in declared else f' xmlns:r="{wanted}"'
    said = f'name="{escape(name)}" sheetId="{new}"{own} {prefix}id="{relation}"'
    return cut(xml, [appended(xml, section, f"<{section.prefix}sheet {said}/>".encode())])


def with_local_names(xml: bytes, areas: Mapping[LocalName, str | None]) -> bytes:
    """The workbook with names that single sheets have for areas of theirs; without those that have no area."""
    names = child(xml, root(xml), "definedNames")
    present = _local_names(xml, names) if names else {}
    sheets = sheet_entries(xml)
    cuts, new = [], ""
    for (index, name), area in areas.items():
        held = present.get((index, name.casefold()))
        meaning = _meaning(sheets[index].name, area) if area else None
        if held is not None:
            cuts += _respelt(xml, held, meaning)
        elif meaning is not None:
            new += _name_xml(root(xml).prefix, index, name, meaning)
    if new and names is None:
        prefix = root(xml).prefix
        return _inserted(xml, BEFORE_NAMES, f"<{prefix}definedNames>{new}</{prefix}definedNames>")
    if new and names is not None:
        cuts.append(appended(xml, names, new.encode()))
    return cut(xml, cuts) if cuts else xml


def recalculated(xml: bytes) -> bytes:
    """The workbook that a spreadsheet calculates anew when it is opened."""
    present = child(xml, root(xml), "calcPr")
    if present is None:
        return _inserted(xml, BEFORE_CALCULATION, f'<{root(xml).prefix}calcPr fullCalcOnLoad="1"/>')
    if attributes(present).get("fullCalcOnLoad") in {"1", "true"}:
        return xml
    return cut(xml, [with_attribute(present, "fullCalcOnLoad", "1")])


def _section(xml: bytes, local: str) -> Element:
    found = child(xml, root(xml), local)
    if found is None:
        raise ValueError(f"a workbook without {local}")
    return found


def _local_names(xml: bytes, names: Element) -> dict[LocalName, Element]:
    said = ((attributes(node), node) for node in children(xml, names))
    return {
        (int(one["localSheetId"]), one.get("name", "").casefold()): node
        for one, node in said
        if "localSheetId" in one
    }


def _meaning(sheet: str, area: str) -> str:
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'!{area}"


def _name_xml(prefix: str, index: int, name: str, meaning: str) -> str:
    said = f'name="{name}" localSheetId="{index}"' + (' hidden="1"' if name == FILTER else "")
    shown = escape(meaning, quote=False)
    return f"<{prefix}definedName {said}>{shown}</{prefix}definedName>"


def _respelt(xml: bytes, held: Element, meaning: str | None) -> list[Cut]:
    """What gives a name another meaning or, where it has none, takes it away."""
    if meaning is None:
        return [Cut(start=held.start, end=held.end, new=b"")]
    present = unescape(xml[held.inner : held.close].decode())
    # The simple name of a sheet may stand without its quotes.
    if present.replace("'", "") == meaning.replace("'", ""):
        return []
    return [Cut(start=held.inner, end=held.close, new=escape(meaning, quote=False).encode())]


def _inserted(xml: bytes, behind: tuple[str, ...], new: str) -> bytes:
    """The workbook with an element behind the last of those that must stand before it."""
    places = [node.end for node in children(xml, root(xml)) if node.local in behind]
    return cut(xml, [Cut(start=max(places), end=max(places), new=new.encode())])

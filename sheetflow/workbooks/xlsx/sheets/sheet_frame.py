"""What stands around a worksheet's rows and must follow what is written in them: extent, widths and rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import TypeAlias

from sheetflow.cells import CellRange
from sheetflow.workbooks.xlsx.package.addresses import area_of, areas_of
from sheetflow.workbooks.xlsx.package.elements import (
    Cut,
    Element,
    appended,
    attributes,
    children,
    cut,
    root,
    with_attribute,
)
from sheetflow.workbooks.xlsx.sheets.worksheet import Place, Worksheet

RuleKind: TypeAlias = tuple[str, str, tuple[str, ...]]

BEFORE_RULES = {
    *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
    *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"),
}
YES = {"1", "true"}
TAG_START = re.compile(rb"<(/?)(?=[A-Za-z])")
PRIORITY = re.compile(rb"\spriority\s*=\s*[\"'](\d+)[\"']")


def dimension_cuts(worksheet: Worksheet, written: Iterable[Place]) -> Iterator[Cut]:
    """The sheet's own word on its extent, made to hold the cells written."""
    said = next(worksheet.elements("dimension"), None)
    area = area_of(attributes(said).get("ref", "")) if said else None
    if said is None or area is None:
        return
    rows, columns = zip(*written, strict=True)
    wider = CellRange(
        first_row=min(area.first_row, *rows),
        first_column=min(area.first_column, *columns),
        last_row=max(area.last_row, *rows),
        last_column=max(area.last_column, *columns),
    )
    if wider != area:
        yield with_attribute(said, "ref", wider.a1)


def column_cuts(worksheet: Worksheet, widths: Mapping[int, float]) -> Iterator[Cut]:
    """Widths for those columns for which nobody has chosen one."""
    covered: set[int] = set()
    for one in worksheet.columns:
        inside = {column: widths[column] for column in sorted(widths) if column in span_of(one)}
        covered |= inside.keys()
        said = attributes(one)
        if inside and not YES & {said.get("customWidth"), said.get("hidden")}:
            yield Cut(start=one.start, end=one.end, new=_parted(worksheet, one, inside))
    bare = {column: widths[column] for column in sorted(widths) if column not in covered}
    if bare:
        yield from _new_columns(worksheet, bare)


def span_of(column: Element) -> range:
    """The columns of which a `col` element tells."""
    said = attributes(column)
    return range(int(said["min"]), int(said["max"]) + 1)


def rule_cuts(worksheet: Worksheet, rules: Sequence[tuple[CellRange, bytes]]) -> Iterator[Cut]:
    """The conditional formats that the sheet does not have yet, behind those it has and of less weight."""
    new = [xml for area, xml in rules if not _is_present(worksheet, area, xml)]
    if not new:
        return
    priority = max(map(int, PRIORITY.findall(worksheet.quiet, worksheet.data.end)), default=0)
    made = b""
    for xml in new:
        priority += 1
        numbered = PRIORITY.sub(b' priority="%d"' % priority, xml)
        made += TAG_START.sub(rb"<\1" + worksheet.prefix.encode(), numbered)
    ends = [one.end for one in worksheet.after if one.local in BEFORE_RULES]
    at = max(ends, default=worksheet.data.end)
    yield Cut(start=at, end=at, new=made)


def _parted(worksheet: Worksheet, column: Element, widths: Mapping[int, float]) -> bytes:
    """The element as several, of which those of the given columns have a width of their own."""
    tag = worksheet.xml[column.start : column.end]
    first, end = span_of(column).start, span_of(column).stop
    pieces = []
    for one, width in widths.items():
        pieces.append(_changed(tag, first, one - 1) if first < one else b"")
        pieces.append(_changed(tag, one, one, width=f"{width:g}", customWidth="1"))
        first = one + 1
    pieces.append(_changed(tag, first, end - 1) if first < end else b"")
    return b"".join(pieces)


def _changed(tag: bytes, first: int, last: int, **said: str) -> bytes:
    for name, value in {"min": str(first), "max": str(last), **said}.items():
        tag = cut(tag, [with_attribute(root(tag), name, value)])
    return tag


def _new_columns(worksheet: Worksheet, widths: Mapping[int, float]) -> Iterator[Cut]:
    prefix, data = worksheet.prefix, worksheet.data
    new = {
        column: f'<{prefix}col min="{column}" max="{column}" width="{width:g}" customWidth="1"/>'.encode()
        for column, width in widths.items()
    }
    section = next(worksheet.elements("cols"), None)
    if section is None:
        opening, closing = f"<{prefix}cols>".encode(), f"</{prefix}cols>".encode()
        yield Cut(start=data.start, end=data.start, new=opening + b"".join(new.values()) + closing)
        return
    for column, xml in new.items():
        following = [one.start for one in worksheet.columns if span_of(one).start > column]
        at = min(following, default=None)
        yield (
            appended(worksheet.xml, section, xml) if at is None else Cut(start=at, end=at, new=xml)
        )


def _is_present(worksheet: Worksheet, area: CellRange, xml: bytes) -> bool:
    """Whether the team's rows have rules of this kind: a row that was deleted or added has moved their ends."""
    needed = CellRange(
        first_row=area.first_row,
        first_column=area.first_column,
        last_row=min(area.last_row, max(area.first_row, worksheet.last_row)),
        last_column=area.last_column,
    )
    present = {
        kind
        for block in worksheet.elements("conditionalFormatting")
        if any(_holds(one, needed) for one in areas_of(attributes(block).get("sqref", "")))
        for kind in _kinds(worksheet.xml, block)
    }
    return present >= set(_kinds(xml, root(xml)))


def _holds(outer: CellRange, inner: CellRange) -> bool:
    return (
        outer.first_row <= inner.first_row
        and inner.last_row <= outer.last_row
        and outer.first_column <= inner.first_column
        and inner.last_column <= outer.last_column
    )


def _kinds(xml: bytes, block: Element) -> Iterator[RuleKind]:
    """What the rules of a block compare with what."""
    for rule in children(xml, block):
        if rule.local == "cfRule":
            said = attributes(rule)
            formulas = [
                xml[one.inner : one.close] for one in children(xml, rule) if one.local == "formula"
            ]
            texts = tuple(unescape(formula.decode()).strip() for formula in formulas)
            yield said.get("type", ""), said.get("operator", ""), texts

"""Sheets drawn by chance, as XML that a spreadsheet may write: addresses left out, prefixes, comments, odd quotes.

`cells_in` finds the cells of any such sheet with a parser that shares nothing with the code under test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string

from raw_workbooks import MAIN
from sheetflow.cells import column_letters
from sheetflow.workbooks.xlsx.sheets.splice import CellWrite, spliced
from sheetflow.workbooks.xlsx.sheets.worksheet import Worksheet

LAST_ROW, LAST_COLUMN = 9, 9
TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
HEADS = (
    "",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
    "\ufeff<?xml version='1.0'?>\n",
)
BETWEEN = (
    *("", "", "", "\n   ", '<!-- <c r="A1"><v>9</v></c> </row> -->'),
    *('<?note <row r="1"><c r="B1"/> ?>', "<!---->\n"),
)
CONTENTS = (
    "/>",
    " />",
    "></{p}c>",
    "><{p}v>12.50</{p}v></{p}c >",
    ' t="s"><{p}v>1</{p}v></{p}c>',
    " t='s' ><{p}v>0</{p}v></{p}c>",
    ' t="b"><{p}v>1</{p}v></{p}c>',
    ' t="e"><{p}v>#N/A</{p}v></{p}c>',
    ' t="str"><{p}f>A1&amp;"&gt;"</{p}f><{p}v>x</{p}v></{p}c>',
    ' t="inlineStr"><{p}is><{p}r><{p}rPr><{p}b/></{p}rPr><{p}t>rich</{p}t></{p}r></{p}is></{p}c>',
    ' t="inlineStr"><{p}is><{p}t><![CDATA[</c><c r="A1">]]></{p}t></{p}is></{p}c>',
    ' cm="1"><{p}f t="array" ref="{a}">1+1</{p}f><{p}v>2</{p}v></{p}c>',
    ' vm="1" t="e"><{p}v>#VALUE!</{p}v></{p}c>',
    ' ph="1" t="s"><{p}v>1</{p}v></{p}c>',
    ' xmlns:o="urn:other" o:t="kept > all"><{p}v>-1E-3</{p}v></{p}c>',
)
AFTER = (
    *(
        "",
        '<{p}sheetProtection sheet="1"/>',
        '<{p}mergeCells count="1"><{p}mergeCell ref="AJ1:AK2"/></{p}mergeCells>',
    ),
    '<{p}pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>',
)


@dataclass(kw_only=True)
class FoundCells:
    """Each cell of a sheet as (start, end) in its bytes, and what must be left out to compare two sheets."""

    cells: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    row_tags: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    dimension: list[tuple[int, int]] = field(default_factory=list)


def cells_in(xml: bytes) -> FoundCells:
    """Where everything stands, told by expat."""
    reading = _Reading(xml)
    reading.parser.Parse(xml, True)
    return reading.found


class _Reading:
    def __init__(self, xml: bytes) -> None:
        self.found = FoundCells()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._xml = xml
        self._row = self._column = 0

    def _start(self, name: str, said: dict[str, str]) -> None:
        tag = _tag(self._xml, self.parser.CurrentByteIndex)
        if name.endswith("main row"):
            self._row, self._column = int(said.get("r", self._row + 1)), 0
            self.found.row_tags.setdefault(self._row, []).append(tag)
        elif name.endswith("main c"):
            letters = re.sub(r"\d", "", said.get("r", ""))
            self._column = column_index_from_string(letters) if letters else self._column + 1
            self.found.cells[self._row, self._column] = tag
        elif name.endswith("main dimension"):
            self.found.dimension.append(tag)

    def _end(self, name: str) -> None:
        here = self.parser.CurrentByteIndex
        if name.endswith("main c"):
            begin, inner = self.found.cells[self._row, self._column]
            if not _is_closed(self._xml, inner):
                self.found.cells[self._row, self._column] = (begin, _tag(self._xml, here)[1])
        elif name.endswith("main row"):
            tags = self.found.row_tags[self._row]
            if not _is_closed(self._xml, tags[-1][1]):
                tags.append(_tag(self._xml, here))


def _tag(xml: bytes, start: int) -> tuple[int, int]:
    tag = TAG.match(xml, start)
    assert tag
    return tag.span()


def _is_closed(xml: bytes, end_of_tag: int) -> bool:
    return xml[end_of_tag - 2 : end_of_tag] == b"/>"


def without(xml: bytes, places: set[tuple[int, int]]) -> bytes:
    """The sheet without these cells, without the tags of their rows and without its word on its extent."""
    xml = re.sub(rb"<((?:\w+:)?sheetData)\s*(/>|>)", rb"<\1\2", xml)
    xml = re.sub(rb"<((?:\w+:)?sheetData)/>", rb"<\1></\1>", xml)
    found = cells_in(xml)
    gone = [span for place, span in found.cells.items() if place in places]
    gone += [span for row, _ in places for span in found.row_tags.get(row, [])]
    gone += found.dimension
    left, done = b"", 0
    for first, last in sorted(set(gone)):
        left += xml[done:first]
        done = last
    return left + xml[done:]


def written(xml: bytes, cells: Iterable[CellWrite], **more: Any) -> bytes:
    """The sheet with these cells."""
    cells = list(cells)
    places = [(cell.row, cell.column) for cell in cells]
    return b"".join(spliced(Worksheet(sheet="Plan", xml=xml, places=places), cells, **more))


def sheet(data: str, *, before: str = "", after: str = "") -> bytes:
    """A sheet of these rows, with other elements around."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'.encode()


@st.composite
def sheets(draw: Any) -> bytes:
    """The XML of a small sheet."""
    p = draw(st.sampled_from(["", "", "x:", "ns2:"]))
    rows = "".join(_rows(draw, p))
    data = f"<{p}sheetData>{rows}</{p}sheetData>" if rows else f"<{p}sheetData/>"
    dimension = draw(
        st.sampled_from(["", '<{p}dimension ref="A1"/>', "<{p}dimension ref='B2:D7' />"])
    )
    cols = draw(
        st.sampled_from(["", '<{p}cols><{p}col min="2" max="5" style="1" width="9"/></{p}cols>'])
    )
    after = draw(st.sampled_from(AFTER))
    declared = f'xmlns:{p[:-1]}="{MAIN}"' if p else f'xmlns="{MAIN}"'
    around = f"{dimension}{cols}".format(p=p), after.format(p=p)
    head = draw(st.sampled_from(HEADS))
    return f"{head}<{p}worksheet {declared}>{around[0]}{data}{around[1]}</{p}worksheet>".encode()


def _rows(draw: Any, p: str) -> list[str]:
    numbers = sorted(draw(st.sets(st.integers(1, LAST_ROW), max_size=5)))
    written = [draw(st.sampled_from(BETWEEN))] if numbers else []
    before = 0
    for number in numbers:
        is_next = number == before + 1
        named = not is_next or draw(st.booleans())
        before = number
        said = draw(
            st.sampled_from(
                ["", ' spans="1:3"', " spans='2:4' ht=\"20\"", ' s="2" customFormat="1"', ' s="2"']
            )
        )
        name = draw(st.sampled_from([f' r="{number}"', f" r = '{number}'"])) if named else ""
        tag = f"<{p}row" + draw(st.sampled_from([name + said, said + name]))
        cells = _cells(draw, p, number)
        if cells or draw(st.booleans()):
            written.append(f"{tag}>{''.join(cells)}</{p}row>")
        else:
            written.append(f"{tag}/>")
        written.append(draw(st.sampled_from(BETWEEN)))
    return written


def _cells(draw: Any, p: str, row: int) -> list[str]:
    columns = sorted(draw(st.sets(st.integers(1, LAST_COLUMN), max_size=5)))
    written = []
    before = 0
    for column in columns:
        address = f"{column_letters(column)}{row}"
        named = column != before + 1 or draw(st.booleans())
        before = column
        name = draw(st.sampled_from([f' r="{address}"', f"  r = '{address}'"])) if named else ""
        style = draw(st.sampled_from(["", ' s="1"', "\ts='2'"]))
        tag = f"<{p}c" + draw(st.sampled_from([name + style, style + name]))
        content = draw(st.sampled_from(CONTENTS)).format(p=p, a=address)
        written += [tag + content, draw(st.sampled_from(BETWEEN))]
    return written

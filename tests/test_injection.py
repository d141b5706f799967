"""A text is never taken for a formula, and comes back letter for letter, whoever reads it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
import python_calamine

import corpus
from judge.book import book_of
from judge.grid import grid_of
from office import converted, shown
from raw_workbooks import (
    BOOK,
    BOOK_LINKS,
    CHAIN,
    HEAD,
    KIND,
    LINKS,
    MAIN,
    OTHER,
    SHEET,
    TYPES,
    Members,
    packed,
    plain,
    replaced,
)
from sheetflow.cells import CellEdit, CellRef, ComputedTab, Patch
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

TEXTS = {
    "a sum": "=1+1",
    "a call": '=HYPERLINK("https://example.org","x")',
    "a plus": "+cmd|' /C calc'!A0",
    "a minus": "-2+3",
    "an at": "@SUM(1,2)",
    "a tab": "\t=1+1",
    "a tab inside": "one\ttwo",
    "a return": "\r=1+1",
    "a return inside": "one\rtwo",
    "a line": "one\n=1+1",
    "both": "one\r\ntwo",
    "a wide equals sign": "＝1+1",
    "an escape": "_x000D_",
    "half an escape": "_x00",
    "an escaped escape": "_x005F_x000D_",
    "spaces": "  =1+1  ",
    "a hard space": "\u00a0=1+1",
    "a quote": "'=1+1",
    "a list": "=1;2,3",
    "markup": "<b>&amp;</b>]]>",
    "emoji": "🎉=1+1👩‍🚀",
    "right to left": "\u200fمتن \u202bالف\u202c",
    "a number": "0012",
    "a day": "2026-12-04",
    "a truth": "TRUE",
    "an error": "#REF!",
    "a bell": "ring\x07",
    "the longest": "=" + "x" * 32_766,
}
UNTYPED = {"a bell"}
"""Nobody can type it."""
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def test_written_texts_come_back(tmp_path: Path, needs: Callable[[str], str]) -> None:
    """As an edit of the team's sheet and in a computed tab: the same text by three readers, and no formula."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(packed(plain()))
    texts = list(TEXTS.values())
    edits = tuple(
        CellEdit(ref=CellRef("Publications", row, 9), before=None, after=text)
        for row, text in enumerate(texts, start=1)
    )
    tab = ComputedTab(sheet="Steps", rows=tuple((text,) for text in texts))
    XlsxWorkbook(path).write(Patch(edits=edits, tabs=(tab,)))
    places = {("Publications", row, 9): text for row, text in enumerate(texts, start=1)}
    places |= {("Steps", row, 1): text for row, text in enumerate(texts, start=1)}
    assert list(_misread(path.read_bytes(), places)) == []
    (flat,) = converted(needs("soffice"), [path], "fods", tmp_path)
    assert list(_misread_by_office(flat, places)) == []


@pytest.mark.parametrize("where", ["title", "owner", "step"])
def test_names_that_look_like_formulas(tmp_path: Path, where: str) -> None:
    """Titles, owners' and steps' names come back in every computed cell as the plan has them."""
    path = tmp_path / "plan.xlsx"
    names = [
        text if where == "title" else f"{text[:32_000]} {chr(97 + place // 9)}{chr(97 + place % 9)}"
        for place, (name, text) in enumerate(TEXTS.items())
        if name not in UNTYPED
    ]
    path.write_bytes(packed(_team_of(where, names)))
    status, said = corpus.recalculated(path, tmp_path / "plan.json")
    assert status == 0, said
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    places = dict(_planned(path.read_bytes(), plan))
    seen = {text.strip() for text in places.values()}
    assert [name for name in names if name.strip() not in seen] == []
    assert list(_misread(path.read_bytes(), places)) == []
    assert list(corpus.second_run_faults(path, tmp_path / "plan.json")) == []


def _misread(content: bytes, places: dict[tuple[str, int, int], str]) -> Iterator[str]:
    """Cells that a reader shows otherwise, or that hold a formula."""
    fast = python_calamine.load_workbook(io.BytesIO(content))
    full: Any = openpyxl.load_workbook(io.BytesIO(content), rich_text=False)
    book = book_of(content)
    for sheet in {sheet for sheet, _, _ in places}:
        rows = fast.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        cells = grid_of(book.tree(book.part_of(sheet))).cells
        for (_, row, column), text in ((at, t) for at, t in places.items() if at[0] == sheet):
            other = full[sheet].cell(row, column)
            # openpyxl shows the escapes of an inline text as they are.
            letters = ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), str(other.value))
            seen = {"calamine": rows[row - 1][column - 1], "openpyxl": letters}
            for reader, value in seen.items():
                if value != text:
                    yield f"{sheet} {row},{column}: {text[:40]!r} is {str(value)[:60]!r} to {reader}"
            if other.data_type == "f" or cells[row, column].one("f"):
                yield f"{sheet} {row},{column}: {text[:40]!r} became a formula"


def _misread_by_office(flat: Path, places: dict[tuple[str, int, int], str]) -> Iterator[str]:
    sheets = shown(flat)
    for (sheet, row, column), text in places.items():
        cell = sheets[sheet].get((row, column))
        if cell is None or cell.formula or cell.kind != "string":
            yield f"{sheet} {row},{column}: {text[:40]!r} is {cell} to LibreOffice"
        elif _lines(cell.text) != _lines(text):
            yield f"{sheet} {row},{column}: {text[:40]!r} is {cell.text[:60]!r} to LibreOffice"


def _lines(text: str) -> str:
    """LibreOffice keeps one kind of line break, and drops letters that nobody can see."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x07", "")


def _planned(content: bytes, plan: dict[str, Any]) -> Iterator[tuple[tuple[str, int, int], str]]:
    """The places in Steps of the plan's titles, steps and owners, and those of people in Workload."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = book.get_sheet_by_name("Steps").to_python(skip_empty_area=False)
    columns = {str(header): place for place, header in enumerate(rows[0], start=1)}
    lines = [
        (row["title"], step["step"], step["owner"])
        for row in plan["publications"]
        for step in row["steps"]
    ]
    assert len(rows) - 1 == len(lines)
    for number, line in enumerate(lines, start=2):
        for header, text in zip(("Publication", "Step", "Owner"), line, strict=True):
            yield ("Steps", number, columns[header]), text
    loads = book.get_sheet_by_name("Workload").to_python(skip_empty_area=False)
    people = {person["name"] for person in plan["people"]}
    for number, row in enumerate(loads, start=1):
        if row[0] in people:
            yield ("Workload", number, 1), str(row[0])


def _team_of(where: str, names: list[str]) -> Members:
    """A workbook whose titles, owners or steps have these names."""
    titles = names if where == "title" else ["Plain"] * (len(names) if where == "owner" else 1)
    steps = names if where == "step" else ["Draft"]
    owners = names if where == "owner" else ["Sari"]
    publications: list[list[Any]] = [
        ["ID", "Publication", "Type", "Delivery date", "Owners"],
        *([f"P-{n:03}", title, "Post", "2027-03-15", None] for n, title in enumerate(titles, 1)),
    ]
    flows: list[list[Any]] = [
        ["Type", "Step", "Phase", "Skill", "Days", "Hours", "Kind"],
        *(["Post", step, "Work", "Writer", 0.25, 0.1, "work"] for step in steps),
        ["Post", "Live", "Work", "Writer", 0.25, 0.1, "publish"],
    ]
    team: list[list[Any]] = [["Name", "Skills"], *([owner, "Writer"] for owner in owners)]
    members = replaced(
        plain(),
        BOOK,
        ('name="Notes"', 'name="Team"'),
        ("Notes!$A$1:$B$2", "Team!$A$1:$B$2"),
        ("Notes!$A$1", "Team!$A$1"),
    )
    members = {**members, SHEET: _sheet(publications), OTHER: _sheet(team)}
    return _with_workflows(members, _sheet(flows))


def _with_workflows(members: Members, xml: str) -> Members:
    part = "xl/worksheets/sheet3.xml"
    link = f'<Relationship Id="rId9" Type="{LINKS}/worksheet" Target="worksheets/sheet3.xml"/>'
    kind = f'<Override PartName="/{part}" ContentType="{KIND}.worksheet+xml"/>'
    members = replaced(
        members, BOOK, ("</sheets>", '<sheet name="Workflows" sheetId="7" r:id="rId9"/></sheets>')
    )
    members = replaced(members, BOOK_LINKS, ("</Relationships>", f"{link}</Relationships>"))
    members = replaced(members, TYPES, ("</Types>", f"{kind}</Types>"))
    members = replaced(members, CHAIN, ('<c r="B1" i="1"/>', ""))
    return {**members, part: xml}


def _sheet(rows: Sequence[Sequence[Any]]) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{'ABCDEFGH'[place]}{number}", value)
            for place, value in enumerate(row)
            if value is not None
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return HEAD + f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(address: str, value: Any) -> str:
    if isinstance(value, str):
        text = escape(value.replace("_x", "_x005F_x"), {"\r": "_x000D_"})
        return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{address}"><v>{value}</v></c>'

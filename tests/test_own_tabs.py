"""SheetFlow's own tabs in a package: their parts, names, types and relations, whatever stood there before."""

from __future__ import annotations

import re
from datetime import date

import pytest

from packages import HEADED, changed, names, opened, parts, written
from raw_workbooks import (
    BOOK,
    BOOK_LINKS,
    CHAIN,
    HEAD,
    LINKS,
    MAIN,
    OTHER,
    PACKAGE,
    STYLES,
    TYPES,
    packed,
    plain,
    replaced,
)
from sheetflow.cells import ComputedTab, Patch
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package.book import with_local_names
from sheetflow.workbooks.xlsx.package.draft import Draft
from sheetflow.workbooks.xlsx.package.own_tabs import place_tab
from sheetflow.workbooks.xlsx.package.parts import DrawnSheet, NewPart
from sheetflow.workbooks.xlsx.reading.package import package_of
from sheetflow.workbooks.xlsx.reading.reader import read_snapshot

CHART = NewPart(
    relation="chart",
    folder="charts",
    stem="chart",
    content_type="application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    xml=b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>',
)
DRAWING = NewPart(
    relation="drawing",
    folder="drawings",
    stem="drawing",
    content_type="application/vnd.openxmlformats-officedocument.drawing+xml",
    xml=b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>',
    parts=(CHART,),
)
DRAWN = DrawnSheet(
    xml=HEAD.encode()
    + f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}"><sheetPr/><sheetData/><drawing r:id="rId1"/></worksheet>'.encode(),
    parts=(DRAWING,),
    titles="$1:$1",
)


def placed(content: bytes, drawn: DrawnSheet) -> bytes:
    """The file with a tab named Load, drawn so."""
    draft = Draft(content)
    names = place_tab(draft, "Load", drawn)
    draft.put(BOOK, with_local_names(draft.read(BOOK), names))
    return draft.content()


def test_a_new_tab_is_listed_behind_the_others() -> None:
    """It gets a part, a type, a relation, an id and its names; the team's names keep the sheets that they count."""
    content = written(plain(), Patch(tabs=(HEADED,)))
    assert changed(plain(), content) == {
        BOOK,
        BOOK_LINKS,
        TYPES,
        STYLES,
        "xl/worksheets/sheet3.xml",
    }
    sheets = re.findall(r'<sheet name="(\w+)" sheetId="(\d+)"', parts(content)[BOOK])
    assert sheets == [("Publications", "3"), ("Notes", "1"), ("Steps", "4")]
    assert {
        (said["name"], said.get("localSheetId"), said.get("hidden"), said["text"])
        for said in names(content)
    } == {
        ("_xlnm.Print_Area", "1", None, "Notes!$A$1:$B$2"),
        ("Rate", None, None, "Notes!$A$1"),
        ("_xlnm._FilterDatabase", "2", "1", "'Steps'!$A$1:$B$2"),
        ("_xlnm.Print_Titles", "2", None, "'Steps'!$1:$1"),
    }
    book = opened(content)
    assert book.sheetnames == ["Publications", "Notes", "Steps"]
    assert book["Steps"]["A2"].value == "P-001"
    assert read_snapshot(package_of(content, "plan.xlsx")).tables[-1].at(2, 2) == date(2026, 12, 4)


def test_a_tab_drawn_anew_keeps_its_place() -> None:
    """Its part, its id and its place among the sheets stay, and so does every number that names a sheet by place."""
    members = plain()
    content = written(members, Patch(tabs=(ComputedTab(sheet="notes", rows=(("x",),)),)))
    assert opened(content).sheetnames == ["Publications", "Notes"]
    assert opened(content)["Notes"]["A1"].value == "x"
    assert OTHER in changed(members, content)
    assert ("_xlnm.Print_Area", "1") in {(n["name"], n.get("localSheetId")) for n in names(content)}


def test_formulas_that_go_leave_the_calculation_chain() -> None:
    """A tab drawn anew takes its formulas along; a chain with nothing left in it goes with its type and relation."""
    alone = Patch(tabs=(ComputedTab(sheet="Notes", rows=(("x",),)),))
    gone = parts(written(plain(), alone))
    assert CHAIN not in gone
    assert "calcChain" not in gone[BOOK_LINKS] + gone[TYPES]
    longer = replaced(
        plain(), CHAIN, ("</calcChain>", '<c r="B2"/><c r="A1" i="3" l="1"/></calcChain>')
    )
    assert re.findall(r"<c .*?/>", parts(written(longer, alone))[CHAIN]) == [
        '<c r="A1" i="3" l="1"/>'
    ]
    assert CHAIN not in changed(longer, written(longer, Patch(tabs=(HEADED,))))


def test_what_a_tab_shows_comes_and_goes_with_it() -> None:
    """Drawings and charts get names that are free; drawn anew, the former ones are replaced, and removed with the last."""
    team = replaced(
        plain(),
        TYPES,
        (
            "</Types>",
            f'<Override PartName="/xl/charts/chart1.xml" ContentType="{CHART.content_type}"/></Types>',
        ),
    )
    team["xl/charts/chart1.xml"] = "<team/>"
    first = placed(packed(team), DRAWN)
    made = parts(first)
    assert made["xl/charts/chart1.xml"] == "<team/>"
    assert made["xl/charts/chart2.xml"] == CHART.xml.decode()
    assert 'Target="../drawings/drawing1.xml"' in made["xl/worksheets/_rels/sheet3.xml.rels"]
    assert 'Target="../charts/chart2.xml"' in made["xl/drawings/_rels/drawing1.xml.rels"]
    assert made[TYPES].count("chart2.xml") == 1

    again = parts(placed(first, DRAWN))
    assert set(again) == set(made)
    assert again[TYPES].count("chart2.xml") == 1

    left = parts(placed(first, DrawnSheet(xml=DRAWN.xml)))
    assert set(made) - set(left) == {
        *("xl/charts/chart2.xml", "xl/drawings/drawing1.xml"),
        *("xl/drawings/_rels/drawing1.xml.rels", "xl/worksheets/_rels/sheet3.xml.rels"),
    }
    assert "chart2" not in left[TYPES]
    assert "Print_Titles" not in left[BOOK]


def test_what_others_show_too_is_kept() -> None:
    """A picture that another sheet shows stays when a tab that showed it as well is drawn anew."""
    picture = (
        HEAD
        + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/image" Target="../media/image1.png"/></Relationships>'
    )
    members = plain() | {
        "xl/media/image1.png": "a picture",
        "xl/worksheets/_rels/sheet1.xml.rels": picture,
        "xl/worksheets/_rels/sheet2.xml.rels": picture,
    }
    draft = Draft(packed(members))
    place_tab(draft, "Notes", DRAWN)
    assert parts(draft.content())["xl/media/image1.png"] == "a picture"


def test_the_macros_name_of_a_tab_is_kept() -> None:
    """Macros know a sheet by a name in its part: drawn anew, the tab still answers to it."""
    members = replaced(plain(), OTHER, ("<dimension", '<sheetPr codeName="Sheet9"/><dimension'))
    content = written(members, Patch(tabs=(ComputedTab(sheet="Notes", rows=(("x",),)),)))
    assert re.search(r'<sheetPr codeName="Sheet9"', parts(content)[OTHER])


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        (
            BOOK_LINKS,
            'worksheet" Target="worksheets/sheet2',
            'chartsheet" Target="worksheets/sheet2',
            "tab_of_another_kind",
        ),
        (None, "", "pivotTable", "tab_needed_elsewhere"),
        (None, "", "slicer", "tab_needed_elsewhere"),
    ],
)
def test_tabs_that_cannot_be_drawn_anew(part: str | None, old: str, new: str, code: str) -> None:
    """A chart sheet of that name, or a tab that others hang on, refuses the file with its reason."""
    members = plain()
    if part:
        members = replaced(members, part, (old, new))
    else:
        members["xl/worksheets/_rels/sheet2.xml.rels"] = (
            HEAD
            + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/{new}" Target="../media/x.xml"/></Relationships>'
        )
        members["xl/media/x.xml"] = "<x/>"
    draft = Draft(packed(members))
    with pytest.raises(UserError) as caught:
        place_tab(draft, "Notes", DRAWN)
    assert caught.value.code == code
    assert caught.value.facts == {"sheet": "Notes"}

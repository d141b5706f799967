"""The style sheet: looks are found or appended, and every look that was there keeps its number and its bytes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from raw_workbooks import MAIN, styles
from sheetflow.cells import Style
from sheetflow.workbooks.xlsx.styles.style_lists import SECTIONS
from sheetflow.workbooks.xlsx.styles.styles import StyleSheet, blank_style_sheet

SHEET = styles().encode()
PREFIXED = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", styles()).replace("xmlns=", "xmlns:x=").encode()
BARE = f'<styleSheet xmlns="{MAIN}"><fonts/><extLst><ext uri="a"/></extLst></styleSheet>'.encode()
RED = Style(ink="A61B1B", fill="FDE3E1", bold=True, align="right", under="D9E2EC", size=14.0)
LOCAL_DATE = "[$-409]ddd d mmm"
TEAM_DATE, TEAM_BOLD = 1, 2


def parsed(xml: bytes) -> ET.Element:
    """The style sheet as another reader sees it."""
    return ET.fromstring(xml)  # noqa: S314 - made by the test itself


def section(xml: bytes, name: str) -> list[ET.Element]:
    """The entries of a list; its count must be true."""
    found = parsed(xml).find(f"{{{MAIN}}}{name}")
    assert found is not None
    assert found.get("count") in {None, str(len(found))}
    return list(found)


def look(xml: bytes, number: int) -> dict[str, str]:
    """What a look says of itself, its number format by its code."""
    said = dict(section(xml, "cellXfs")[number].attrib)
    codes = {e.get("numFmtId"): e.get("formatCode") for e in parsed(xml).iter(f"{{{MAIN}}}numFmt")}
    return said | {"format": codes.get(said["numFmtId"]) or said["numFmtId"]}


@pytest.mark.parametrize("xml", [SHEET, PREFIXED, BARE, blank_style_sheet()])
def test_looks_are_appended_in_every_kind_of_sheet(xml: bytes) -> None:
    """What was there stays first and as it was; new lists come in the order of the format; all is found again."""
    sheet = StyleSheet(xml)
    numbers = [sheet.number(RED), sheet.number(RED, quoted=True), sheet.number(None, dated=True)]
    numbers += [sheet.dxf(RED), sheet.number(Style(number_format=LOCAL_DATE))]
    new = sheet.xml
    order = [node.tag.rpartition("}")[2] for node in parsed(new)]
    assert [name for name in order if name in SECTIONS] == [s for s in SECTIONS if s in order]
    for old in parsed(xml):
        kept = [ET.tostring(entry) for entry in old]
        found = parsed(new).find(old.tag)
        assert found is not None
        assert [ET.tostring(entry) for entry in found][: len(kept)] == kept
    again = StyleSheet(new)
    assert numbers[0] == again.number(RED)
    assert numbers[3] == again.dxf(RED)
    assert again.xml is new
    assert 0 not in (numbers[0], numbers[1], numbers[2])
    assert len(section(new, "fills")) >= 3


def test_nothing_new_is_the_same_bytes() -> None:
    """Looks that stand there already are named by their numbers and nothing is appended."""
    sheet = StyleSheet(SHEET)
    assert sheet.number(None, 0) == 0
    assert sheet.number(RED, TEAM_BOLD) == TEAM_BOLD
    assert sheet.number(RED, TEAM_DATE, dated=True) == TEAM_DATE
    assert sheet.xml is SHEET


def test_a_look_of_our_own_says_all_that_the_style_says() -> None:
    """Font, fill, border and alignment reach the sheet; the workbook's own font serves where none is named."""
    sheet = StyleSheet(SHEET)
    number = sheet.number(RED)
    said = section(sheet.xml, "cellXfs")[number]
    font = section(sheet.xml, "fonts")[int(said.attrib["fontId"])]
    assert [(part.tag.rpartition("}")[2], *part.attrib.values()) for part in font] == [
        ("b",),
        ("sz", "14"),
        ("color", "FFA61B1B"),
        ("name", "Calibri"),
    ]
    fill = ET.tostring(section(sheet.xml, "fills")[int(said.attrib["fillId"])], "unicode")
    border = ET.tostring(section(sheet.xml, "borders")[int(said.attrib["borderId"])], "unicode")
    assert "FFFDE3E1" in fill
    assert "FFD9E2EC" in border
    assert said[0].attrib == {"horizontal": "right", "vertical": "center"}


@pytest.mark.parametrize(
    ("base", "style", "dated", "expected"),
    [
        (TEAM_DATE, LOCAL_DATE, True, "dd/mm/yyyy"),
        (TEAM_BOLD, LOCAL_DATE, True, LOCAL_DATE),
        (TEAM_BOLD, None, True, "yyyy-mm-dd"),
        (TEAM_BOLD, None, False, "0"),
        (TEAM_BOLD, "0%", False, "9"),
        (TEAM_DATE, "0", False, "1"),
        (TEAM_DATE, None, False, "dd/mm/yyyy"),
        (99, "0%", False, "9"),
    ],
)
def test_the_teams_number_format(base: int, style: str | None, dated: bool, expected: str) -> None:
    """A format that the team chose stays, unless it would show a day as a number or a number as a day."""
    sheet = StyleSheet(SHEET)
    number = sheet.number(
        Style(number_format=style, fill="FDE3E1") if style else None, base, dated=dated
    )
    assert look(sheet.xml, number)["format"] == expected


def test_the_rest_of_the_teams_look_stays() -> None:
    """A format of another language is replaced by ours of today; font and all else of the cell stay."""
    sheet = StyleSheet(SHEET)
    first = sheet.number(Style(number_format=LOCAL_DATE), TEAM_BOLD, dated=True)
    second = sheet.number(Style(number_format="[$-421]ddd d mmm"), first, dated=True)
    said = look(sheet.xml, second)
    assert (said["format"], said["fontId"], said["applyFont"]) == ("[$-421]ddd d mmm", "1", "1")
    chosen = StyleSheet(SHEET.replace(b"dd/mm/yyyy", b"[$-409]d-mmm;@"))
    assert chosen.number(Style(number_format=LOCAL_DATE), TEAM_DATE, dated=True) == TEAM_DATE


def test_a_text_like_a_formula_is_marked_and_unmarked() -> None:
    """The mark that keeps a text a text when it is typed over comes with such a text and goes with it."""
    sheet = StyleSheet(SHEET)
    marked = sheet.number(None, TEAM_BOLD, quoted=True)
    assert look(sheet.xml, marked)["quotePrefix"] == "1"
    assert sheet.number(None, marked) == TEAM_BOLD


def test_a_look_is_known_again_however_it_is_spelt() -> None:
    """Attributes in another order and elements closed in another way say the same."""
    sheet = StyleSheet(SHEET)
    number, count = sheet.number(RED), len(section(sheet.xml, "cellXfs"))
    respelt = re.sub(rb"<xf (numFmtId=\"\d+\") (fontId=\"\d+\")", rb"<xf \2 \1", sheet.xml)
    respelt = re.sub(rb"<(left|right|top|diagonal)/>", rb"<\1></\1>", respelt)
    again = StyleSheet(respelt)
    assert again.number(RED) == number
    assert len(section(again.xml, "cellXfs")) == count


def test_no_style_sheet_at_all() -> None:
    """What is no XML is told as such."""
    with pytest.raises(ValueError, match="no element"):
        StyleSheet(b"nothing")


def test_more_looks_than_a_workbook_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """A style sheet that is full is not made unreadable by one look more."""
    monkeypatch.setattr("sheetflow.workbooks.xlsx.styles.styles.LAST_LOOK", 2)
    sheet = StyleSheet(SHEET)
    assert sheet.number(None, TEAM_BOLD) == TEAM_BOLD
    with pytest.raises(ValueError, match="more looks"):
        sheet.number(RED)

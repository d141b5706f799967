"""Computed tabs in a file: a second reader finds the values, looks, rules, views and charts that were drawn."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sheetflow.cells import (
    CellFault,
    CellRange,
    Chart,
    ComputedTab,
    Patch,
    Rule,
    Series,
    Style,
    StyleRows,
    Value,
)
from sheetflow.domain.settings import Language
from sheetflow.translate.views.changes import changes_tab
from sheetflow.translate.views.problems import problems_tab
from sheetflow.translate.views.steps import steps_tab
from sheetflow.translate.views.timeline import timeline_tab
from sheetflow.translate.views.today import today_tab
from sheetflow.translate.views.workload import workload_tab
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from test_views import scene

VIEWS = (steps_tab, today_tab, workload_tab, timeline_tab, problems_tab, changes_tab)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter"),
    *("mergeCells", "conditionalFormatting", "pageMargins", "pageSetup", "headerFooter", "drawing"),
)
FORMULA_LIKE = (
    *(
        "=1+1",
        "+cmd",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＠home",
        "=HYPERLINK(1)",
        "'=1",
    ),
    *(" =1 ", "{=1}", "_x0041_", "~ %s %b %%", "a  b", "line\nbreak", "<&>\"'", "\x01", "🎉"),
)


def written(tab: ComputedTab, folder: Path, *, mac: bool = False) -> Path:
    """A workbook with the tab beside a sheet of the team's."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if mac else book.epoch
    book.worksheets[0].title = "Plan"
    book.save(folder / "plan.xlsx")
    XlsxWorkbook(folder / "plan.xlsx").write(Patch(tabs=(tab,)))
    return folder / "plan.xlsx"


def read(tab: ComputedTab, folder: Path) -> Any:
    """The sheet of the tab as openpyxl reads it."""
    return openpyxl.load_workbook(written(tab, folder))[tab.sheet]


def part(path: Path, ending: str) -> ET.Element:
    """The root of the last part of the package whose name ends so."""
    with zipfile.ZipFile(path) as archive:
        name = [name for name in archive.namelist() if name.endswith(ending)][-1]
        return ET.fromstring(archive.read(name))  # noqa: S314 - a file of our own


def plain(*rows: tuple[Value, ...], **more: Any) -> ComputedTab:
    """A small tab."""
    return ComputedTab(sheet="Steps", rows=rows, **more)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_view_comes_back_as_it_was_drawn(
    view: Any, language: Language, tmp_path: Path
) -> None:
    """Each cell has its value and its look; what is frozen, filtered, repeated, merged and hidden is so."""
    tab: ComputedTab = view(scene(language=language))
    sheet = read(tab, tmp_path)
    for row, values in enumerate(tab.rows, start=1):
        for column, value in enumerate(values, start=1):
            assert as_day(sheet.cell(row, column).value) == value
    for place, style in tab.styles.items():
        if any(merge.covers(*place) for merge in tab.merges):
            continue  # openpyxl forgets their looks
        assert look(sheet.cell(*place)) == wanted_look(style), place
    assert (sheet.sheet_view.rightToLeft or False) == tab.right_to_left
    assert sheet.print_title_rows == f"$1:${tab.header_row}"
    assert sheet.auto_filter.ref == (tab.filtered.a1 if tab.filtered else None)
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {m.a1 for m in tab.merges}
    corner = sheet.cell(tab.frozen_rows + 1, tab.frozen_columns + 1).coordinate
    assert sheet.freeze_panes == corner
    widths = [sheet.column_dimensions[letters(i)] for i in range(1, len(tab.widths) + 1)]
    assert [0 if one.hidden else one.width for one in widths] == list(tab.widths)
    assert {row: sheet.row_dimensions[row].height for row in tab.heights} == dict(tab.heights)
    assert len(sheet._charts) == len(tab.charts)


def as_day(value: Any) -> Any:
    """A date as a date: openpyxl reads every one as a moment."""
    return value.date() if isinstance(value, datetime) else value


def letters(column: int) -> str:
    """The letters of a column."""
    return get_column_letter(column)


def look(cell: Any) -> dict[str, Any]:
    """How a cell looks in the file, in the words of a style."""
    filled = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type == "solid" else None
    edges = cell.border
    return {
        "fill": filled,
        "bold": bool(cell.font.b),
        "align": cell.alignment.horizontal,
        "indent": int(cell.alignment.indent),
        "wrap": bool(cell.alignment.wrap_text),
        "right_to_left": cell.alignment.readingOrder == 2,
        "number_format": cell.number_format,
        "left_edge": edges.left.color.rgb[2:] if edges.left and edges.left.style else None,
        "under": edges.bottom.color.rgb[2:] if edges.bottom and edges.bottom.style else None,
        "ink": cell.font.color.rgb[2:] if isinstance(cell.font.color.rgb, str) else None,
        "size": cell.font.sz,
    }


def wanted_look(style: Style) -> dict[str, Any]:
    """How a cell of the style is to look; what a style leaves open is the workbook's own."""
    return {
        "fill": style.fill,
        "bold": style.bold,
        "align": style.align,
        "indent": style.indent,
        "wrap": style.wrap,
        "right_to_left": style.right_to_left,
        "number_format": style.number_format or "General",
        "left_edge": style.outline or style.left_edge,
        "under": style.outline or style.under,
        "ink": style.ink,
        "size": style.size or 11,
    }


@pytest.mark.parametrize("view", [steps_tab, workload_tab, timeline_tab])
def test_rules_come_back_in_their_order(view: Any, tmp_path: Path) -> None:
    """Each rule has its cells, its comparison and its colours; what stands first counts first."""
    tab: ComputedTab = view(scene())
    sheet = read(tab, tmp_path)
    found = sorted(
        (rule.priority, str(block.sqref), rule)
        for block in sheet.conditional_formatting
        for rule in block.rules
    )
    assert [priority for priority, _, _ in found] == list(range(1, len(tab.rules) + 1))
    for (_, cells, rule), wanted in zip(found, tab.rules, strict=True):
        assert cells.split() == [area.a1 for area in (wanted.area, *wanted.beside)]
        assert rule.operator == wanted.operator
        assert [operand(text) for text in rule.formula] == pytest.approx(operands(wanted))
        assert rule.dxf.fill.bgColor.rgb == f"FF{wanted.style.fill}"
        assert rule.dxf.font.color.rgb == f"FF{wanted.style.ink}"


def operands(rule: Rule) -> list[Any]:
    """What the rule compares with."""
    return [rule.operand] if rule.upper is None else [rule.operand, rule.upper]


def operand(formula: str) -> str | float:
    """What a formula of one constant means."""
    return formula[1:-1].replace('""', '"') if formula.startswith('"') else float(formula)


def test_an_odd_word_in_a_rule_is_quoted(tmp_path: Path) -> None:
    """Quotes and brackets in a phase of the team's do no harm."""
    word = 'The "very" <last> & best'
    area = CellRange(2, 1, 2, 1)
    rule = Rule(area=area, operator="equal", operand=word, style=Style(ink="243B53", fill="FDE3E1"))
    sheet = read(plain(("Phase",), (word,), rules=(rule,)), tmp_path)
    (block,) = sheet.conditional_formatting
    assert operand(block.rules[0].formula[0]) == word


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_a_text_is_never_a_formula(text: str, tmp_path: Path) -> None:
    """Whatever a text begins with, and whatever it holds, it comes back as that very text."""
    looks = StyleRows(((None, Style(bold=True)), (Style(bold=True), None)))
    path = written(plain((text, text), (text, 1), styles=looks), tmp_path)
    table = next(one for one in XlsxWorkbook(path).read().tables if one.sheet == "Steps")
    assert table.rows == ((text, text), (text, 1))
    assert not table.formulas
    sheet = openpyxl.load_workbook(path)["Steps"]
    quoted = text.startswith(("=", "+", "-", "@", "＝", "＠"))
    assert [sheet[cell].quotePrefix for cell in ("A1", "B1", "A2")] == [quoted] * 3
    assert sheet["A2"].font.b


@pytest.mark.parametrize("mac", [False, True])
def test_values_of_every_kind(mac: bool, tmp_path: Path) -> None:
    """1 is not TRUE, a day without a format of its own is shown as a day, a gap stays a gap."""
    day, moment = date(2026, 12, 4), datetime(2026, 12, 4, 10, 30)  # noqa: DTZ001 - cells know no zone
    rows: tuple[tuple[Value, ...], ...] = (
        (1, True, 1.0, False, 0, None, "1"),
        (),
        (day, moment, CellFault("#REF!"), 0.1, None, "", 2**40),
    )
    path = written(plain(*rows), tmp_path, mac=mac)
    sheet: Any = openpyxl.load_workbook(path)["Steps"]
    assert [sheet.cell(1, i).value for i in range(1, 8)] == [1, True, 1, False, 0, None, "1"]
    assert [type(sheet.cell(1, i).value) for i in (2, 4)] == [bool, bool]
    assert as_day(sheet["A3"].value) == day
    assert sheet["B3"].value == moment
    assert [sheet.cell(3, i).value for i in (3, 4, 5, 7)] == ["#REF!", 0.1, None, 2**40]


def test_the_elements_stand_in_the_order_that_excel_asks_for(tmp_path: Path) -> None:
    """Excel repairs a sheet whose elements stand in another order."""
    root = part(written(workload_tab(scene()), tmp_path), "worksheets/sheet2.xml")
    found = [element.tag.removeprefix(MAIN) for element in root]
    assert found == sorted(found, key=ORDER.index)
    assert set(ORDER) - set(found) == {"autoFilter"}
    places = [cell.attrib["r"] for cell in root.iter(f"{MAIN}c")]
    assert len(places) == len(set(places))
    rows = [int(row.attrib["r"]) for row in root.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows))


@pytest.mark.parametrize("right_to_left", [False, True])
def test_pages_are_set_up_for_print(right_to_left: bool, tmp_path: Path) -> None:
    """Landscape, as wide as the page, A3 where it is wide; the title stands where reading begins."""
    wide = plain(("a",), widths=(90.0, 90.0), footer="7 & more", right_to_left=right_to_left)
    sheet = read(wide, tmp_path)
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (
        *("landscape", 8),
        *(1, 0),
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    sides = (sheet.oddFooter.left.text, sheet.oddFooter.right.text)
    title, pages = reversed(sides) if right_to_left else sides
    assert (title.strip(), pages.strip()) == ("7 && more", "&P / &N")
    narrow = read(plain(("a",), widths=(20.0,), on_one_page=True), tmp_path)
    assert (narrow.page_setup.paperSize, narrow.page_setup.fitToHeight) == (9, 1)


@pytest.mark.parametrize("language", list(Language))
def test_the_workloads_charts(language: Language, tmp_path: Path) -> None:
    """Bars over hidden cells, with those values at hand for readers that do not calculate; fa runs from the right."""
    tab = workload_tab(scene(language=language))
    path = written(tab, tmp_path)
    sheet: Any = openpyxl.load_workbook(path)[tab.sheet]
    lying, standing = sheet._charts
    assert (lying.barDir, standing.barDir) == ("bar", "col")
    assert (lying.anchor._from.col, standing.anchor._from.row) == (0, tab.charts[1].row - 1)
    for chart, wanted in zip((lying, standing), tab.charts, strict=True):
        assert (chart.overlap, chart.visible_cells_only) == (100, False)
        for series, one in zip(chart.series, wanted.series, strict=True):
            assert series.graphicalProperties.solidFill.srgbClr == one.colour
            assert series.val.numRef.f == f"'{tab.sheet}'!{fixed(one.values)}"
            cached = [float(point.v) for point in series.val.numRef.numCache.pt]
            assert cached == [tab.rows[row - 1][column - 1] for row, column in places(one.values)]
            assert len(series.cat.strRef.strCache.pt) == len(cached)
        assert chart.legend is not None
    from_the_right = "maxMin" if language is Language.FA else "minMax"
    assert standing.x_axis.scaling.orientation == from_the_right
    assert lying.y_axis.scaling.orientation == from_the_right


def fixed(area: CellRange) -> str:
    """The range with dollars."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area.a1)


def places(area: CellRange) -> list[tuple[int, int]]:
    """The cells of a column."""
    return [(row, area.first_column) for row in range(area.first_row, area.last_row + 1)]


def test_a_chart_with_odd_names(tmp_path: Path) -> None:
    """Quotes in the sheet's name and markup in titles keep the parts well-formed; one series needs no legend."""
    area = CellRange(1, 1, 1, 1)
    chart = Chart(
        title="<Hours> & more",
        row=3,
        column=2,
        width=300.0,
        height=200.0,
        categories=area,
        series=(Series(name='"planned" & <done>', values=area, colour="3879B9"),),
        ink="52606D",
        line="D9E2EC",
    )
    tab = ComputedTab(sheet="Rita's & load", rows=((5,),), charts=(chart,))
    root = part(written(tab, tmp_path), "charts/chart1.xml")
    assert [text.text for text in root.iter(f"{DRAWING}t")] == ["<Hours> & more"]
    assert root.find(f".//{CHART}legend") is None
    assert next(iter(root.iter(f"{CHART}f"))).text == "'Rita''s & load'!$A$1:$A$1"


def test_a_tab_drawn_anew_has_its_charts_once(tmp_path: Path) -> None:
    """Drawing the workload again leaves no former chart behind."""
    tab = workload_tab(scene())
    path = written(tab, tmp_path)
    for _ in range(2):
        XlsxWorkbook(path).write(Patch(tabs=(tab,)))
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert sum("/charts/" in name for name in names) == len(tab.charts)
    assert sum(name.startswith("xl/drawings/drawing") for name in names) == 1


def test_styles_by_row_are_styles_by_place() -> None:
    """Rows of styles answer as a mapping does: also for places that they do not have."""
    bold = Style(bold=True)
    styles = StyleRows(((None, bold), (), (bold,)))
    assert dict(styles) == {(1, 2): bold, (3, 1): bold}
    assert len(styles) == 2
    assert (0, 1) not in styles
    assert styles.get((2, 1)) is None
    assert styles.get((9, 9)) is None

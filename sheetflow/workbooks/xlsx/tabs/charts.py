"""The charts of a computed tab: a drawing that places them, and a part for each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sheetflow.cells import CellRange, Chart, ComputedTab, Series, Value, column_letters
from sheetflow.workbooks.xlsx.package.parts import NewPart

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
DRAWING_ML, CHART_ML = f"{SCHEMAS}/drawingml/2006/main", f"{SCHEMAS}/drawingml/2006/chart"
OFFICE = "application/vnd.openxmlformats-officedocument"
POINT = 12_700
"""English Metric Units in a point."""

TITLE_SIZE, TEXT_SIZE = 1100, 900
"""In hundredths of a point."""

GAP, OVERLAP = 45, 100
CATEGORIES, VALUES = 1, 2


def drawing_part(tab: ComputedTab) -> NewPart:
    """The drawing of the tab with its charts."""
    anchors = "".join(_anchor(chart, number) for number, chart in enumerate(tab.charts, start=1))
    namespaces = (
        f'xmlns:xdr="{SCHEMAS}/drawingml/2006/spreadsheetDrawing" xmlns:a="{DRAWING_ML}" '
        f'xmlns:r="{SCHEMAS}/officeDocument/2006/relationships" xmlns:c="{CHART_ML}"'
    )
    return NewPart(
        relation="drawing",
        folder="drawings",
        stem="drawing",
        content_type=f"{OFFICE}.drawing+xml",
        xml=f"{DECLARATION}<xdr:wsDr {namespaces}>{anchors}</xdr:wsDr>".encode(),
        parts=tuple(_chart_part(chart, tab) for chart in tab.charts),
    )


def _anchor(chart: Chart, number: int) -> str:
    corner = (
        f"<xdr:col>{chart.column - 1}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{chart.row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    )
    name = escape(chart.title)
    return (
        f"<xdr:oneCellAnchor><xdr:from>{corner}</xdr:from>"
        f'<xdr:ext cx="{chart.width * POINT:.0f}" cy="{chart.height * POINT:.0f}"/>'
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="{number + 1}" name="{name}" descr="{name}"/><xdr:cNvGraphicFramePr/>'
        f"</xdr:nvGraphicFramePr>"
        f'<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{CHART_ML}"><c:chart r:id="rId{number}"/>'
        f"</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>"
    )


def _chart_part(chart: Chart, tab: ComputedTab) -> NewPart:
    return NewPart(
        relation="chart",
        folder="charts",
        stem="chart",
        content_type=f"{OFFICE}.drawingml.chart+xml",
        xml=_chart_xml(chart, tab).encode(),
    )


def _chart_xml(chart: Chart, tab: ComputedTab) -> str:
    series = "".join(_series(one, i, chart, tab) for i, one in enumerate(chart.series))
    title = _title(chart)
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{CHART_ML}" xmlns:a="{DRAWING_ML}" '
        f'xmlns:r="{SCHEMAS}/officeDocument/2006/relationships">'
        f'<c:roundedCorners val="0"/><c:chart>'
        f'<c:title><c:tx>{title}</c:tx><c:overlay val="0"/></c:title>'
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{"bar" if chart.lying else "col"}"/>'
        f'<c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{GAP}"/><c:overlap val="{OVERLAP}"/>'
        f'<c:axId val="{CATEGORIES}"/><c:axId val="{VALUES}"/></c:barChart>'
        f"{_category_axis(chart, tab)}{_value_axis(chart, tab)}<c:spPr>{_no_line()}</c:spPr>"
        f'</c:plotArea>{_legend(chart)}<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr>{_fill('FFFFFF')}{_no_line()}</c:spPr></c:chartSpace>"
    )


def _legend(chart: Chart) -> str:
    """The names of the series; one alone is told by the title."""
    place = '<c:legendPos val="b"/><c:overlay val="0"/>'
    return f"<c:legend>{place}{_text(chart)}</c:legend>" if len(chart.series) > 1 else ""


def _series(series: Series, number: int, chart: Chart, tab: ComputedTab) -> str:
    names, numbers = _values(tab, chart.categories), _values(tab, series.values)
    name = f"<c:v>{escape(series.name, quote=False)}</c:v>"
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name}</c:tx>'
        f'<c:spPr>{_fill(series.colour)}</c:spPr><c:invertIfNegative val="0"/>'
        f"<c:cat><c:strRef><c:f>{_ref(tab, chart.categories)}</c:f>"
        f"<c:strCache>{_points(names)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_ref(tab, series.values)}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{_points(numbers)}</c:numCache>"
        f"</c:numRef></c:val></c:ser>"
    )


def _category_axis(chart: Chart, tab: ComputedTab) -> str:
    # Lying bars begin at the bottom, and sheets from right to left begin at the right, unless they are turned.
    turned = chart.lying or tab.right_to_left
    place = ("r" if tab.right_to_left else "l") if chart.lying else "b"
    return (
        f'<c:catAx><c:axId val="{CATEGORIES}"/>{_scaling(turned=turned)}<c:delete val="0"/>'
        f'<c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line(chart.line)}</c:spPr>{_text(chart)}"
        f'<c:crossAx val="{VALUES}"/><c:crosses val="autoZero"/></c:catAx>'
    )


def _value_axis(chart: Chart, tab: ComputedTab) -> str:
    turned = chart.lying and tab.right_to_left
    place = "b" if chart.lying else "r" if tab.right_to_left else "l"
    crosses = "max" if chart.lying else "autoZero"
    return (
        f'<c:valAx><c:axId val="{VALUES}"/>{_scaling(turned=turned, least=0)}<c:delete val="0"/>'
        f'<c:axPos val="{place}"/>'
        f"<c:majorGridlines><c:spPr>{_line(chart.line)}</c:spPr></c:majorGridlines>"
        f'<c:numFmt formatCode="{escape(chart.number_format)}" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr>{_no_line()}</c:spPr>{_text(chart)}"
        f'<c:crossAx val="{CATEGORIES}"/><c:crosses val="{crosses}"/></c:valAx>'
    )


def _scaling(*, turned: bool, least: float | None = None) -> str:
    low = "" if least is None else f'<c:min val="{least:g}"/>'
    way = "maxMin" if turned else "minMax"
    return f'<c:scaling><c:orientation val="{way}"/>{low}</c:scaling>'


def _title(chart: Chart) -> str:
    look, letters = f'sz="{TITLE_SIZE}" b="1"', _letters(chart)
    return (
        f"<c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr {look}>{letters}</a:defRPr></a:pPr>"
        f"<a:r><a:rPr {look}>{letters}</a:rPr><a:t>{escape(chart.title, quote=False)}</a:t></a:r>"
        f"</a:p></c:rich>"
    )


def _text(chart: Chart) -> str:
    usual = f'<a:defRPr sz="{TEXT_SIZE}">{_letters(chart)}</a:defRPr>'
    return f"<c:txPr><a:bodyPr/><a:p><a:pPr>{usual}</a:pPr></a:p></c:txPr>"


def _letters(chart: Chart) -> str:
    kinds = ("latin", "cs") if chart.font else ()
    fonts = "".join(f'<a:{kind} typeface="{escape(chart.font or "")}"/>' for kind in kinds)
    return _fill(chart.ink) + fonts


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _line(colour: str) -> str:
    return f'<a:ln w="6350">{_fill(colour)}</a:ln>'


def _no_line() -> str:
    return "<a:ln><a:noFill/></a:ln>"


def _ref(tab: ComputedTab, area: CellRange) -> str:
    sheet = tab.sheet.replace("'", "''")
    first = f"${column_letters(area.first_column)}${area.first_row}"
    last = f"${column_letters(area.last_column)}${area.last_row}"
    return escape(f"'{sheet}'!{first}:{last}", quote=False)


def _values(tab: ComputedTab, area: CellRange) -> list[Value]:
    rows = tab.rows[area.first_row - 1 : area.last_row]
    wide = [(*row, *(None,) * area.last_column) for row in rows]
    return [value for row in wide for value in row[area.first_column - 1 : area.last_column]]


def _points(values: Iterable[Value]) -> str:
    held = list(values)
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(str(value), quote=False)}</c:v></c:pt>'
        for place, value in enumerate(held)
        if value is not None
    )
    return f'<c:ptCount val="{len(held)}"/>{points}'

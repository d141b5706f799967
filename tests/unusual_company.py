"""What stands beside or under the computed columns: tables, comments, newer rules, pivot tables, arrays."""

from __future__ import annotations

from raw_workbooks import (
    CHAIN,
    HEAD,
    KIND,
    LINKS,
    MAIN,
    PACKAGE,
    TYPES,
    Members,
    plain,
    replaced,
)
from unusual_sheets import sheet

SHEET_LINKS = "xl/worksheets/_rels/sheet1.xml.rels"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def linked(members: Members, *parts: tuple[str, str, str, str]) -> Members:
    """The members with more parts on the sheet of publications: kind, path, content type and XML of each."""
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{LINKS}/{kind}" Target="/{path}"/>'
        for place, (kind, path, _, _) in enumerate(parts, start=1)
    )
    kinds = "".join(
        f'<Override PartName="/{path}" ContentType="{content_type}"/>'
        for _, path, content_type, _ in parts
    )
    members = replaced(members, TYPES, ("</Types>", f"{kinds}</Types>"))
    listing = HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    return {**members, SHEET_LINKS: listing, **{path: xml for _, path, _, xml in parts}}


def _table(reference: str, more: str = "", *, totals: str = "") -> str:
    names = ("ID", "Publication", "Type", "Delivery date", "Priority", "Notes")
    columns = "".join(f'<tableColumn id="{n}" name="{name}"/>' for n, name in enumerate(names, 1))
    return (
        HEAD
        + f'<table xmlns="{MAIN}" id="1" name="Plan" displayName="Plan" ref="{reference}"{totals}>{more}'
        f'<tableColumns count="6">{columns}</tableColumns><tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>'
    )


def excel_table() -> Members:
    """The publications are an Excel table."""
    members = sheet(
        ("</worksheet>", '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>')
    )
    xml = _table("A1:F4", '<autoFilter ref="A1:F4"/>', totals=' totalsRowShown="0"')
    return linked(members, ("table", "xl/tables/table1.xml", f"{KIND}.table+xml", xml))


def excel_table_with_totals() -> Members:
    """The publications are an Excel table with a row of totals, which holds a formula."""
    total = (
        '<row r="5" spans="1:6"><c r="A5" t="inlineStr"><is><t>Total</t></is></c>'
        '<c r="F5"><f>SUBTOTAL(103,B2:B4)</f><v>3</v></c></row></sheetData>'
    )
    members = sheet(
        ("</sheetData>", total),
        ("A1:F4", "A1:F5"),
        ("</worksheet>", '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'),
    )
    members = replaced(members, CHAIN, ("</calcChain>", '<c r="F5" i="3"/></calcChain>'))
    xml = _table("A1:F5", '<autoFilter ref="A1:F4"/>', totals=' totalsRowCount="1"')
    return linked(members, ("table", "xl/tables/table1.xml", f"{KIND}.table+xml", xml))


def comments() -> Members:
    """A comment on a title, drawn as Excel draws it."""
    members = sheet(("</worksheet>", '<legacyDrawing r:id="rId2"/></worksheet>'))
    note = (
        HEAD + f'<comments xmlns="{MAIN}"><authors><author>Sari</author></authors><commentList>'
        '<comment ref="B2" authorId="0"><text><r><t>ask first</t></r></text></comment></commentList></comments>'
    )
    drawing = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="s1" type="#t"><x:ClientData ObjectType="Note">'
        "<x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>"
    )
    return linked(
        members,
        ("comments", "xl/comments1.xml", f"{KIND}.comments+xml", note),
        (
            "vmlDrawing",
            "xl/drawings/vml1.xml",
            "application/vnd.openxmlformats-officedocument.vmlDrawing",
            drawing,
        ),
    )


def newer_rules() -> Members:
    """Conditional formats and drop-downs of Excel 2010, which live in the extension list, and row heights of it."""
    extensions = (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{X14}"><x14:conditionalFormattings>'
        f'<x14:conditionalFormatting xmlns:xm="{XM}"><x14:cfRule type="expression" priority="2" id="{{0000-1}}">'
        "<xm:f>Notes!$A$1=2</xm:f><x14:dxf/></x14:cfRule><xm:sqref>B2:B4</xm:sqref></x14:conditionalFormatting>"
        f'</x14:conditionalFormattings></ext><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>Notes!$A$1:$A$9</xm:f>'
        "</x14:formula1><xm:sqref>C2:C99</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    return sheet(
        ("<dimension", "<dimension"),
        (
            f' xmlns:r="{LINKS}"',
            f' xmlns:r="{LINKS}" xmlns:mc="{MC}" mc:Ignorable="x14ac" xmlns:x14ac="{X14AC}"',
        ),
        ('<row r="2" spans="1:6">', '<row r="2" spans="1:6" x14ac:dyDescent="0.25">'),
        ("</worksheet>", f"{extensions}</worksheet>"),
    )


def pivot_below() -> Members:
    """The place of the new columns is where a pivot table puts its results."""
    xml = (
        HEAD
        + f'<pivotTableDefinition xmlns="{MAIN}" name="Pivot" cacheId="1" dataCaption="Values">'
        '<location ref="H1:K9" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>'
    )
    return linked(
        plain(), ("pivotTable", "xl/pivotTables/pivotTable1.xml", f"{KIND}.pivotTable+xml", xml)
    )


def _with_flag(first: str, *others: str) -> Members:
    head = '<c r="G1" t="inlineStr"><is><t>Flag</t></is></c></row>'
    members = sheet(
        ('spans="1:6" ht', "ht"),
        ('</row><row r="2" spans="1:6"', f'{head}<row r="2"'),
        ('</row><row r="3" spans="1:6"', f'{first}</row><row r="3"'),
        ('</row><row r="4" spans="1:6"', f'{others[0]}</row><row r="4"'),
        ("</row></sheetData>", f"{others[1]}</row></sheetData>"),
        ("A1:F4", "A1:G4"),
    )
    return replaced(members, CHAIN, ("</calcChain>", '<c r="G2" i="3"/></calcChain>'))


def array_below() -> Members:
    """An array formula spills over the cells under Flag."""
    return _with_flag(
        '<c r="G2"><f t="array" ref="G2:G4">D2:D4*2</f><v>2</v></c>',
        '<c r="G3"><v>4</v></c>',
        '<c r="G4"><v>6</v></c>',
    )


def data_table_below() -> Members:
    """A what-if table's results stand under Flag."""
    return _with_flag(
        '<c r="G2"><f t="dataTable" ref="G2:G4" dt2D="0" dtr="0" r1="A9"/><v>2</v></c>',
        '<c r="G3"><v>4</v></c>',
        '<c r="G4"><v>6</v></c>',
    )


def formulas_below() -> Members:
    """A shared formula of the team's stands under a computed header: it is left alone."""
    return _with_flag(
        '<c r="G2"><f t="shared" ref="G2:G4" si="0">D2*2</f><v>2</v></c>',
        '<c r="G3"><f t="shared" si="0"/><v>4</v></c>',
        '<c r="G4"><f t="shared" si="0"/><v>6</v></c>',
    )

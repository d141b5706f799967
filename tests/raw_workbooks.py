"""Small workbooks written as XML by hand: what a library would never write, people's files hold all the same.

`plain()` is a workbook as Excel saves it; the other functions make it unusual, or say what a right writer makes of it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BOOK, SHEET, STYLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"
BOOK_LINKS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
STRINGS, CHAIN, OTHER = "xl/sharedStrings.xml", "xl/calcChain.xml", "xl/worksheets/sheet2.xml"
STEPS = "xl/worksheets/sheet3.xml"
ROWS = 3
HEADERS = ("ID", "Publication", "Type", "Delivery date", "Priority", "Notes")
TEXTS = (*HEADERS, "Autumn tips", "Blog article", "High", "Sale")
RULE = (
    '<conditionalFormatting sqref="G2:G1048576"><cfRule type="cellIs" dxfId="1" priority="2" operator="equal">'
    '<formula>"Red"</formula></cfRule></conditionalFormatting>'
)
FLAG = '<c r="G2" s="3" t="inlineStr"><is><t>Red</t></is></c>'
XF = '<xf numFmtId="0" fontId="1" fillId="1" borderId="0" xfId="0"/>'
CELL = '<c r="A1" s="3" t="inlineStr"><is><t>ID</t></is></c>'

Members = dict[str, str]


def packed(
    members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    """The members as an archive, in their order."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        archive.comment = comment
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 2))
            info.compress_type, info.external_attr = method, 0o600 << 16
            archive.writestr(info, data)
    return content.getvalue()


def plain() -> Members:
    """A workbook of two sheets, Publications and Notes, with styles, shared strings and a formula."""
    return {
        TYPES: HEAD + f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{BOOK}" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/{OTHER}" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/{STYLES}" ContentType="{KIND}.styles+xml"/>'
        f'<Override PartName="/{STRINGS}" ContentType="{KIND}.sharedStrings+xml"/>'
        f'<Override PartName="/{CHAIN}" ContentType="{KIND}.calcChain+xml"/></Types>',
        "_rels/.rels": HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="{BOOK}"/></Relationships>',
        BOOK: HEAD
        + f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr defaultThemeVersion="124226"/>'
        '<bookViews><workbookView xWindow="0" activeTab="0"/></bookViews>'
        '<sheets><sheet name="Publications" sheetId="3" r:id="rId1"/>'
        '<sheet name="Notes" sheetId="1" r:id="rId2"/></sheets>'
        '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">Notes!$A$1:$B$2</definedName>'
        '<definedName name="Rate">Notes!$A$1</definedName></definedNames>'
        '<calcPr calcId="191029"/></workbook>',
        BOOK_LINKS: HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{LINKS}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="rId3" Type="{LINKS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId4" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId5" Type="{LINKS}/calcChain" Target="calcChain.xml"/></Relationships>',
        SHEET: publications_sheet(),
        OTHER: HEAD + f'<worksheet xmlns="{MAIN}"><dimension ref="A1:B1"/><sheetData><row r="1">'
        '<c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v>4</v></c></row></sheetData></worksheet>',
        STYLES: styles(),
        STRINGS: HEAD
        + f'<sst xmlns="{MAIN}" count="16" uniqueCount="{len(TEXTS)}">'
        + "".join(f"<si><t>{text}</t></si>" for text in TEXTS)
        + "</sst>",
        CHAIN: HEAD + f'<calcChain xmlns="{MAIN}"><c r="B1" i="1"/></calcChain>',
    }


def styles() -> str:
    """Two fonts, two fills, three looks: the default, a date of the team's own format, a bold header."""
    return (
        HEAD
        + f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        '<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>'
        '<tableStyles count="0" defaultTableStyle="TableStyleMedium9"/></styleSheet>'
    )


def publications_sheet(*, before_data: str = "", behind_data: str = "") -> str:
    """The sheet of publications: texts shared, days as serial numbers with the team's own format."""
    head = "".join(_shared(f"{'ABCDEF'[place]}1", place, ' s="2"') for place in range(len(HEADERS)))
    rows = "".join(publication(row) for row in range(2, ROWS + 2))
    return (
        HEAD + f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}"><dimension ref="A1:F4"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="B2" sqref="B2"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/><cols><col min="2" max="2" width="30" customWidth="1"/></cols>'
        f'{before_data}<sheetData><row r="1" spans="1:6" ht="20" customHeight="1">{head}</row>{rows}</sheetData>'
        f'{behind_data}<conditionalFormatting sqref="E2:E4"><cfRule type="cellIs" dxfId="0" priority="1" operator="equal">'
        '<formula>"High"</formula></cfRule></conditionalFormatting>'
        '<dataValidations count="1"><dataValidation type="list" sqref="E2:E99"><formula1>"Low,High"</formula1></dataValidation></dataValidations>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
    )


def publication(row: int, *, day: int = 46368, title: str = "") -> str:
    """A row of the table: its title is a shared string, or the inline text given."""
    name = _inline(f"B{row}", title) if title else _shared(f"B{row}", 6 if row % 2 else 9)
    return (
        f'<row r="{row}" spans="1:6">{_inline(f"A{row}", f"P-{row - 1:03}")}{name}{_shared(f"C{row}", 7)}'
        f'<c r="D{row}" s="1"><v>{day + row}</v></c>{_shared(f"E{row}", 8)}</row>'
    )


def _shared(address: str, place: int, more: str = "") -> str:
    return f'<c r="{address}"{more} t="s"><v>{place}</v></c>'


def _inline(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def replaced(members: Members, part: str, *pairs: tuple[str, str]) -> Members:
    """The members with pieces of one part replaced; each piece must be there."""
    text = members[part]
    for old, new in pairs:
        if old not in text:
            message = f"{part} holds no {old}"
            raise LookupError(message)
        text = text.replace(old, new, 1)
    return {**members, part: text}


def written() -> Members:
    """What a right writer makes of the plain workbook: a column Flag, and a tab Steps."""
    after = replaced(
        plain(),
        SHEET,
        ('ref="A1:F4"', 'ref="A1:G4"'),
        ("</cols>", '<col min="7" max="7" width="10" customWidth="1"/></cols>'),
        ('spans="1:6" ht', 'spans="1:7" ht'),
        ('</c></row><row r="2" spans="1:6"', f'</c>{FLAG.replace("G2", "G1")}</row><row r="2"'),
        ('</c></row><row r="3"', f'</c>{FLAG}</row><row r="3"'),
        ("<dataValidations", f"{RULE}<dataValidations"),
    )
    after = replaced(
        after,
        STYLES,
        ('<cellXfs count="3">', '<cellXfs count="4">'),
        ("</cellXfs>", f"{XF}</cellXfs>"),
        ('<dxfs count="1">', '<dxfs count="2">'),
        ("</dxfs>", "<dxf><font><i/></font></dxf></dxfs>"),
    )
    after = replaced(
        after,
        BOOK,
        ("</sheets>", '<sheet name="Steps" sheetId="4" r:id="rId6"/></sheets>'),
        (
            "</definedNames>",
            '<definedName name="_xlnm.Print_Titles" localSheetId="2">Steps!$1:$1</definedName></definedNames>',
        ),
        ('calcId="191029"', 'calcId="191029" fullCalcOnLoad="1"'),
    )
    link = f'<Relationship Id="rId6" Type="{LINKS}/worksheet" Target="worksheets/sheet3.xml"/>'
    after = replaced(after, BOOK_LINKS, ("</Relationships>", f"{link}</Relationships>"))
    kind = f'<Override PartName="/{STEPS}" ContentType="{KIND}.worksheet+xml"/>'
    after = replaced(after, TYPES, ("</Types>", f"{kind}</Types>"))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{CELL}</row></sheetData></worksheet>'
    return {**after, STEPS: HEAD + sheet}

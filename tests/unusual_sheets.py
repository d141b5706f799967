"""Sheets that are legal and seldom seen: each function makes the plain workbook unusual in one way."""

from __future__ import annotations

import re

from raw_workbooks import (
    BOOK,
    CHAIN,
    HEAD,
    MAIN,
    OTHER,
    SHEET,
    STRINGS,
    STYLES,
    Members,
    plain,
    publication,
    replaced,
)


def sheet(*pairs: tuple[str, str]) -> Members:
    """The plain workbook with pieces of its sheet of publications replaced."""
    return replaced(plain(), SHEET, *pairs)


def without_addresses() -> Members:
    """Rows and cells that stand where they stand: none has an address."""
    members = plain()
    bare = re.sub(r'(<(?:row|c)) r="[^"]*"', r"\1", members[SHEET])
    return {**members, SHEET: bare.replace(' spans="1:6"', "")}


def prefixed() -> Members:
    """Every part of the workbook bears a prefix."""
    members = plain()
    for part in (BOOK, SHEET, STYLES, STRINGS, OTHER, CHAIN):
        xml = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", members[part])
        members[part] = xml.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return members


def rich_texts() -> Members:
    """A shared text of several fonts, with its reading."""
    title = (
        '<si><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">Autumn </t></r><r><t>tips</t></r>'
        '<rPh sb="0" eb="6"><t>o-tamu</t></rPh><phoneticPr fontId="0"/></si>'
    )
    return replaced(plain(), STRINGS, ("<si><t>Autumn tips</t></si>", title))


def days_from_1904() -> Members:
    """The calendar of old Macs."""
    rows = "".join(publication(row, day=46368 - 1462) for row in (2, 3, 4))
    members = replaced(plain(), BOOK, ("<workbookPr ", '<workbookPr date1904="1" '))
    old = re.search(r'<row r="2".*</row>(?=</sheetData>)', members[SHEET])
    return replaced(members, SHEET, (old[0] if old else "", rows))


def filtered_rows() -> Members:
    """A filter, and a row that it hides."""
    members = sheet(
        ('<row r="3" spans="1:6">', '<row r="3" spans="1:6" hidden="1">'),
        (
            "</sheetData>",
            '</sheetData><autoFilter ref="A1:F4"><filterColumn colId="1"><filters><filter val="Sale"/></filters></filterColumn></autoFilter>',
        ),
    )
    name = '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Publications!$A$1:$F$4</definedName>'
    return replaced(members, BOOK, ("<definedNames>", f"<definedNames>{name}"))


def merged_cells() -> Members:
    """A merged note beside the rows, and one across the notes of two of them."""
    return sheet(
        (
            "<conditionalFormatting",
            '<mergeCells count="2"><mergeCell ref="F2:F3"/><mergeCell ref="A7:D9"/></mergeCells><conditionalFormatting',
        )
    )


def protected() -> Members:
    """The sheet is protected by a password."""
    return sheet(
        ("</sheetData>", '</sheetData><sheetProtection password="CC1A" sheet="1" objects="1"/>')
    )


def line_breaks_in_headers() -> Members:
    """A header of two lines."""
    return replaced(plain(), STRINGS, ("<t>Delivery date</t>", "<t>Delivery\ndate</t>"))


def header_in_row_5() -> Members:
    """A title, a merged sentence and blank rows above the table."""
    members = plain()
    moved = re.sub(
        r'( r="[A-F]?)([1-4])(")',
        lambda found: f"{found[1]}{int(found[2]) + 4}{found[3]}",
        members[SHEET],
    )
    top = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Plan of Q4</t></is></c></row><row r="2" spans="1:6" ht="30" customHeight="1"/>'
    members[SHEET] = moved.replace("<sheetData>", top).replace('ref="A1:F4"', 'ref="A1:F8"')
    return replaced(
        members,
        SHEET,
        (
            "<conditionalFormatting",
            '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells><conditionalFormatting',
        ),
    )


def styled_columns() -> Members:
    """Whole columns and a row that the team formatted up to the last column of the sheet."""
    return sheet(
        ("</cols>", '<col min="5" max="16384" width="12" style="2" customWidth="1"/></cols>'),
        ('<row r="3" spans="1:6">', '<row r="3" spans="1:6" s="1" customFormat="1">'),
    )


def computed_before() -> Members:
    """Flag and Forecast stand there from an older plan: shared, rich, styled, and between the team's columns."""
    head = '<c r="G1" t="inlineStr"><is><t>Flag</t></is></c><c r="H1" t="inlineStr"><is><t>Ours</t></is></c><c r="I1" t="inlineStr"><is><t>Forecast</t></is></c></row>'
    row = '<c r="G2" s="2" t="inlineStr"><is><r><rPr><b/></rPr><t>Gr</t></r><r><t>ey</t></r></is></c><c r="H2"><v>7</v></c><c r="I2" s="1"/></row>'
    return sheet(
        ('spans="1:6" ht', 'spans="1:9" ht'),
        ('</row><row r="2" spans="1:6"', f'{head}<row r="2" spans="1:9"'),
        ('</row><row r="3"', f'{row}<row r="3"'),
        ("A1:F4", "A1:I4"),
    )


def bare_rows_below() -> Members:
    """Rows that hold nothing but their height, closed in themselves."""
    return sheet(
        ('<row r="4" spans="1:6">', '<row r="4">'),
        (
            "</sheetData>",
            '<row r="5" spans="1:6" ht="3" customHeight="1"/><row r="7"/></sheetData>',
        ),
    )


def spaced_out() -> Members:
    """Single quotes, white space in tags and between them, a comment, a processing instruction, CDATA."""
    xml = plain()[SHEET].replace("><", ">\n  <").replace('r="B2"', "r='B2'").replace('"/>', '" />')
    xml = xml.replace("<sheetData>", "<sheetData >\n<!-- <c r='G2'/> --><?keep me?>", 1)
    xml = xml.replace('<t xml:space="preserve">P-001</t>', "<t><![CDATA[P-001]]></t>")
    return {**plain(), SHEET: xml.removeprefix(HEAD)}


def right_to_left() -> Members:
    """Headers, names and settings in Persian, on sheets that run from right to left."""
    members = sheet(("<sheetView ", '<sheetView rightToLeft="1" '))
    words = (
        ("ID", "شناسه"),
        ("Publication", "عنوان"),
        ("Type", "نوع"),
        ("Delivery date", "تاریخ انتشار"),
    )
    more = (
        ("Priority", "اولویت"),
        ("Notes", "یادداشت"),
        ("Blog article", "مقالهٔ وبلاگ"),
        ("High", "فوری"),
    )
    pairs = tuple((f"<t>{one}</t>", f"<t>{other}</t>") for one, other in (*words, *more))
    members = replaced(members, STRINGS, *pairs)
    members = replaced(
        members,
        BOOK,
        ('name="Notes"', 'name="تنظیمات"'),
        ("Notes!$A$1:$B$2", "تنظیمات!$A$1:$B$2"),
        ("Notes!$A$1", "تنظیمات!$A$1"),
    )
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{one}</t></is></c><c r="B{row}" t="inlineStr"><is><t>{other}</t></is></c></row>'
        for row, (one, other) in enumerate(
            (("تنظیم", "مقدار"), ("زبان", "فارسی"), ("تقویم", "شمسی")), 1
        )
    )
    members[OTHER] = HEAD + f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return replaced(members, CHAIN, ('<c r="B1" i="1"/>', ""))


def values_of_other_kinds() -> Members:
    """Under Flag stand a picture in its cell, a data type, a truth and an error; Forecast holds a phonetic text."""
    head = (
        '<c r="G1" t="inlineStr"><is><t>Flag</t></is></c>'
        '<c r="H1" t="inlineStr"><is><t>Forecast</t></is></c></row>'
    )
    return sheet(
        ('spans="1:6" ht', "ht"),
        ('</row><row r="2" spans="1:6"', f'{head}<row r="2"'),
        (
            '</row><row r="3" spans="1:6"',
            '<c r="G2" s="1" t="e" vm="1"><v>#VALUE!</v></c><c r="H2" ph="1" t="s"><v>9</v></c></row><row r="3"',
        ),
        ('</row><row r="4" spans="1:6"', '<c r="G3" t="b"><v>1</v></c></row><row r="4"'),
        ("</row></sheetData>", '<c r="G4" t="e" cm="1"><v>#N/A</v></c></row></sheetData>'),
        ("A1:F4", "A1:H4"),
    )


def stray_cell() -> Members:
    """Something stands in the last column of the sheet, in a row of the table."""
    return sheet(
        ('</row><row r="4" spans="1:6">', '<c r="XFC3"><v>1</v></c></row><row r="4">'),
        ('<row r="3" spans="1:6">', '<row r="3">'),
        ("A1:F4", "A1:XFC4"),
    )


def awkward_names() -> Members:
    """Tabs whose names need quotes, in formulas and in XML."""
    name, said = (
        "Q4&apos;s &lt;Plan&gt; &amp; more",
        "&apos;Q4&apos;&apos;s &lt;Plan&gt; &amp; more&apos;!$A$1",
    )
    members = replaced(plain(), BOOK, ('name="Publications"', f'name="{name}"'))
    return replaced(members, BOOK, ("Notes!$A$1<", f"{said}<"))


def blank_today() -> Members:
    """The team has a blank tab that is called Today."""
    members = replaced(plain(), BOOK, ('name="Notes"', 'name="Today"'))
    members = replaced(
        members, BOOK, ("Notes!$A$1:$B$2", "Today!$A$1:$B$2"), ("Notes!$A$1", "Today!$A$1")
    )
    members = replaced(members, CHAIN, ('<c r="B1" i="1"/>', ""))
    return {**members, OTHER: HEAD + f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'}

"""Files that mean harm: each is a small workbook with one thing in it that no reader should have to take."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from raw_workbooks import BOOK, SHEET, STRINGS, Members, packed, plain

MIB = 2**20
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def with_part(name: str, xml: str | bytes) -> bytes:
    """The small workbook with this in place of one of its parts, or added to it."""
    parts: dict[str, str | bytes] = {**plain(), name: xml}
    return packed(parts)


def with_rows(rows: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The small workbook with these rows in its first sheet."""
    before, _, rest = plain()[SHEET].partition("<sheetData>")
    after = rest.partition("</sheetData>")[2]
    inner = rows.encode() if isinstance(rows, str) else rows
    sheet = f"{before}<sheetData>".encode() + inner + f"</sheetData>{after}".encode()
    return packed({**plain(), SHEET: sheet}, method=method)


def declared(part: str, definitions: str, use: str = "&a;") -> bytes:
    """A part that begins with definitions, and uses one of them in its first text."""
    members: Members = plain()
    head, _, body = members[part].partition("?>\n")
    body = body.replace("<t>", f"<t>{use}", 1)
    root = "workbook" if part == BOOK else "sst"
    return with_part(part, f"{head}?>\n<!DOCTYPE {root} [{definitions}]>{body}")


def laughs() -> bytes:
    """A billion of one word, each definition ten times the one before."""
    lines = ['<!ENTITY a0 "lol">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return declared(STRINGS, "".join(lines), "&a9;")


def quadratic() -> bytes:
    """One long text, named very often."""
    return declared(STRINGS, f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 50_000)


def outside() -> bytes:
    """A definition that reads a file of the machine."""
    return declared(STRINGS, '<!ENTITY a SYSTEM "file:///etc/passwd">')


def outside_by_parameter() -> bytes:
    """The same in the workbook's own part, by a parameter and from the network."""
    return declared(BOOK, '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;')


def wide_letters() -> bytes:
    """Definitions in letters of two bytes each, where a search for plain ones finds nothing."""
    xml = declared(STRINGS, '<!ENTITY a "x">')
    text = zipfile.ZipFile(io.BytesIO(xml)).read(STRINGS).decode()
    return with_part(STRINGS, text.replace("UTF-8", "UTF-16").encode("utf-16"))


def swelling() -> bytes:
    """A sheet of 60 MB in 60 kB."""
    return with_rows(b" " * (60 * MIB))


def swelling_picture() -> bytes:
    """A picture of 60 MB in 60 kB."""
    return with_part("xl/media/image1.png", bytes(60 * MIB))


def crowd() -> bytes:
    """Many empty members."""
    return packed({**plain(), **{f"xl/media/image{n}.png": "" for n in range(20_000)}})


def far_cell() -> bytes:
    """One value in the first cell, one in the last that there can be."""
    return with_rows(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def far_cell_in_small_letters() -> bytes:
    """The same, written as few programs would."""
    return with_rows(
        "<row><c r = 'a1'><v>1</v></c></row><row><c s='0' r='xfd1048576'><v>1</v></c></row>"
    )


def long_row_without_places() -> bytes:
    """Cells one after another, in a last row, without a word on where they are; comments begin rows that are none."""
    cells = '<c><v>1</v></c><!-- <row r="1"> -->' * 3000
    return with_rows(f'<row r="1048576">{cells}</row>')


def hidden_place() -> bytes:
    """A cell whose place stands behind a sign that ends tags elsewhere."""
    return with_rows('<row r="1"><c x=">" r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>')


@cache
def many_cells() -> bytes:
    """Very many cells in a strip that is not wide."""
    cells = "".join(f'<c r="{letter}%d"><v>%d</v></c>' for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    line = f'<row r="%d">{cells}</row>'
    return with_rows("".join(line % ((row,) * 53) for row in range(1, 80_001)))


def one_text_everywhere() -> bytes:
    """A long text that very many cells share."""
    members = plain()
    before, _, after = members[STRINGS].partition("<t>")
    sheet = '<c t="s"><v>0</v></c>' * 10
    rows = f"<row>{sheet}</row>" * 10_000
    archive = zipfile.ZipFile(io.BytesIO(with_rows(rows)))
    parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, STRINGS: f"{before}<t>{'long ' * 6000}{after}"})


def lying_sizes() -> bytes:
    """A member that says it is small, and is not."""
    return _with_told_size(with_rows(b" " * (40 * MIB)), SHEET, 1000)


def lying_sizes_upward() -> bytes:
    """A member that says it is larger than it is."""
    return _with_told_size(packed(plain()), SHEET, 5000)


def wrong_sum() -> bytes:
    """A member whose bytes are not those that were packed."""
    content = bytearray(packed(plain(), method=zipfile.ZIP_STORED))
    content[content.index(b"Autumn")] ^= 1
    return bytes(content)


def doubled() -> bytes:
    """Two members of one name, but for the case of a letter."""
    members = plain()
    return packed({**members, "xl/Workbook.xml": members[BOOK]})


def leading_out() -> bytes:
    """A member whose name leads out of the folder in which it might be unpacked."""
    return with_part("xl/../../../etc/cron.d/plan", "x")


def from_the_root() -> bytes:
    """A member with a whole path."""
    return with_part("/etc/cron.d/plan", "x")


def with_password() -> bytes:
    """A member that says it is encrypted."""
    content = bytearray(packed(plain()))
    name = SHEET.encode()
    content[content.index(name) - 30 + 6] |= 1
    content[content.rindex(name) - 46 + 8] |= 1
    return bytes(content)


def overlapping() -> bytes:
    """Two members of the directory that share their bytes."""
    content = bytearray(packed(plain(), method=zipfile.ZIP_STORED))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    return bytes(content)


def two_directories() -> bytes:
    """Two archives in one file: which one is read depends on the reader."""
    return packed(plain()) + packed({**plain(), SHEET: "<worksheet/>"})


def cut_off() -> bytes:
    """Half of a file."""
    content = packed(plain())
    return content[: len(content) // 2]


def strange_packing() -> bytes:
    """Packed in a way that no workbook is."""
    return packed(plain(), method=zipfile.ZIP_BZIP2)


def hidden_tags() -> bytes:
    """A part in an old alphabet, in which its tags look like other signs."""
    body = '<!DOCTYPE sst [<!ENTITY a "x">]><sst><si><t>&a;</t></si></sst>'.encode("cp037")
    return with_part(STRINGS, b'<?xml version="1.0" encoding="cp037"?>' + body)


def _with_told_size(content: bytes, member: str, size: int) -> bytes:
    told = bytearray(content)
    at = told.rindex(member.encode()) - 46
    (local,) = struct.unpack_from("<L", told, at + 42)
    struct.pack_into("<L", told, at + 24, size)
    struct.pack_into("<L", told, local + 22, size)
    return bytes(told)


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (laughs, "part_defines"),
    "quadratic": (quadratic, "part_defines"),
    "external entity": (outside, "part_defines"),
    "external parameter": (outside_by_parameter, "part_defines"),
    "definitions in wide letters": (wide_letters, "part_defines"),
    "tags in an old alphabet": (hidden_tags, "part_defines"),
    "ratio": (swelling, "part_bomb"),
    "ratio of a picture": (swelling_picture, "part_bomb"),
    "many members": (crowd, "file_crowded"),
    "one cell at XFD1048576": (far_cell, "part_spans"),
    "one cell at xfd1048576": (far_cell_in_small_letters, "part_spans"),
    "cells without places": (long_row_without_places, "part_spans"),
    "a hidden place": (hidden_place, "part_spans"),
    "many cells": (many_cells, "file_too_large"),
    "one text everywhere": (one_text_everywhere, "file_too_large"),
    "lying sizes": (lying_sizes, "part_damaged"),
    "lying sizes, upward": (lying_sizes_upward, "part_damaged"),
    "wrong checksum": (wrong_sum, "part_damaged"),
    "doubled members": (doubled, "part_doubled"),
    "path that leads out": (leading_out, "part_misnamed"),
    "path from the root": (from_the_root, "part_misnamed"),
    "encrypted member": (with_password, "file_encrypted"),
    "overlapping members": (overlapping, "part_damaged"),
    "two directories": (two_directories, "file_unreadable"),
    "cut off": (cut_off, "file_unreadable"),
    "strange packing": (strange_packing, "part_damaged"),
}

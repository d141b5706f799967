"""The guard: what real workbooks hold passes, quickly; what only looks odd is not taken for harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from time import process_time

import pytest

from bombs import with_part, with_rows
from raw_workbooks import BOOK, BOOK_LINKS, CHAIN, OTHER, SHEET, STRINGS, STYLES, packed, plain
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.guarding.guard import guard
from sheetflow.workbooks.xlsx.reading.limited import Limits, read_limited
from sheetflow.workbooks.xlsx.reading.package import package_of
from sheetflow.workbooks.xlsx.reading.reader import read_rows, read_snapshot
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheetflow.workbooks.xlsx.zipped.members import members_of, pieces

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "xlsx" / "corpus"
GUARD_SECONDS = 0.15
STRICT = (
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def passes(content: bytes) -> None:
    """The guard lets it through."""
    guard(content, "plan.xlsx")


def strict(**parts: str) -> bytes:
    """The small workbook in the strict form of the format, some of its parts changed."""
    members = {**plain(), **parts}
    for usual, other in STRICT:
        members = {name: xml.replace(usual, other) for name, xml in members.items()}
    return packed(members)


def large(rows: int, columns: int) -> bytes:
    """A sheet of texts and numbers as Excel writes it."""
    letters = [chr(65 + n) if n < 26 else f"A{chr(39 + n)}" for n in range(columns)]
    return with_rows(
        "".join(
            f'<row r="{row}" spans="1:{columns}">'
            + "".join(
                f'<c r="{letter}{row}" s="1"><v>{row * 31 + n}</v></c>'
                for n, letter in enumerate(letters)
            )
            + "</row>"
            for row in range(1, rows + 1)
        )
    )


@pytest.mark.usefixtures("lines_uncounted")
def test_large_sheets_pass_quickly() -> None:
    """5,000 rows by 30 columns cost less than 0.15 seconds of computing; 20,000 rows pass as well."""
    content = large(5_000, 30)
    taken = []
    for _ in range(3):
        began = process_time()
        passes(content)
        taken.append(process_time() - began)
    assert min(taken) < GUARD_SECONDS
    passes(large(20_000, 30))


def test_heavy_workbooks_pass() -> None:
    """30 MB of pictures are no bomb."""
    picture = bytes(range(256)) * 4096 * 30
    content = io.BytesIO(packed(plain()))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/media/image1.png", picture)
    assert len(content.getvalue()) > 30_000_000
    passes(content.getvalue())


def test_real_workbooks_pass() -> None:
    """None of the collected workbooks is taken for harm."""
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    if not files:
        pytest.skip("the collection of real workbooks is not beside the checkout")
    for path in files:
        passes(path.read_bytes())


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>',
            id="a format in the last cell",
        ),
        pytest.param(
            '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', id="a value in the last row"
        ),
        pytest.param("<row><c><v>1</v></c><c><v>2</v></c></row>" * 5000, id="no places at all"),
        pytest.param(
            '<x:row xmlns:x="y" r="1"/><row r="2"><c r="A2"><v>1</v></c></row>', id="a prefix"
        ),
        pytest.param(
            "<!-- <row r='7'><c r='B7'> --><row r='1'><c r='A1'><v>1</v></c></row>", id="a comment"
        ),
    ],
)
def test_odd_but_harmless_sheets_pass(rows: str) -> None:
    """What needs no memory may stand anywhere."""
    passes(with_rows(rows))


def test_texts_about_definitions_pass() -> None:
    """A cell may tell of `<!DOCTYPE`: in the file it is written otherwise. Pictures may hold definitions of their own."""
    passes(
        with_rows(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;!DOCTYPE html&gt;</t></is></c></row>'
        )
    )
    passes(
        with_part(
            "xl/media/image1.svg", '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>'
        )
    )


def test_what_the_file_says_of_its_extent_does_not_count() -> None:
    """A sheet that says it reaches to the last cell, and does not, is read."""
    sheet = plain()[SHEET].replace('<dimension ref="', '<dimension ref="A1:XFD1048576" old="')
    passes(with_part(SHEET, sheet))
    assert read_snapshot(package_of(with_part(SHEET, sheet), "plan.xlsx")).tables[0].rows


def test_members_are_read_with_a_bound() -> None:
    """What a member holds comes in small pieces, and is the same as any other reader finds."""
    content = large(2_000, 10)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in members_of(content):
            parts = list(pieces(content, member))
            assert b"".join(parts) == archive.read(member.name)
            assert max(map(len, parts), default=0) <= 2**18


def test_the_strict_form_is_read_right() -> None:
    """A strict workbook comes out as the same one in the usual form, its dates as dates."""
    usual = read_snapshot(package_of(packed(plain()), "plan.xlsx"))
    assert read_snapshot(package_of(strict(), "plan.xlsx")) == usual
    assert usual.tables[0].rows
    rows = (
        '<row r="1"><c r="A1" t="d"><v>2026-12-04</v></c><c r="B1" t="d"><v>2026-12-04T00:00:00</v></c>'
        '<c r="C1" t="d"><v>2026-12-04T10:30:00</v></c></row>'
    )
    before, _, rest = plain()[SHEET].partition("<sheetData>")
    sheet = f"{before}<sheetData>{rows}</sheetData>{rest.partition('</sheetData>')[2]}"
    table = read_snapshot(package_of(strict(**{SHEET: sheet}), "plan.xlsx")).tables[0]
    day = date(2026, 12, 4)
    assert table.rows[0] == (day, day, datetime(2026, 12, 4, 10, 30))  # noqa: DTZ001 - cells know no zone


@pytest.mark.parametrize("part", [SHEET, STRINGS, BOOK, BOOK_LINKS, STYLES, OTHER, CHAIN])
def test_no_sheet_is_seen_as_empty(part: str) -> None:
    """A part in an encoding that the fast reader does not know is read right, or the file is refused; never half."""
    usual = read_snapshot(package_of(packed(plain()), "plan.xlsx"))
    content = with_part(part, plain()[part].replace("UTF-8", "UTF-16").encode("utf-16"))
    try:
        assert read_snapshot(package_of(content, "plan.xlsx")) == usual
    except UserError as error:
        assert error.code in {"file_unreadable", "sheet_unreadable"}  # noqa: PT017 - either is right


def test_a_sheet_that_the_reader_does_not_see_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the fast reader find nothing where values stand, the file is refused by the tab's name."""
    monkeypatch.setattr("sheetflow.workbooks.xlsx.reading.reader._filled", lambda _sheet: [])
    with pytest.raises(UserError) as caught:
        read_snapshot(package_of(packed(plain()), "plan.xlsx"))
    assert (caught.value.code, caught.value.facts["sheet"]) == ("sheet_unreadable", "Publications")


def test_reading_in_a_process_of_its_own(tmp_path: Path) -> None:
    """What comes back is what is read here; what is wrong comes back as well."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(packed(plain()))
    assert read_limited(path) == XlsxWorkbook(path).read()
    path.write_bytes(b"no workbook")
    with pytest.raises(UserError) as caught:
        read_limited(path)
    assert (caught.value.code, caught.value.facts) == ("file_not_xlsx", {"file": "plan.xlsx"})


@pytest.mark.parametrize("limits", [Limits(memory=120), Limits(seconds=0)])
def test_reading_ends_at_its_limits(tmp_path: Path, limits: Limits) -> None:
    """A file that takes more memory or time is refused, and the process that asked goes on."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(large(20_000, 30))
    with pytest.raises(UserError) as caught:
        read_limited(path, limits)
    assert caught.value.code == "file_too_costly"


def test_sheets_of_old_macros_do_not_hide_the_others() -> None:
    """A workbook that lists a sheet of Excel 4 macros is read as well, without that sheet."""
    usual = read_snapshot(package_of(packed(plain()), "plan.xlsx"))
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="macrosheets/sheet1.xml"/>'
    members = plain()
    members[BOOK] = members[BOOK].replace(
        "</sheets>", '<sheet name="Macro1" sheetId="77" r:id="rId77"/></sheets>'
    )
    members[BOOK_LINKS] = members[BOOK_LINKS].replace("</Relationships>", f"{link}</Relationships>")
    content = packed({**members, "xl/macrosheets/sheet1.xml": "<macrosheet/>"})
    assert read_snapshot(package_of(content, "plan.xlsx")) == usual


def test_a_sheet_that_begins_further_on_keeps_its_places() -> None:
    """Free rows and columns before the first value are there, also for the reader of the proof."""
    content = with_rows('<row r="3"><c r="C3"><v>7</v></c></row>')
    rows = read_snapshot(package_of(content, "plan.xlsx")).tables[0].rows
    assert rows == ((), (), (None, None, 7))
    assert [list(seen) for seen in read_rows(content, ["Publications"])] == [[*map(list, rows)]]

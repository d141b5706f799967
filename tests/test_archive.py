"""The zip below a workbook: what does not change keeps its bytes, whatever way the archive was made."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from raw_workbooks import packed
from sheetflow.workbooks.xlsx.zipped.archive import Archive
from sheetflow.workbooks.xlsx.zipped.deflated import deflated
from sheetflow.workbooks.xlsx.zipped.members import DamagedError

TEXT = b"<sheet>" + b"row " * 500 + b"</sheet>"
MEMBERS: dict[str, str | bytes] = {"a.xml": TEXT, "b.bin": bytes(range(256)), "c.xml": TEXT * 2}


class Stream(io.BytesIO):
    """A target that cannot go back: sizes are written behind the data then."""

    def seekable(self) -> bool:
        """It is not."""
        return False

    def seek(self, *_: object) -> int:
        """It cannot."""
        raise io.UnsupportedOperation


def streamed() -> bytes:
    """An archive as servers send it: data descriptors behind each member."""
    target = Stream()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in MEMBERS.items():
            archive.writestr(name, data)
    return target.getvalue()


def wide() -> bytes:
    """An archive whose members tell their sizes in the wide form."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in MEMBERS.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data if isinstance(data, bytes) else data.encode())
    return target.getvalue()


def widest() -> bytes:
    """An archive whose directory is told in the wide form too."""
    content = packed(MEMBERS)
    end = content.rindex(b"PK\x05\x06")
    fields = struct.unpack_from("<4s4H2LH", content, end)
    count, size, offset = fields[4:7]
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    narrow = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return content[:end] + record + locator + narrow


def dressed() -> bytes:
    """An archive with comments, extra fields, a name beyond ASCII and stored data."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = b"made by hand"
        for name, data in {**MEMBERS, "ضمیمه.xml": TEXT}.items():
            info = zipfile.ZipInfo(name, (2011, 3, 4, 5, 6, 8))
            info.comment, info.extra = b"of a member", struct.pack("<2H4s", 0xCAFE, 4, b"mine")
            info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, data)
    return target.getvalue()


def unordered() -> bytes:
    """An archive whose directory names its members in another order than they lie."""
    content = packed({"a.xml": TEXT, "b.xml": TEXT})
    start, end = content.index(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    middle = content.index(b"PK\x01\x02", start + 4)
    return content[:start] + content[middle:end] + content[start:middle] + content[end:]


ARCHIVES: list[Callable[[], bytes]] = [
    lambda: packed(MEMBERS),
    lambda: packed(MEMBERS, method=zipfile.ZIP_STORED, comment=b"end"),
    streamed,
    wide,
    widest,
    dressed,
    unordered,
]
NAMES = ["plain", "stored", "streamed", "wide", "widest", "dressed", "unordered"]


@pytest.mark.parametrize("made", ARCHIVES, ids=NAMES)
def test_reads_as_another_reader_does(made: Callable[[], bytes]) -> None:
    """Every way of telling sizes, offsets and names gives the same members and the same data."""
    content = made()
    archive = Archive(content)
    with zipfile.ZipFile(io.BytesIO(content)) as other:
        assert list(archive.names) == other.namelist()
        assert all(archive.read(name) == other.read(name) for name in archive.names)


@pytest.mark.parametrize("made", ARCHIVES, ids=NAMES)
def test_members_that_do_not_change_keep_their_bytes(made: Callable[[], bytes]) -> None:
    """A changed member stays in its place, a new one comes last; all else is the same, packed bytes included."""
    before = Archive(made())
    first, *others = before.names
    content = before.rewritten({first: deflated([b"changed"]), "new.xml": deflated([TEXT])})
    after = Archive(content)
    assert after.names == (first, *others, "new.xml")
    assert [after.record(name) for name in others] == [before.record(name) for name in others]
    with zipfile.ZipFile(io.BytesIO(content)) as other:
        assert other.testzip() is None
        assert (other.read(first), other.read("new.xml")) == (b"changed", TEXT)
        with zipfile.ZipFile(io.BytesIO(made())) as original:
            for old, new in zip(original.infolist(), other.infolist(), strict=False):
                assert (old.date_time, old.external_attr) == (new.date_time, new.external_attr)
                assert (old.comment, old.create_system) == (new.comment, new.create_system)


def test_nothing_changed_is_the_same_file() -> None:
    """Writing an archive anew with no change gives its bytes back, comments and extra fields too."""
    for content in (packed(MEMBERS, comment=b"end"), streamed(), dressed()):
        assert Archive(content).rewritten({}) == content


def test_extra_fields_and_the_comment_stay() -> None:
    """What the directory says beside the usual is kept for every member, the changed one included."""
    content = Archive(dressed()).rewritten({"a.xml": deflated([b"changed"])}, {"b.bin"})
    with zipfile.ZipFile(io.BytesIO(content)) as other:
        assert other.comment == b"made by hand"
        assert other.namelist() == ["a.xml", "c.xml", "ضمیمه.xml"]
        assert {info.extra[4:8] for info in other.infolist()} == {b"mine"}
        assert other.infolist()[0].date_time == (2011, 3, 4, 5, 6, 8)


def test_new_members_tell_no_clock() -> None:
    """The same change gives the same bytes at any time: new members carry the first day that a zip can tell."""
    content = Archive(packed(MEMBERS)).rewritten({"new.xml": deflated([TEXT])})
    assert content == Archive(packed(MEMBERS)).rewritten({"new.xml": deflated([TEXT])})
    with zipfile.ZipFile(io.BytesIO(content)) as other:
        assert other.infolist()[-1].date_time == (1980, 1, 1, 0, 0, 0)


def test_a_removed_member_that_comes_back_keeps_its_place() -> None:
    """A member both removed and written is a changed one."""
    content = Archive(packed(MEMBERS)).rewritten({"b.bin": deflated([b"new"])}, {"b.bin"})
    assert Archive(content).names == tuple(MEMBERS)
    assert Archive(content).read("b.bin") == b"new"


def _patched(content: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    place = content.index(mark) + offset
    return content[:place] + value + content[place + len(value) :]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x05\x06",
        packed(MEMBERS)[:-30],
        packed(MEMBERS)[100:],
        _patched(packed(MEMBERS), b"PK\x01\x02", 42, b"\xff\xff\x00\x00"),
        _patched(packed(MEMBERS), b"PK\x05\x06", 8, b"\x02\x00\x02\x00"),
        _patched(packed(MEMBERS), b"PK\x05\x06", 12, b"\x10\x00\x00\x00"),
        _patched(packed(MEMBERS), b"PK\x03\x04", 6, b"\x01\x00"),
        _patched(packed(MEMBERS), b"PK\x03\x04", 8, b"\x00\x00"),
        packed({"a.xml": TEXT, "b.xml": TEXT}).replace(b"b.xml", b"a.xml"),
        _patched(unordered(), b"PK\x01\x02", 42, b"\x00\x00\x00\x00"),
    ],
)
def test_directories_that_cannot_be_trusted(content: bytes) -> None:
    """No end, too few entries, members beyond the file, over each other, of one name, or that contradict it: all refused."""
    with pytest.raises(DamagedError):
        Archive(content)


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        (16, b"\x00\x00\x00\x00"),
        (24, b"\x01\x00\x00\x00"),
        (24, b"\xff\xff\xff\x00"),
        (8, b"\x01\x00"),
        (10, b"\x0c\x00"),
    ],
    ids=["checksum", "smaller", "larger", "encrypted", "method"],
)
def test_members_that_are_not_what_they_say(offset: int, value: bytes) -> None:
    """A wrong checksum, a wrong size, a password or a rare packing is told, not passed on."""
    with pytest.raises(ValueError, match=r"a\.xml"):
        Archive(_patched(packed(MEMBERS), b"PK\x01\x02", offset, value)).read("a.xml")


def test_real_workbooks_come_back_byte_for_byte(project: Path) -> None:
    """Every workbook of the collection is read whole, and written without a change gives its bytes back."""
    corpus = project.parent / "shared" / "data" / "xlsx" / "corpus"
    files = sorted(path for path in corpus.rglob("*") if path.is_file())
    if not files:
        pytest.skip("the collection of real workbooks is not beside the checkout")
    for path in files:
        content = path.read_bytes()
        assert Archive(content).rewritten({}) == content, path

"""Reading a zip archive down to its bytes: the members in order, each as it lies in the file."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

END = b"PK\x05\x06"
WIDE_END = b"PK\x06\x06"
WIDE_LOCATOR = struct.Struct("<4sLQL")
ENTRY = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
FULL, FULL_COUNT = 0xFFFFFFFF, 0xFFFF
STORED, DEFLATED = 0, 8
UTF8, TRAILED = 1 << 11, 1 << 3


class BrokenArchiveError(ValueError):
    """The bytes are no archive that can be trusted; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member: its name as spelt, its bytes as they lie there, and all that the directory says of it."""

    name: str
    raw: bytes
    method: int
    crc: int
    size: int
    stamp: tuple[int, int]
    attributes: tuple[int, int]
    comment: bytes

    @property
    def content(self) -> bytes:
        """The bytes expanded; raises BrokenArchiveError where they are not what the directory says."""
        if self.method not in {STORED, DEFLATED}:
            raise BrokenArchiveError(f"{self.name}: unknown method {self.method}")
        try:
            content = self.raw if self.method == STORED else zlib.decompress(self.raw, -15)
        except zlib.error as error:
            raise BrokenArchiveError(f"{self.name}: {error}") from error
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise BrokenArchiveError(f"{self.name}: wrong size or check sum")
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The members in the order of the directory, and the comment of the whole."""

    members: tuple[Member, ...]
    comment: bytes


def archive_of(content: bytes) -> Archive:
    """The archive in these bytes, by its directory; raises BrokenArchiveError."""
    try:
        return _archive(content)
    except (struct.error, StopIteration, UnicodeDecodeError) as error:
        raise BrokenArchiveError(f"a broken record: {error}") from error


def _archive(content: bytes) -> Archive:
    end = content.rfind(END)
    if end < 0:
        raise BrokenArchiveError("no end of a directory")
    count, _, start, length = struct.unpack("<HLLH", content[end + 10 : end + 22])
    if count == FULL_COUNT or start == FULL:
        count, start = _wide_end(content, end)
    members = []
    for _ in range(count):
        member, start = _member(content, start)
        members.append(member)
    if content[start : start + 4] not in {END, WIDE_END}:
        raise BrokenArchiveError("the directory does not end where it should")
    return Archive(members=tuple(members), comment=content[end + 22 : end + 22 + length])


def _wide_end(content: bytes, end: int) -> tuple[int, int]:
    mark, _, at, _ = WIDE_LOCATOR.unpack(content[end - WIDE_LOCATOR.size : end])
    if mark != b"PK\x06\x07" or content[at : at + 4] != WIDE_END:
        raise BrokenArchiveError("no wide end of the directory")
    count, _, start = struct.unpack("<QQQ", content[at + 32 : at + 56])
    return count, start


def _member(content: bytes, start: int) -> tuple[Member, int]:
    """The member whose entry begins there, and where the next entry begins."""
    fields = ENTRY.unpack(content[start : start + ENTRY.size])
    mark, made_by, _, flags, method, time, day, crc = fields[:8]
    packed, size, named, extra, noted, _, _, outer, place = fields[8:]
    if mark != b"PK\x01\x02":
        raise BrokenArchiveError("an entry of the directory is missing")
    at = start + ENTRY.size
    name, more = content[at : at + named], content[at + named : at + named + extra]
    size, packed, place = _wide(more, size, packed, place)
    data = _data_of(content, place, name)
    _compare_local(content, place, flags, (method, crc, packed, size))
    following = at + named + extra + noted
    member = Member(
        name=name.decode("utf-8" if flags & UTF8 else "cp437"),
        raw=content[data : data + packed],
        method=method,
        crc=crc,
        size=size,
        stamp=(day, time),
        attributes=(made_by >> 8, outer),
        comment=content[at + named + extra : following],
    )
    return member, following


def _wide(extra: bytes, *narrow: int) -> tuple[int, int, int]:
    """Size, packed size and place; those that do not fit 32 bits stand in the zip64 field."""
    wide = iter(())
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == 1:
            wide = iter(struct.unpack(f"<{length // 8}Q", extra[4 : 4 + length // 8 * 8]))
        extra = extra[4 + length :]
    size, packed, place = (next(wide) if number == FULL else number for number in narrow)
    return size, packed, place


def _data_of(content: bytes, place: int, name: bytes) -> int:
    """Where the bytes of a member begin."""
    mark, *_, named, extra = LOCAL.unpack(content[place : place + LOCAL.size])
    begin = place + LOCAL.size
    if mark != b"PK\x03\x04" or content[begin : begin + named] != name:
        raise BrokenArchiveError(f"{name!r}: the member is not where the directory says")
    return int(begin + named + extra)


def _compare_local(content: bytes, place: int, flags: int, said: tuple[int, ...]) -> None:
    """The header before the bytes says what the directory says, or that it stands behind them."""
    _, _, local_flags, method, _, _, crc, packed, size, *_ = LOCAL.unpack(
        content[place : place + LOCAL.size]
    )
    if method != said[0] or (flags ^ local_flags) & TRAILED:
        raise BrokenArchiveError("header and directory name different methods")
    if not flags & TRAILED and FULL not in {packed, size} and (crc, packed, size) != said[1:]:
        raise BrokenArchiveError("header and directory name different sizes")

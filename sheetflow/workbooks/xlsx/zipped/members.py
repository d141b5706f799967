"""The members of a zip archive, read with a bound: what an archive says of itself is never trusted."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO

from sheetflow.workbooks.xlsx.zipped.zip_records import (
    DEFLATED,
    END_MARK,
    ENTRY_MARK,
    HEADER,
    HEADER_MARK,
    PATCHED,
    SECRET,
    SIZES_FOLLOW,
    STORED,
    TOO_WIDE,
    Member,
    entries,
    find_ending,
    name_in,
)

PIECE = 2**18


class DamagedError(ValueError):
    """The archive, or the member that is named, does not hold what it says."""

    def __init__(self, member: str = "") -> None:
        """Name the member, where it is one member's fault."""
        super().__init__(member)
        self.member = member


def entry_count(content: bytes) -> int:
    """How many members the archive may have, found without building a list of them."""
    return content.count(ENTRY_MARK)


def members_of(content: bytes) -> list[Member]:
    """The members in the order of the directory.

    Raises:
        DamagedError: The archive can be read in more than one way, or its members lie over each other.
    """
    try:
        ending = find_ending(content)
        told = list(entries(content, ending))
        names = [member.name for member in told]
    except (ValueError, struct.error) as error:
        raise DamagedError from error
    if not content.startswith(HEADER_MARK) or content.count(END_MARK, ending.directory) != 1:
        raise DamagedError
    members = [_found(content, member, name) for member, name in zip(told, names, strict=True)]
    _refuse_overlaps(members, ending.directory)
    return members


def _found(content: bytes, member: Member, name: str) -> Member:
    """The member with the place of its bytes, where the header before them says what the directory says."""
    try:
        header = HEADER.unpack_from(content, member.start)
        mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = header
        named = member.start + HEADER.size
        begin = named + name_length + extra_length
        is_same = name_in(content[named : named + name_length], flags) == name
    except (struct.error, UnicodeDecodeError) as error:
        raise DamagedError(name) from error
    is_same &= (mark, method) == (HEADER_MARK, member.method)
    is_same &= not (flags ^ member.flags) & (SECRET | PATCHED)
    if not flags & SIZES_FOLLOW and TOO_WIDE not in {packed, size}:
        is_same &= (crc, packed, size) == (member.crc, member.packed, member.size)
    if not is_same:
        raise DamagedError(name)
    return replace(member, begin=begin)


def _refuse_overlaps(members: list[Member], directory: int) -> None:
    end = 0
    if min((member.start for member in members), default=0) > 0:
        raise DamagedError  # another archive may lie in front
    for member in sorted(members, key=lambda member: member.start):
        if member.start < end:
            raise DamagedError(member.name)
        end = member.end
    if end > directory:
        raise DamagedError


def whole(content: bytes, member: Member) -> bytes:
    """What the member holds; raises DamagedError where that is not what it says."""
    # Written over blanks of its size: a large part is not held as pieces beside the whole.
    data = BytesIO(bytes(member.size))
    data.writelines(pieces(content, member))
    return data.getvalue()


def pieces(content: bytes, member: Member) -> Iterator[bytes]:
    """What the member holds, piece by piece, never more than it says.

    Raises:
        DamagedError: It holds more, less, or something else than it says, or is packed in a way that no workbook is.
    """
    seen = crc = 0
    for piece in _unpacked(content, member):
        seen += len(piece)
        if seen > member.size:
            raise DamagedError(member.name)
        crc = zlib.crc32(piece, crc)
        yield piece
    if (seen, crc) != (member.size, member.crc):
        raise DamagedError(member.name)


def _unpacked(content: bytes, member: Member) -> Iterator[bytes]:
    packed = memoryview(content)[member.begin : member.end]
    parts = (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
    if member.method == STORED:
        yield from map(bytes, parts)
    elif member.method == DEFLATED and not member.flags & PATCHED:
        yield from _inflated(parts, member.name)
    else:
        raise DamagedError(member.name)


def _inflated(parts: Iterable[memoryview], name: str) -> Iterator[bytes]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = iter(parts)
    rest: bytes | memoryview = b""
    while not machine.eof:
        rest = rest or next(waiting, b"")
        try:
            piece = machine.decompress(rest, PIECE)
        except zlib.error as error:
            raise DamagedError(name) from error
        if not piece and not rest:
            raise DamagedError(name)
        rest = machine.unconsumed_tail
        if piece:
            yield piece
    if machine.unused_data or next(waiting, None):
        raise DamagedError(name)

"""The records of a zip: a member's entry in the directory, the header before its data, and the directory's end."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

HEADER = struct.Struct("<4s5H3L2H")
ENTRY = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
WIDE_END = struct.Struct("<4sQ2H2L4Q")
WIDE_LOCATOR = struct.Struct("<4sLQL")
HEADER_MARK, ENTRY_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
WIDE_END_MARK, WIDE_LOCATOR_MARK = b"PK\x06\x06", b"PK\x06\x07"
LONGEST_COMMENT = 0xFFFF
TOO_WIDE, WIDE_EXTRA = 0xFFFFFFFF, 1
STORED, DEFLATED = 0, 8
SIZES_FOLLOW, PATCHED, UTF8 = 1 << 3, 1 << 5, 1 << 11
SECRET = 1 << 0 | 1 << 6 | 1 << 13  # encrypted, strongly so, or with a hidden directory
VERSION = 20
FIRST_DAY = 0x21  # the first of January 1980: a new member tells no clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What the directory says of one member; `extra` and `comment` as they lie there.

    Its header lies at `start`, its packed bytes from `begin` up to `end`.
    """

    raw_name: bytes
    flags: int = 0
    method: int = DEFLATED
    made_by: int = VERSION
    needed: int = VERSION
    clock: int = 0
    day: int = FIRST_DAY
    crc: int = 0
    packed: int = 0
    size: int = 0
    start: int = 0
    begin: int = 0
    extra: bytes = b""
    comment: bytes = b""
    internal: int = 0
    external: int = 0

    @property
    def name(self) -> str:
        """The name, as every program reads it."""
        return name_in(self.raw_name, self.flags)

    @property
    def end(self) -> int:
        """Where its packed bytes end."""
        return self.begin + self.packed

    @property
    def is_encrypted(self) -> bool:
        """Whether its bytes mean nothing without a password."""
        return bool(self.flags & SECRET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where the directory lies, how long it is, how many entries there are, and the last bytes of all."""

    directory: int
    size: int
    count: int
    comment: bytes


def find_ending(content: bytes) -> Ending:
    """Read the end of the directory; raises ValueError or struct.error where it is not as it should be."""
    place = content.rfind(END_MARK, max(0, len(content) - LONGEST_COMMENT - END.size))
    if place < 0:
        raise ValueError("no end of a directory")
    _, _, _, _, count, size, directory, _ = END.unpack_from(content, place)
    comment = content[place + END.size :]
    before = place - WIDE_LOCATOR.size
    if before >= 0 and content.startswith(WIDE_LOCATOR_MARK, before):
        place = before - WIDE_END.size
        mark, *_, count, size, directory = WIDE_END.unpack_from(content, place)
        if mark != WIDE_END_MARK:
            raise ValueError("no end of a wide directory")
    if directory + size != place:
        raise ValueError("a directory that lies elsewhere")
    return Ending(directory=directory, size=size, count=count, comment=comment)


def entries(content: bytes, ending: Ending) -> Iterator[Member]:
    """The members in the order of the directory; raises ValueError or struct.error where it is broken."""
    place = ending.directory
    for _ in range(ending.count):
        mark, *fields, name, extra, comment, _, internal, external, start = ENTRY.unpack_from(
            content, place
        )
        if mark != ENTRY_MARK:
            raise ValueError("no entry of a directory")
        made_by, needed, flags, method, clock, day, crc, packed, size = fields
        begin = place + ENTRY.size
        place = begin + name + extra + comment
        yield _widened(
            Member(
                raw_name=content[begin : begin + name],
                flags=flags,
                method=method,
                made_by=made_by,
                needed=needed,
                clock=clock,
                day=day,
                crc=crc,
                packed=packed,
                size=size,
                start=start,
                extra=content[begin + name : begin + name + extra],
                comment=content[begin + name + extra : place],
                internal=internal,
                external=external,
            )
        )
    if place != ending.directory + ending.size:
        raise ValueError("a directory of another size than it says")


def entry_bytes(member: Member) -> bytes:
    """The member's entry as the directory holds it; nothing in it is wide any more."""
    extra = _narrow(member.extra)
    head = ENTRY.pack(
        ENTRY_MARK,
        member.made_by,
        member.needed,
        member.flags,
        member.method,
        member.clock,
        member.day,
        member.crc,
        member.packed,
        member.size,
        len(member.raw_name),
        len(extra),
        len(member.comment),
        0,
        member.internal,
        member.external,
        member.start,
    )
    return head + member.raw_name + extra + member.comment


def header_bytes(member: Member) -> bytes:
    """The header before the member's data, with no extra field."""
    fields = (member.needed, member.flags, member.method, member.clock, member.day)
    sizes = (member.crc, member.packed, member.size, len(member.raw_name), 0)
    return HEADER.pack(HEADER_MARK, *fields, *sizes) + member.raw_name


def end_bytes(count: int, size: int, offset: int, comment: bytes) -> bytes:
    """The end of the directory; raises struct.error where the archive is too wide for it."""
    return END.pack(END_MARK, 0, 0, count, count, size, offset, len(comment)) + comment


def name_in(raw: bytes, flags: int) -> str:
    """A name as these flags tell to read it; raises UnicodeDecodeError where it is none."""
    return raw.decode("utf-8" if flags & UTF8 else "cp437")


def _widened(member: Member) -> Member:
    """The member with those numbers that its extra field holds."""
    wide = next((data for kind, data in _extras(member.extra) if kind == WIDE_EXTRA), b"")
    values = {name: getattr(member, name) for name in ("size", "packed", "start")}
    numbers = iter(struct.unpack(f"<{len(wide) // 8}Q", wide[: len(wide) // 8 * 8]))
    for name, value in values.items():
        if value == TOO_WIDE:
            values[name] = next(numbers, TOO_WIDE)
    return replace(member, **values)


def _narrow(extra: bytes) -> bytes:
    fields = list(_extras(extra))
    if all(kind != WIDE_EXTRA for kind, _ in fields):
        return extra
    kept = (field for field in fields if field[0] != WIDE_EXTRA)
    return b"".join(struct.pack("<2H", kind, len(data)) + data for kind, data in kept)


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        yield kind, extra[place + 4 : place + 4 + length]
        place += 4 + length

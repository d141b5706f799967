"""Looking a file through before anything parses it: what could do harm is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.guarding.repeats import repeats_too_much
from sheetflow.workbooks.xlsx.guarding.watch import Harm, Watch
from sheetflow.workbooks.xlsx.zipped.members import (
    DamagedError,
    entry_count,
    members_of,
    pieces,
    whole,
)
from sheetflow.workbooks.xlsx.zipped.zip_records import Member

OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
MIB = 2**20
MOST_FILE_BYTES = 128 * MIB
MOST_BYTES = 512 * MIB
MOST_MEMBERS = 10_000
MOST_TIMES_ITS_SIZE = 100
SMALL = 8 * MIB
# Pictures without compression of their own shrink to next to nothing where they are one colour.
PLAIN_PICTURES = frozenset({".bmp", ".tif", ".tiff", ".emf", ".wmf"})
SMALL_PICTURE = 64 * MIB
LEADING_OUT = re.compile(r"^/|^[A-Za-z]:|(^|/)\.\.(/|$)|[\x00-\x1f]")


def guard(content: bytes, file: str) -> None:
    """Pass a workbook that can be read without harm; the file's name is for the sentence.

    Raises:
        UserError: It is no workbook, has a password, is damaged, or would take more memory or time than a workbook may.
    """
    _refuse_others(content, file)
    if entry_count(content) > MOST_MEMBERS:
        raise UserError("file_crowded", file=file, most=MOST_MEMBERS)
    try:
        members = members_of(content)
        _refuse_members(members, file)
        _look_through(content, members, file)
    except DamagedError as error:
        if not error.member:
            raise UserError("file_unreadable", file=file) from error
        raise UserError("part_damaged", file=file, part=_shown(error.member)) from error


def _refuse_others(content: bytes, file: str) -> None:
    if content.startswith(OLE_MARK):
        has_password = ENCRYPTED_MARK in content
        raise UserError("file_encrypted" if has_password else "file_not_xlsx", file=file)
    if not content.startswith(b"PK"):
        raise UserError("file_not_xlsx", file=file)
    if len(content) > MOST_FILE_BYTES:
        raise UserError("file_too_large", file=file)


def _refuse_members(members: Iterable[Member], file: str) -> None:
    total, seen = 0, set()
    for member in members:
        name = member.name.replace("\\", "/")
        if LEADING_OUT.search(name):
            raise UserError("part_misnamed", file=file, part=_shown(member.name))
        if name.casefold() in seen:
            raise UserError("part_doubled", file=file, part=_shown(member.name))
        if member.is_encrypted:
            raise UserError("file_encrypted", file=file)
        if _is_bomb(member):
            raise UserError("part_bomb", file=file, part=_shown(member.name))
        seen.add(name.casefold())
        total += member.size
    if total > MOST_BYTES:
        raise UserError("file_too_large", file=file)


def _is_bomb(member: Member) -> bool:
    """Whether it swells as only bombs do; what it says of its size is held to later, byte for byte."""
    is_picture = PurePosixPath(member.name).suffix.lower() in PLAIN_PICTURES
    small = SMALL_PICTURE if is_picture else SMALL
    return member.size > max(small, member.packed * MOST_TIMES_ITS_SIZE)


def _look_through(content: bytes, members: list[Member], file: str) -> None:
    watch = Watch()
    for member in members:
        watch.begin(member.name)
        for piece in pieces(content, member):
            watch.see(piece)
        harm = watch.end()
        if harm is not None:
            raise _refusal(harm, member.name, file)
    if watch.may_repeat_too_much:
        _refuse_repeats(content, {member.name: member for member in members}, watch, file)


def _refuse_repeats(content: bytes, members: dict[str, Member], watch: Watch, file: str) -> None:
    def xml(name: str) -> bytes:
        return whole(content, members[name])

    for texts in watch.texts:
        if repeats_too_much(xml(texts), map(xml, watch.sheets)):
            raise UserError("file_too_large", file=file)


def _refusal(harm: Harm, part: str, file: str) -> UserError:
    if harm is Harm.TOO_LARGE:
        return UserError("file_too_large", file=file)
    code = "part_defines" if harm is Harm.DEFINES else "part_spans"
    return UserError(code, file=file, part=_shown(part))


def _shown(part: str) -> str:
    """A member's name as it may stand in a sentence: short, and without signs that a terminal obeys."""
    return "".join(sign if sign.isprintable() else "?" for sign in part[:80])

"""The zip that an Excel file is, written anew: members that do not change are copied as they lie there."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from sheetflow.workbooks.xlsx.zipped import zip_records
from sheetflow.workbooks.xlsx.zipped.deflated import Deflated
from sheetflow.workbooks.xlsx.zipped.members import DamagedError, members_of, whole
from sheetflow.workbooks.xlsx.zipped.zip_records import DEFLATED, UTF8, VERSION, Member


class Archive:
    """The members of a zip, in the order of its directory."""

    def __init__(self, content: bytes) -> None:
        """Read the directory; raises DamagedError where it cannot be trusted."""
        self._content = content
        members = members_of(content)
        self._members = {member.name: member for member in members}
        if len(self._members) < len(members):
            raise DamagedError
        self._ending = zip_records.find_ending(content)
        # What lies between two members, such as sizes behind the data, belongs to the first.
        ordered = sorted(members, key=lambda member: member.start)
        ends = [*(member.start for member in ordered[1:]), self._ending.directory]
        self._ends = {member.name: end for member, end in zip(ordered, ends, strict=True)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in order."""
        return tuple(self._members)

    def record(self, name: str) -> bytes:
        """All that the file holds for a member, packed as it is, but for its entry in the directory."""
        return self._content[self._members[name].start : self._ends[name]]

    def read(self, name: str) -> bytes:
        """What a member holds; raises KeyError where there is none, DamagedError where it is not what it says."""
        return whole(self._content, self._members[name])

    def holds(self, name: str, data: Deflated) -> bool:
        """Whether a member of that name holds this very data."""
        member = self._members.get(name)
        if member is None or (member.size, member.crc) != (data.size, data.crc):
            return False
        return self.read(name) == data.inflated()

    def rewritten(
        self, changed: Mapping[str, Deflated], removed: AbstractSet[str] = frozenset()
    ) -> bytes:
        """The archive with these members changed in place or added at the end, and those left out.

        Everything else keeps its bytes, its packing and its order; the same call gives the same bytes at any time.
        """
        content = memoryview(self._content)  # media can be large: they are copied once
        pieces: list[bytes | memoryview] = []
        placed: dict[str, Member] = {}
        place = 0
        for name in self._in_place(changed, removed):
            member = replace(self._member(name, changed.get(name)), start=place)
            record: list[bytes | memoryview]
            if name in changed:
                record = [zip_records.header_bytes(member), changed[name].packed]
            else:
                record = [content[self._members[name].start : self._ends[name]]]
            placed[name] = member
            pieces += record
            place += sum(map(len, record))
        ordered = [name for name in dict.fromkeys((*self.names, *changed)) if name in placed]
        directory = [zip_records.entry_bytes(placed[name]) for name in ordered]
        size = sum(map(len, directory))
        ending = zip_records.end_bytes(len(directory), size, place, self._ending.comment)
        return b"".join([*pieces, *directory, ending])

    def _member(self, name: str, data: Deflated | None) -> Member:
        """The member of that name, with other data in it where there are such."""
        member = self._members.get(name)
        if member is None:
            member = Member(raw_name=name.encode(), flags=0 if name.isascii() else UTF8)
        if data is None:
            return member
        return replace(
            member,
            flags=member.flags & UTF8,
            method=DEFLATED,
            needed=VERSION,
            crc=data.crc,
            packed=len(data.packed),
            size=data.size,
        )

    def _in_place(self, changed: Mapping[str, Deflated], removed: AbstractSet[str]) -> list[str]:
        kept = [name for name in self._members if name not in removed or name in changed]
        new = [name for name in changed if name not in self._members]
        return sorted(kept, key=lambda name: self._members[name].start) + new

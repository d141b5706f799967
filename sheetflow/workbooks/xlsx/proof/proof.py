"""Proof before replacing: the new file is the old one but for what was to change, and a second reader sees that.

It shares no code with what writes: parts and sheets are read here by other means. The archive is read as strictly as
the guard reads one, and once more by the second reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from posixpath import dirname, join, normpath
from xml.parsers.expat import ExpatError

from sheetflow.cells import CellEdit, Patch
from sheetflow.errors import OwnError, UserError
from sheetflow.workbooks.xlsx.package.contents import TYPES, Contents, folded, links_part
from sheetflow.workbooks.xlsx.package.tags import tags_named
from sheetflow.workbooks.xlsx.proof import proof_parts
from sheetflow.workbooks.xlsx.proof.outlines import said_in
from sheetflow.workbooks.xlsx.proof.proof_sheets import is_same_sheet
from sheetflow.workbooks.xlsx.proof.proof_values import first_difference
from sheetflow.workbooks.xlsx.reading.package import Package


def prove(package: Package, content: bytes, patch: Patch, edits: Iterable[CellEdit]) -> None:
    """Pass the new content of the package's file, made by these edits and the patch's looks and tabs.

    Raises:
        OwnError: Something else is different too, or what was to change is not seen; it names the part.
    """
    try:
        _Proof(package, content, patch, tuple(edits)).run()
    except (ExpatError, KeyError, ValueError, UserError) as error:
        raise OwnError("file_unproved", what=str(error)[:80]) from error


class _Proof:
    """Two states of a package, and what may differ between them."""

    def __init__(
        self, package: Package, content: bytes, patch: Patch, edits: Sequence[CellEdit]
    ) -> None:
        self._content, self._patch, self._edits = content, patch, edits
        self._old, self._new = Contents(package.content), Contents(content)
        self._sheets = package.sheets
        self._own = {tab.sheet.casefold() for tab in patch.tabs}
        self._ours = self._of_own_tabs(self._old) | self._of_own_tabs(self._new)
        self._main = folded(self._new.main or "")
        self._lists = {folded(TYPES), folded(links_part(self._main))}
        links = self._new.links(self._main).values()
        self._styles = {folded(link.target) for link in links if link.kind == "styles"}
        self._chains = {
            folded(link.target)
            for contents in (self._old, self._new)
            for link in contents.links(self._main).values()
            if link.kind == "calcChain"
        }

    def run(self) -> None:
        """Look at every member, then at the values."""
        old, new = self._old.members, self._new.members
        if [part for part in old if part in new] != [part for part in new if part in old]:
            raise _broken("the order of the parts")
        for part in old:
            if part not in self._ours and not self._is_proved(part):
                raise _broken(part)
        for part in new:
            if part not in old and part not in self._ours | self._styles:
                raise _broken(part)
            if part in self._ours and part.endswith((".xml", ".rels", ".vml")):
                tags_named(self._new.whole(part), ())
        difference = first_difference(self._content, self._patch.tabs, self._edits)
        if difference:
            raise _broken(difference)

    def _is_proved(self, part: str) -> bool:
        if part in self._new.members and self._is_untouched(part):
            return True
        if part in self._chains:
            left = self._new.whole(part) if part in self._new.members else None
            return proof_parts.is_same_chain(self._old.whole(part), left, self._own_ids())
        if part in self._lists | self._styles | {self._main}:
            return self._is_proved_list(part, self._old.whole(part), self._new.whole(part))
        return part in self._new.members and self._is_proved_sheet(part)

    def _is_proved_list(self, part: str, old: bytes, new: bytes) -> bool:
        if part == self._main:
            return proof_parts.is_same_book(old, new, self._own)
        if part in self._styles:
            return proof_parts.is_grown_style_sheet(old, new)
        folder = dirname(self._main) if part != folded(TYPES) else ""
        return proof_parts.is_same_list(old, new, lambda item: self._is_ours(item, folder))

    def _is_untouched(self, part: str) -> bool:
        one, other = self._old.members[part], self._new.members[part]
        return (
            (one.name, one.method, one.crc, one.size)
            == (other.name, other.method, other.crc, other.size)
            and self._old.packed(part) == self._new.packed(part)
        )  # fmt: skip

    def _is_proved_sheet(self, part: str) -> bool:
        for sheet, sheet_part in self._sheets.items():
            edits = [edit for edit in self._edits if edit.ref.sheet == sheet]
            looks = [look.column for look in self._patch.looks if look.sheet == sheet]
            if not (edits or looks):
                continue
            if folded(sheet_part) == part:
                old, new = (partial(one.pieces, part) for one in (self._old, self._new))
                return is_same_sheet(old, new, [edit.ref for edit in edits], looks)
            if part in self._tables(sheet_part):
                headers = {str(edit.after) for edit in edits}
                old_table, new_table = self._old.whole(part), self._new.whole(part)
                return proof_parts.is_grown_table(old_table, new_table, headers)
        return False

    def _own_ids(self) -> set[str]:
        tags = tags_named(self._old.whole(self._main), {"sheet"})
        return {said["sheetId"] for _, said in tags if said["name"].casefold() in self._own}

    def _tables(self, part: str) -> set[str]:
        links = self._old.links(part).values()
        return {folded(link.target) for link in links if link.kind == "table"}

    def _is_ours(self, item: str, folder: str) -> bool:
        """Whether an entry of a list names a part of SheetFlow's own tabs, or one that went with them."""
        named = said_in(item, "PartName") or said_in(item, "Target")
        part = folded(normpath(join("/", folder, named)))
        return part in self._ours | self._chains or part not in self._old.members

    def _of_own_tabs(self, contents: Contents) -> set[str]:
        """The parts of SheetFlow's own tabs, and those that only they lead to."""
        tabs = {
            folded(part)
            for sheet, part in contents.sheets().items()
            if sheet.casefold() in self._own
        }
        main = folded(contents.main or "")
        others = {folded(target) for target in self._targets(contents, "")} - {main}
        others |= {folded(target) for target in self._targets(contents, main)} - tabs
        return contents.led_to(tabs) - contents.led_to(others)

    @staticmethod
    def _targets(contents: Contents, part: str) -> Iterator[str]:
        return (link.target for link in contents.links(part).values() if not link.is_outside)


def _broken(what: str) -> ValueError:
    return ValueError(what)

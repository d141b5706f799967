"""One worksheet's XML as places in its bytes: the element of its rows, and the elements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package.elements import MARKUP, Element, children
from sheetflow.workbooks.xlsx.package.encoding import is_transparent
from sheetflow.workbooks.xlsx.sheets.sheet_tags import quieted

SHEET_DATA = re.compile(rb"<((?:[^\s<>/:]+:)?)sheetData(?=[\s/>])[^>]*>")


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """The XML of the tab `sheet`; nothing in it is changed.

    Raises:
        UserError: It cannot be edited: it has another encoding, or no element for rows.
    """

    sheet: str
    xml: bytes

    @cached_property
    def quiet(self) -> bytes:
        """The XML as long as it is, but what looks like a tag is one."""
        if not is_transparent(self.xml):
            raise UserError("sheet_encoding", sheet=self.sheet)
        return quieted(self.xml)

    @cached_property
    def data(self) -> Element:
        """The element that holds the rows."""
        found = SHEET_DATA.search(self.quiet)
        if found is None:
            raise UserError("sheet_damaged", sheet=self.sheet)
        name = found[1] + b"sheetData"
        last = None
        if not found[0].endswith(b"/>"):
            last = re.compile(b"</" + re.escape(name) + rb"\s*>").search(self.quiet, found.end())
        return Element(
            name=name.decode(),
            attributes=b"",
            start=found.start(),
            inner=found.end(),
            close=last.start() if last else found.end(),
            end=last.end() if last else found.end(),
        )

    @property
    def prefix(self) -> str:
        """The prefix of the sheet's elements with its colon, or nothing."""
        return self.data.prefix

    @cached_property
    def before(self) -> list[Element]:
        """The elements of the worksheet before the rows."""
        end = self.data.start
        root = next(tag for tag in MARKUP.finditer(self.quiet) if tag["name"])
        return self._between(root.end(), end)

    @cached_property
    def after(self) -> list[Element]:
        """The elements of the worksheet behind the rows."""
        return self._between(self.data.end, self.quiet.rfind(b"</"))

    @cached_property
    def columns(self) -> list[Element]:
        """The elements that tell of columns: widths and looks."""
        return [one for group in self.elements("cols") for one in children(self.quiet, group)]

    def elements(self, local: str) -> Iterator[Element]:
        """The elements of that name directly in the worksheet."""
        return (one for one in (*self.before, *self.after) if one.local == local)

    def _between(self, start: int, end: int) -> list[Element]:
        around = Element(name="", attributes=b"", start=start, inner=start, close=end, end=end)
        return children(self.quiet, around)

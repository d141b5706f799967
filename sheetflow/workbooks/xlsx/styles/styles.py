"""The workbook's style sheet: looks are appended to it, and nothing in it is renumbered or written anew."""

from __future__ import annotations

from itertools import count

from sheetflow.cells import Style
from sheetflow.workbooks.xlsx.package.elements import (
    attributes,
    children,
    cut,
    root,
    with_attribute,
    without_attribute,
)
from sheetflow.workbooks.xlsx.styles import style_xml
from sheetflow.workbooks.xlsx.styles.style_lists import HEADS, SECTIONS, StyleList

FIRST_OWN_FORMAT = 164
LAST_LOOK = 65_489
TRUE = {"1", "true"}
GENERAL = "General"
PLAIN_DATE = "yyyy-mm-dd"
PLAIN = Style()


class StyleSheet:
    """The numbers of looks in one workbook; a look that it has already is found, another one is appended."""

    def __init__(self, xml: bytes) -> None:
        """Take the style sheet; raises ValueError where it is no XML."""
        self._xml = xml
        self._root = root(xml)
        self._prefix = self._root.prefix
        self._sections = {part.local: part for part in reversed(children(xml, self._root))}
        self._lists = {
            name: StyleList(name, xml, self._sections.get(name), self._prefix) for name in SECTIONS
        }
        self._formats = _formats(self._lists["numFmts"].entries)
        self._usual_font: dict[str, bytes] | None = None
        self._known: dict[tuple[int, int | None, bool, bool], tuple[Style | None, int]] = {}

    @property
    def has_grown(self) -> bool:
        """Whether anything was appended."""
        return any(part.has_grown for part in self._lists.values())

    @property
    def xml(self) -> bytes:
        """The style sheet with what was appended; the same bytes where nothing was."""
        if not self.has_grown:
            return self._xml
        cuts = []
        at = self._root.inner
        for name, part in self._lists.items():
            section = self._sections.get(name)
            at = section.end if section else at
            cuts += part.cuts(self._xml, at) if part.has_grown else []
        return cut(self._xml, cuts)

    def number(
        self,
        style: Style | None,
        base: int | None = None,
        *,
        quoted: bool = False,
        dated: bool = False,
    ) -> int:
        """The number by which a cell names its look.

        `base` is the look that the cell has: all of it stays unless it is 0, the plain one; but its number format
        gives way where nobody chose it, and where it shows days as numbers or numbers as days. `quoted` marks a text
        that could be taken for a formula, `dated` a value that is a day.

        Raises ValueError where the workbook has as many looks as it may.
        """
        # Tabs share a few style objects among very many cells: their identity is quicker than their fields.
        key = (id(style), base, quoted, dated)
        if key not in self._known:
            found = self._number(style, base, quoted=quoted, dated=dated)
            if found > LAST_LOOK:
                raise ValueError("more looks than a workbook may have")
            self._known[key] = (style, found)
        return self._known[key][1]

    def dxf(self, style: Style) -> int:
        """The number by which a conditional format names its look."""
        return self._lists["dxfs"].number(style_xml.dxf_xml(style, self._prefix))

    def _number(self, style: Style | None, base: int | None, *, quoted: bool, dated: bool) -> int:
        looks = self._lists["cellXfs"]
        wanted = (style.number_format if style else None) or (PLAIN_DATE if dated else None)
        if base is None or base >= len(looks) or (style is not None and base == 0):
            return looks.number(self._look(style or PLAIN, wanted or GENERAL, quoted=quoted))
        look = looks.entries[base]
        changed = self._changed(look, wanted, quoted=quoted)
        return base if changed == look else looks.number(changed)

    def _look(self, style: Style, number_format: str, *, quoted: bool) -> bytes:
        lists, prefix = self._lists, self._prefix
        lists["cellStyleXfs"].fill_head()
        font = style_xml.font_xml(style, self._font(), prefix)
        numbers = {
            "numFmtId": self._format_number(number_format),
            "fontId": lists["fonts"].number(font) if font else 0,
            "fillId": lists["fills"].number(style_xml.fill_xml(style.fill, prefix))
            if style.fill
            else 0,
            "borderId": lists["borders"].number(style_xml.border_xml(style, prefix)),
        }
        return style_xml.look_xml(
            numbers, style_xml.alignment_xml(style, prefix), prefix, quoted=quoted
        )

    def _changed(self, look: bytes, wanted: str | None, *, quoted: bool) -> bytes:
        """A look of the team's, with another number format if it must, and marked or not as quoted."""
        element = root(look)
        said = attributes(element)
        cuts = []
        if wanted and self._gives_way(int(said.get("numFmtId", "0")), wanted):
            number = str(self._format_number(wanted))
            cuts = [
                with_attribute(element, "numFmtId", number),
                with_attribute(element, "applyNumberFormat", "1"),
            ]
        if quoted and said.get("quotePrefix") not in TRUE:
            cuts.append(with_attribute(element, "quotePrefix", "1"))
        if not quoted and said.get("quotePrefix") in TRUE:
            cuts.append(without_attribute(element, "quotePrefix"))
        return cut(look, cuts)

    def _gives_way(self, number: int, wanted: str) -> bool:
        present = self._formats.get(number, GENERAL)
        if number == 0 or style_xml.is_made_here(present):
            return True
        shows_dates = number in style_xml.BUILT_IN_DATES or style_xml.shows_dates(present)
        return shows_dates != style_xml.shows_dates(wanted)

    def _format_number(self, number_format: str) -> int:
        if number_format in style_xml.BUILT_IN_FORMATS:
            return style_xml.BUILT_IN_FORMATS[number_format]
        for number, present in self._formats.items():
            if present == number_format:
                return number
        number = next(n for n in count(FIRST_OWN_FORMAT) if n not in self._formats)
        self._formats[number] = number_format
        self._lists["numFmts"].number(style_xml.format_xml(number, number_format, self._prefix))
        return number

    def _font(self) -> dict[str, bytes]:
        """The workbook's own font by its properties."""
        if self._usual_font is None:
            fonts = self._lists["fonts"]
            fonts.fill_head()
            self._usual_font = _properties(fonts.entries[0])
        return self._usual_font


def blank_style_sheet() -> bytes:
    """The style sheet of a workbook that had none."""
    opening = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    lists = "".join(
        f'<{name} count="{len(head)}">{"".join(head).format("")}</{name}>'
        for name, head in HEADS.items()
    )
    usual = '<cellStyle name="Normal" xfId="0" builtinId="0"/>'
    xml = f'{opening}{lists}<cellStyles count="1">{usual}</cellStyles></styleSheet>'
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()


def _properties(font: bytes) -> dict[str, bytes]:
    return {part.local: font[part.start : part.end] for part in children(font, root(font))}


def _formats(entries: list[bytes]) -> dict[int, str]:
    said = (attributes(root(entry)) for entry in entries)
    return {int(one["numFmtId"]): one.get("formatCode", "") for one in said if "numFmtId" in one}

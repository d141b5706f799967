"""Styles: from the product's few words about looks to Excel's, each combination made once."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from sheetflow.cells import Rule, Style

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

READ_RIGHT_TO_LEFT = 2


class Wardrobe:
    """Makes and keeps the styles of one workbook."""

    def __init__(self, book: Workbook) -> None:
        """Styles are registered in this workbook, through a sheet that is never written."""
        self._book = book
        self._scratch = type(book.worksheets[0])(book, title="scratch")
        self._made: dict[tuple[Style, bool], Any] = {}
        self._known: dict[tuple[int, bool], tuple[Style, Any]] = {}

    def record(self, style: Style, *, quoted: bool = False) -> Any:  # noqa: ANN401 - openpyxl's style record
        """The style's record; `quoted` marks a text that looks like a formula."""
        # Tabs share a few style objects among very many cells: their identity is quicker than their fields.
        known = self._known.get((id(style), quoted))
        if known is not None:
            return known[1]
        key = (style, quoted)
        if key not in self._made:
            self._made[key] = self._make(style, quoted=quoted)
        self._known[id(style), quoted] = (style, self._made[key])
        return self._made[key]

    def _make(self, style: Style, *, quoted: bool) -> Any:  # noqa: ANN401 - openpyxl's style record
        cell: Any = self._scratch.cell(1, 1)
        cell.font = _font(style, self._book)
        cell.fill = _fill(style.fill)
        cell.border = _border(style)
        cell.alignment = _alignment(style)
        cell.number_format = style.number_format or "General"
        cell.quotePrefix = int(quoted)
        return copy(cell._style)  # noqa: SLF001 - assigning whole records is what makes large tabs quick


def add_rules(sheet: Worksheet, rules: tuple[Rule, ...]) -> None:
    """Add conditional formats that compare with a text."""
    from openpyxl.formatting.rule import CellIsRule

    for rule in rules:
        made = CellIsRule(  # type: ignore[no-untyped-call]
            operator=rule.operator,
            formula=[f'"{rule.operand}"'],
            font=_rule_font(rule.style),
            fill=_rule_fill(rule.style.fill),
        )
        sheet.conditional_formatting.add(rule.area.a1, made)


def _font(style: Style, book: Workbook) -> Any:  # noqa: ANN401 - openpyxl's font
    usual: Any = copy(book._fonts[0])  # type: ignore[attr-defined]  # noqa: SLF001 - the workbook's own default font
    usual.name = style.font or usual.name
    usual.scheme = None if style.font else usual.scheme
    usual.b = style.bold
    usual.sz = style.size or usual.sz
    if style.ink:
        from openpyxl.styles.colors import Color

        usual.color = Color(rgb=f"FF{style.ink}")
    return usual


def _fill(colour: str | None) -> Any:  # noqa: ANN401 - openpyxl's fill
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=f"FF{colour}") if colour else PatternFill()


def _border(style: Style) -> Any:  # noqa: ANN401 - openpyxl's border
    from openpyxl.styles import Border, Side

    if style.outline:
        side = Side("medium", color=f"FF{style.outline}")
        return Border(left=side, right=side, top=side, bottom=side)
    return Border(
        left=Side("medium", color=f"FF{style.left_edge}") if style.left_edge else Side(),
        bottom=Side("thin", color=f"FF{style.under}") if style.under else Side(),
    )


def _alignment(style: Style) -> Any:  # noqa: ANN401 - openpyxl's alignment
    from openpyxl.styles import Alignment

    return Alignment(
        horizontal=style.align,
        vertical="center",
        wrap_text=style.wrap or None,
        indent=style.indent,
        readingOrder=READ_RIGHT_TO_LEFT if style.right_to_left else 0,
    )


def _rule_font(style: Style) -> Any:  # noqa: ANN401 - openpyxl's font
    from openpyxl.styles import Font

    return Font(b=style.bold or None, color=f"FF{style.ink}" if style.ink else None)


def _rule_fill(colour: str | None) -> Any:  # noqa: ANN401 - openpyxl's fill
    from openpyxl.styles import PatternFill

    # In a conditional format the background colour is the one that a solid fill shows.
    return PatternFill(bgColor=f"FF{colour}", fill_type="solid") if colour else None

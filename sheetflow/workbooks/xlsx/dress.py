"""Styles: from the product's few words about looks to Excel's, each combination made once."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sheetflow.cells import CellEdit, Rule, Style

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PLAIN_DATE = "yyyy-mm-dd"
READ_RIGHT_TO_LEFT = 2
FORMULA_STARTS = ("=", "+", "-", "@")


class Wardrobe:
    """Makes and keeps the styles of one workbook."""

    def __init__(self, book: Workbook) -> None:
        """Styles are registered in this workbook, through a sheet that is never written."""
        self._book = book
        self._scratch = type(book.worksheets[0])(book, title="scratch")
        self._made: dict[tuple[Style, bool], Any] = {}
        self._known: dict[tuple[int, bool], tuple[Style, Any]] = {}
        self._numbers: dict[tuple[int, bool], int] = {}

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

    def number(self, style: Style, *, quoted: bool = False) -> int:
        """The number by which the file's cells name the style."""
        key = (id(style), quoted)
        if key not in self._numbers:
            numbers: Any = self._book._cell_styles  # type: ignore[attr-defined]  # noqa: SLF001 - the list that is saved
            self._numbers[key] = int(numbers.add(self.record(style, quoted=quoted)))
        return self._numbers[key]

    def _make(self, style: Style, *, quoted: bool) -> Any:  # noqa: ANN401 - openpyxl's style record
        cell: Any = self._scratch.cell(1, 1)
        cell.font = _font(style, self._book)
        cell.fill = _fill(style.fill)
        cell.border = _border(style)
        cell.alignment = _alignment(style)
        cell.number_format = style.number_format or "General"
        cell.quotePrefix = int(quoted)
        return copy(cell._style)  # noqa: SLF001 - assigning whole records is what makes large tabs quick


@cache
def dated(style: Style) -> Style:
    """The style with a date format, where it has no format yet: a bare date shows as its serial number."""
    return style if style.number_format else replace(style, number_format=PLAIN_DATE)


def is_formula_like(value: object) -> bool:
    """Whether a spreadsheet would take the text for a formula if it were typed."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def clothed(cell: Any, edit: CellEdit, wardrobe: Wardrobe) -> Any:  # noqa: ANN401 - openpyxl's cell and style record
    """The look of a team's cell after the edit: what the team has formatted keeps all but the number format."""
    style = edit.style or Style()
    if isinstance(edit.after, date):
        style = dated(style)
    if not cell.has_style:
        return copy(wardrobe.record(style, quoted=is_formula_like(edit.after)))
    if style.number_format and not _is_their_date_format(cell.number_format):
        cell.number_format = style.number_format
    cell.quotePrefix = int(is_formula_like(edit.after))
    return cell._style  # noqa: SLF001 - as above


def add_rules(sheet: Worksheet, rules: tuple[Rule, ...]) -> None:
    """Add the conditional formats that the sheet does not have yet."""
    from openpyxl.formatting.rule import CellIsRule

    present = {
        (str(block.sqref), rule.operator, *rule.formula)
        for block in sheet.conditional_formatting
        for rule in block.rules
    }
    for rule in rules:
        formula = f'"{rule.operand}"' if isinstance(rule.operand, str) else f"{rule.operand:g}"
        if (rule.area.a1, rule.operator, formula) in present:
            continue
        made = CellIsRule(  # type: ignore[no-untyped-call]
            operator=rule.operator,
            formula=[formula],
            font=_rule_font(rule.style),
            fill=_rule_fill(rule.style.fill),
        )
        sheet.conditional_formatting.add(rule.area.a1, made)


def _is_their_date_format(number_format: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(number_format)) and not number_format.startswith("[$-")


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

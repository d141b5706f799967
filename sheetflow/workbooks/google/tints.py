"""The colours of cells that follow the plan, each named by a letter in the code of its row.

tints = Tints(places, rules, lasting, former)
tints.by_letter                       # the letters that the sheet's rules know
tints.ruled_rows(tab)                 # what rules on numbers give
codes = Codes(by_letter, ground)      # .text(row, number, ruled), .is_short
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sheetflow.cells import CellRange, ComputedTab, Rule, Style, StyleRow, Value
from sheetflow.workbooks.google.cell_formats import mixed

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789αβγδεζηθικλμνξοπρτυφχψωабвгдежзийклмнопрстуфхцчшщ"
"""Sheets takes capitals and small letters for the same: these are small ones only."""

NO_TINT = "."
WHITE = "FFFFFF"
OUTLINED, EDGED = 0.3, 0.2
"""How much of the colour of its outline, or of the edge at its left, a cell takes on: conditional formats have none."""

DARK = 128
"""The brightness (0 to 255) below which a fill takes on all of its outline's colour, as less could not be seen."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Tint:
    """What a conditional format can give to a cell."""

    fill: str = ""
    ink: str = ""
    bold: bool = False

    @classmethod
    def of(cls, style: Style) -> Tint:
        """The colours of a style; an outline or an edge shows as a touch of its colour."""
        fill = style.fill or ""
        if style.outline:
            share = 1.0 if fill and sum(bytes.fromhex(fill)) < 3 * DARK else OUTLINED
            fill = mixed(fill or WHITE, style.outline, share)
        elif style.left_edge not in {None, WHITE} and not fill:
            fill = mixed(WHITE, style.left_edge or WHITE, EDGED)
        return cls(fill=fill, ink=style.ink or "", bold=style.bold)

    @classmethod
    def beyond(cls, lasting: Tint, style: Style) -> Tint | None:
        """What a cell of the style needs where its format has these colours; None where they are enough."""
        wanted = cls.of(style)
        return None if wanted in {lasting, cls()} else wanted

    @property
    def style(self) -> Style:
        """The same as a style; a tint without a fill takes the one below it away."""
        return Style(fill=self.fill or WHITE, ink=self.ink or None, bold=self.bold)


class Tints:
    """The tints of one tab: those that its styles and its rules have, and their letters."""

    def __init__(
        self,
        places: Sequence[StyleRow],
        rules: Sequence[Rule],
        lasting: Iterable[Style],
        former: Mapping[str, Tint],
    ) -> None:
        """Look through the tab once; the same colours get the same letters in whatever order they come.

        The `former` letters stay as long as every tint has one. An ink that lasts in some column needs no letter:
        lists have the same inks in every row.
        """
        self._rules = rules
        rows = {id(row): row for row in places}.values()
        styles = {style for row in rows for style in row if style is not None}
        tints = {Tint.of(style) for style in styles} | _outlined(styles)
        tints |= {Tint.of(rule.style) for rule in rules}
        needless = {Tint(), *map(Tint.of, lasting)}
        wanted = sorted(tints - needless)
        known = set(former.values()).issuperset(wanted)
        self.by_letter = former if known else dict(zip(LETTERS, wanted, strict=False))

    def ruled_rows(self, tab: ComputedTab) -> dict[int, dict[int, Tint]]:
        """The tints that rules on numbers give, by row and column; the first rule that fits counts."""
        found: dict[int, dict[int, Tint]] = {}
        for rule in self._rules:
            tint = Tint.of(rule.style)
            for area in (rule.area, *rule.beside):
                for row, column in _fitting(tab, area, rule):
                    found.setdefault(row, {}).setdefault(column, tint)
        for merge in tab.merges:
            tint = found.get(merge.first_row, {}).get(merge.first_column, Tint())
            for row, column in _covered(merge) if tint.fill else ():
                found.setdefault(row, {})[column] = tint
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The colours that cells have for good: those of the header's rows, and of the columns below."""

    heads: tuple[tuple[Tint, ...], ...] = ()
    columns: tuple[Tint, ...] = ()

    def at(self, row: int, column: int) -> Tint:
        """The colours of a cell."""
        cells = self.heads[row - 1] if row <= len(self.heads) else self.columns
        return cells[column - 1] if column <= len(cells) else Tint()


class Codes:
    """Writes the codes of rows; it `is_short` of letters once a cell needed a fill that has none."""

    def __init__(self, by_letter: Mapping[str, Tint], ground: Ground) -> None:
        """These letters, where cells have these colours for good."""
        self.is_short = False
        self._ground = ground
        self._letters = {tint: letter for letter, tint in by_letter.items()}

    def text(self, row: StyleRow, number: int, ruled: Mapping[int, Tint]) -> str:
        """The code of a row: a letter a cell, as far as there are any; rules come before styles."""
        letters = []
        for column in range(1, max([len(row), *ruled]) + 1):
            tint = ruled.get(column)
            style = row[column - 1] if column <= len(row) else None
            if tint is None and style is not None:
                tint = Tint.beyond(self._ground.at(number, column), style)
            letters.append(self._letter(tint))
        return "".join(letters).rstrip(NO_TINT)

    def _letter(self, tint: Tint | None) -> str:
        if tint is None:
            return NO_TINT
        if tint not in self._letters and tint.fill:
            self.is_short = True
        return self._letters.get(tint, NO_TINT)


def _outlined(styles: Iterable[Style]) -> set[Tint]:
    """Every fill with every outline, so that the letters stay the same when a bar gets its outline."""
    known = set(styles)
    outlines = {style.outline for style in known} - {None}
    return {
        Tint.of(Style(fill=style.fill, ink=style.ink, bold=style.bold, outline=outline))
        for style in known
        for outline in outlines
        if style.fill and not style.bold
    }


def _covered(merge: CellRange) -> Iterable[tuple[int, int]]:
    """The cells of a merge: in Sheets they stay apart, and look alike, so that another plan needs no other merges."""
    for row in range(merge.first_row, merge.last_row + 1):
        for column in range(merge.first_column, merge.last_column + 1):
            yield row, column


def _fitting(tab: ComputedTab, area: CellRange, rule: Rule) -> Iterable[tuple[int, int]]:
    for row in range(area.first_row, min(area.last_row, len(tab.rows)) + 1):
        values = tab.rows[row - 1]
        for column in range(area.first_column, min(area.last_column, len(values)) + 1):
            if _fits(values[column - 1], rule):
                yield row, column


def _fits(value: Value, rule: Rule) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    bound = float(rule.operand)
    tests = {
        "equal": value == bound,
        "greaterThan": value > bound,
        "greaterThanOrEqual": value >= bound,
        "between": bound <= value <= (bound if rule.upper is None else rule.upper),
    }
    return tests[rule.operator]

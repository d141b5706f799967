"""A computed tab made ready for Sheets: what never moves is format, what moves with the plan is told by values.

    dressed = dress(tab, held)       # .rows: the values to write; .look: the formats, which seldom change
    undressed(table) -> Table        # a table that was read, without what dressing adds
    wears(table, dressed) -> bool    # whether the sheet has this very look already

Formats need a request of their own, values go along with all others. So colours that follow the plan (bars, heat maps,
today) are conditional formats over a last, hidden column: a text a row that names the tint of each cell by a letter.
A plan that moves writes other letters; its formats stay. The first cell of that column tells which look the sheet has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sheetflow.cells import ComputedTab, Rule, Style, StyleRow, StyleRows, Table, Value
from sheetflow.workbooks.google.look import Look
from sheetflow.workbooks.google.tab_styles import PLAIN, TabStyles, first_of_grid, tab_styles
from sheetflow.workbooks.google.tints import Tint, Tints
from sheetflow.workbooks.google.worn import mark_of, widened, worn_by

WITHOUT_TINTS = 1
"""The first row is the same for every plan of a tab: its colours are formats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dressed:
    """A tab for Sheets."""

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    look: Look
    mark: str


def dress(tab: ComputedTab, held: Table | None = None) -> Dressed:
    """The tab with its hidden column; rows and columns are where they were.

    What the sheet was `held` to look like stays where it fits as well: wider columns, days with their year.
    """
    places = _style_rows(tab)
    worn = worn_by(held) if held else None
    styles = tab_styles(tab, places, worn.patterns if worn else ())
    tints = Tints(places[WITHOUT_TINTS:], _number_rules(tab), styles.columns)
    codes = _codes(tab, places, styles, tints)
    width = max([len(tab.widths), *map(len, tab.rows), *map(len, places)])
    roomy = replace(tab, widths=widened(tab.widths, worn.widths if worn else ()))
    look = Look(tab=roomy, styles=styles, tints=tints.by_letter(), width=width)
    mark = worn.text if worn and _shows_nothing(look, places) else mark_of(look)
    codes[:1] = [mark]
    rows = zip_longest(tab.rows, codes, fillvalue=None)
    placed = tuple(_with_code(row or (), code, width) for row, code in rows)
    return Dressed(sheet=tab.sheet, rows=placed, look=look, mark=mark)


def _shows_nothing(look: Look, places: Sequence[StyleRow]) -> bool:
    """Whether a list holds no more than a word that there is nothing: any look of the tab is right for that."""
    body = places[look.tab.frozen_rows :]
    return first_of_grid(look.tab) is None and all(len(row) <= 1 for row in body)


def undressed(table: Table) -> Table:
    """The table without the hidden column, if it has one."""
    worn = worn_by(table)
    if worn is None:
        return table
    place = worn.column - 1
    rows = [
        _trimmed((*row[:place], *(None for _ in row[place:][:1]), *row[place + 1 :]))
        for row in table.rows
    ]
    while rows and not rows[-1]:
        rows.pop()
    return replace(table, rows=tuple(rows))


def wears(table: Table, dressed: Dressed) -> bool:
    """Whether the table, as it was read, has the look, and has it where it belongs; its formats are right then."""
    worn = worn_by(table)
    place = dressed.look.width + 1
    return worn is not None and (worn.text, worn.column) == (dressed.mark, place)


def _with_code(row: Sequence[Value], code: str | None, width: int) -> tuple[Value, ...]:
    return (*row, *(None,) * (width - len(row)), code) if code else tuple(row)


def _trimmed(row: tuple[Value, ...]) -> tuple[Value, ...]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _style_rows(tab: ComputedTab) -> Sequence[StyleRow]:
    if isinstance(tab.styles, StyleRows):
        return tab.styles.rows
    rows: dict[int, dict[int, Style]] = {}
    for (row, column), style in tab.styles.items():
        rows.setdefault(row, {})[column] = style
    return [
        tuple(rows[row].get(column) for column in range(1, max(rows[row]) + 1))
        if row in rows
        else ()
        for row in range(1, max(rows, default=0) + 1)
    ]


def _number_rules(tab: ComputedTab) -> tuple[Rule, ...]:
    """The rules on numbers: their areas follow the plan, so that they are turned into letters."""
    return tuple(rule for rule in tab.rules if not isinstance(rule.operand, str))


def _codes(
    tab: ComputedTab, places: Sequence[StyleRow], styles: TabStyles, tints: Tints
) -> list[str | None]:
    ruled = tints.ruled_rows(tab)
    codes: list[str | None] = [None] * WITHOUT_TINTS
    # Rows that look the same share one tuple: that keeps lists of very many rows quick.
    known: dict[tuple[int, bool], str] = {}
    last = max([len(places), *ruled])
    below = [*places[WITHOUT_TINTS:], *[()] * (last - len(places))]
    for number, row in enumerate(below, start=WITHOUT_TINTS + 1):
        key = id(row), number <= tab.frozen_rows
        if number in ruled:
            codes.append(_code(row, number, styles, tints, ruled[number]) or None)
            continue
        if key not in known:
            known[key] = _code(row, number, styles, tints, {})
        codes.append(known[key] or None)
    return codes


def _code(
    row: StyleRow, number: int, styles: TabStyles, tints: Tints, ruled: Mapping[int, Tint]
) -> str:
    return tints.text(_row_tints(row, number, styles, ruled))


def _row_tints(
    row: StyleRow, number: int, styles: TabStyles, ruled: Mapping[int, Tint]
) -> Iterator[Tint | None]:
    for column in range(1, max([len(row), *ruled]) + 1):
        style = (row[column - 1] if column <= len(row) else None) or PLAIN
        yield ruled.get(column) or Tint.beyond(styles.at(number, column), style)

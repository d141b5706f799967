"""A computed tab made ready for Sheets: what never moves is format, what moves with the plan is told by values.

    dressed = dress(tab, held)       # .rows: the values to write; .look: the formats, which seldom change
    undressed(table) -> Table        # a table that was read, without what dressing adds: codes, and room

Formats need a request of their own, values go along with all others. So colours that follow the plan (bars, heat maps,
today) are conditional formats over a last, hidden column: a text a row that names the tint of each cell by a letter.
A plan that moves writes other letters; its formats stay. The first cell of that column tells which look the sheet has;
as long as that one serves, a tab is drawn in it, and its own look waits until there is something to be made anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sheetflow.cells import ComputedTab, Rule, StyleRow, Table, Value
from sheetflow.workbooks.google.digests import MOST_READ, with_digests
from sheetflow.workbooks.google.look import Look
from sheetflow.workbooks.google.room import room_for, with_charts, with_room
from sheetflow.workbooks.google.tab_styles import first_of_grid, style_rows, tab_styles
from sheetflow.workbooks.google.tints import Codes, Tint, Tints
from sheetflow.workbooks.google.watch import BEHIND_CODES, with_watch
from sheetflow.workbooks.google.worn import Memo, memo_of, serves, widened, worn_by

WITHOUT_TINTS = 1
"""The first row is the same for every plan of a tab: its colours are formats."""

ROOMY = 16.0
"""The least width of a column in a list that holds nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dressed:
    """A tab for Sheets: its values, and the look that it is to have.

    The sheet `has_look` where its own serves; where that one `is_stale` all the same, the rows are drawn for it.
    Where it `is_summed`, the rows have their digests.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    look: Look
    is_summed: bool = False
    has_look: bool = False
    is_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A tab on its way: the styles of its cells, its tints, and the look of its own."""

    tab: ComputedTab
    places: Sequence[StyleRow]
    ruled: Mapping[int, Mapping[int, Tint]]
    look: Look

    @property
    def shows_nothing(self) -> bool:
        """Whether a list holds no more than a word that there is nothing."""
        body = self.places[self.tab.frozen_rows :]
        return first_of_grid(self.tab) is None and all(len(row) <= 1 for row in body)


def dress(tab: ComputedTab, held: Table | None = None, *, anew: bool = False) -> Dressed:
    """The tab with its hidden column; rows and columns are where they were.

    What the sheet was `held` to look like stays where it fits as well: wider columns, days with their year. Where it
    serves, all of it stays, unless the tab is to be dressed `anew`.
    """
    worn = worn_by(held) if held else None
    drawing = _drawing(tab, worn.memo if worn else Memo())
    memo = memo_of(drawing.look)
    in_place = worn is not None and worn.column == drawing.look.width + 1
    if worn and in_place and serves(worn.memo, memo):
        is_stale = worn.text != memo.text and not drawing.shows_nothing
        rows, is_short = _rows(drawing, worn.memo, worn.text)
        if not is_short and not (anew and is_stale):
            dressed = _dressed(drawing.look, rows, held, is_summed=worn.memo.is_summed)
            return replace(dressed, has_look=True, is_stale=is_stale)
    rows, _ = _rows(drawing, memo, memo.text)
    return _dressed(drawing.look, rows, held, is_summed=memo.is_summed)


def _dressed(
    look: Look, rows: tuple[tuple[Value, ...], ...], held: Table | None, *, is_summed: bool
) -> Dressed:
    """The rows with their digests, where the sheet has them, and with the watch, if it is held there."""
    rows = with_digests(rows, look.digests) if is_summed else rows
    first = with_watch(rows[0], held.rows[0], look.watch) if held and held.rows else rows[0]
    return Dressed(sheet=look.tab.sheet, rows=(first, *rows[1:]), look=look, is_summed=is_summed)


def _drawing(tab: ComputedTab, worn: Memo) -> Drawing:
    roomy = with_charts(with_room(tab, room_for(tab, worn.room)), worn.charts)
    places = style_rows(roomy)
    styles = tab_styles(roomy, places, worn.patterns)
    tints = Tints(places[WITHOUT_TINTS:], _number_rules(tab), styles.columns, former=worn.letters)
    width = max([len(roomy.widths), *map(len, roomy.rows), *map(len, places)])
    widths = widened(_least(roomy), worn.widths)
    look = Look(
        tab=replace(roomy, widths=widths),
        styles=styles,
        tints=tints.by_letter,
        width=width,
        is_summed=width * len(roomy.rows) > (MOST_READ / 2 if worn.is_summed else MOST_READ),
    )
    return Drawing(tab=roomy, places=places, ruled=tints.ruled_rows(roomy), look=look)


def _least(tab: ComputedTab) -> tuple[float, ...]:
    """The widths; in a list that holds nothing yet, room for what will stand there."""
    if not tab.body or tab.filtered:
        return tab.widths
    return tuple(max(width, ROOMY) if width else width for width in tab.widths)


def undressed(table: Table) -> Table:
    """The table without the hidden columns, if it has any."""
    worn = worn_by(table)
    if worn is None:
        return table
    room, end = worn.memo.room, worn.column - 1
    used = max((len(_trimmed(row[:room])) for row in table.rows), default=0)
    behind = worn.column + BEHIND_CODES
    rows = [
        _trimmed((*row[:used], *row[room:end], *(None for _ in row[end:behind]), *row[behind:]))
        for row in table.rows
    ]
    while rows and not rows[-1]:
        rows.pop()
    return replace(table, rows=tuple(rows))


def _trimmed(row: tuple[Value, ...]) -> tuple[Value, ...]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _number_rules(tab: ComputedTab) -> tuple[Rule, ...]:
    """The rules on numbers: their areas follow the plan, so that they are turned into letters."""
    return tuple(rule for rule in tab.rules if not isinstance(rule.operand, str))


def _rows(drawing: Drawing, memo: Memo, mark: str) -> tuple[tuple[tuple[Value, ...], ...], bool]:
    """The rows with their codes, written for a sheet that looks so, and whether it lacks a colour."""
    codes = Codes(memo.letters, memo.ground)
    texts = [mark, *_texts(drawing, codes)]
    rows = zip_longest(drawing.tab.rows, texts, fillvalue=None)
    width = drawing.look.width
    return tuple(_with_code(row or (), text, width) for row, text in rows), codes.is_short


def _texts(drawing: Drawing, codes: Codes) -> list[str | None]:
    ruled, frozen = drawing.ruled, drawing.tab.frozen_rows
    # Rows that look the same share one tuple: that keeps lists of very many rows quick.
    known: dict[tuple[int, bool], str] = {}
    texts: list[str | None] = []
    for number in range(WITHOUT_TINTS + 1, max([len(drawing.places), *ruled]) + 1):
        row = drawing.places[number - 1] if number <= len(drawing.places) else ()
        key = id(row), number <= frozen
        if number in ruled:
            texts.append(codes.text(row, number, ruled[number]) or None)
            continue
        if key not in known:
            known[key] = codes.text(row, number, {})
        texts.append(known[key] or None)
    return texts


def _with_code(row: Sequence[Value], code: str | None, width: int) -> tuple[Value, ...]:
    return (*row, *(None,) * (width - len(row)), code) if code else tuple(row)

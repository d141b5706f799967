"""What a computed tab looks like for good, and the requests that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count

from sheetflow.cells import CellRange, ComputedTab, Rule, Style, column_letters
from sheetflow.workbooks.google.cell_formats import (
    Json,
    cell_format,
    column_pixels,
    number_format,
    rgb,
    row_pixels,
)
from sheetflow.workbooks.google.chart_specs import chart_request
from sheetflow.workbooks.google.conditions import formula_request, rule_request
from sheetflow.workbooks.google.grid_ranges import down_from, grid_range, lines, runs
from sheetflow.workbooks.google.numbering import number_from
from sheetflow.workbooks.google.tab_styles import (
    PLAIN,
    TabStyles,
    first_of_grid,
    seen_columns,
)
from sheetflow.workbooks.google.tints import Ground, Tint

BODY_HEIGHT = 20.0
FORMAT = "userEnteredFormat"
HIDDEN: Json = {"hiddenByUser": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The styles that stay, the tints by their letters, and the tab for its widths and charts.

    `width` is the number of the tab's own columns. Behind them come hidden ones: the letters, the digests of rows where
    the tab `is_summed`, and in one of the tabs the watch.
    """

    tab: ComputedTab
    styles: TabStyles
    tints: Mapping[str, Tint]
    width: int
    is_summed: bool = False

    @property
    def body_row(self) -> int:
        """The first row below those that stay in view."""
        return self.tab.frozen_rows + 1

    @property
    def digests(self) -> int:
        """The column for the digests of rows."""
        return self.width + 2

    @property
    def watch(self) -> int:
        """The column for the watch, and the last of all."""
        return self.width + 4

    @property
    def columns(self) -> tuple[Style, ...]:
        """The style of each column below the header; a grid goes on as it ends."""
        styles = self.styles.columns
        grid = first_of_grid(self.tab)
        last = styles[-1] if grid and len(styles) >= grid else PLAIN
        room = seen_columns(self.tab) - len(styles)
        hidden = self.width - max(len(styles), seen_columns(self.tab))
        return (*styles, *(last,) * room, *(PLAIN,) * hidden)

    @property
    def ground(self) -> Ground:
        """The colours that last."""
        heads = (
            tuple(Tint.of(style) if style else Tint() for style in row) for row in self.styles.heads
        )
        return Ground(heads=tuple(heads), columns=tuple(map(Tint.of, self.columns)))


def properties(look: Look) -> Json:
    """The sheet's own properties, but for its size."""
    tab = look.tab
    colour = {"tabColorStyle": rgb(tab.tab_colour)} if tab.tab_colour else {}
    return {
        "rightToLeft": tab.right_to_left,
        **colour,
        "gridProperties": {
            "frozenRowCount": tab.frozen_rows,
            "frozenColumnCount": tab.frozen_columns,
            "hideGridlines": True,
        },
    }


def lasting_requests(look: Look, sheet_id: int) -> Iterator[Json]:
    """All of the look but for the sheet's properties and its filter; the same for every plan of the same shape."""
    return chain(
        _formats(look, sheet_id),
        _sizes(look, sheet_id),
        _rules(look, sheet_id),
        (
            chart_request(look.tab, chart, sheet_id, chart_number(sheet_id, place))
            for place, chart in enumerate(look.tab.charts)
        ),
    )


def chart_number(sheet_id: int, place: int) -> int:
    """The ID of a tab's chart: it tells ours from those that people draw beside them."""
    return number_from(f"chart {place} of {sheet_id}")


def _formats(look: Look, sheet_id: int) -> Iterator[Json]:
    for number, row in enumerate(look.styles.heads, start=1):
        cells = [style or PLAIN for style in row] + [PLAIN] * (look.width - len(row))
        for first, last, style in runs(cells):
            area = CellRange(number, first, number, last)
            yield formatted(grid_range(sheet_id, area), cell_format(style))
    for first, last, style in runs(look.columns):
        place = down_from(sheet_id, look.body_row, first, last)
        yield formatted(place, cell_format(style))
    grid = first_of_grid(look.tab)
    if look.styles.lower and grid:
        first_row, pattern = look.styles.lower
        place = down_from(sheet_id, first_row, grid, look.width)
        shown = {"numberFormat": number_format(pattern)}
        yield formatted(place, shown, f"{FORMAT}.numberFormat")


def formatted(place: Json, shown: Json, fields: str = FORMAT) -> Json:
    """Gives each cell of the place a format, or the parts of it that the fields name."""
    return {"repeatCell": {"range": place, "cell": {FORMAT: shown}, "fields": fields}}


def _sizes(look: Look, sheet_id: int) -> Iterator[Json]:
    """Widths, and heights where no text wraps: rows of which nobody set the height grow with their text."""
    for first, last, width in runs(look.tab.widths):
        if width:
            size = {"pixelSize": column_pixels(width)}
            yield _sized(lines(sheet_id, "COLUMNS", first, last), size)
        else:
            yield from _hidden(sheet_id, first, last)
    yield from _hidden(sheet_id, look.width + 1, look.watch)
    heads = [look.tab.heights.get(row, BODY_HEIGHT) for row in range(1, look.body_row)]
    for first, last, height in runs(heads):
        yield _sized(lines(sheet_id, "ROWS", first, last), {"pixelSize": row_pixels(height)})
    if not any(style.wrap for style in look.styles.columns):
        body = lines(sheet_id, "ROWS", look.body_row, None)
        yield _sized(body, {"pixelSize": row_pixels(BODY_HEIGHT)})


def _hidden(sheet_id: int, first: int, last: int) -> Iterator[Json]:
    """Hides columns; their texts must not run out of them into those that are seen."""
    place = down_from(sheet_id, 1, first, last)
    yield formatted(place, {"wrapStrategy": "CLIP"}, f"{FORMAT}.wrapStrategy")
    yield _sized(lines(sheet_id, "COLUMNS", first, last), HIDDEN)


def _sized(place: Json, size: Json) -> Json:
    return {
        "updateDimensionProperties": {
            "range": place,
            "properties": size,
            "fields": ",".join(size),
        }
    }


def word_rules(look: Look) -> Iterator[Rule]:
    """The rules on words, which are rules of the sheet too."""
    return (rule for rule in look.tab.rules if isinstance(rule.operand, str))


def _rules(look: Look, sheet_id: int) -> Iterator[Json]:
    """The rules on words first, then those on the letters of the hidden column."""
    numbers = count()
    for rule in word_rules(look):
        # Down to the end of the sheet, so that a longer list has its colours too.
        places = [
            down_from(sheet_id, area.first_row, area.first_column, area.last_column)
            for area in (rule.area, *rule.beside)
        ]
        yield rule_request(rule, places, next(numbers))
    place = down_from(sheet_id, 2, 1, look.width)
    letters = f"${column_letters(look.width + 1)}2"
    for letter, tint in look.tints.items():
        formula = f'=MID({letters},COLUMN(),1)="{letter}"'
        yield formula_request(formula, tint.style, [place], next(numbers))

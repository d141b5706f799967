"""What is to be written, as JSON: edits in the team's tabs, and computed tabs as they are drawn.

patch_document(patch, epoch) -> {"edits", "styles", "tabs", "columns", "watched"}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, TypeAlias

from sheetflow.cells import (
    CellEdit,
    CellRange,
    Chart,
    ColumnLook,
    ComputedTab,
    KeyedRow,
    Patch,
    Rule,
    Style,
)
from sheetflow.workbooks.posted.layers import NOTHING, layers
from sheetflow.workbooks.posted.values import carried_value

Json: TypeAlias = dict[str, Any]

PLAIN_DATE = "yyyy-mm-dd"


def patch_document(patch: Patch, epoch: date) -> Json:
    """The patch: `before` and `after` are what the cell holds as a number, a text or a truth; None for nothing."""
    styles = _Styles()
    return {
        "edits": [_edit(edit, epoch, styles) for edit in patch.edits],
        "styles": [style_document(style) for style in styles.known],
        "tabs": [tab_document(tab, epoch) for tab in patch.tabs],
        "columns": [_column(look) for look in patch.looks],
        "watched": _watched(patch.rows),
    }


def tab_document(tab: ComputedTab, epoch: date) -> Json:
    """A computed tab: its values row by row, and how it looks, layer over layer."""
    return {
        "sheet": tab.sheet,
        "rows": [[carried_value(value, epoch) for value in row] for row in tab.rows],
        "layers": [
            {
                "property": layer.property,
                "value": layer.value,
                "ranges": [area.a1 for area in layer.ranges],
            }
            for layer in layers(tab)
        ],
        "widths": list(tab.widths),
        "heights": {str(row): height for row, height in sorted(tab.heights.items())},
        "header_row": tab.header_row,
        "frozen_rows": tab.frozen_rows,
        "frozen_columns": tab.frozen_columns,
        "filtered": tab.filtered.a1 if tab.filtered else None,
        "rules": [_rule(rule) for rule in tab.rules],
        "merges": [area.a1 for area in tab.merges],
        "charts": [_chart(chart) for chart in tab.charts],
        "right_to_left": tab.right_to_left,
        "footer": tab.footer,
        "tab_colour": tab.tab_colour,
        "on_one_page": tab.on_one_page,
    }


def style_document(style: Style) -> Json:
    """What the style says, without what it leaves as it is."""
    said = ((one.name, getattr(style, one.name)) for one in fields(style))
    return {name: value for name, value in said if value not in NOTHING}


@dataclass(slots=True)
class _Styles:
    """Every style once, in the order of its first use."""

    known: dict[Style, int] = field(default_factory=dict)

    def number(self, style: Style) -> int:
        return self.known.setdefault(style, len(self.known))


def _edit(edit: CellEdit, epoch: date, styles: _Styles) -> Json:
    ref, style = edit.ref, edit.style
    said: Json = {
        "sheet": ref.sheet,
        "cell": ref.a1,
        "row": ref.row,
        "column": ref.column,
        "before": carried_value(edit.before, epoch),
        "after": carried_value(edit.after, epoch),
    }
    usual = PLAIN_DATE if isinstance(edit.after, date) else None
    number_format = (style.number_format if style else None) or usual
    if number_format:
        said["number_format"] = number_format
    if style:
        said["style"] = styles.number(style)
    return said


def _column(look: ColumnLook) -> Json:
    rules = [_rule(rule) for rule in look.rules]
    return {"sheet": look.sheet, "column": look.column, "width": look.width, "rules": rules}


def _watched(rows: Iterable[KeyedRow]) -> list[Json]:
    """By sheet its header row, and the columns that tell its rows apart and whether one is where it was."""
    found: dict[str, tuple[int, set[int]]] = {}
    for row in rows:
        _, columns = found.setdefault(row.sheet, (row.head, set()))
        columns |= {row.key_column, *_inputs(row)}
    return [
        {"sheet": sheet, "head": head, "columns": sorted(columns)}
        for sheet, (head, columns) in found.items()
    ]


def _inputs(row: KeyedRow) -> Iterable[int]:
    return () if row.row == row.head else row.inputs


def _rule(rule: Rule) -> Json:
    areas: tuple[CellRange, ...] = (rule.area, *rule.beside)
    return {
        "ranges": [area.a1 for area in areas],
        "operator": rule.operator,
        "operand": rule.operand,
        "upper": rule.upper,
        "style": style_document(rule.style),
    }


def _chart(chart: Chart) -> Mapping[str, Any]:
    return {
        "title": chart.title,
        "row": chart.row,
        "column": chart.column,
        "width": chart.width,
        "height": chart.height,
        "categories": chart.categories.a1,
        "series": [
            {"name": one.name, "values": one.values.a1, "colour": one.colour}
            for one in chart.series
        ],
        "ink": chart.ink,
        "line": chart.line,
        "number_format": chart.number_format,
        "font": chart.font,
        "lying": chart.lying,
    }

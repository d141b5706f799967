"""What a new workbook holds: every tab, with a few rows to begin with, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sheetflow.cells import (
    CellRange,
    ComputedTab,
    DropDown,
    Rule,
    StarterTab,
    Style,
    Value,
    column_letters,
)
from sheetflow.domain.flag import Flag
from sheetflow.domain.settings import Language
from sheetflow.translate import palette
from sheetflow.translate.builtin import builtin_types, builtin_workflow, show_step
from sheetflow.translate.filling import LOOKS
from sheetflow.translate.shipped import catalog
from sheetflow.translate.starter_rows import starter_rows
from sheetflow.translate.views.facing import turned_style
from sheetflow.translate.vocabulary import Vocabulary, vocabulary

ROWS = 200
DATES = {
    "Delivery date",
    "Not before",
    "From",
    "Until",
    "To",
    "Date",
    "Start by",
    "Step due",
    "Ready by",
    "Forecast",
}
COMPUTED = ("Flag", "Why", "Start by", "Step owner", "Step due", "Ready by", "Forecast", "Slack")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Publications": (
        *("ID", "Publication", "Type", "Client", "Delivery date", "Priority", "Status"),
        *("Current step", "Owners", "Skip", "Days", "Not before", *COMPUTED),
    ),
    "Workflows": (
        *("Type", "Step", "Phase", "Skill", "Days", "Hours", "Kind"),
        *("After", "Returns to", "Not by"),
    ),
    "Team": ("Name", "Email", "Skills", "Hours per day", "Working days", "From", "Until"),
    "Time off": ("Name", "From", "To", "Note"),
    "Holidays": ("Date", "Name"),
    "Settings": ("Setting", "Value"),
}
"""The columns of each tab, by their canonical names."""

LISTS = "Lists"
"""A hidden tab: what the drop-downs offer stands in its columns, in the order of LISTED."""

LISTED = ("type", "step", "status", "priority", "kind", "skill", "setting", "phase", "any step")
OFFERED = {
    ("Publications", "Type"): "type",
    ("Publications", "Current step"): "step",
    ("Publications", "Status"): "status",
    ("Publications", "Priority"): "priority",
    ("Workflows", "Type"): "type",
    ("Workflows", "Step"): "any step",
    ("Workflows", "Phase"): "phase",
    ("Workflows", "Kind"): "kind",
    ("Workflows", "After"): "any step",
    ("Workflows", "Returns to"): "any step",
    ("Workflows", "Not by"): "any step",
    ("Workflows", "Skill"): "skill",
    ("Team", "Skills"): "skill",
    ("Settings", "Setting"): "setting",
}
FILTERED = {"Publications"}
STRICT = {"status", "priority", "kind"}
WIDTHS = {
    **dict.fromkeys(("ID", "Slack", "Flag"), 9.0),
    **dict.fromkeys(("Priority", "Status", "Name", "Kind", "Hours", "Hours per day"), 12.0),
    **dict.fromkeys(("Owners", "Skip", "Days"), 20.0),
    **dict.fromkeys(("Skill", "Step", "Setting", "Value", "Note"), 26.0),
    "Type": 32.0,
    "Publication": 38.0,
    "Why": 72.0,
    "Skills": 66.0,
    "Working days": 24.0,
    "Email": 24.0,
}
NUMBERS = {"Hours", "Hours per day", "Slack"}
DAY_FORMATS = {Language.EN: "[$-409]ddd d mmm yyyy", Language.ID: "[$-421]ddd d mmm yyyy"}
HEADER_PADDING = 5
WIDTH, DATE_WIDTH, HEAD_HEIGHT, TWO_LINES = 16.0, 19.0, 24.0, 40.0


def starter_tabs(language: Language, today: date) -> tuple[StarterTab, ...]:
    """The tabs of a new workbook, in their order; the sample rows are delivered four weeks from `today`."""
    return _Starter(language, today).tabs()


@dataclass(frozen=True, slots=True)
class _Starter:
    language: Language
    today: date

    @property
    def words(self) -> Vocabulary:
        return vocabulary()

    def tabs(self) -> tuple[StarterTab, ...]:
        rows = starter_rows(self.language, self.today)
        return (*(self._tab(tab, held) for tab, held in rows.items()), self._lists())

    def show(self, group: str, name: str) -> str:
        return self.words.show(group, name, self.language)

    def _tab(self, tab: str, rows: Sequence[Mapping[str, Value]]) -> StarterTab:
        columns = COLUMNS[tab]
        header = tuple(self.show(f"header:{tab}", name) for name in columns)
        drawn = ComputedTab(
            sheet=self.show("tab", tab),
            rows=(header, *(tuple(row.get(name) for name in columns) for row in rows)),
            styles={
                (row, number): head if row == 1 else body
                for number, (head, body) in enumerate(self._looks(tab), start=1)
                for row in range(1, ROWS + 1)
            },
            widths=tuple(map(_width, columns, header)),
            heights={1: HEAD_HEIGHT, **self._heights(tab, rows)},
            frozen_columns=2 if tab == "Publications" else 0,
            filtered=CellRange(1, 1, ROWS, len(columns)) if tab in FILTERED else None,
            rules=self._rules(columns),
            right_to_left=self.language is Language.FA,
            tab_colour=palette.ACCENT if tab in FILTERED else None,
            footer=self.show("tab", tab),
        )
        return StarterTab(tab=drawn, drop_downs=self._drop_downs(tab), notes=self._notes(tab))

    def _looks(self, tab: str) -> Iterator[tuple[Style, Style]]:
        """Of each column, how its header looks and how its cells do."""
        turn = turned_style if self.language is Language.FA else _as_it_is
        for before, name in pairwise(("", *COLUMNS[tab])):
            body = _body(tab, name, DAY_FORMATS.get(self.language))
            if body.align is None and _is_right(tab, before):
                body = replace(body, align="left", indent=1)
            elif body.align == "right" and tab in FILTERED:
                body = replace(body, indent=palette.BESIDE_BUTTON)
            head = palette.COMPUTED_HEAD if _is_computed(tab, name) else palette.HEAD
            side = replace(head, size=palette.SIZE, align=body.align, indent=body.indent)
            yield turn(side), turn(body)

    def _heights(self, tab: str, rows: Sequence[Mapping[str, Value]]) -> dict[int, float]:
        """The heights of the rows that name many skills."""
        return dict.fromkeys(range(2, len(rows) + 2), TWO_LINES) if tab == "Team" else {}

    def _rules(self, columns: Sequence[str]) -> tuple[Rule, ...]:
        if "Flag" not in columns:
            return ()
        area = _below(columns, "Flag")
        return tuple(
            Rule(
                area=area,
                operator="equal",
                operand=self.show("flag", flag.value),
                style=palette.flag_style(flag),
            )
            for flag in Flag
        )

    def _notes(self, tab: str) -> dict[tuple[int, int], str]:
        texts = catalog(self.language, "starter")["notes"].get(tab, {})
        return {
            (1, number): texts[name]
            for number, name in enumerate(COLUMNS[tab], start=1)
            if name in texts
        }

    def _drop_downs(self, tab: str) -> tuple[DropDown, ...]:
        columns = COLUMNS[tab]
        offered = [
            DropDown(
                area=_below(columns, column),
                source=self._source(group),
                strict=group in STRICT,
            )
            for (of_tab, column), group in OFFERED.items()
            if of_tab == tab
        ]
        if tab == "Time off":
            people = f"'{self.show('tab', 'Team')}'!$A$2:$A${ROWS}"
            offered.append(DropDown(area=_below(columns, "Name"), source=people))
        return tuple(offered)

    def _source(self, group: str) -> str:
        letter = column_letters(LISTED.index(group) + 1)
        return f"{LISTS}!${letter}$1:${letter}${len(self._offered(group))}"

    def _offered(self, group: str) -> tuple[str, ...]:
        if group not in {"step", "any step"}:
            return self.words.names(group, self.language)
        steps = (s.name for name in builtin_types() for s in builtin_workflow(name).steps)
        shown = dict.fromkeys(show_step(name, self.language) for name in steps)
        return (self.show("done", "Done"), *shown) if group == "step" else tuple(shown)

    def _lists(self) -> StarterTab:
        lists = [self._offered(group) for group in LISTED]
        longest = max(map(len, lists))
        rows = tuple(
            tuple(names[i] if i < len(names) else None for names in lists) for i in range(longest)
        )
        return StarterTab(tab=ComputedTab(sheet=LISTS, rows=rows, frozen_rows=0), hidden=True)


def _below(columns: Sequence[str], name: str) -> CellRange:
    column = columns.index(name) + 1
    return CellRange(first_row=2, first_column=column, last_row=ROWS, last_column=column)


def _width(name: str, shown: str) -> float:
    usual = WIDTHS.get(name, DATE_WIDTH if name in DATES else WIDTH)
    return max(usual, len(shown) + HEADER_PADDING)


def _body(tab: str, name: str, day_format: str | None) -> Style:
    base = replace(LOOKS[name], size=palette.SIZE) if _is_computed(tab, name) else palette.TEXT
    if name in DATES:
        return replace(base, align="right", number_format=day_format)
    if name == "Skills":
        return replace(base, wrap=True)
    if name == "Value":
        return replace(base, align="left", number_format="General")
    return replace(base, align="right", number_format="General") if _is_right(tab, name) else base


def _is_computed(tab: str, name: str) -> bool:
    return tab == "Publications" and name in COMPUTED


def _is_right(tab: str, name: str) -> bool:
    return name in NUMBERS or name in DATES or (tab, name) == ("Workflows", "Days")


def _as_it_is(style: Style) -> Style:
    return style

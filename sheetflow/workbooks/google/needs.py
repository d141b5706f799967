"""What must be there before values can be written: anchors of rows, columns, tabs, room, and the marks of tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sheetflow.cells import CellRef, Patch
from sheetflow.workbooks.google.anchors import ANCHOR_KEY, by_anchor
from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.draft import Draft
from sheetflow.workbooks.google.dressing import Dressed
from sheetflow.workbooks.google.first_looks import first_look_requests
from sheetflow.workbooks.google.grid_ranges import lines
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.marks import mark_requests, metadata_request, unmark_requests
from sheetflow.workbooks.google.numbering import number_from
from sheetflow.workbooks.google.seen import Seen, Size
from sheetflow.workbooks.google.tab_looks import grid_size, look_requests, new_tab_requests
from sheetflow.workbooks.google.team_columns import column_requests, new_columns
from sheetflow.workbooks.google.watch import BEHIND_CODES, watch_requests
from sheetflow.workbooks.google.worn import worn_by
from sheetflow.workbooks.google.writes import RowWrite

SPARE, SPARE_SHARE = 500, 0.2
"""How many rows a tab that is too small gets beyond those that it needs now, and as a share of them."""


@dataclass(slots=True)
class Anchors:
    """What is known of anchors over several writes: those that are there, and those that were looked for in vain."""

    existing: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)

    def note(self, found: Iterable[int], asked: Iterable[int]) -> None:
        """A request that asked for some anchors found these."""
        found = set(found)
        self.existing |= found
        self.missing = (self.missing | set(asked)) - found
        self.existing -= self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What is to be made: anchors at rows, columns and marks by tab, tabs with their looks, larger grids.

    `watched` are the columns that a new watch is to look at, None where there is one that does.
    Where cells are merged among rows, all marks are taken away, as what is read by marks `hides_merges`.
    """

    anchors: tuple[RowWrite, ...] = ()
    removed: tuple[int, ...] = ()
    columns: Mapping[str, list[int]] = field(default_factory=dict)
    new_tabs: tuple[Dressed, ...] = ()
    looks: tuple[Dressed, ...] = ()
    grown: Mapping[str, Size] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    watched: tuple[CellRef, ...] | None = None
    hides_merges: bool = False
    takes_marks_away: bool = False

    @property
    def longest(self) -> int:
        """The rows of the longest tab that gets a look."""
        return max((len(tab.rows) for tab in (*self.new_tabs, *self.looks)), default=0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is needed."""
        rest = (self.anchors, self.columns, self.new_tabs, self.looks, self.grown, self.marks)
        return not (any(rest) or self.takes_marks_away or self.watched is not None)

    @property
    def sheets(self) -> set[str]:
        """The tabs that must be there already."""
        return {
            *(write.row.sheet for write in self.anchors),
            *self.columns,
            *(tab.sheet for tab in self.looks),
            *self.grown,
        }

    def knowing(self, known: Anchors) -> Needs:
        """The same, with more known of anchors."""
        numbers = (write.number for write in self.anchors)
        return replace(self, removed=tuple(n for n in numbers if n in known.existing))


def needs_of(
    patch: Patch, draft: Draft, seen: Seen, dressed: Iterable[Dressed], known: Anchors
) -> Needs:
    """What the draft needs, by what was seen and by what is known of anchors."""
    dressed, hides_merges = tuple(dressed), _hides_merges(patch, seen)
    anchors = tuple(write for write in draft.rows if _needs_anchor(write, seen, known))
    needs = Needs(
        anchors=anchors,
        columns=new_columns(patch),
        new_tabs=tuple(tab for tab in dressed if tab.sheet not in seen.tables),
        looks=tuple(tab for tab in dressed if tab.sheet in seen.tables and not tab.has_look),
        grown=dict(_grown(draft, seen)),
        marks=() if hides_merges else _unmarked(patch, seen),
        watched=None if seen.watch and seen.watch.is_right(patch.filled) else patch.filled,
        hides_merges=hides_merges,
        takes_marks_away=hides_merges and any(tab.is_marked for tab in seen.listed.values()),
    )
    return needs.knowing(known)


def _needs_anchor(write: RowWrite, seen: Seen, known: Anchors) -> bool:
    """New rows have none; one that was seen in another row belongs to this one no more."""
    place = seen.anchors.get(write.number)
    if place is not None:
        return place != write.row.row
    return write.row.is_new or write.number in known.missing


def _unmarked(patch: Patch, seen: Seen) -> tuple[str, ...]:
    listed = seen.listed
    return tuple(sheet for sheet in patch.sheets if sheet in listed and not listed[sheet].is_marked)


def _hides_merges(patch: Patch, seen: Seen) -> bool:
    """Whether cells are merged among rows that are written."""
    heads = {row.sheet: row.head for row in patch.rows}
    return any(
        merge.last_row > heads[sheet]
        for sheet in heads.keys() & seen.listed.keys()
        for merge in seen.listed[sheet].merges
    )


def _grown(draft: Draft, seen: Seen) -> Iterator[tuple[str, Size]]:
    ends: dict[str, list[Size]] = {}
    for area in (*draft.appended, *draft.areas):
        if area.sheet in seen.sizes:
            ends.setdefault(area.sheet, []).append(area.end)
    for sheet, sizes in ends.items():
        rows, columns = (max(lengths) for lengths in zip(*sizes, strict=True))
        held = seen.sizes[sheet]
        if rows > held[0] or columns > held[1]:
            roomy = rows + SPARE + round(SPARE_SHARE * rows)
            yield sheet, (roomy if rows > held[0] else held[0], max(columns, held[1]))


def requests_of(
    needs: Needs, patch: Patch, seen: Seen, listed: Mapping[str, GridTab]
) -> list[Json]:
    """The requests that make all of it at once, in their order."""
    requests: list[Json] = []
    for tab in needs.new_tabs:
        requests += new_tab_requests(tab, new_sheet_id(tab.sheet, listed), needs.longest)
    for tab in needs.looks:
        requests += look_requests(tab, listed[tab.sheet], needs.longest)
    relooked = {tab.sheet for tab in needs.looks}
    for sheet, size in needs.grown.items():
        if sheet not in relooked:
            requests += _larger(listed[sheet], size)
    for sheet, columns in needs.columns.items():
        requests += column_requests(patch, listed[sheet], columns)
    requests += _marks(needs, patch, listed)
    requests += _watch(needs, seen, listed)
    requests += [{"deleteDeveloperMetadata": {"dataFilter": by_anchor(n)}} for n in needs.removed]
    return requests + [_anchor(write, listed[write.row.sheet].sheet_id) for write in needs.anchors]


def _marks(needs: Needs, patch: Patch, listed: Mapping[str, GridTab]) -> Iterator[Json]:
    """Marks of tabs that are read from now on; those of tabs with a new look come with it."""
    relooked = {tab.sheet for tab in needs.looks}
    for sheet in needs.marks:
        if sheet in listed and sheet not in relooked:
            yield from first_look_requests(patch, listed[sheet])
            yield from mark_requests(listed[sheet].sheet_id)
    if needs.hides_merges:
        yield from unmark_requests()


def _watch(needs: Needs, seen: Seen, listed: Mapping[str, GridTab]) -> Iterator[Json]:
    """The watch, in a tab of our own: one with charts where there is one, as it is small whatever the plan."""
    if needs.watched is None:
        return
    drawn = [*needs.new_tabs, *needs.looks]
    worn = {sheet: found for sheet, table in seen.tables.items() if (found := worn_by(table))}
    places = {tab.sheet: (bool(tab.look.tab.charts), tab.look.watch) for tab in drawn}
    places = {
        sheet: (bool(found.memo.charts), found.column + BEHIND_CODES)
        for sheet, found in worn.items()
        if sheet in listed
    } | places
    if places:
        sheet = max(places, key=lambda each: places[each][0])
        held = listed.get(sheet)
        number = held.sheet_id if held else new_sheet_id(sheet, listed)
        yield from watch_requests(number, places[sheet][1], needs.watched)


def after_making(needs: Needs, seen: Seen, listed: Mapping[str, GridTab]) -> Seen:
    """What was seen, with the tabs, the room and the marks that are there now."""
    is_marked = not needs.hides_merges
    tabs = {title: replace(tab, is_marked=is_marked) for title, tab in listed.items()}
    sizes = {**seen.sizes, **needs.grown}
    for new in needs.new_tabs:
        rows, columns = sizes[new.sheet] = grid_size(new, needs.longest)
        number = new_sheet_id(new.sheet, listed)
        tabs[new.sheet] = GridTab(
            sheet_id=number, title=new.sheet, rows=rows, columns=columns, is_marked=is_marked
        )
    for tab in (*needs.new_tabs, *needs.looks):
        tabs[tab.sheet] = replace(tabs[tab.sheet], rules=None)
    for sheet, (rows, columns) in sizes.items():
        if sheet in tabs:
            tabs[sheet] = replace(tabs[sheet], rows=rows, columns=columns)
    return replace(seen, sizes=sizes, listed=tabs)


def new_sheet_id(title: str, listed: Mapping[str, GridTab]) -> int:
    """A number for a tab that is to be made, which no other tab has."""
    return number_from(title, {tab.sheet_id for tab in listed.values()})


def _larger(tab: GridTab, size: Size) -> Iterator[Json]:
    for dimension, wanted, held in zip(
        ("ROWS", "COLUMNS"), size, (tab.rows, tab.columns), strict=True
    ):
        if wanted > held:
            length = {"sheetId": tab.sheet_id, "dimension": dimension, "length": wanted - held}
            yield {"appendDimension": length}


def _anchor(write: RowWrite, sheet_id: int) -> Json:
    place = {"dimensionRange": lines(sheet_id, "ROWS", write.row.row, write.row.row)}
    told = {"metadataId": write.number, "metadataKey": ANCHOR_KEY, "location": place}
    return metadata_request(told)

"""What must be there before values can be written: anchors of rows, columns, tabs, room, and the marks of tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sheetflow.cells import CellRef, Patch
from sheetflow.workbooks.google.draft import Draft
from sheetflow.workbooks.google.dressing import Dressed
from sheetflow.workbooks.google.seen import Seen, Size
from sheetflow.workbooks.google.shifts import Shift
from sheetflow.workbooks.google.team_columns import new_columns
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
    shifts: Mapping[str, tuple[Shift, ...]] = field(default_factory=dict)
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
        rest = (self.columns, self.new_tabs, self.looks, self.grown, self.marks, self.shifts)
        others = self.takes_marks_away or self.watched is not None
        return not (others or self.anchors or any(rest))

    @property
    def sheets(self) -> set[str]:
        """The tabs that must be there already."""
        return {
            *(write.row.sheet for write in self.anchors),
            *self.columns,
            *(tab.sheet for tab in self.looks),
            *self.grown,
            *self.shifts,
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

"""What ordinary edits cost in Google: one reading and one write, whatever the plan does, and few bytes in large sheets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import pytest

from google_costs import EDITS, TeamSheet, agency, many_rows, next_day, nothing, team_sheet
from sheetflow.cells import ComputedTab, Snapshot, Table
from sheetflow.workbooks.google import dressing, shifts
from sheetflow.workbooks.google.marks import unmark_requests
from sheetflow.workbooks.google.seen import Seen

UNCHANGED, STEADY = (1, 0), (1, 1)
DEARER = {"new row": (2, 2), "next day": (2, 2)}
"""A row without an anchor, and the first run of a day, which looks for tabs that were added, and for old looks."""

FEW_ROWS_ONLY = {"later delivery", "next step", "sorted", "next day"}
FREE = {"nothing", "renamed header", "sorted"}
KILO = 1000
ROWS, BUDGET, TAB_BUDGET = 5_000, 10_000 * KILO, 3_000 * KILO


@pytest.fixture
def opened() -> Iterator[Callable[[Snapshot], TeamSheet]]:
    """Opens spreadsheets, and closes them in the end."""
    with ExitStack() as stack:
        yield lambda content: stack.enter_context(team_sheet(content))


@pytest.mark.parametrize(
    ("content", "edits"),
    [(agency, EDITS), (lambda: many_rows(200), EDITS.keys() - FEW_ROWS_ONLY)],
    ids=["agency", "200 rows"],
)
def test_ordinary_edits(
    opened: Callable[[Snapshot], TeamSheet],
    content: Callable[[], Snapshot],
    edits: Collection[str],
) -> None:
    """Each costs a reading and a write, and a run after all of them a reading alone."""
    team = opened(content())
    costs = {}
    for edit, make in EDITS.items():
        if edit in edits:
            make(team)
            costs[edit] = team.run().calls
    most = {edit: UNCHANGED if edit in FREE else DEARER.get(edit, STEADY) for edit in edits}
    assert costs == most
    assert team.run().calls == UNCHANGED


def test_a_tab_for_the_next_month(opened: Callable[[Snapshot], TeamSheet]) -> None:
    """The first run of a day finds it; from then on its edits cost what all others cost."""
    team = opened(agency())
    team.book.add_tab("January")
    for column, header in enumerate(("Publication", "Type", "Delivery date"), start=1):
        team.book.type("January", 1, column, header)
    for column, value in enumerate(("New year", "Newsletter", "2027-01-08"), start=1):
        team.book.type("January", 2, column, value)
    assert team.run().calls == UNCHANGED
    next_day(team)
    team.run()
    head, row = team.book.rows("January")
    assert row[head.index("Flag")] in {"Green", "Amber", "Red"}
    assert team.run().calls == UNCHANGED
    team.book.type("January", 2, 3, "2027-01-11")
    team.book.type("January", 2, head.index("Flag") + 1, '="Green"')
    assert team.run().calls == (2, 1)
    assert team.book.cell("January", 2, head.index("Flag") + 1).formula == '="Green"'


def test_large_tabs_are_known_by_digests(
    opened: Callable[[Snapshot], TeamSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few of their cells are read; they are as they would be if all had been read, whatever people did to them."""
    monkeypatch.setattr(dressing, "MOST_READ", 1_000)
    team = opened(many_rows(40))
    for edit in ("later delivery", "half time", "deleted row"):
        EDITS[edit](team)
        assert team.run().calls == STEADY
    team.book.type("Steps", 4, 5, "somebody else")
    team.book.insert_rows("Timeline", 5, 2)
    team.book.sort("Steps", 5)
    assert team.run().calls == STEADY
    few = team.run()
    assert few.calls == UNCHANGED
    team.client.batch_update(team.number, {"requests": list(unmark_requests())})
    whole = team.run()
    assert team.last.report is not None
    assert not team.last.report.written
    assert few.read < 0.6 * whole.read / 2, "values and formulas of all tabs"
    assert team.run().calls == UNCHANGED


def test_rows_of_large_tabs_are_shifted(
    opened: Callable[[Snapshot], TeamSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A publication less at the top is not a reason to write all that is below it again."""
    monkeypatch.setattr(dressing, "MOST_READ", 1_000)
    monkeypatch.setattr(shifts, "MANY_ROWS", 20)
    team = opened(many_rows(40))
    team.book.delete_rows(team.plan, team.head + 3)
    for edit in ("nothing", "on hold", "new row"):
        EDITS[edit](team)
        assert team.run().calls <= DEARER["new row"]
        assert team.run().calls == UNCHANGED
    team.book.delete_rows(team.plan, team.head + 1, 3)
    cost = team.run()
    assert cost.calls == (2, 2)
    assert cost.came < 20 * KILO
    team.server.meanwhile(
        lambda book: book.insert_rows("Steps", 9), on="batchUpdate", when="before"
    )
    team.book.delete_rows(team.plan, team.head + 1, 3)
    team.run()
    assert team.run().calls == UNCHANGED
    team.client.batch_update(team.number, {"requests": list(unmark_requests())})
    team.run()
    assert team.last.report is not None
    assert not team.last.report.written


def test_the_rows_that_are_shifted() -> None:
    """Insertions and deletions, from top to bottom; what is there twice, or in another order, is left to the write."""
    monkeys = [f"m{number}" for number in range(2_000)]
    held = digests("head", "a", "b", "c", *monkeys, "x", "y", "z")
    wanted = digests("head", "c", *monkeys[:1000], "new", "new", *monkeys[1000:], "z", "x", "y")
    found = shifts.shifts_of(Table(sheet="Steps", rows=held), summed(wanted))
    assert [(each.row, each.more) for each in found] == [(4, -2), (1005, 2), (2005, 1)]
    shifted = shifts.with_shifts(
        Seen(tables={"Steps": Table(sheet="Steps", rows=held)}, sizes={"Steps": (3000, 9)}),
        {"Steps": found},
    )
    rows = shifted.tables["Steps"].rows
    assert shifted.sizes["Steps"] == (3001, 9)
    differing = [n for n, pair in enumerate(zip_longest(rows, wanted), start=1) if len({*pair}) > 1]
    assert len(differing) <= 5
    assert not shifts.shifts_of(Table(sheet="Steps", rows=held), summed(held))


def digests(*texts: str) -> tuple[tuple[Any, ...], ...]:
    """Rows with these digests in the third column."""
    return tuple((None, None, text) for text in texts)


def summed(rows: tuple[tuple[Any, ...], ...]) -> dressing.Dressed:
    """A tab of one column with these rows."""
    dressed = dressing.dress(ComputedTab(sheet="Steps", rows=(("ID",),)))
    return replace(dressed, rows=rows, is_summed=True)


def test_a_tab_that_has_become_small_is_read_whole(
    opened: Callable[[Snapshot], TeamSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first run of the next day on."""
    monkeypatch.setattr(dressing, "MOST_READ", 1_000)
    team = opened(many_rows(30))
    few = team.run().read
    monkeypatch.setattr(dressing, "MOST_READ", 100_000)
    assert team.run().read == few
    next_day(team)
    assert team.run().calls == (2, 2)
    team.book.type("Steps", 3, 2, "scribble")
    assert team.run().calls == STEADY
    assert team.run().calls == UNCHANGED


def test_bytes_of_a_large_sheet(
    opened: Callable[[Snapshot], TeamSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each of its rows no more than one of 5,000 rows may cost; `python -m google_costs 5000 30` counts those."""
    monkeypatch.setattr(dressing, "MOST_READ", 2_000)
    rows = 200
    team = opened(many_rows(rows, 30))
    EDITS["later delivery"](team)
    cost = team.run()
    assert cost.calls == STEADY
    assert cost.whole < BUDGET * rows / ROWS
    assert cost.table < TAB_BUDGET * rows / ROWS


def test_an_empty_list_fills_without_another_look(
    opened: Callable[[Snapshot], TeamSheet],
) -> None:
    """Changes shows its first days as days, and its rows have the looks of a list, in the very run that fills it."""
    team = opened(agency())
    assert len(team.book.rows("Changes")) == 2
    EDITS["later delivery"](team)
    assert team.run().calls == STEADY
    changes = enumerate(team.book.rows("Changes"), start=1)
    moved = [row for row, cells in changes if isinstance(cells[4], int)]
    assert moved
    for row in moved:
        shown = [team.book.cell("Changes", row, column).number_format for column in (5, 6)]
        assert [each["type"] for each in shown] == ["DATE", "DATE"]
    assert team.book.sheet("Changes").basic_filter


def test_an_old_look_is_renewed_when_it_costs_nothing(
    opened: Callable[[Snapshot], TeamSheet],
) -> None:
    """A list whose words have become wider waits for the first run of the next day."""
    team = opened(agency())
    width = team.book.sheet("Changes").columns[1].size
    EDITS["half time"](team)
    assert team.run().calls == STEADY
    assert team.book.sheet("Changes").columns[1].size == width
    next_day(team)
    team.run()
    assert (team.book.sheet("Changes").columns[1].size or 0) > (width or 0)
    nothing(team)
    assert team.run().calls == UNCHANGED

"""What ordinary edits cost in Google: one reading and one write, whatever the plan does, and few bytes in large sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from google_costs import EDITS, TeamSheet, agency, many_rows, next_day, nothing, team_sheet
from sheetflow.cells import Snapshot
from sheetflow.workbooks.google import dressing

UNCHANGED, STEADY = (1, 0), (1, 1)
DEARER = {"new row": (2, 2), "next day": (2, 2)}
"""A row without an anchor, and the first run of a day, which looks for tabs that were added, and for old looks."""

FREE = {"nothing", "renamed header", "sorted"}
KILO = 1000
ROWS, BUDGET, TAB_BUDGET = 5_000, 10_000 * KILO, 3_000 * KILO


@pytest.fixture
def opened() -> Iterator[Callable[[Snapshot], TeamSheet]]:
    """Opens spreadsheets, and closes them in the end."""
    with ExitStack() as stack:
        yield lambda content: stack.enter_context(team_sheet(content))


@pytest.mark.parametrize("content", [agency, lambda: many_rows(200)], ids=["agency", "200 rows"])
def test_ordinary_edits(
    opened: Callable[[Snapshot], TeamSheet], content: Callable[[], Snapshot]
) -> None:
    """Each costs a reading and a write, and a run after it a reading alone."""
    team = opened(content())
    costs = {}
    for edit, make in EDITS.items():
        make(team)
        costs[edit] = team.run().calls
    most = {edit: UNCHANGED if edit in FREE else DEARER.get(edit, STEADY) for edit in EDITS}
    assert costs == most
    assert team.run().calls == UNCHANGED


def test_large_tabs_are_known_by_digests(
    opened: Callable[[Snapshot], TeamSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of their cells few are read, and a plan that moves costs no more requests."""
    whole = opened(many_rows(120))
    monkeypatch.setattr(dressing, "MOST_READ", 2_000)
    team = opened(many_rows(120))
    assert team.run().read < 0.6 * whole.run().read
    for edit in ("later delivery", "person ill", "half time", "deleted row"):
        EDITS[edit](team)
        assert team.run().calls == STEADY
        assert team.run().calls == UNCHANGED
    team.book.type("Steps", 4, 5, "somebody else")
    team.book.insert_rows("Timeline", 5, 2)
    assert team.run().calls == STEADY
    assert team.run().calls == UNCHANGED
    whole_tabs = {title: whole.book.rows(title) for title in ("Steps", "Timeline")}
    for edit in ("later delivery", "person ill", "half time", "deleted row"):
        EDITS[edit](whole)
        whole.run()
    for title in whole_tabs:
        columns = len(whole.book.rows(title)[0]) - 1
        mine, theirs = team.book.rows(title), whole.book.rows(title)
        assert [row[:columns] for row in mine] == [row[:columns] for row in theirs]


def test_bytes_of_a_large_sheet(
    opened: Callable[[Snapshot], TeamSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each of its rows no more than a sheet of 5,000 rows may cost; `python -m google_costs 5000 30` counts those."""
    monkeypatch.setattr(dressing, "MOST_READ", 2_000)
    rows = 400
    team = opened(many_rows(rows, 30))
    EDITS["later delivery"](team)
    cost = team.run()
    assert cost.whole < BUDGET * rows / ROWS
    [table] = [area for area in team.areas() if area["range"].startswith("Publications")]
    assert len(str(table)) < TAB_BUDGET * rows / ROWS


def test_an_empty_list_fills_without_another_look(
    opened: Callable[[Snapshot], TeamSheet],
) -> None:
    """Changes shows its first days as days, and its rows have the looks of a list, in the very run that fills it."""
    team = opened(agency())
    assert len(team.book.rows("Changes")) == 2
    EDITS["later delivery"](team)
    assert team.run().calls == STEADY
    days = [
        (team.book.at("Changes", 2, column), team.book.cell("Changes", 2, column).number_format)
        for column in (5, 6)
    ]
    assert all(isinstance(day, int) and shown["type"] == "DATE" for day, shown in days)
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

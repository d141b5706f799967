"""Histories of people who edit while SheetFlow writes: nothing typed is lost, nothing computed is wrong or stale."""

from __future__ import annotations

import pytest

from google_histories import history


@pytest.mark.parametrize("seed", range(2000, 2032))
def test_a_history_of_edits_ends_well(seed: int) -> None:
    """Inserted, deleted, sorted, moved and pasted rows; `python -m google_histories` lives through 1,000 of them."""
    told = history(seed)
    assert not told.wrong, told.edits

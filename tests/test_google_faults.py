"""Trouble on the way to Google: every run ends in a right sheet or in a clear error, and the next one repairs it."""

from __future__ import annotations

import pytest

from google_faults import script


@pytest.mark.parametrize("seed", range(1000, 1010))
def test_a_script_of_trouble_ends_well(seed: int) -> None:
    """Refusals, cut connections and quotas, while people edit; `python -m google_faults` runs into 200 of them."""
    ending = script(seed)
    assert not ending.wrong, ending.script

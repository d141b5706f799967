"""What Google's behaviour leaves open or a test decides: tests that matter pass under every setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """How the server behaves where nobody has told.

    `unmatched_filter`: a write by a filter that matches nothing is left out of the answer (skip), answered without a
    range (echo), or fails the whole batch (refuse). The others tell when the metadata of a row goes along with its
    cells: a sort made in the browser, one by the API, one of some columns only, a deleted row that is brought back, and
    a tab that is duplicated (with IDs of its own).
    """

    metadata_follows_ui_sort: bool = True
    metadata_follows_api_sort: bool = True
    metadata_follows_partial_sort: bool = False
    metadata_returns_on_undo: bool = True
    metadata_follows_duplicate: bool = False
    unmatched_filter: Literal["skip", "echo", "refuse"] = "skip"
    api_disabled: bool = False
    quota_per_user: int | None = None
    quota_per_project: int | None = None


def every_setting() -> Iterator[Switches]:
    """All ways in which Google's behaviour is open, the API turned on and quotas off."""
    truths = (True, False)
    answers: tuple[Literal["skip", "echo", "refuse"], ...] = ("skip", "echo", "refuse")
    for ui_sort, partial_sort, undo, unmatched in product(truths, truths, truths, answers):
        yield Switches(
            metadata_follows_ui_sort=ui_sort,
            metadata_follows_partial_sort=partial_sort,
            metadata_returns_on_undo=undo,
            unmatched_filter=unmatched,
        )

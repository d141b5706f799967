"""What a plan promised each publication, and the guard that keeps what still holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TypeAlias

from sheetflow.domain.history import Promise
from sheetflow.engine.kernel import placing
from sheetflow.engine.kernel.exchange import FINE, LATE
from sheetflow.engine.kernel.field import Field, Ints, State
from sheetflow.engine.schedule.board import Board

Outcome: TypeAlias = tuple[int, int]
"""Late days first, days of margin eaten second; less is better."""

IN_TIME: Outcome = (0, 0)


def outcome(field: Field, state: State, job: int) -> Outcome:
    """How one job ends."""
    return int(placing.late_days(field, state, job)), int(placing.eaten_days(field, state, job))


def outcomes(board: Board) -> list[Outcome]:
    """How each job ends."""
    return [outcome(board.field, board.state, job) for job in range(len(board.scene.jobs))]


class Breach(IntEnum):
    """What of the last plan's promises is at stake."""

    NOTHING = 0
    MARGIN = 1
    LATE_DAYS = 2


def worst_breach(board: Board, promises: Mapping[str, Promise]) -> Breach:
    """The worst that a board does to any publication, against what it was promised.

    One that nothing was promised should have its margin. Where the weight of one that is not in time has changed, or
    any has become lighter, late days may be worth trading; of one in time, more weight asks for nothing.
    """
    rows = (here.row for here in board.scene.jobs)
    return max(
        (
            _breach(promises.get(row.id), found, row.priority.weight)
            for row, found in zip(rows, outcomes(board), strict=True)
        ),
        default=Breach.NOTHING,
    )


def _breach(promise: Promise | None, found: Outcome, weight: int) -> Breach:
    promised = (promise.late_days, promise.margin_days) if promise else IN_TIME
    if promise and (weight < promise.weight or (weight > promise.weight and found > IN_TIME)):
        return Breach.LATE_DAYS
    if found[0] > promised[0]:
        return Breach.LATE_DAYS
    return Breach.MARGIN if found > promised else Breach.NOTHING


def limits(board: Board) -> Ints:
    """By job: what it may cost at most, at a weight of 1, for it to end no worse than on this board."""
    return [late * LATE + eaten * FINE + FINE - 1 for late, eaten in outcomes(board)]


def makes_nobody_worse(board: Board, than: Board) -> bool:
    """Whether each job ends as well as on another board, or better."""
    return all(new <= old for new, old in zip(outcomes(board), outcomes(than), strict=True))

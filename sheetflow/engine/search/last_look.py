"""The last look at a board: no publication is left late, or without its margin, that could do better by itself."""

from __future__ import annotations

from collections.abc import Callable

from sheetflow.engine.kernel.compiled import Kernel
from sheetflow.engine.kernel.field import NONE
from sheetflow.engine.kernel.laying import copied
from sheetflow.engine.kernel.reopening import Shelf
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.search.finishing import finished


def looked_over(board: Board, builder: Callable[[], Kernel]) -> Board:
    """The board on which no job in trouble ends better when it is placed anew beside all others.

    Each round moves some jobs to a better end, and no other to a worse one, so this comes to an end.
    """
    while True:
        moved, board = _round(board, builder())
        if not moved:
            return board


def _round(board: Board, kernel: Kernel) -> tuple[list[int], Board]:
    scene, owner = board.scene, board.field.owner
    wish = [owner[option] if option >= 0 else NONE for option in board.state.option]
    field = board.field._replace(wish=wish)
    state = kernel.state(copied(board.state))
    tasks, jobs = [NONE] * len(wish), [0] * len(scene.jobs)
    shelf = Shelf(*map(kernel.row, (tasks, tasks.copy(), jobs)))
    kernel.reopen(kernel.field(field), state, shelf)
    moved = [job for job in range(len(scene.jobs)) if shelf.moved[job]]
    if not moved:
        return [], board
    return moved, finished(kernel, scene, board.field, kernel.plain(state), moved)

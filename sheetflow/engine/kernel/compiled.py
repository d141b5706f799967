"""The kernel as a whole: as plain Python, or as machine code where numba is installed. The results are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any, cast

from sheetflow.engine.kernel import (
    balancing,
    building,
    choosing,
    exchange,
    field,
    moving,
    neighbours,
    placing,
    reopening,
    reordering,
    taking,
    trying,
)
from sheetflow.engine.kernel.field import Field, Ints, State
from sheetflow.engine.kernel.laying import Row, as_arrays, as_lists, copied
from sheetflow.engine.kernel.taking import Bench
from sheetflow.engine.machine.native import machine_functions

MODULES: tuple[ModuleType, ...] = (
    field,
    placing,
    choosing,
    building,
    moving,
    balancing,
    taking,
    neighbours,
    exchange,
    reordering,
    reopening,
    trying,
)
ENTRIES: tuple[FunctionType, ...] = tuple(
    cast("FunctionType", entry)
    for entry in (
        building.lay_foundation,
        building.build,
        building.settle,
        building.follow_up,
        exchange.total_cost,
        exchange.exchange,
        reordering.reorder,
        moving.push_right,
        moving.pull_together,
        moving.adopt,
        balancing.balance,
        reopening.reopen,
        trying.try_out,
    )
)
"""The functions that planning calls; each has its field in Kernel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """The functions of the kernel that planning calls, and the form in which they take rows of numbers."""

    takes_arrays: bool
    lay_foundation: Callable[[Field, State, Ints], bool]
    build: Callable[[Field, State, Ints, int], bool]
    total_cost: Callable[[Field, State], int]
    exchange: Callable[[Field, State, Bench, int, int], int]
    reorder: Callable[[Field, State, Bench, int, int], int]
    push_right: Callable[[Field, State, Ints], None]
    pull_together: Callable[[Field, State, Ints], None]
    settle: Callable[[Field, State], bool]
    follow_up: Callable[[Field, State, Ints], bool]
    adopt: Callable[[Field, State], None]
    balance: Callable[[Field, State, Ints, int], None]
    try_out: Callable[[Field, State, trying.Bids], None]
    reopen: Callable[[Field, State, reopening.Shelf], None]

    def field(self, field: Field) -> Field:
        """A field as these functions take it."""
        return as_arrays(field) if self.takes_arrays else field

    def state(self, state: State) -> State:
        """A state as these functions take it, which may change on its own."""
        return as_arrays(copied(state)) if self.takes_arrays else state

    def plain(self, state: State) -> State:
        """A state of these functions as lists."""
        return as_lists(state) if self.takes_arrays else state

    def row(self, numbers: Ints) -> Ints:
        """A row of numbers as these functions take it."""
        if not self.takes_arrays:
            return numbers
        return cast("Ints", Row("q", numbers))


@cache
def plain_kernel() -> Kernel:
    """The kernel as it is written."""
    return _kernel({}, takes_arrays=False)


@cache
def compiled_kernel() -> Kernel:
    """The kernel as machine code, which is kept on disk; ModuleNotFoundError where numba is not installed."""
    return _kernel(machine_functions(MODULES, ENTRIES), takes_arrays=True)


def is_loaded() -> bool:
    """Whether the compiled kernel is there already: a process that plans again and again loads it once."""
    return compiled_kernel.cache_info().currsize > 0


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def _kernel(compiled: Mapping[FunctionType, Any], *, takes_arrays: bool) -> Kernel:
    functions = {entry.__name__: compiled.get(entry, entry) for entry in ENTRIES}
    return Kernel(takes_arrays=takes_arrays, **functions)

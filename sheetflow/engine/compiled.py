"""The kernel as a whole: as plain Python, or as machine code where numba is installed. The results are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any, cast

from sheetflow.engine import balancing, building, choosing, exchange, kernel, moving
from sheetflow.engine.field import Field, Ints, State
from sheetflow.engine.laying import as_arrays, as_lists

MODULES: tuple[ModuleType, ...] = (kernel, choosing, building, moving, balancing, exchange)

OPTIONS: dict[str, Any] = {"cache": True, "error_model": "numpy", "_nrt": False}
"""Nothing in the kernel makes an array, so none need be counted: ten times as fast where rows are many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """The functions of the kernel that planning calls, and the form in which they take rows of numbers."""

    takes_arrays: bool
    lay_foundation: Callable[[Field, State, Ints], bool]
    build: Callable[[Field, State, Ints, int], bool]
    total_cost: Callable[[Field, State], int]
    exchange: Callable[[Field, State, exchange.Bench, int, int], int]
    push_right: Callable[[Field, State, Ints], None]
    pull_together: Callable[[Field, State, Ints], None]
    settle: Callable[[Field, State], bool]
    follow_up: Callable[[Field, State, Ints], bool]
    adopt: Callable[[Field, State], None]
    balance: Callable[[Field, State, Ints, int], None]

    def field(self, field: Field) -> Field:
        """A field as these functions take it."""
        return as_arrays(field) if self.takes_arrays else field

    def state(self, state: State) -> State:
        """A state as these functions take it."""
        return as_arrays(state) if self.takes_arrays else state

    def plain(self, state: State) -> State:
        """A state of these functions as lists."""
        return as_lists(state) if self.takes_arrays else state

    def row(self, numbers: Ints) -> Ints:
        """A row of numbers as these functions take it."""
        if not self.takes_arrays:
            return numbers
        import numpy as np

        return cast("Ints", np.array(numbers, dtype=np.int64))


@cache
def plain_kernel() -> Kernel:
    """The kernel as it is written."""
    return _kernel({}, takes_arrays=False)


@cache
def compiled_kernel() -> Kernel:
    """The kernel as machine code, which is kept on disk; ModuleNotFoundError where numba is not installed."""
    return _kernel(_compiled(), takes_arrays=True)


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def _kernel(compiled: dict[FunctionType, Any], *, takes_arrays: bool) -> Kernel:
    def taken(function: Any) -> Any:  # noqa: ANN401 - a function, plain or compiled
        return compiled.get(function, function)

    return Kernel(
        takes_arrays=takes_arrays,
        lay_foundation=taken(building.lay_foundation),
        build=taken(building.build),
        total_cost=taken(exchange.total_cost),
        exchange=taken(exchange.exchange),
        push_right=taken(moving.push_right),
        pull_together=taken(moving.pull_together),
        settle=taken(building.settle),
        follow_up=taken(building.follow_up),
        adopt=taken(moving.adopt),
        balance=taken(balancing.balance),
    )


def _compiled() -> dict[FunctionType, Any]:
    """Every function of the kernel compiled, in copies of their modules in which they call each other."""
    from numba import njit

    compiled: dict[FunctionType, Any] = {}
    copies: list[dict[str, Any]] = []
    for module in MODULES:
        names = dict(vars(module))
        copies.append(names)
        for value in vars(module).values():
            if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                copy = FunctionType(value.__code__, names, value.__name__, value.__defaults__)
                copy.__qualname__, copy.__module__ = value.__qualname__, value.__module__
                compiled[value] = njit(**OPTIONS)(copy)
    for names in copies:
        for name, value in list(names.items()):
            if isinstance(value, FunctionType) and value in compiled:
                names[name] = compiled[value]
    return compiled

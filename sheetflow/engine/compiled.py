"""The kernel as machine code where numba is installed; the same functions, the same results, only sooner."""

from __future__ import annotations

from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any

from sheetflow.engine import building, choosing, exchange, kernel, moving

MODULES: tuple[ModuleType, ...] = (kernel, choosing, building, moving, exchange)

OPTIONS: dict[str, Any] = {"cache": True, "error_model": "numpy", "_nrt": False}
"""Nothing in the kernel makes an array, so none need be counted: ten times as fast where rows are many."""


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def is_compiled() -> bool:
    """Whether the kernel runs as machine code now."""
    return not isinstance(kernel.slot_from, FunctionType)


def compile_kernel() -> None:
    """Let every function of the kernel run as machine code from now on; compiled code is kept on disk."""
    if is_compiled():
        return
    from numba import njit

    compiled: dict[Any, Any] = {}
    for module in MODULES:
        for function in list(vars(module).values()):
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                compiled[function] = njit(**OPTIONS)(function)
    _replace(compiled)


def interpret_kernel() -> None:
    """Let every function of the kernel run as plain Python from now on."""
    if is_compiled():
        found = (value for module in MODULES for value in vars(module).values())
        _replace({value: value.py_func for value in found if hasattr(value, "py_func")})


def _replace(new: dict[Any, Any]) -> None:
    for module in MODULES:
        for name, value in list(vars(module).items()):
            try:
                known = value in new
            except TypeError:
                continue
            if known:
                setattr(module, name, new[value])

"""Turning the kernel into machine code with numba: one object file of all of it, which can be loaded without numba."""

# ruff: noqa: ANN401 - the parts of a compiler come untyped from numba and llvmlite

from __future__ import annotations

from collections.abc import Collection, Iterable
from types import FunctionType, ModuleType
from typing import Any, get_type_hints

import llvmlite.binding as llvm
from numba import njit

from sheetflow.engine.machine.machine_types import Noun, Row, type_of

OPTIONS: dict[str, Any] = {
    "error_model": "numpy",
    "_nrt": False,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
"""Nothing in the kernel makes an array or raises an error, and Python calls it by other doors."""


def object_code(
    modules: Iterable[ModuleType], entries: Collection[FunctionType], machine: Any
) -> bytes:
    """The object file in which every entry is a function of its name in the C convention.

    It takes a word for a number, one for a noun and two for a row, and answers with a word.
    """
    compiled = _compiled(modules)
    whole = llvm.parse_assembly("")
    whole.triple, whole.data_layout = machine.triple, str(machine.target_data)
    for entry in entries:
        whole.link_in(_with_door(compiled[entry], entry))
    return _emitted(whole, {entry.__name__ for entry in entries}, machine)


def _compiled(modules: Iterable[ModuleType]) -> dict[FunctionType, Any]:
    """Every function of the kernel compiled, in copies of their modules in which they call each other."""
    compiled: dict[FunctionType, Any] = {}
    copies: list[dict[str, Any]] = []
    for module in modules:
        names = dict(vars(module))
        copies.append(names)
        for value in vars(module).values():
            if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                copy = FunctionType(value.__code__, names, value.__name__, value.__defaults__)
                compiled[value] = njit(**OPTIONS)(copy)
    for names in copies:
        for name, value in list(names.items()):
            if isinstance(value, FunctionType) and value in compiled:
                names[name] = compiled[value]
    return compiled


def _with_door(dispatcher: Any, entry: FunctionType) -> Any:
    """The code of an entry, all that it calls, and its door."""
    *hints, _ = get_type_hints(entry).values()
    kinds = tuple(map(type_of, hints))
    dispatcher.compile(kinds)
    code = llvm.parse_assembly(dispatcher.inspect_llvm(kinds))
    inner = dispatcher.overloads[kinds].fndesc.llvm_func_name
    words = [word for kind in kinds for word in _words(kind)]
    code.link_in(llvm.parse_assembly(_door(entry.__name__, inner, words)))
    return code


def _words(kind: Any) -> list[str]:
    if isinstance(kind, Row):
        return ["ptr", "i64"]
    return ["ptr"] if isinstance(kind, Noun) else ["i64"]


def _door(name: str, inner: str, words: list[str]) -> str:
    """A function of the C convention that calls one of numba's, which answers at an address."""
    named = ", ".join(f"{word} %a{i}" for i, word in enumerate(words))
    return f"""
        declare i32 @"{inner}"(ptr, ptr, {", ".join(words)})
        define i64 @{name}({named}) {{
            %answer = alloca i64
            %trouble = alloca ptr
            store i64 0, ptr %answer
            %status = call i32 @"{inner}"(ptr %answer, ptr %trouble, {named})
            %found = load i64, ptr %answer
            ret i64 %found
        }}
    """


def _emitted(whole: Any, doors: Collection[str], machine: Any) -> bytes:
    """The whole made faster as one: what nobody calls from outside may be taken apart."""
    for value in (*whole.functions, *whole.global_variables):
        if not value.is_declaration and value.name not in doors:
            value.linkage = "internal"
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    passes = llvm.create_pass_builder(machine, options)
    passes.getModulePassManager().run(whole, passes)
    code: bytes = machine.emit_object(whole)
    return code

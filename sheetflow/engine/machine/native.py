"""The kernel's machine code: made once, kept on disk, and loaded in a blink, without numba."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import FunctionType, ModuleType, NoneType
from typing import Any, get_type_hints

WORD = ctypes.c_int64
COMPILER = ("machine_types.py", "machine_code.py")
HERE = Path(__file__).parent
KEPT_IN = (HERE / "__pycache__", Path.home() / ".cache" / "sheetflow")
"""The folders in which machine code is kept: the first that can be written to."""


def machine_functions(
    modules: Collection[ModuleType], entries: Collection[FunctionType]
) -> dict[FunctionType, Callable[..., Any]]:
    """The entries of some modules as machine code, made with numba where none is kept for this computer.

    Raises:
        ModuleNotFoundError: it has to be made, and numba is not installed.
    """
    import llvmlite.binding as llvm

    machine = _machine(llvm)
    code = _code(modules, entries, machine)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.object_file.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return {entry: _callable(entry, engine) for entry in entries}


def _machine(llvm: Any) -> Any:  # noqa: ANN401 - llvmlite has no types
    """This computer, as code is made for it."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        codemodel="jitdefault",
        jit=True,
    )


def _code(
    modules: Collection[ModuleType],
    entries: Collection[FunctionType],
    machine: Any,  # noqa: ANN401 - llvmlite has no types
) -> bytes:
    """The object file that is kept, else a new one, kept if that can be."""
    name = f"kernel-{_fingerprint(modules, entries)}.o"
    files = [folder / name for folder in KEPT_IN]
    for file in files:
        with suppress(OSError):
            return file.read_bytes()
    from sheetflow.engine.machine.machine_code import object_code

    code = object_code(modules, entries, machine)
    for file in files:
        with suppress(OSError):
            _keep(file, code)
            break
    return code


def _fingerprint(modules: Iterable[ModuleType], entries: Iterable[FunctionType]) -> str:
    """What the machine code depends on: the sources, the compiler and the computer."""
    import llvmlite
    import llvmlite.binding as llvm

    found = sha256()
    computer = (llvm.get_process_triple(), llvm.get_host_cpu_name())
    features = llvm.get_host_cpu_features().flatten()
    for part in (llvmlite.__version__, *computer, features, *(each.__name__ for each in entries)):
        found.update(part.encode())
    files = [str(module.__file__) for module in modules]
    for file in (*(HERE / name for name in COMPILER), *map(Path, files)):
        found.update(file.read_bytes())
    return found.hexdigest()[:32]


def _keep(file: Path, code: bytes) -> None:
    """Write a file that is there as a whole or not at all, whoever else writes it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".o", delete=False) as made:
        made.write(code)
    found = Path(made.name)
    found.chmod(0o644)
    found.replace(file)


def _callable(entry: FunctionType, engine: Any) -> Callable[..., Any]:  # noqa: ANN401 - no types
    """An entry as a function of Python that takes rows as arrays, and nouns of them."""
    *kinds, answer = get_type_hints(entry).values()
    words = sum(2 if kind == list[int] else 1 for kind in kinds)
    inner = ctypes.CFUNCTYPE(WORD, *[WORD] * words)(engine.get_function_address(entry.__name__))
    answers: dict[Any, Callable[[int], Any]] = {NoneType: lambda _: None, bool: bool}
    answered = answers.get(answer, int)

    def call(*arguments: Any) -> Any:  # noqa: ANN401 - each entry has its own
        tables = [_table(each) for each in arguments if isinstance(each, tuple)]
        left = iter(tables)
        given: list[int] = []
        for each in arguments:
            if isinstance(each, array):
                given += each.buffer_info()
            else:
                given.append(next(left).buffer_info()[0] if isinstance(each, tuple) else each)
        return answered(inner(*given))

    # The code lives as long as its engine does.
    call.__dict__["engine"] = engine
    return call


def _table(noun: tuple[Any, ...]) -> array[int]:
    """The addresses and lengths of a noun's rows, and its numbers."""
    words = array("q")
    for each in noun:
        words.extend(each.buffer_info() if isinstance(each, array) else (each, 0))
    return words

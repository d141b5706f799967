"""How the compiled kernel sees its nouns (Field, State ...): each as one pointer.

The pointer leads to a table of two words for each field: the address of a row and its length, or a number and nothing.
That keeps calls cheap: numba would pass its own arrays and tuples number by number, some three hundred with each call.
"""

# mypy: disable-error-code="misc,untyped-decorator"
# ruff: noqa: ANN401 - the parts of a compiler come untyped from numba and llvmlite

from __future__ import annotations

import operator
from collections.abc import Sequence
from types import NoneType
from typing import Any, get_type_hints

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_global,
    signature,
)
from numba.extending import (
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
)

WORD = ir.IntType(64)


class Noun(types.Type):
    """A noun of rows, behind one pointer."""

    def __init__(self, kind: type) -> None:
        """Named after its kind."""
        self.fields = {name: type_of(hint) for name, hint in get_type_hints(kind).items()}
        super().__init__(name=kind.__name__)


class Row(types.Type):
    """A row of numbers of one type: its address and its length."""

    def __init__(self, number: Any) -> None:
        """Named after the type of its numbers."""
        self.number = number
        super().__init__(name=f"Row({number})")


PLAIN = {
    list[int]: Row(types.int64),
    list[float]: Row(types.float64),
    int: types.int64,
    bool: types.boolean,
    NoneType: types.none,
}


def type_of(hint: Any) -> Any:
    """The type for what the kernel's functions are annotated with."""
    return PLAIN[hint] if hint in PLAIN else Noun(hint)


@register_model(Noun)
class _NounModel(models.OpaqueModel):
    pass


@register_model(Row)
class _RowModel(models.StructModel):
    def __init__(self, manager: Any, row: Row) -> None:
        members = [("address", types.CPointer(row.number)), ("length", types.intp)]
        super().__init__(manager, row, members)


@infer_getattr
class _Field(AttributeTemplate):
    key = Noun

    def generic_resolve(self, noun: Noun, name: str) -> Any:
        return noun.fields[name]


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Sequence[Any], _: object) -> Any:
        row, index = args
        if isinstance(row, Row) and isinstance(index, types.Integer):
            return signature(row.number, row, types.intp)
        return None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Sequence[Any], _: object) -> Any:
        row, index, _number = args
        if isinstance(row, Row) and isinstance(index, types.Integer):
            return signature(types.none, row, types.intp, row.number)
        return None


@infer_global(len)
class _Length(AbstractTemplate):
    def generic(self, args: Sequence[Any], _: object) -> Any:
        return signature(types.intp, args[0]) if isinstance(args[0], Row) else None


@lower_getattr_generic(Noun)
def _field(context: Any, builder: Any, noun: Noun, table: Any, name: str) -> Any:
    kind, at = noun.fields[name], 2 * list(noun.fields).index(name)
    words = builder.bitcast(table, WORD.as_pointer())
    first = _word(builder, words, at)
    if not isinstance(kind, Row):
        return first
    row = cgutils.create_struct_proxy(kind)(context, builder)
    address = context.get_value_type(types.CPointer(kind.number))
    row.address, row.length = builder.inttoptr(first, address), _word(builder, words, at + 1)
    return row._getvalue()  # noqa: SLF001 - numba names it so


def _word(builder: Any, words: Any, at: int) -> Any:
    """A word of a table; none of them changes while the kernel runs."""
    loaded = builder.load(builder.gep(words, [ir.Constant(WORD, at)]))
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded


@lower_builtin(operator.getitem, Row, types.Integer)
def _get(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.load(_place(context, builder, sig, args))


@lower_builtin(operator.setitem, Row, types.Integer, types.Any)
def _set(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    builder.store(args[2], _place(context, builder, sig, args))
    return context.get_dummy_value()


@lower_builtin(len, Row)
def _length(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0]).length


def _place(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    row = cgutils.create_struct_proxy(sig.args[0])(context, builder, value=args[0])
    return builder.gep(row.address, [args[1]])

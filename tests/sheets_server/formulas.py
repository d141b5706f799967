"""Formulas, as far as tests need them: arithmetic, &, comparisons, references, and a handful of functions.

Everything else keeps the value stored with it, or shows `#NAME?`, so that nobody takes it for a result.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sheets_server.addresses import area_of
from sheets_server.areas import Block
from sheets_server.refusals import Refusal
from sheets_server.showing import plain
from sheets_server.state import Book, Cell, Fault, Scalar, Sheet

DEEPEST = 60
Known: TypeAlias = dict[tuple[int, int, int], Scalar]
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<call>[A-Z]+\()|(?P<truth>\b(?:TRUE|FALSE)\b)"""
    r"""|(?P<place>(?:(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d*)?)"""
    r"""|(?P<unequal><>)|(?P<equal>(?<![<>])=)|(?P<join>&)|(?P<power>\^)|(?P<other>.)""",
    re.IGNORECASE,
)
_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Pow: operator.pow,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip


class UnknownFormulaError(Exception):
    """A formula beyond what is computed here."""


def value_of(book: Book, sheet: Sheet, cell: Cell) -> Scalar:
    """The value of a cell, its formula computed where it is a simple one."""
    return cell.value if cell.formula is None else _value(book, sheet, cell, 0, {})


def _value(book: Book, sheet: Sheet, cell: Cell, depth: int, known: Known) -> Scalar:
    if cell.formula is None:
        return cell.value
    try:
        return _Reckoner(book, sheet, depth, known).result(cell.formula)
    except UnknownFormulaError:
        return Fault("#NAME?") if cell.value is None else cell.value
    except ZeroDivisionError:
        return Fault("#DIV/0!")
    except Refusal:
        return Fault("#REF!")
    except (TypeError, ValueError):
        return Fault("#VALUE!")


class _Array(list[Any]):
    """What a function gives for each cell of a range."""


class _Reckoner:
    def __init__(self, book: Book, sheet: Sheet, depth: int, known: Known) -> None:
        self.book = book
        self.sheet = sheet
        self.depth = depth
        self.known = known
        self.places: list[str] = []

    def result(self, formula: str) -> Scalar:
        if self.depth > DEEPEST:
            return Fault("#REF!")
        if "#REF!" in formula:
            return Fault("#REF!")
        try:
            tree = ast.parse(_TOKEN.sub(self._python, formula[1:]).strip(), mode="eval")
        except SyntaxError as error:
            raise UnknownFormulaError from error
        found = self._of(tree.body)
        if isinstance(found, list):
            found = found[0] if found else None
        if isinstance(found, float) and found.is_integer():
            return int(found)
        value: Scalar = 0 if found is None else found
        return value

    def _python(self, matched: re.Match[str]) -> str:
        text = matched[0]
        if matched["text"]:
            return repr(text[1:-1].replace('""', '"'))
        if matched["place"]:
            self.places.append(text)
            return f"place({len(self.places) - 1})"
        if matched["truth"]:
            return text.capitalize()
        if matched["call"]:
            return text.lower().replace("if(", "if_(") if text.upper() == "IF(" else text.lower()
        words = {"unequal": "!=", "equal": "==", "join": "@", "power": "**"}
        return next((word for name, word in words.items() if matched[name]), text)

    def _of(self, node: ast.AST) -> Any:
        match node:
            case ast.Constant():
                return node.value
            case ast.UnaryOp(op=ast.USub()):
                return -_number(self._of(node.operand))
            case ast.BinOp(op=ast.MatMult()):
                return _text(self._of(node.left)) + _text(self._of(node.right))
            case ast.BinOp():
                return self._reckoned(type(node.op), self._of(node.left), self._of(node.right))
            case ast.Compare(ops=[only], comparators=[right]):
                left, other = _single(self._of(node.left)), _single(self._of(right))
                return _OPERATORS[type(only)](left, other)
            case ast.Call(func=ast.Name(id=name)):
                return self._called(name, node.args)
        raise UnknownFormulaError

    def _reckoned(self, kind: type[ast.AST], left: Any, right: Any) -> Any:
        if isinstance(right, _Array):
            return _Array(self._reckoned(kind, left, each) for each in right)
        for each in (_single(left), _single(right)):
            if isinstance(each, Fault):
                return each
        if kind not in _OPERATORS:
            raise UnknownFormulaError
        return _OPERATORS[kind](_number(left), _number(right))

    def _called(self, name: str, arguments: list[ast.expr]) -> Any:
        if name == "place" and isinstance(arguments[0], ast.Constant):
            return list(self._cells(self.places[int(str(arguments[0].value))]))
        if name in {"isformula", "column"}:
            return self._about_place(name, arguments[0])
        if name == "if_":
            chosen = 1 if _single(self._of(arguments[0])) else 2
            return self._of(arguments[chosen]) if chosen < len(arguments) else False
        values = [each for argument in arguments for each in _many(self._of(argument))]
        numbers = [each for each in values if _is_number(each)]
        functions: dict[str, Callable[[], Any]] = {
            "sum": lambda: sum(numbers),
            "sumproduct": lambda: sum(numbers),
            "max": lambda: max(numbers, default=0),
            "min": lambda: min(numbers, default=0),
            "count": lambda: len(numbers),
            "counta": lambda: sum(each is not None for each in values),
            "average": lambda: sum(numbers) / len(numbers),
            "concatenate": lambda: "".join(map(_text, values)),
            "upper": lambda: _text(values[0]).upper(),
            "len": lambda: len(_text(values[0])),
        }
        return functions.get(name, self._unknown)()

    def _about_place(self, name: str, argument: ast.expr) -> Any:
        match argument:
            case ast.Call(func=ast.Name(id="place"), args=[ast.Constant(value=int(number))]):
                sheet, block = self._block(self.places[number])
            case _:
                raise UnknownFormulaError
        if name == "column":
            return block.left + 1
        rows, columns = range(block.top, block.bottom), range(block.left, block.right)
        return _Array(sheet.cell(r, c).formula is not None for r in rows for c in columns)

    @staticmethod
    def _unknown() -> Any:
        raise UnknownFormulaError

    def _block(self, place: str) -> tuple[Sheet, Block]:
        named = "!" in place
        area = area_of(
            self.book,
            place if named else f"'{self.sheet.title.replace(chr(39), chr(39) * 2)}'!{place}",
        )
        sheet = self.book.sheet(area.sheet)
        return sheet, area.within(sheet)

    def _cells(self, place: str) -> Iterator[Scalar]:
        sheet, block = self._block(place)
        for row in range(block.top, block.bottom):
            for column in range(block.left, block.right):
                spot = sheet.number, row, column
                if spot not in self.known:
                    cell, deeper = sheet.cell(row, column), self.depth + 1
                    self.known[spot] = _value(self.book, sheet, cell, deeper, self.known)
                yield self.known[spot]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _single(value: Any) -> Any:
    if isinstance(value, list):
        return value[0] if value else None
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Any) -> float:
    single = _single(value)
    if isinstance(single, str):
        return float(single)
    return 0 if single is None else single


def _text(value: Any) -> str:
    single = _single(value)
    if isinstance(single, str):
        return single
    return "" if single is None else plain(_number(single))

"""References in formulas: they follow the lines that they mean, and a formula that is copied."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from sheetflow.cells import column_letters
from sheets_server.addresses import column_index
from sheets_server.state import ROWS, Book

Span: TypeAlias = tuple[int, int] | None
Mover: TypeAlias = Callable[[int, int], Span]
_REFERENCE = re.compile(
    r"\"[^\"]*\"|(?P<sheet>(?:'(?:[^']|'')+'|\b[A-Za-z_]\w*)!)?"
    r"(?P<one>\$?)(?P<letters>[A-Z]{1,3})(?P<two>\$?)(?P<digits>[1-9]\d*)\b(?!\()"
    r"(?::(?P<open>[A-Z]{1,3})\b(?!\())?"
)


def translated(formula: str, down: int, right: int) -> str:
    """The formula as it reads in a cell so many rows down and columns to the right; `$` holds a reference."""

    def moved(matched: re.Match[str]) -> str:
        if matched["letters"] is None:
            return matched[0]
        row = int(matched["digits"]) - 1 + (0 if matched["two"] else down)
        column = column_index(matched["letters"]) + (0 if matched["one"] else right)
        if row < 0 or column < 0:
            return "#REF!"
        before = f"{matched['sheet'] or ''}{matched['one']}{column_letters(column + 1)}"
        end = f":{matched['open']}" if matched["open"] else ""
        return f"{before}{matched['two']}{row + 1}{end}"

    return _REFERENCE.sub(moved, formula)


def shift_formulas(book: Book, number: int, dimension: str, moved: Mover) -> None:
    """Let the references of all formulas follow the lines that they mean."""
    title = book.sheet(number).title
    for sheet in list(book.sheets):
        for row, column, cell in list(sheet.with_values()):
            if cell.formula is None:
                continue
            here = sheet.number == number
            formula = _followed(cell.formula, title, dimension, moved, here=here)
            if formula != cell.formula:
                book.to_edit(sheet.number).put(row, column, replace(cell, formula=formula))


def _followed(formula: str, title: str, dimension: str, moved: Mover, *, here: bool) -> str:
    def followed(matched: re.Match[str]) -> str:
        if matched["letters"] is None:
            return matched[0]
        named = (matched["sheet"] or "").rstrip("!").strip("'").replace("''", "'")
        if not (named.casefold() == title.casefold() if named else here):
            return matched[0]
        row, column = int(matched["digits"]) - 1, column_index(matched["letters"])
        span = moved(row, row + 1) if dimension == ROWS else moved(column, column + 1)
        if span is None:
            return "#REF!"
        row, column = (span[0], column) if dimension == ROWS else (row, span[0])
        before = f"{matched['sheet'] or ''}{matched['one']}{column_letters(column + 1)}"
        down = f":{_column_now(matched['open'], dimension, moved)}" if matched["open"] else ""
        return f"{before}{matched['two']}{row + 1}{down}"

    return _REFERENCE.sub(followed, formula)


def _column_now(letters: str, dimension: str, moved: Mover) -> str:
    """The end of a range that is open below, such as the second B of B4:B."""
    column = column_index(letters)
    span = None if dimension == ROWS else moved(column, column + 1)
    return column_letters((span[0] if span else column) + 1)


def rename_in_formulas(book: Book, title: str, new: str) -> None:
    """Let all formulas call a sheet by its new title."""
    for sheet in list(book.sheets):
        for row, column, cell in list(sheet.with_values()):
            formula = None if cell.formula is None else _renamed(cell.formula, title, new)
            if formula != cell.formula:
                book.to_edit(sheet.number).put(row, column, replace(cell, formula=formula))


def _renamed(formula: str, title: str, new: str) -> str:
    def renamed(matched: re.Match[str]) -> str:
        named = matched["sheet"]
        if not named or named.rstrip("!").strip("'").replace("''", "'") != title:
            return matched[0]
        doubled = new.replace("'", "''")
        return f"'{doubled}'!{matched[0].removeprefix(named)}"

    return _REFERENCE.sub(renamed, formula)

"""The rows of one table, by header, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from sheetflow.cells import CellFault, CellRef, Table, Value
from sheetflow.errors import Fact, Problem, Severity
from sheetflow.translate.folding import to_ascii_digits
from sheetflow.translate.layout import Tab

LONGEST_FACT = 60
ERRORS_OF_A_CELL = 3
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)")


class Rows:
    """Reads cells by row and header, and gathers the problems found on the way."""

    def __init__(self, table: Table, tab: Tab) -> None:
        """Start without problems."""
        self.table = table
        self.tab = tab
        self.problems: list[Problem] = []
        self._first_errors: dict[int, Problem] = {}
        self._spared: set[int] = set()
        self._broken = Counter[tuple[int, str]]()

    def numbers(self) -> range:
        """The row numbers below the header row."""
        return range(self.tab.first_row, self.tab.last_row + 1)

    def value(self, row: int, header: str) -> Value:
        """The value of a cell; None where it is blank, is an error, or has no column."""
        column = self.tab.columns.get(header)
        if column is None:
            return None
        value = self.table.at(row, column)
        if value is None and (row, column) in self.table.formulas:
            self._break(row, header, "formula_without_value", self.table.formulas[row, column])
        elif isinstance(value, CellFault):
            self._break(row, header, "cell_fault", value.code)
            return None
        elif isinstance(value, str) and not value.strip():
            return None
        return value

    def text(self, row: int, header: str) -> str:
        """The value as text; a whole number without its decimals."""
        return as_text(self.value(row, header))

    def is_broken(self, row: int, header: str) -> bool:
        """Whether an error of this cell is known already."""
        return (row, header) in self._broken

    def error(self, row: int, header: str, code: str, **facts: Fact) -> None:
        """Something that keeps the row out of the plan."""
        if row in self._spared:
            return
        self._broken[row, header] += 1
        if self._broken[row, header] <= ERRORS_OF_A_CELL:
            problem = self._problem(Severity.ERROR, row, header, code, facts)
            self._first_errors.setdefault(row, problem)

    def warning(self, row: int, header: str, code: str, **facts: Fact) -> None:
        """Something that the team should know, and that changes nothing."""
        if row not in self._spared:
            self._problem(Severity.WARNING, row, header, code, facts)

    def spare(self, row: int) -> None:
        """Tell nothing more about a row: it is not planned, and may be as old or as vague as it likes."""
        self._spared.add(row)

    def first_error(self, row: int) -> Problem | None:
        """The first error of the row."""
        return self._first_errors.get(row)

    def heading(self, header: str) -> str:
        """The header as the sheet has it."""
        column = self.tab.columns.get(header)
        typed = as_text(self.table.at(self.tab.header_row, column)) if column else ""
        return typed or header

    def cells(self, row: int, headers: Iterable[str]) -> dict[str, CellRef]:
        """Where the values of a row stand."""
        sheet, columns = self.tab.sheet, self.tab.columns
        return {each: CellRef(sheet, row, columns[each]) for each in headers if each in columns}

    def _break(self, row: int, header: str, code: str, shown: str) -> None:
        if (row, header) not in self._broken:
            self.error(row, header, code, value=shorten(shown))

    def _problem(
        self, severity: Severity, row: int, header: str, code: str, facts: dict[str, Fact]
    ) -> Problem:
        problem = Problem(
            code=code,
            sheet=self.tab.sheet,
            cell=self.tab.ref(row, header).a1,
            severity=severity,
            facts={"heading": self.heading(header), **facts},
        )
        self.problems.append(problem)
        return problem


def as_text(value: Value) -> str:
    """The value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value.code if isinstance(value, CellFault) else str(value).strip()


def as_number(value: Value) -> float | None:
    """The value as a number: `0,5` and `۰٫۵` too, and `75%`; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = to_ascii_digits(str(value)).strip().replace("٪", "%").replace("−", "-")
    bare = text.removesuffix("%").strip()
    if not isinstance(value, str) or not _NUMBER.fullmatch(bare):
        return None
    return float(bare.replace(",", ".")) / (100 if text.endswith("%") else 1)


def shorten(text: str) -> str:
    """The text, cut where it is too long for a sentence."""
    line = " ".join(text[: 2 * LONGEST_FACT].split())
    return line if len(line) <= LONGEST_FACT else line[: LONGEST_FACT - 1] + "…"

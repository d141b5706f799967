"""Which column is which: by header, and where a header says too little, by what stands under it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sheetflow.cells import CellRef, Table, Value
from sheetflow.errors import Problem, Severity
from sheetflow.translate.folding import fold
from sheetflow.translate.header_row import LONGEST_HEADER
from sheetflow.translate.layout import COMPUTED, REQUIRED
from sheetflow.translate.lists import split_names
from sheetflow.translate.rows import as_text
from sheetflow.translate.vocabulary import NOT_OURS, Vocabulary

IsStep = Callable[[str], bool]


class Columns:
    """The columns of one table, as far as they are known; `problems` tells what could not be decided."""

    def __init__(
        self,
        table: Table,
        header_row: int,
        group: str,
        words: Vocabulary,
        is_step: IsStep = lambda _: False,
    ) -> None:
        """Decide on every column."""
        self.known: dict[str, int] = {}
        self.doubled: dict[str, Problem] = {}
        self.problems: list[Problem] = []
        self._table, self._row, self._group = table, header_row, group
        self._words, self._is_step = words, is_step
        self._decide_by_headers()
        self._decide_by_values()

    def headers(self) -> Mapping[int, str]:
        """The texts of the header row by column."""
        cells = enumerate(self._table.rows[self._row - 1], start=1)
        return {column: as_text(cell) for column, cell in cells if as_text(cell)}

    def _meanings(self, header: str) -> tuple[str, ...]:
        """What the header may mean; a column that SheetFlow fills must bear the very name that it would write."""
        if len(header) > LONGEST_HEADER:
            return ()
        own = self._words.is_own_name(self._group, header) or fold(header) in self._words.extra
        found = self._words.candidates(self._group, header)
        return tuple(name for name in found if own or name not in COMPUTED)

    def _decide_by_headers(self) -> None:
        columns: dict[str, list[int]] = {}
        for column, header in self.headers().items():
            meanings = self._meanings(header)
            if len(meanings) == 1 and meanings[0] != NOT_OURS:
                columns.setdefault(meanings[0], []).append(column)
        for name, found in columns.items():
            self._choose(name, found)

    def _choose(self, name: str, found: list[int]) -> None:
        """Of several columns, the one of that very name, or the only one with anything in it."""
        own = [c for c in found if self._words.is_own_name(self._group, self.headers()[c])]
        candidates = own or found
        filled = [column for column in candidates if self._filled(column)] or candidates[:1]
        if len(filled) == 1 or name in COMPUTED:
            self.known[name] = filled[0]
        if len(candidates) > 1 and (len(filled) > 1 or own):
            self._report_twice(name, next(c for c in candidates if c != filled[0]))

    def _report_twice(self, name: str, column: int) -> None:
        decided = name in self.known
        problem = self._problem(
            "header_twice_decided" if decided else "header_twice",
            column,
            Severity.WARNING if decided else Severity.ERROR,
        )
        if not decided:
            self.doubled[name] = problem

    def _decide_by_values(self) -> None:
        for column, header in self.headers().items():
            meanings = self._meanings(header)
            if len(meanings) < 2:  # noqa: PLR2004 - one meaning was decided above
                continue
            open_ones = [name for name in meanings if name not in self.known]
            fitting = [name for name in open_ones if name and self._fits(name, column)]
            fitting = [name for name in fitting if name in REQUIRED] or fitting
            if len(fitting) == 1:
                self.known[fitting[0]] = column
            elif NOT_OURS not in meanings and open_ones and self._filled(column):
                self._problem("header_ambiguous", column, Severity.WARNING, meanings)

    def _fits(self, name: str, column: int) -> bool:
        texts = self._filled(column)
        match name:
            case "Status":
                return all(self._words.find("status", text) for text in texts)
            case "Current step":
                parts = [part for text in texts for part in split_names(text)]
                return all(map(self._is_step_or_done, parts))
            case "Owners" | "Days" if self._group == "header:Publications":
                return any(":" in text or "：" in text for text in texts)
            case "ID":
                return bool(texts) and not _counts_rows(texts)
        return True

    def _is_step_or_done(self, text: str) -> bool:
        return self._is_step(text) or self._words.find("done", text) is not None

    def _filled(self, column: int) -> list[str]:
        """The texts under a header, blanks left out."""
        rows = range(self._row + 1, len(self._table.rows) + 1)
        return [text for row in rows if (text := _text(self._table.at(row, column)))]

    def _problem(
        self, code: str, column: int, severity: Severity, meanings: Collection[str] = ()
    ) -> Problem:
        problem = Problem(
            code=code,
            sheet=self._table.sheet,
            cell=CellRef(self._table.sheet, self._row, column).a1,
            severity=severity,
            facts={"value": self.headers()[column], "headers": tuple(meanings)},
        )
        self.problems.append(problem)
        return problem


def _text(value: Value) -> str:
    return as_text(value)[: 2 * LONGEST_HEADER]


def _counts_rows(texts: list[str]) -> bool:
    """Whether the column merely counts: such numbers move when a row is inserted, and are no IDs."""
    return texts == [str(number) for number in range(1, len(texts) + 1)]

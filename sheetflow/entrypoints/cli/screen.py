"""What a command shows when it is done, and the JSON that it writes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan
from sheetflow.entrypoints.cli import tables
from sheetflow.entrypoints.cli.comparing import comparison
from sheetflow.entrypoints.cli.explaining import paragraphs
from sheetflow.entrypoints.cli.gantt import gantt, legend
from sheetflow.entrypoints.explanations import explanation_document
from sheetflow.translate.document import document_of, english, problem_list
from sheetflow.translate.reading import Reading
from sheetflow.usecases.explain import Explanation
from sheetflow.usecases.recalculate import Outcome

STANDARD_OUTPUT = Path("-")
PLAIN_WIDTH = 120


class Screen:
    """A terminal, or a file in its place; where JSON takes standard output, the rest goes to standard error."""

    def __init__(self, today: date, json_file: Path | None = None) -> None:
        """Begin to show as of a day; `json_file` may be `-`."""
        self._tongue = english(today)
        self._json_file = json_file
        to_error = json_file == STANDARD_OUTPUT
        terminal = (sys.stderr if to_error else sys.stdout).isatty()
        width = None if terminal else PLAIN_WIDTH
        self._console = Console(stderr=to_error, width=width, highlight=False, soft_wrap=False)

    def outcome(self, outcome: Outcome, file: str | None) -> None:
        """A run: how things stand, what needs attention, what moved, and where it was written."""
        self._write_json(lambda: document_of(outcome.plan, outcome.problems))
        self._say(_counts(outcome.plan))
        attention = tables.attention(outcome.plan, self._tongue)
        problems = tables.problems(outcome.problems, self._tongue)
        for table in (attention, problems, *self._moved(outcome)):
            if table is not None:
                self._say("", table)
        self._say("", _written(outcome, file))

    def _moved(self, outcome: Outcome) -> Iterable[Table | str | None]:
        """What the run moved; of a trial run, what it would change, and for whom."""
        if outcome.comparison is None:
            return (tables.moved(outcome.plan, self._tongue),)
        return comparison(outcome.comparison, self._tongue)

    def checked(self, reading: Reading) -> None:
        """What a check found."""
        self._write_json(lambda: {"problems": problem_list(reading.problems, self._tongue)})
        table = tables.problems(reading.problems, self._tongue)
        rows = len(reading.workspace.publications)
        self._say(f"{_several(rows, 'publication')} can be planned.", table or "No problems.")

    def timeline(self, plan: Plan) -> None:
        """The first rows of a plan as bars."""
        self._say(gantt(plan, self._tongue), legend(), "")

    def explanation(self, explanation: Explanation) -> None:
        """Why a step is where it is, by the workbook's calendar."""
        tongue = replace(self._tongue, calendar=explanation.settings.calendar)
        self._write_json(lambda: explanation_document(explanation, tongue))
        self._say(*paragraphs(explanation, tongue))

    def listing(self, table: Table | str, document: dict[str, Any]) -> None:
        """What is registered."""
        self._write_json(lambda: document)
        self._say(table)

    def _say(self, *things: Any) -> None:  # noqa: ANN401  whatever rich can draw
        for thing in things:
            # A sentence is wrapped by the terminal, so that a path in it can be copied.
            self._console.print(thing, soft_wrap=isinstance(thing, str | Text), markup=False)

    def _write_json(self, made: Callable[[], dict[str, Any]]) -> None:
        if self._json_file is None:
            return
        document = made()
        if self._json_file == STANDARD_OUTPUT:
            _put_json(document, sys.stdout)
        else:
            with self._json_file.open("w", encoding="utf-8") as file:
                _put_json(document, file)


def _put_json(document: dict[str, Any], file: TextIO) -> None:
    """Write the text as it is made: that of a large plan need never be there as a whole."""
    json.dump(document, file, ensure_ascii=False, indent=1)
    file.write("\n")


def _counts(plan: Plan) -> Text:
    count = Counter(row.flag for row in plan.publications)
    line = Text()
    for flag in (Flag.RED, Flag.AMBER, Flag.GREEN, Flag.GREY):
        if count[flag]:
            line.append(f" {count[flag]} {flag.value} ", style=tables.COLOURS[flag])
            line.append(" ")
    of_people = f", {_several(len(plan.people), 'person', 'people')}" if plan.people else ""
    return line.append(f" {_several(len(plan.publications), 'publication')}{of_people}")


def _written(outcome: Outcome, file: str | None) -> str:
    if file is None:
        return "Nothing was written: this was a trial run."
    if outcome.patch.is_empty:
        return f"Nothing to change: {file} holds this plan."
    return f"Written to {file}."


def _several(count: int, one: str, many: str = "") -> str:
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"

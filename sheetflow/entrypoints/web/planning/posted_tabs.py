"""Planning what was posted: a function of its input alone, for a process that plans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.settings import Language
from sheetflow.engine.planner import Effort
from sheetflow.errors import UserError
from sheetflow.translate.document import document_of, problem_list
from sheetflow.translate.language import Tongue
from sheetflow.translate.reading import read_workspace
from sheetflow.translate.summary import summary_of
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.workbooks.posted.tables import PostedTab
from sheetflow.workbooks.posted.workbook import PostedWorkbook

LONGER = 10
"""A tab that SheetFlow draws has a row a step: so many times the rows of publications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a plan; without a `language` sentences are in that of the workbook."""

    today: date
    epoch: date
    effort: Effort
    new_columns: bool
    with_plan: bool
    language: Language | None
    most_rows: int


def planned_tabs(tabs: Sequence[PostedTab], wish: Wish) -> bytes:
    """The plan and what is to be written, as JSON.

    Raises:
        UserError: The tabs are too large, or cannot be planned.
    """
    book = PostedWorkbook(tabs, wish.epoch, wish.most_rows * LONGER)
    _check_rows(book, wish)
    outcome = recalculate(book, wish.today, effort=wish.effort, new_columns=wish.new_columns)
    return _answer(book, outcome, wish)


def _check_rows(book: PostedWorkbook, wish: Wish) -> None:
    """Planning takes long where there are very many rows: only those of publications count."""
    snapshot = book.read()
    if all(len(table.rows) <= wish.most_rows for table in snapshot.tables):
        return
    for tab in read_workspace(snapshot, wish.today).layout.publications:
        if tab.last_row - tab.header_row > wish.most_rows:
            raise UserError("posted_tab_long", sheet=tab.sheet, most=wish.most_rows)


def _answer(book: PostedWorkbook, outcome: Outcome, wish: Wish) -> bytes:
    workspace = outcome.reading.workspace
    settings = workspace.settings
    tongue = Tongue(wish.language or settings.language, settings.calendar, wish.today)
    document = {
        "plan": document_of(outcome.plan, outcome.problems) if wish.with_plan else None,
        **book.answer(),
        "summary": summary_of(outcome.plan, workspace, tongue),
        "problems": problem_list(outcome.problems, tongue),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

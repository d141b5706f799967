"""What can be wrong: a Problem is a value at a cell and the run goes on; a SheetFlowError stops it.

Both carry a code and its facts; the sentence and the way out are looked up by the code in the reader's language
(`data/languages/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Fact: TypeAlias = str | int | float | date | tuple[str, ...] | None


class Severity(StrEnum):
    """An error keeps its row out of the plan; a warning is told and the plan goes on."""

    ERROR = "Error"
    WARNING = "Warning"
    NOTE = "Note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with the input, at the cell `cell` (such as `D5`) of `sheet`; either may be blank."""

    code: str
    sheet: str = ""
    cell: str = ""
    severity: Severity = Severity.ERROR
    facts: Mapping[str, Fact] = field(default_factory=dict)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether some input could not be planned."""
    return any(problem.severity is Severity.ERROR for problem in problems)


class SheetFlowError(Exception):
    """A run that cannot go on; `code` and `facts` name its sentence."""

    def __init__(self, code: str, **facts: Fact) -> None:
        """Keep the code and the facts; the text is made by whoever shows it."""
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class UserError(SheetFlowError):
    """The input, the command or the file is at fault, and the user can mend it."""


class OwnError(SheetFlowError):
    """SheetFlow is at fault: a plan that failed its proof, a file that failed its verification."""

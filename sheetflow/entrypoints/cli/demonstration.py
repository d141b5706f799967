"""The demo: a sample team's workbook, planned as of a fixed day."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sheetflow.errors import UserError
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.wiring.workbooks import open_workbook

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What the demo planned, and the file that it left; None where none was to be kept."""

    outcome: Outcome
    file: str | None


def demonstrate(folder: Path, *, keep: bool = True) -> Demonstration:
    """Plan the sample into a new file of the folder; a file that is there already is never overwritten."""
    sample = files("sheetflow") / "data" / "demo.xlsx"
    with as_file(sample) as source, TemporaryDirectory() as made:
        planned = Path(made) / "sheetflow-demo.xlsx"
        outcome = recalculate(open_workbook(str(source), planned), TODAY)
        return Demonstration(outcome=outcome, file=_placed(planned, folder) if keep else None)


def _placed(planned: Path, folder: Path) -> str:
    for name in _names():
        place = folder / name
        if not place.exists():
            shutil.copyfile(planned, place)
            return name
        if _is_same(place, planned):
            return name
    raise AssertionError  # the names never end


def _is_same(place: Path, planned: Path) -> bool:
    """Whether the file is an earlier demo that nobody has changed."""
    try:
        return open_workbook(str(place)).read() == open_workbook(str(planned)).read()
    except (UserError, OSError):
        return False


def _names() -> Iterator[str]:
    yield "sheetflow-demo.xlsx"
    yield from (f"sheetflow-demo-{number}.xlsx" for number in count(2))

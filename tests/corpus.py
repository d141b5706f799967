"""Real workbooks that nobody here made: each gets a small plan grafted in, is recalculated, and judged."""

from __future__ import annotations

import importlib.util
import io
import json
import random
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from types import FrameType, ModuleType
from typing import Any

import openpyxl
import python_calamine

from judge.book import book_of
from losslessness import Owned, losses
from sheetflow.entrypoints.cli import run

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = SHARED / "data" / "xlsx" / "corpus"
GRAFT = SHARED / "tools" / "graft.py"
TODAY = "2026-11-23"
TABS = ("Steps", "Today", "Workload", "Timeline", "Problems", "Changes", "History")
COLUMNS = (*("Flag", "Why", "Start by", "Step owner", "Step due", "Ready by", "Forecast", "Slack"),)
FIRST_OWNED = 7
DONE, REFUSED, UNGRAFTABLE, FAILED = "done", "refused", "not grafted", "failed"
NOT_DONE = 2
PATIENCE = 20
SMALL = 150_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of one file: its state, what was said, what the judge found, and seconds of the first run."""

    file: str
    state: str
    said: str = ""
    faults: tuple[str, ...] = ()
    seconds: float = 0.0

    def __str__(self) -> str:
        """One line a fault."""
        return "\n".join(f"{self.file}: {fault}" for fault in self.faults)


def files(*, short: bool = True, seed: int = 1, count: int = 20, ending: str = "") -> list[Path]:
    """The whole collection, or a sample of its smaller files; empty where it is absent."""
    found = sorted(path for path in CORPUS.rglob(f"*{ending}") if path.is_file())
    if not short:
        return found
    small = [path for path in found if path.stat().st_size < SMALL]
    return sorted(random.Random(seed).sample(small, min(count, len(small))))


def tried(file: Path, folder: Path, *, rows: int = 6, team: bool = False) -> Trial:
    """Graft, recalculate twice, and judge; the folder is for the copies."""
    name = str(file.relative_to(CORPUS)) if file.is_relative_to(CORPUS) else file.name
    book = folder / f"grafted{file.suffix}"
    tool = _tool()
    try:
        tool.graft(file, book, rows, team=team)
    except tool.CannotGraft as reason:
        return Trial(file=name, state=UNGRAFTABLE, said=str(reason))
    before = book.read_bytes()
    begin = perf_counter()
    status, said = recalculated(book, folder / "plan.json")
    seconds = perf_counter() - begin
    if status == NOT_DONE:
        faults = tuple(_refusal_faults(book, before, said))
        state = FAILED if faults else REFUSED
    else:
        faults = tuple(_faults(book, before, folder, rows, status))
        state = FAILED if faults else DONE
    return Trial(file=name, state=state, said=said.strip(), faults=faults, seconds=seconds)


def recalculated(book: Path, plan: Path) -> tuple[int, str]:
    """The exit status of the real command, and what it said on standard error."""
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        status = run(["recalculate", str(book), "--today", TODAY, "--json", str(plan)])
    return status, said.getvalue()


def owned_of(before: bytes, rows: int) -> Owned:
    """The computed columns beside the grafted table, and the computed tabs under names that were free."""
    had = {name.casefold() for name in sheet_names(before)}
    cells = {
        (row, FIRST_OWNED + place) for row in range(1, rows + 2) for place in range(len(COLUMNS))
    }
    names = {name for tab in TABS for name in (tab, f"{tab} (SheetFlow)")}
    return Owned(
        cells={"Publications": cells}, tabs={name for name in names if name.casefold() not in had}
    )


def sheet_names(content: bytes) -> list[str]:
    """The names of the sheets, in their order."""
    return [sheet.name for sheet in book_of(content).sheets]


def _refusal_faults(book: Path, before: bytes, said: str) -> Iterator[str]:
    if book.read_bytes() != before:
        yield "refused, and the file is no longer what it was"
    if "mistake of its own" in said or "Traceback" in said:
        yield f"a crash: {said.strip()}"
    if not said.strip().endswith(".") or len(said.strip().splitlines()) > 1:
        yield f"the reason is no sentence: {said.strip()!r}"
    yield from _litter(book)


def _faults(book: Path, before: bytes, folder: Path, rows: int, status: int) -> Iterator[str]:
    after = book.read_bytes()
    if status or after == before:
        yield f"exit status {status}, written: {after != before}"
    yield from losses(before, after, owned_of(before, rows))
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    yield from _value_faults(before, after, plan, rows)
    if _by_openpyxl(before) and not _by_openpyxl(after):
        yield "openpyxl opened it before, and cannot now"
    yield from _litter(book)
    yield from second_run_faults(book, folder / "again.json")


def second_run_faults(book: Path, plan: Path) -> Iterator[str]:
    """A run right after the last one leaves the file alone: not the same bytes written again, but none."""
    was, content = book.stat(), book.read_bytes()
    status, said = recalculated(book, plan)
    if status == NOT_DONE:
        yield f"the second run failed: {said.strip()}"
    now = book.stat()
    if book.read_bytes() != content:
        yield "the second run changed the file"
    elif (was.st_mtime_ns, was.st_ino) != (now.st_mtime_ns, now.st_ino):
        yield "the second run wrote the same file again"


def _litter(book: Path) -> Iterator[str]:
    """Nothing lies beside the file but what it is compared with, and backups."""
    for path in book.parent.iterdir():
        if path.name.startswith((".", "~")) or path.suffix == ".tmp":
            yield f"{path.name} was left lying about"


def _value_faults(before: bytes, after: bytes, plan: dict[str, Any], rows: int) -> Iterator[str]:
    """An independent reader sees the plan in the computed columns."""
    grid = _by_calamine(after) or (None if _by_calamine(before) else _by_openpyxl(after))
    if grid is None:
        if _by_calamine(before) or _by_openpyxl(before):
            yield "a reader opened it before, and cannot now"
        return
    head = grid[0]
    if tuple(head[FIRST_OWNED - 1 :]) != COLUMNS:
        yield f"the headers are {head}"
        return
    seen = {row[0]: dict(zip(head, row, strict=True)) for row in grid[1:]}
    planned = {row["id"]: row for row in plan["publications"] if row["sheet"] == "Publications"}
    if len(planned) != rows or seen.keys() != planned.keys():
        yield f"{len(seen)} rows in the sheet, {len(planned)} in the plan"
        return
    for number, row in planned.items():
        yield from _row_faults(number, seen[number], row)


def _row_faults(number: str, seen: dict[Any, Any], row: dict[str, Any]) -> Iterator[str]:
    for header, key in (
        *(("Publication", "title"), ("Flag", "flag"), ("Why", "why"), ("Start by", "start_by")),
        *(("Ready by", "ready_by"), ("Forecast", "forecast"), ("Slack", "slack_days")),
    ):
        value, wanted = seen[header], "" if row[key] is None else row[key]
        shown = value.isoformat() if isinstance(value, date) else value
        if shown != wanted:
            yield f"{number}: {header} is {shown!r}, planned {wanted!r}"


def _by_calamine(content: bytes) -> list[list[Any]] | None:
    """The rows of the grafted tab; None where the reader cannot open the file."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        rows = book.get_sheet_by_name("Publications").to_python(skip_empty_area=False)
        return [list(row) for row in rows]
    except (python_calamine.CalamineError, OSError, ValueError):
        return None


def _by_openpyxl(content: bytes) -> list[list[Any]] | None:
    """The same by a slower reader; None too where one's patience comes to an end."""
    try:
        with warnings.catch_warnings(), _limited(PATIENCE):
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
            rows: Any = book["Publications"].iter_rows(values_only=True)
            return [[_as_calamine(value) for value in row] for row in rows]
    except Exception:  # noqa: BLE001 - the library fails on real files in many ways
        return None


def _as_calamine(value: Any) -> Any:
    return "" if value is None else value.date() if isinstance(value, datetime) else value


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


def _tool() -> ModuleType:
    """The grafting tool beside the collection."""
    spec = importlib.util.spec_from_file_location("graft", GRAFT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""A hidden formula that counts the formulas in the columns that SheetFlow fills, so that nobody need read them to know.

watch = watch_in(tables)                       # what it counted, None where there is none
watch_requests(sheet_id, column, filled)       # lays it into the first row of a tab of our own

Values alone are read, and a formula may look like what we wrote. This one follows the columns that it looks at, as all
formulas do; beside it stands another one to be found, which shows that it counts as it should.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheetflow.cells import CellFault, CellRef, Table, Value, column_letters
from sheetflow.workbooks.google.addresses import quoted
from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.worn import worn_by

SIGN = "SheetFlow watch "
PROBE = "=TRUE"
FOUND, NONE = "1", "0"
BEHIND_CODES = 3
"""How far right of the codes of its tab it stands: behind the digests, and behind what it is to find."""

LOST = CellFault("#REF!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What the formula tells: whether it found nothing, and the columns that it looks at, of all tabs together.

    It `is_lost` where a column is gone that it looked at. Where it gives another error, or does not find the formula
    beside it, nothing is clear, and another one would tell no more.
    """

    is_clear: bool = False
    is_lost: bool = False
    columns: Counter[int] | None = None

    def covers(self, filled: Iterable[CellRef]) -> bool:
        """Whether it tells that no formula stands in these columns."""
        wanted = Counter(ref.column for ref in filled)
        return self.is_clear and self.columns is not None and wanted <= self.columns

    def is_right(self, filled: Iterable[CellRef]) -> bool:
        """Whether it looks at these columns and no others, as far as it tells."""
        wanted = Counter(ref.column for ref in filled)
        return self.columns == wanted if self.columns is not None else not self.is_lost


def watch_in(tables: Iterable[Table]) -> Watch | None:
    """What the formula tells, in whichever tab it stands."""
    for table in tables:
        worn = worn_by(table)
        told = table.at(1, worn.column + BEHIND_CODES) if worn else None
        if told is not None:
            return _watch(told)
    return None


def _watch(told: Value) -> Watch:
    if not isinstance(told, str) or not told.startswith(SIGN):
        return Watch(is_lost=told == LOST)
    try:
        count, probe, columns = told.removeprefix(SIGN).split("/")
        places = Counter(int(each) for each in columns.split(",") if each)
    except ValueError:
        return Watch()
    return Watch(is_clear=(count, probe) == (NONE, FOUND), columns=places)


def with_watch(head: Sequence[Value], held: Sequence[Value], column: int) -> tuple[Value, ...]:
    """The first row as it is to be; where the formula and the one to be found belong, what is held there stays."""
    kept = held[column - 2 : column]
    return (*head, *(None,) * (column - 2 - len(head)), *kept) if kept else tuple(head)


def watch_requests(sheet_id: int, column: int, filled: Sequence[CellRef]) -> Iterator[Json]:
    """Puts the formula into the first row, and the one to be found before it; `filled` are headers of columns."""
    formulas = (PROBE, _formula(column - 1, filled))
    cells = [{"userEnteredValue": {"formulaValue": text}} for text in formulas]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": column - 2}
    rows: Sequence[Mapping[str, Any]] = [{"values": cells}]
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _formula(probe: int, filled: Sequence[CellRef]) -> str:
    """From its header down, each column is open to rows that are added; the cell before the probe holds no formula."""
    places = [f"{quoted(ref.sheet)}!{ref.a1}" for ref in filled]
    areas = [
        f"{place}:{column_letters(ref.column)}" for place, ref in zip(places, filled, strict=True)
    ]
    beside = f"{column_letters(probe - 1)}1:{column_letters(probe)}1"
    counted = "+".join(map(_count, areas)) or NONE
    columns = '&","&'.join(f"COLUMN({place})" for place in places) or '""'
    return f'="{SIGN}"&({counted})&"/"&{_count(beside)}&"/"&{columns}'


def _count(area: str) -> str:
    return f"SUMPRODUCT(1*ISFORMULA({area}))"

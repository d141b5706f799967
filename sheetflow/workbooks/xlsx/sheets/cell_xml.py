"""A value as a cell's XML: a text is always a text, whatever it begins with."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from html import escape

from sheetflow.cells import EXCEL_EPOCH, CellFault, Value

# What begins a formula where it is typed; the wide signs of East Asian keyboards do so too.
FORMULA_STARTS = tuple("=+-@＝＋－＠")
MOST_CHARACTERS = 32_767
SECONDS_A_DAY = 86_400
# A workbook that counts from 1900 has a day too many before this one.
FIRST_CERTAIN_DAY = date(1900, 3, 1)
ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
HALVES = re.compile("[\ud800-\udfff]")


def cell_content(value: Value, epoch: date, prefix: str = "") -> bytes:
    """What follows a cell's place and style: its type, its value and its end; `epoch` is the day of number 0."""
    if isinstance(value, date):
        number = serial_number(value, epoch)
        value = value.isoformat() if number is None else number
    if value is None or value == "":
        return b"/>"
    if isinstance(value, bool):
        return f' t="b"><{prefix}v>{value:d}</{prefix}v></{prefix}c>'.encode()
    if isinstance(value, int | float) and math.isfinite(value):
        return f"><{prefix}v>{value!r}</{prefix}v></{prefix}c>".encode()
    shown = text_xml(value.code if isinstance(value, CellFault) else str(value))
    opening = f' t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">'
    return f"{opening}{shown}</{prefix}t></{prefix}is></{prefix}c>".encode()


def is_formula_like(value: object) -> bool:
    """Whether a spreadsheet would take the value for a formula if it were typed."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def text_xml(text: str) -> str:
    """A text as it stands between tags, cut to what a cell holds."""
    whole = HALVES.sub("\N{REPLACEMENT CHARACTER}", text)
    return escape(ESCAPED.sub(_escaped, _cut(whole)), quote=False)


def serial_number(day: date, epoch: date) -> float | None:
    """The number that stands for a day, or a moment, in a workbook; None where the workbook cannot hold it."""
    plain = day.date() if isinstance(day, datetime) else day
    if plain < (FIRST_CERTAIN_DAY if epoch == EXCEL_EPOCH else epoch):
        return None
    if not isinstance(day, datetime):
        return (day - epoch).days
    passed = day.replace(tzinfo=None) - datetime.combine(epoch, time())
    return passed.total_seconds() / SECONDS_A_DAY


def _cut(text: str) -> str:
    """A cell counts in units of UTF-16: a character beyond its first 65,536 counts twice."""
    if len(text) * 2 <= MOST_CHARACTERS:
        return text
    units = text.encode("utf-16-le")[: 2 * MOST_CHARACTERS]
    return units.decode("utf-16-le", "ignore")


def _escaped(found: re.Match[str]) -> str:
    """The format's way to write what XML cannot hold, and what looks as if it were written that way."""
    return f"_x{ord(found[0]):04X}_"

"""How a value shows in a cell: numbers, dates and times by their number format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from sheets_server.entering import EPOCH, SECONDS
from sheets_server.state import Fault, Scalar

MOMENTS = ("DATE", "TIME", "DATE_TIME")
_DEFAULT = {
    "DATE": "m/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "m/d/yyyy h:mm:ss",
    "PERCENT": "0.00%",
    "CURRENCY": '"$"#,##0.00',
    "SCIENTIFIC": "0.00E+00",
    "NUMBER": "#,##0.00",
}
_PIECE = re.compile(r'"[^"]*"|\\.|am/pm|y+|m+|d+|h+|s+|.', re.IGNORECASE | re.DOTALL)
_FACTS = {
    "yy": "%y", "yyyy": "%Y", "d": "day", "dd": "%d", "ddd": "%a", "dddd": "%A", "mm": "%m",
    "mmm": "%b", "mmmm": "%B", "ss": "%S", "am/pm": "%p",
}  # fmt: skip


def shown(value: Scalar, number_format: Mapping[str, str]) -> str:
    """The text that stands in the cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fault):
        return value.code
    if isinstance(value, str):
        return value
    kind = number_format.get("type", "")
    pattern = number_format.get("pattern") or _DEFAULT.get(kind, "")
    if kind in MOMENTS:
        return _moment(value, pattern)
    return _number(value, pattern) if pattern else plain(value)


def plain(number: float) -> str:
    """A number as it shows without a format: ten digits of a fraction, whole ones in full."""
    if float(number).is_integer():
        return str(int(number)) if abs(number) < 1e15 else f"{number:.5E}"
    text = f"{number:.10g}"
    return (
        format(float(text), "f").rstrip("0")
        if "e-0" in text and abs(number) > 1e-6
        else text.upper()
    )


def _number(number: float, pattern: str) -> str:
    if pattern in {"@", "General", "general"}:
        return plain(number)
    shape = re.search(r"[#0,.]*[#0][#0,.]*", pattern)
    if shape is None:
        return plain(number)
    if "E+" in pattern:
        return f"{number:.{_decimals(shape[0])}E}"
    scaled = number * 100 if "%" in pattern else number
    comma = "," if "," in shape[0] else ""
    digits = f"{abs(scaled):{comma}.{_decimals(shape[0])}f}"
    whole = len(re.sub("[^0]", "", shape[0].partition(".")[0]))
    before, dot, after = digits.partition(".")
    digits = before.rjust(whole, "0") + dot + after
    around = pattern[: shape.start()].replace('"', ""), pattern[shape.end() :].replace('"', "")
    return f"{'-' if scaled < 0 else ''}{around[0]}{digits}{around[1]}"


def _decimals(shape: str) -> int:
    return len(shape.partition(".")[2])


def _moment(number: float, pattern: str) -> str:
    seconds = round((number % 1) * SECONDS)
    moment = datetime.combine(EPOCH, datetime.min.time()) + timedelta(int(number // 1), seconds)
    pieces = _PIECE.findall(pattern)
    half = any(piece.lower() == "am/pm" for piece in pieces)
    said, last = "", ""
    for index, piece in enumerate(pieces):
        name = piece.lower()
        if (
            set(name) == {"m"}
            and len(name) < 3
            and (last[:1] == "h" or _next(pieces, index)[:1] == "s")
        ):
            said += f"{moment.minute:0{len(name)}d}"
        elif set(name) == {"h"}:
            said += f"{moment.hour % 12 or 12 if half else moment.hour:0{len(name)}d}"
        else:
            said += _piece(moment, piece)
        last = name if name[:1].isalpha() else last
    return said


def _next(pieces: list[str], index: int) -> str:
    return next((each.lower() for each in pieces[index + 1 :] if each[:1].isalpha()), "")


def _piece(moment: datetime, piece: str) -> str:
    name = piece.lower()
    if name in {"d", "m", "s"}:
        return str({"d": moment.day, "m": moment.month, "s": moment.second}[name])
    if name in _FACTS:
        return moment.strftime(_FACTS[name])
    if piece.startswith('"'):
        return piece[1:-1]
    return piece.removeprefix("\\")

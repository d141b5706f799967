"""What becomes of a value that is written: RAW as it is, USER_ENTERED as if somebody had typed it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sheets_server.refusals import Json, invalid
from sheets_server.state import Cell, Fault, Scalar

EPOCH = date(1899, 12, 30)
SECONDS = 86_400
MOST_CHARACTERS = 50_000
WHOLE = 1e15
_NUMBER = re.compile(r"[+-]?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(?:[eE]([+-]?\d+))?")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_AMERICAN = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})?[ -]?([A-Za-z]{3,9})[ -](?:(\d{1,2}),? )?(\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AaPp][Mm]))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FAULTS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!")


@dataclass(frozen=True, slots=True)
class Typed:
    """A value read from what was typed, and the number format that comes with it."""

    value: Scalar
    kind: str = ""
    pattern: str = ""


def entered(old: Cell, value: Any, option: str, place: str) -> Cell:
    """The cell after a value was written into it; its looks stay, a typed date brings a date's format."""
    _check(value, place)
    if value == "":
        return old.holding(None)
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        return old.holding(int(value))
    if option != "USER_ENTERED" or not isinstance(value, str):
        return old.holding(value)
    if value.startswith("=") and len(value) > 1:
        return old.holding(None, value)
    if old.number_format.get("type") == "TEXT":
        return old.holding(value)
    typed = read(value)
    cell = old.holding(typed.value)
    return formatted(cell, typed) if typed.kind and not old.number_format else cell


def _check(value: Any, place: str) -> None:
    if isinstance(value, dict | list):
        kind = "struct_value" if isinstance(value, dict) else "list_value"
        raise invalid(f"Invalid {place}: {kind} {{\n}}\n")
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        raise invalid(
            f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell."
        )


def formatted(cell: Cell, typed: Typed) -> Cell:
    """The cell with the number format that typing such a value brings."""
    looks: Json = dict(cell.more.get("userEnteredFormat", {}))
    looks["numberFormat"] = {"type": typed.kind, "pattern": typed.pattern}
    return Cell(
        value=cell.value, formula=cell.formula, more={**cell.more, "userEnteredFormat": looks}
    )


def read(text: str) -> Typed:
    """What a spreadsheet takes a typed text for."""
    if text.startswith("'"):
        return Typed(text[1:])
    bare = text.strip()
    if bare.upper() in {"TRUE", "FALSE"}:
        return Typed(bare.upper() == "TRUE")
    if bare in _FAULTS:
        return Typed(Fault(bare))
    readers: tuple[Callable[[str], Typed | None], ...] = (_percentage, _money, _number, _moment)
    found = (reader(bare) for reader in readers)
    return next((each for each in found if each is not None), Typed(text))


def _percentage(text: str) -> Typed | None:
    inner = _number(text[:-1]) if text.endswith("%") else None
    if inner is None or not isinstance(inner.value, int | float):
        return None
    return Typed(inner.value / 100, "PERCENT", "0.00%" if "." in text else "0%")


def _money(text: str) -> Typed | None:
    sign, rest = ("-", text[1:]) if text.startswith("-") else ("", text)
    inner = _number(sign + rest[1:]) if rest.startswith("$") else None
    if inner is None:
        return None
    return Typed(inner.value, "CURRENCY", '"$"#,##0.00' if "." in text else '"$"#,##0')


def _number(text: str) -> Typed | None:
    matched = _NUMBER.fullmatch(text)
    if matched is None or not re.search(r"\d", f"{matched[1] or ''}{matched[2] or ''}"):
        return None
    number = float(text.replace(",", ""))
    value = int(number) if number.is_integer() and abs(number) < WHOLE else number
    if matched[3]:
        return Typed(value, "SCIENTIFIC", "0.00E+00")
    if "," in text:
        return Typed(value, "NUMBER", "#,##0.00" if "." in text else "#,##0")
    return Typed(value)


def _moment(text: str) -> Typed | None:
    clock = _time(text)
    if clock is not None:
        pattern = "h:mm:ss am/pm" if text.count(":") > 1 else "h:mm am/pm"
        return Typed(_fraction(clock), "TIME", pattern)
    day, _, rest = text.replace("T", " ", 1).partition(" ") if _ISO.match(text) else (text, "", "")
    if not rest and _AMERICAN.match(text):
        day, _, rest = text.partition(" ")
    found = _day(day)
    if found is None:
        return None
    value, pattern = found
    if not rest:
        return Typed((value - EPOCH).days, "DATE", pattern)
    clock = _time(rest)
    if clock is None:
        return None
    return Typed((value - EPOCH).days + _fraction(clock), "DATE_TIME", f"{pattern} h:mm:ss")


def _day(text: str) -> tuple[date, str] | None:
    if matched := _ISO.fullmatch(text):
        parts, pattern = (matched[1], matched[2], matched[3]), "yyyy-mm-dd"
        pattern = pattern.replace("-", "/") if "/" in text else pattern
    elif matched := _AMERICAN.fullmatch(text):
        year = matched[3] if len(matched[3]) == 4 else f"20{matched[3]}"
        parts, pattern = (year, matched[1], matched[2]), "m/d/yyyy"
    elif matched := _NAMED.fullmatch(text):
        month = matched[2].lower()[:3]
        if month not in _MONTHS or not (matched[1] or matched[3]):
            return None
        parts = (matched[4], str(_MONTHS.index(month) + 1), matched[1] or matched[3])
        pattern = "d mmm yyyy" if matched[1] else "mmm d, yyyy"
    else:
        return None
    try:
        return date(*map(int, parts)), pattern
    except ValueError:
        return None


def _time(text: str) -> time | None:
    matched = _TIME.fullmatch(text)
    if matched is None:
        return None
    hour = int(matched[1])
    if matched[4]:
        hour = hour % 12 + (12 if matched[4].lower() == "pm" else 0)
    try:
        return time(hour, int(matched[2]), int(matched[3] or 0))
    except ValueError:
        return None


def _fraction(clock: time) -> float:
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / SECONDS


def serial(moment: date) -> int | float:
    """The serial number of a day, or of a moment."""
    if isinstance(moment, datetime):
        return (moment.date() - EPOCH).days + _fraction(moment.time())
    return (moment - EPOCH).days

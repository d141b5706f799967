"""Reading the Settings tab: one row a setting, and the team's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sheetflow.cells import CellRef, Value
from sheetflow.domain.messages import Messages
from sheetflow.domain.settings import CalendarSystem, Language, Settings
from sheetflow.translate.message_settings import MESSAGES, messages_of, read_message
from sheetflow.translate.rows import Rows, as_number, as_text, shorten
from sheetflow.translate.vocabulary import Vocabulary, vocabulary

GROUPS = ("header", "status", "priority", "type", "step", "skill", "phase", "kind", "tab")
_ALIAS = re.compile(r"(.+?)\s*[:：]\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """What the Settings tab says; the texts that the calendars are made of come with their cells."""

    settings: Settings = field(default_factory=Settings)
    words: Vocabulary = field(default_factory=vocabulary)
    date_order: str | None = None
    working_days: str = ""
    messages: Messages = field(default_factory=Messages)
    cells: Mapping[str, CellRef] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Limits:
    """The numbers that make sense; `whole` ones have no fraction."""

    least: float
    most: float
    whole: bool = False

    def read(self, value: Value) -> float | int | None:
        """The number, None where it makes no sense."""
        number = as_number(value)
        if number is None or not self.least <= number <= self.most:
            return None
        if self.whole:
            return int(number) if number.is_integer() else None
        return number


NUMBERS: Mapping[str, _Limits] = {
    "Hours per day": _Limits(0.25, 24),
    "Focus": _Limits(0.05, 1),
    "Safety margin": _Limits(0, 260, whole=True),
    "Amber below": _Limits(0, 260, whole=True),
    "Keep within": _Limits(0, 260, whole=True),
    "Rework factor": _Limits(0, 2),
    "Reserve": _Limits(0, 0.95),
}
FIELDS = {
    "Holidays country": "holidays_country",
    "Time zone": "time_zone",
    "Language": "language",
    "Calendar": "calendar",
    **{name: name.lower().replace(" ", "_") for name in NUMBERS},
}
WORDS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "Language": ("language", Language),
    "Calendar": ("calendar", CalendarSystem),
    "Date order": ("date_order", str),
}


def read_settings(rows: Rows, words: Vocabulary) -> ReadSettings:
    """The settings, each with its default where the tab has none, or none that makes sense."""
    values, aliases, cells = dict[str, Any](), dict[str, str](), dict[str, CellRef]()
    for row in rows.numbers():
        text = rows.text(row, "Setting")
        alias = _alias(text, words)
        if alias:
            _add_alias(rows, row, alias, aliases, words)
        elif text:
            name = words.find("setting", text)
            _read(rows, row, name, values, words)
            cells.setdefault(name or text, CellRef(rows.tab.sheet, row, rows.tab.columns["Value"]))
    chosen = {FIELDS[name]: value for name, value in values.items() if name in FIELDS}
    return ReadSettings(
        settings=Settings(**chosen),
        words=vocabulary(aliases),
        date_order=values.get("Date order"),
        working_days=values.get("Working days", ""),
        messages=messages_of(values),
        cells=cells,
    )


def _alias(text: str, words: Vocabulary) -> str | None:
    """The team's own word in `Alias: Judul rilis`."""
    found = _ALIAS.fullmatch(text)
    is_alias = found and words.find("setting", found.group(1)) == "Alias"
    return found.group(2).strip() if found and is_alias else None


def _add_alias(
    rows: Rows, row: int, alias: str, aliases: dict[str, str], words: Vocabulary
) -> None:
    meaning = rows.text(row, "Value")
    if any(words.candidates(group, meaning) for group in GROUPS):
        aliases[alias] = meaning
    elif not rows.is_broken(row, "Value"):
        rows.warning(row, "Value", "alias_unknown", value=shorten(meaning), alias=shorten(alias))


def _read(
    rows: Rows, row: int, name: str | None, values: dict[str, Any], words: Vocabulary
) -> None:
    text = rows.text(row, "Setting")
    raw = rows.value(row, "Value")
    if name is None or name == "Alias":
        nearest = words.nearest("setting", shorten(text))
        rows.warning(
            row, "Setting", "setting_unknown", value=shorten(text), nearest_setting=nearest
        )
    elif name in values:
        rows.error(row, "Setting", "setting_twice", setting=name)
    elif raw is not None:
        value = _value(name, raw, words)
        if value is None:
            shown = shorten(as_text(raw))
            rows.error(row, "Value", "setting_unreadable", setting=name, value=shown)
        else:
            values[name] = value


def _value(name: str, raw: Value, words: Vocabulary) -> object:
    if name in NUMBERS:
        return NUMBERS[name].read(raw)
    if name in WORDS:
        group, made = WORDS[name]
        found = words.find(group, as_text(raw))
        return made(found) if found else None
    if name in MESSAGES:
        return read_message(name, raw, words)
    return as_text(raw)

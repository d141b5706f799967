"""New spreadsheets and sheets, with the properties that Google gives them."""

from __future__ import annotations

from typing import Any

from sheets_server.refusals import Json
from sheets_server.state import EMPTY_LINE, Book, Sheet

ROWS_AT_FIRST, COLUMNS_AT_FIRST = 1000, 26
WHITE = {"red": 1, "green": 1, "blue": 1}
_ACCENTS = (
    (0.25882354, 0.52156866, 0.95686275), (0.91764706, 0.2627451, 0.20784314),
    (0.9843137, 0.7372549, 0.015686275), (0.20392157, 0.65882355, 0.3254902),
    (1, 0.42745098, 0.003921569), (0.27450982, 0.7411765, 0.7764706),
)  # fmt: skip
_LINK = (0.06666667, 0.33333334, 0.8)


def _rgb(parts: tuple[float, float, float]) -> Json:
    return {"rgbColor": dict(zip(("red", "green", "blue"), parts, strict=True))}


def _theme() -> Json:
    named = [("TEXT", {"rgbColor": {}}), ("BACKGROUND", {"rgbColor": WHITE})]
    named += [(f"ACCENT{number}", _rgb(each)) for number, each in enumerate(_ACCENTS, start=1)]
    named += [("LINK", _rgb(_LINK))]
    colours = [{"colorType": name, "color": colour} for name, colour in named]
    return {"primaryFontFamily": "Arial", "themeColors": colours}


DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}


def book(number: str, properties: Json) -> Book:
    """A spreadsheet without a sheet; `properties` are those that were asked for."""
    return Book(
        number=number,
        properties={
            "title": "Untitled spreadsheet",
            "locale": "en_US",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Etc/GMT",
            "defaultFormat": DEFAULT_FORMAT,
            "spreadsheetTheme": _theme(),
            **properties,
        },
    )


def sheet(number: int, properties: Json) -> Sheet:
    """A blank sheet of the size asked for."""
    grid: dict[str, Any] = dict(properties.get("gridProperties", {}))
    rows = grid.pop("rowCount", ROWS_AT_FIRST)
    columns = grid.pop("columnCount", COLUMNS_AT_FIRST)
    kept = {name: value for name, value in properties.items() if name != "index"}
    kept |= {"sheetId": number, "sheetType": "GRID", "gridProperties": grid}
    return Sheet(properties=kept, rows=[EMPTY_LINE] * rows, columns=[EMPTY_LINE] * columns)

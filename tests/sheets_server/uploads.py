"""Importing a CSV over a spreadsheet, the one upload of Drive v2 that is still in use."""

from __future__ import annotations

import csv
import io
import re

from sheets_server import new_book
from sheets_server.drive import Drive
from sheets_server.entering import entered
from sheets_server.refusals import Json
from sheets_server.state import BLANK, Line

PATH = re.compile(r"/upload/drive/v2/files/([^/]+)")


def imported(drive: Drive, number: str, account: str, text: str) -> Json:
    """Put the CSV in the place of all sheets, each value as if it were typed."""
    drive.may_change(number, account)
    draft = drive.book(number, account).copy()
    title = draft.properties["title"]
    sheet = new_book.sheet(drive.next_number(), {"title": title})
    for row, values in enumerate(csv.reader(io.StringIO(text))):
        cells = (entered(BLANK, value, "USER_ENTERED", "value") for value in values)
        sheet.rows[row] = Line().holding(dict(enumerate(cells)))
    draft.sheets = [sheet]
    drive.keep(draft)
    return {"kind": "drive#file", "id": number, "title": title}

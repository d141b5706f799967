"""Which spreadsheet an address means: the URL from a browser, a link that was shared, or the bare ID."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

GOOGLE_HOSTS = {"docs.google.com", "drive.google.com", "spreadsheets.google.com"}
EDITING_URL = "https://docs.google.com/spreadsheets/d/{}/edit"

_IN_PATH = re.compile(r"/(?:spreadsheets|file)(?:/u/\d+)?/d/(?!e/)([A-Za-z0-9_-]+)")
_ID = re.compile(r"(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{25,}")
_ID_FIELDS = ("id", "key")


def spreadsheet_id(address: str) -> str | None:
    """The ID of the spreadsheet; None where the address is of another kind.

    The tab that a URL points to (`gid`) does not matter. A link to a page that was published (`/d/e/...`) shows a
    copy that nobody can write into, and gives None.
    """
    text = address.strip()
    if _ID.fullmatch(text):
        return text
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if (parts.hostname or "") not in GOOGLE_HOSTS:
        return None
    if found := _IN_PATH.search(parts.path):
        return found.group(1)
    fields = parse_qs(parts.query)
    return next((fields[name][0] for name in _ID_FIELDS if name in fields), None)


def editing_url(spreadsheet: str) -> str:
    """Where a person opens the spreadsheet."""
    return EDITING_URL.format(spreadsheet)

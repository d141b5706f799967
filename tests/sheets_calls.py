"""Short requests to the local Sheets server, for tests of the server itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

import sheets
from sheets_server.server import SheetsServer

Json = dict[str, Any]
DRAWN = {
    "Plan": """
        | ID  | Title | Due        | Hours |
        | P-1 | Pear  | 2026-12-04 | 3     |
        | P-2 | Apple | 2026-12-01 | 1.5   |
        | P-3 | Quill | 2026-12-09 | 2     |
    """,
    "Team": """
        | Name |
        | Sari |
    """,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An account with one spreadsheet in mind."""

    server: SheetsServer
    number: str
    token: str

    def ask(self, verb: str, path: str, body: Json | None = None, timeout: float = 10) -> Any:
        """The answer to a request about the spreadsheet; `path` follows its ID."""
        url = f"{self.server.url}/v4/spreadsheets/{self.number}{path}"
        return self.at(verb, url, body, timeout)

    def at(self, verb: str, url: str, body: Json | None = None, timeout: float = 10) -> Any:
        """The answer to a request to any place."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(verb, url, json=body, headers=headers, timeout=timeout)

    def get(self, path: str) -> Any:
        """The JSON of a read that must go well."""
        return self._well(self.ask("GET", path))

    def post(self, path: str, body: Json) -> Any:
        """The JSON of a POST that must go well."""
        return self._well(self.ask("POST", path, body))

    def put(self, address: str, values: Any, option: str = "RAW") -> Any:
        """The JSON of values.update that must go well."""
        path = f"/values/{address}?valueInputOption={option}"
        return self._well(self.ask("PUT", path, {"values": values}))

    def batch(self, *requests_: Json) -> list[Json]:
        """The replies of a batchUpdate that must go well."""
        replies: list[Json] = self.post(":batchUpdate", {"requests": list(requests_)})["replies"]
        return replies

    def values(self, address: str, option: str = "UNFORMATTED_VALUE") -> Any:
        """The values of an address; [] where nothing stands."""
        return self.get(f"/values/{address}?valueRenderOption={option}").get("values", [])

    def anchor(self, row: int, number: int, key: str = "r") -> None:
        """Attach metadata to a row of the first sheet, which counts from 1."""
        self.batch(anchor(row, number, key))

    @staticmethod
    def _well(answer: Any) -> Any:
        assert answer.status_code == 200, answer.text
        return answer.json()


def anchor(row: int, number: int, key: str = "r") -> Json:
    """The request that attaches metadata to a row of the first sheet."""
    line = {"sheetId": 0, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}
    metadata = {
        "metadataId": number,
        "metadataKey": key,
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": line},
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def rows(start: int, end: int, sheet: int = 0) -> Json:
    """A DimensionRange of rows that count from 0."""
    return {"sheetId": sheet, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def area(top: int, bottom: int, left: int, right: int) -> Json:
    """A GridRange of the first sheet."""
    return {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def caller(server: SheetsServer) -> Caller:
    """The usual account with a new spreadsheet of two tabs."""
    number = server.load(sheets.snapshot(DRAWN))
    return Caller(server=server, number=number, token=server.token())

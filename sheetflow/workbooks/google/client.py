"""What SheetFlow asks of the Sheets API: gspread's HTTP client over our transport, and the requests that it lacks.

    client = SheetsClient(transport, base_url="")               # base_url: another server, for tests
    client.spreadsheets_get(id, params), .values_batch_get(id, ranges, params), .batch_update(id, body)   # gspread's
    client.values_by_filter(id, filters) -> dict               # values:batchGetByDataFilter; a read
    client.update_by_filter(id, data, echo=True) -> dict       # values:batchUpdateByDataFilter; a write, echoed
    client.make(id, requests, shown, fields) -> dict           # spreadsheets.batchUpdate; cells as they are then
    client.metadata(id, key) -> dict                           # developerMetadata:search; a read
    client.get_by_filter(id, filters, fields) -> dict          # spreadsheets:getByDataFilter; a read

Every answer but 200 is raised as a `GoogleFaultError` (`faults.py`); a write whose answer was lost as
`LostAnswerError`.
"""

from __future__ import annotations

import json as json_text
import re
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from gspread.http_client import FileType, HTTPClient, ParamsType
from gspread.urls import SPREADSHEET_URL
from requests import Response

from sheetflow.workbooks.google.errand import Errand
from sheetflow.workbooks.google.faults import GoogleFaultError, Visit, fault_of, refusal_of
from sheetflow.workbooks.google.transport import Transport

VALUES = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
ECHO = {
    "includeValuesInResponse": True,
    "responseValueRenderOption": "UNFORMATTED_VALUE",
    "responseDateTimeRenderOption": "SERIAL_NUMBER",
}
REDIRECTED = 300
WRITTEN = "responses(dataFilter,updatedRange,updatedData(range,values))"
READS_BY_POST = (":batchGetByDataFilter", ":getByDataFilter", "/developerMetadata:search")

_SPREADSHEET = re.compile(r"/spreadsheets/([A-Za-z0-9_-]+)")


class SheetsClient(HTTPClient):
    """gspread's requests, sent with bounded patience; what Google refuses is raised as our own errors."""

    def __init__(self, transport: Transport, base_url: str = "") -> None:
        """Send by this transport; to `base_url`, such as http://127.0.0.1:8000, in place of Google's servers."""
        super().__init__(transport.access.credentials, session=transport.session)
        self.transport = transport
        self._base_url = base_url

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> Response:
        """Send one request, and again while that is safe and of use.

        Raises:
            GoogleFaultError: Google refused, or gave no answer in time; LostAnswerError where a write may be done.
        """
        if files is not None:
            raise NotImplementedError("SheetFlow sends no files.")
        errand = Errand(
            method=method.upper(),
            url=self._placed(endpoint),
            parameters={**(params or {}), "prettyPrint": "false"},
            body=data if json is None else _packed(json),
            headers={**(headers or {}), **({"Content-Type": "application/json"} if json else {})},
            writes=_writes(method, endpoint),
        )
        response = self.transport.send(errand)
        if response.status_code < REDIRECTED:
            return _of_google(response)
        refusal = refusal_of(response.status_code, response.content, writes=errand.writes)
        raise fault_of(refusal, self._visit(endpoint))

    def values_by_filter(
        self, spreadsheet: str, filters: Sequence[Mapping[str, Any]], **options: str
    ) -> dict[str, Any]:
        """The values where any of the filters fits, by rows; `options` stand in place of those of VALUES."""
        body = {"dataFilters": list(filters), "majorDimension": "ROWS", **VALUES, **options}
        return self._posted(spreadsheet, "/values:batchGetByDataFilter", body)

    def update_by_filter(
        self, spreadsheet: str, data: Sequence[Mapping[str, Any]], *, echo: bool = True
    ) -> dict[str, Any]:
        """Write values RAW where each entry's filter fits; with `echo` the answer holds whole rows as they are then."""
        body = {"valueInputOption": "RAW", "data": list(data), **(ECHO if echo else {})}
        return self._posted(spreadsheet, "/values:batchUpdateByDataFilter", body, fields=WRITTEN)

    def make(
        self,
        spreadsheet: str,
        requests: Sequence[Mapping[str, Any]],
        shown: Sequence[str],
        fields: str,
    ) -> dict[str, Any]:
        """Do all of the requests or none; the answer holds what the mask names of the ranges, as they are then."""
        body: dict[str, Any] = {"requests": list(requests)}
        if shown:
            wanted = {"responseRanges": list(shown), "responseIncludeGridData": True}
            body |= {"includeSpreadsheetInResponse": True, **wanted}
        return self._posted(spreadsheet, ":batchUpdate", body, fields=fields)

    def metadata(self, spreadsheet: str, key: str) -> dict[str, Any]:
        """All developer metadata with that key: its numbers."""
        body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": key}}]}
        fields = "matchedDeveloperMetadata.developerMetadata.metadataId"
        return self._posted(spreadsheet, "/developerMetadata:search", body, fields=fields)

    def get_by_filter(
        self, spreadsheet: str, filters: Sequence[Mapping[str, Any]], fields: str
    ) -> dict[str, Any]:
        """What the field mask names of the sheets that any of the filters fits."""
        body = {"dataFilters": list(filters)}
        return self._posted(spreadsheet, ":getByDataFilter", body, fields=fields)

    def _posted(
        self, spreadsheet: str, method: str, body: Mapping[str, Any], **params: str
    ) -> dict[str, Any]:
        url = SPREADSHEET_URL % spreadsheet + method
        answer = self.request("post", url, params=dict(params), json=body).json()
        return answer if isinstance(answer, dict) else {}

    def _placed(self, endpoint: str) -> str:
        if not self._base_url:
            return endpoint
        server, parts = urlsplit(self._base_url), urlsplit(endpoint)
        return urlunsplit((server.scheme, server.netloc, parts.path, parts.query, parts.fragment))

    def _visit(self, endpoint: str) -> Visit:
        found = _SPREADSHEET.search(endpoint)
        access = self.transport.access
        return Visit(
            spreadsheet=found.group(1) if found else "",
            account=access.account,
            project=access.project,
        )


def _of_google(response: Response) -> Response:
    """The answer, unless some machine on the way put a page in its place, as the networks of hotels do."""
    if "html" in response.headers.get("Content-Type", ""):
        raise GoogleFaultError("google_unreachable", text="a web page came instead")
    return response


def _packed(body: Mapping[str, Any]) -> bytes:
    """JSON without spaces, its letters as they are: Persian takes two bytes a letter so, and six if escaped."""
    return json_text.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _writes(method: str, endpoint: str) -> bool:
    return method.casefold() != "get" and not endpoint.endswith(READS_BY_POST)

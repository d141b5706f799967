"""spreadsheets.batchUpdate: every request on one copy of the book, kept when all have been done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from sheets_server import (
    cell_requests,
    copying,
    dimension_requests,
    finding,
    metadata_requests,
    object_requests,
    range_requests,
    rule_requests,
    sheet_requests,
)
from sheets_server.addresses import area_of
from sheets_server.call import Call, Edit
from sheets_server.metadata import check_quota
from sheets_server.refusals import Json, invalid, within
from sheets_server.spreadsheet_json import spreadsheet

Request: TypeAlias = Callable[[Edit, Json], Json]

ANSWERED = frozenset({"deleteDimensionGroup"})

REQUESTS: Mapping[str, Request] = {
    **sheet_requests.REQUESTS,
    **cell_requests.REQUESTS,
    **dimension_requests.REQUESTS,
    **range_requests.REQUESTS,
    **rule_requests.REQUESTS,
    **object_requests.REQUESTS,
    **metadata_requests.REQUESTS,
    **copying.REQUESTS,
    **finding.REQUESTS,
}


def batch_update(call: Call) -> Json:
    """All of the batch or nothing of it; a reply a request, `{}` where there is nothing to tell."""
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    with call.editing() as book:
        edit = Edit(book=book, account=call.account, drive=call.drive, switches=call.switches)
        replies = [_done(edit, each, index) for index, each in enumerate(requests)]
        check_quota(book)
    answer: Json = {"spreadsheetId": book.number, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        grid = bool(call.body.get("responseIncludeGridData"))
        areas = [area_of(book, each) for each in call.body.get("responseRanges", [])]
        answer["updatedSpreadsheet"] = spreadsheet(book, areas, {}, grid=grid)
    return answer


def _done(edit: Edit, request: Json, index: int) -> Json:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{index}]: Exactly one kind of request must be set.")
    [(kind, asked)] = request.items()
    if kind not in REQUESTS:
        raise invalid(
            f"Invalid requests[{index}].{kind}: This server does not know how to do that."
        )
    with within(f"requests[{index}].{kind}"):
        reply = REQUESTS[kind](edit, asked)
    return {kind: reply} if reply or kind in ANSWERED else {}

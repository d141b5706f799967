"""The methods of Drive that spreadsheets need: files, exports, permissions, comments."""

from __future__ import annotations

import csv
import io
import re

from sheets_server import new_book
from sheets_server.areas import Area
from sheets_server.call import Call
from sheets_server.drive import SPREADSHEET, File, moment
from sheets_server.masks import mask_of, masked
from sheets_server.reading import Rendering, value_range
from sheets_server.refusals import Json, Refusal, invalid, not_found

_NAMED = re.compile(r"""(name|mimeType)\s*=\s*(["'])(.*?)\2""")
_USUAL = ("kind", "id", "name", "mimeType")


def _told(file: File, call: Call, usual: tuple[str, ...] = _USUAL) -> Json:
    everything: Json = {**_whole(file), "version": str(file.version), "trashed": False}
    if "fields" in call.query:
        told: Json = masked(everything, mask_of(call.query["fields"]))
        return told
    return {name: everything[name] for name in usual}


def create(call: Call) -> Json:
    """`files.create`, of a spreadsheet with one sheet, or of anything else by name."""
    name, kind = call.body.get("name", "Untitled"), call.body.get("mimeType", "")
    book = None
    if kind == SPREADSHEET:
        book = new_book.book(call.drive.next_id(), {"title": name})
        book.sheets.append(new_book.sheet(0, {"title": "Sheet1"}))
    return _told(call.drive.add(name, kind, call.account, book), call)


def get(call: Call) -> Json:
    """`files.get`."""
    return _told(_seen(call), call)


def _seen(call: Call) -> File:
    try:
        return call.drive.seen(call.path["fileId"], call.account)
    except Refusal:
        raise no_file(call.path["fileId"]) from None


def no_file(number: str) -> Refusal:
    """Drive says the same of a file that is not there and of one that the account may not see."""
    message = f"File not found: {number}."
    return Refusal(404, message)


def list_files(call: Call) -> Json:
    """`files.list`, by name and kind."""
    wanted = {found[1]: found[3] for found in _NAMED.finditer(call.query.get("q", ""))}
    files = [
        file
        for file in call.drive.files.values()
        if call.account in file.shares
        and wanted.get("name", file.name) == file.name
        and wanted.get("mimeType", file.kind) == file.kind
    ]
    answer = {"kind": "drive#fileList", "incompleteSearch": False}
    listed = [_whole(file) for file in reversed(files)]
    if "fields" in call.query:
        mask = mask_of(call.query["fields"])
        found: Json = masked({**answer, "files": listed}, mask)
        return found
    return {**answer, "files": [{name: each[name] for name in _USUAL} for each in listed]}


def _whole(file: File) -> Json:
    return {
        "kind": "drive#file",
        "id": file.number,
        "name": file.name,
        "mimeType": file.kind,
        "createdTime": moment(file.made),
        "modifiedTime": moment(file.changed),
    }


def delete(call: Call) -> Json | None:
    """`files.delete`."""
    del call.drive.files[_seen(call).number]
    return None


def update(call: Call) -> Json:
    """`files.update`: the name."""
    file = _seen(call)
    call.drive.may_change(file.number, call.account)
    file.name = call.body.get("name", file.name)
    if file.book:
        file.book = file.book.copy()
        file.book.properties["title"] = file.name
    return _told(file, call)


def copy(call: Call) -> Json:
    """`files.copy`, with all sheets and their metadata."""
    source = _seen(call)
    name = call.body.get("name") or f"Copy of {source.name}"
    book = None
    if source.book:
        book = source.book.copy()
        book.number = call.drive.next_id()
        book.properties["title"] = name
    return _told(call.drive.add(name, source.kind, call.account, book), call)


def export(call: Call) -> str:
    """`files.export` as CSV: the first sheet."""
    file = _seen(call)
    if file.book is None or call.query.get("mimeType") not in {
        "text/csv",
        "text/tab-separated-values",
    }:
        raise invalid("The requested conversion is not supported.")
    sheet = file.book.first()
    rows = value_range(file.book, Area(sheet.number), Rendering()).get("values", [])
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if call.query["mimeType"] == "text/csv" else "\t")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().removesuffix("\r\n")


def comments(call: Call) -> Json:
    """`comments.list`: there are none."""
    _seen(call)
    return {"comments": []}


def create_permission(call: Call) -> Json:
    """`permissions.create`: share with an account."""
    file = _seen(call)
    call.drive.may_change(file.number, call.account)
    whom = call.body.get("emailAddress", "anyone")
    file.shares[whom] = call.body.get("role", "reader")
    return {
        "kind": "drive#permission",
        "id": whom,
        "type": call.body.get("type", "user"),
        "role": file.shares[whom],
    }


def list_permissions(call: Call) -> Json:
    """`permissions.list`."""
    file = _seen(call)
    told = [
        {
            "kind": "drive#permission",
            "id": whom,
            "type": "anyone" if whom == "anyone" else "user",
            "role": role,
            **({} if whom == "anyone" else {"emailAddress": whom}),
        }
        for whom, role in file.shares.items()
    ]
    answer: Json = {"kind": "drive#permissionList", "permissions": told}
    return masked(answer, mask_of(call.query["fields"])) if "fields" in call.query else answer


def delete_permission(call: Call) -> Json | None:
    """`permissions.delete`."""
    file = _seen(call)
    call.drive.may_change(file.number, call.account)
    if file.shares.pop(call.path["permissionId"], None) is None:
        raise not_found()
    return None

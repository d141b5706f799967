"""Excel files that are sent to be planned, and sent back with their plan; nothing is kept."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import asdict
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from apiflask.fields import UploadFile
from flask import Response, jsonify, request, send_file
from pydantic import BaseModel, ConfigDict

from sheetflow.entrypoints.web.identity.gate import may_plan
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.queries import OfDay
from sheetflow.entrypoints.web.speaking import reader_tongue
from sheetflow.entrypoints.web.uploads import Recalculated, recalculated_upload
from sheetflow.translate.document import document_of, problem_list
from sheetflow.translate.summary import summary_of

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"

TEXT, THINGS = {"type": "string"}, {"type": "array", "items": {"type": "object"}}
JSON_ANSWER = {
    "type": "object",
    "description": "The plan (sheetflow.plan/1), what needs attention, what is wrong with the input in the reader's "
    "language, and the workbook in Base64.",
    "required": ["name", "plan", "summary", "problems", "file"],
    "properties": {
        "name": TEXT,
        "plan": {"type": "object"},
        "summary": {"type": "object"},
        "problems": THINGS,
        "file": TEXT,
    },
}
BINARY = {"schema": {"type": "string", "format": "binary"}}
ANSWERS: dict[int | str, Any] = {
    200: {
        "description": "The workbook with its plan.",
        "headers": {"SheetFlow-Summary": {"schema": TEXT}},
        "content": {XLSX: BINARY, XLSM: BINARY, JSON: {"schema": JSON_ANSWER}},
    }
}

blueprint = APIBlueprint("files", __name__, url_prefix="/v1/files", tag="Files")


class Sent(BaseModel):
    """The form: an .xlsx or .xlsm workbook."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: UploadFile


@blueprint.post("/recalculate")
@blueprint.doc(responses=ANSWERS)
@blueprint.input(OfDay, location="query")
@blueprint.input(Sent, location="files")
def recalculate(query_data: OfDay, files_data: Sent) -> Response:
    """Plan an Excel workbook: the answer is the workbook with its plan, or all of it as JSON where that is accepted.

    The header SheetFlow-Summary counts its rows by flag, as JSON.
    """
    may_plan()
    zone = ZoneInfo(service().settings.time_zone)
    today = query_data.today or service().clock().astimezone(zone).date()
    sent = files_data.file
    done = recalculated_upload(sent.stream, sent.filename or "", today)
    return _as_json(done) if _wants_json() else _as_file(done)


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match([XLSX, JSON], default=XLSX) == JSON


def _as_file(done: Recalculated) -> Response:
    is_macro = done.name.lower().endswith(".xlsm")
    answer = send_file(
        BytesIO(done.content),
        mimetype=XLSM if is_macro else XLSX,
        as_attachment=True,
        download_name=done.name,
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["SheetFlow-Summary"] = json.dumps(asdict(done.counts))
    return answer


def _as_json(done: Recalculated) -> Response:
    outcome, tongue = done.outcome, reader_tongue()
    told = {
        "name": done.name,
        "plan": document_of(outcome.plan, outcome.problems),
        "summary": summary_of(outcome.plan, outcome.reading.workspace, tongue),
        "problems": problem_list(outcome.problems, tongue),
        "file": b64encode(done.content).decode(),
    }
    return jsonify(told)

"""The first page: whoever has a workbook sees its plan at once; nothing of it is kept."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import PurePath
from zoneinfo import ZoneInfo

from flask import Response, request

from sheetflow.entrypoints.web.identity.gate import may_plan
from sheetflow.entrypoints.web.pages.choice import Choice
from sheetflow.entrypoints.web.pages.frame import page
from sheetflow.entrypoints.web.pages.mishaps import mishap_of
from sheetflow.entrypoints.web.pages.panels import panels_of
from sheetflow.entrypoints.web.pages.wording import reader_tongue
from sheetflow.entrypoints.web.present import service
from sheetflow.entrypoints.web.uploads import Recalculated, recalculated_upload
from sheetflow.errors import UserError
from sheetflow.translate.language import Tongue

KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}

SAMPLE, SAMPLE_DAY = "demo.xlsx", date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """The workbook with its plan, in the page itself: there is no place where it could be fetched again."""

    name: str
    href: str


def start() -> Response:
    """The page to drop a workbook on."""
    may_plan()
    return page("try.html", reader_tongue(), today=_today().isoformat(), most=_most())


def tried() -> Response:
    """The plan of the workbook that was sent, or of a sample team's, and the workbook with the plan in it."""
    try:
        may_plan()
        made, tongue = _sample() if "sample" in request.form else _sent()
    except Exception as error:  # noqa: BLE001  whatever it is, the page tells it and stays useful
        return _again(error)
    panels = panels_of(made.outcome, tongue, Choice())
    return page("tried.html", tongue, panels=panels, name=made.name, download=download_of(made))


def _sample() -> tuple[Recalculated, Tongue]:
    """As of the day that it was made for."""
    file = files("sheetflow") / "data" / SAMPLE
    with file.open("rb") as stream:
        return recalculated_upload(stream, SAMPLE, SAMPLE_DAY), reader_tongue(SAMPLE_DAY)


def _sent() -> tuple[Recalculated, Tongue]:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise UserError("upload_missing")
    today = _day(request.form.get("today", ""))
    tongue = reader_tongue(today)
    return recalculated_upload(given.stream, given.filename, today), tongue


def download_of(made: Recalculated) -> Download:
    """The link that holds the whole file."""
    path = PurePath(made.name)
    kind = KINDS.get(path.suffix.lower(), KINDS[".xlsx"])
    content = base64.b64encode(made.content).decode("ascii")
    return Download(name=f"{path.stem}-planned{path.suffix}", href=f"data:{kind};base64,{content}")


def _again(error: Exception) -> Response:
    mishap = mishap_of(error)
    tongue = reader_tongue()
    says, do = mishap.told(tongue)
    today = _today().isoformat()
    return page("try.html", tongue, mishap.status, today=today, most=_most(), says=says, do=do)


def _today() -> date:
    """The day that it is where the service's people are."""
    return service().clock().astimezone(ZoneInfo(service().settings.time_zone)).date()


def _day(text: str) -> date:
    if not text:
        return _today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError("day_unreadable", value=text[:40]) from None


def _most() -> int:
    return service().settings.max_upload_mb

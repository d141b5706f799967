"""The button: asks for a run of the workbook and shows its dashboard, which tells how far it is."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from sheetflow.entrypoints.web.identity.gate import signed_in, workbook_for
from sheetflow.entrypoints.web.pages.choice import Choice
from sheetflow.entrypoints.web.present import service
from sheetflow.store.records import Verb


def recalculate(id: str) -> Response:  # noqa: A002  the word of the routes
    """Ask, and go back to where the button was; pressing five times is one run."""
    record = workbook_for(id, Verb.RECALCULATE)
    service().queue.ask(record.id, signed_in().label, service().clock())
    shown = Choice.of(request.args).query()
    address = url_for("pages.dashboard", id=record.id)
    return redirect(f"{address}{shown.rstrip('?')}", HTTPStatus.SEE_OTHER)

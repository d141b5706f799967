"""How the service is: for probes and for monitoring."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sheetflow.entrypoints.web.answers import Readiness, Up
from sheetflow.entrypoints.web.present import figures, service
from sheetflow.entrypoints.web.problems import Refused

FIGURES: dict[int | str, Any] = {
    200: {"description": "Figures.", "content": {"text/plain": {"schema": {"type": "string"}}}}
}

COME_AGAIN_SECONDS = 5
LATE_SECONDS = 120.0
"""So long a look for what is due may take, where very many workbooks are registered."""

blueprint = APIBlueprint("health", __name__, tag="Health")


@blueprint.get("/healthz")
@blueprint.output(Up)
def healthz() -> Up:
    """Whether the process answers."""
    return Up()


@blueprint.get("/readyz")
@blueprint.output(Readiness)
def readyz() -> Readiness:
    """Whether the database answers too, and what is due is looked for."""
    try:
        with service().engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise Refused(503, "database_away", seconds=COME_AGAIN_SECONDS) from error
    seconds = _since_tick()
    if seconds is not None and seconds > LATE_SECONDS:
        raise Refused(503, "ticks_late", seconds=COME_AGAIN_SECONDS)
    return Readiness(tick_seconds=seconds)


def _since_tick() -> float | None:
    ticked_at = service().queue.ticked_at
    return (service().clock() - ticked_at).total_seconds() if ticked_at else None


@blueprint.get("/metrics")
@blueprint.doc(responses=FIGURES)
def metrics() -> Response:
    """Figures for Prometheus."""
    return Response(figures().text(), mimetype="text/plain")

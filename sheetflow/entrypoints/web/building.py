"""How the app is put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from apiflask import APIFlask
from apiflask.types import SpecCallbackType
from flask import Blueprint

from sheetflow.entrypoints.web.bodies import Json
from sheetflow.entrypoints.web.description import described
from sheetflow.entrypoints.web.figures import Figures
from sheetflow.entrypoints.web.planning.planners import Planners
from sheetflow.entrypoints.web.present import FIGURES, PLANNERS, SERVICE
from sheetflow.entrypoints.web.problems import tell_problems
from sheetflow.entrypoints.web.rates import Rates, limit_rates
from sheetflow.entrypoints.web.requests_seen import watch_requests
from sheetflow.entrypoints.web.shields import shield
from sheetflow.entrypoints.web.standing import Standing

if TYPE_CHECKING:
    from sheetflow.wiring.service import Service

MIB = 2**20
MOST_FIELDS = 20
MOST_WAITING = 6
"""Plans that may wait for others; they hold threads that answer."""


def furnish(app: APIFlask, service: Service) -> APIFlask:
    """Give the app its service, its bounds and its routes."""
    settings = service.settings
    figures = Figures()
    figures.registry.register(Standing(service, lambda: service.queue.ticked_at))
    planners = Planners(settings.workers, waiting=MOST_WAITING)
    app.extensions |= {SERVICE: service, FIGURES: figures, PLANNERS: planners}
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_upload_mb * MIB,
        MAX_FORM_PARTS=MOST_FIELDS,
        SECRET_KEY=settings.secret_key or None,
        AUTO_SERVERS=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_404_RESPONSE=False,
        AUTO_OPERATION_ID=True,
    )
    app.json = Json(app)
    tell_problems(app)
    watch_requests(app, figures)
    shield(app, settings)
    limit_rates(app, Rates(settings.requests_per_minute))
    app.spec_callback = cast("SpecCallbackType", described)
    _add_routes(app)
    return app


def _add_routes(app: APIFlask) -> None:
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)


def _blueprints() -> Iterator[Blueprint]:
    from sheetflow.entrypoints.excel_addon import serving as pane
    from sheetflow.entrypoints.web import pages
    from sheetflow.entrypoints.web.identity import routes as identity
    from sheetflow.entrypoints.web.routes import docs, feeds, files, health, plan, runs, workbooks

    for place in (health, docs, files, plan, workbooks, runs, feeds, identity, pages, pane):
        yield place.blueprint

"""The service: `create_app` makes it; read it first, then routes/."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apiflask import APIFlask

    from sheetflow.wiring.service import Service

INTERFACE = "1"
"""The version of what the routes take and answer, as in their addresses."""


def create_app(service: Service) -> APIFlask:
    """The app that answers for a service; `app.extensions["sheetflow"]` is the service."""
    from apiflask import APIFlask

    from sheetflow.entrypoints.web.building import furnish

    app = APIFlask(
        "sheetflow.entrypoints.web",
        title="SheetFlow",
        version=INTERFACE,
        docs_path=None,
    )
    return furnish(app, service)

"""What belongs to the app that answers at present."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from sheetflow.entrypoints.web.figures import Figures
    from sheetflow.entrypoints.web.planning.planners import Planners
    from sheetflow.wiring.service import Service

SERVICE = "sheetflow"
FIGURES = "sheetflow.figures"
PLANNERS = "sheetflow.planners"


def service() -> Service:
    """The service behind the app."""
    return cast("Service", current_app.extensions[SERVICE])


def figures() -> Figures:
    """What the app counts."""
    return cast("Figures", current_app.extensions[FIGURES])


def planners() -> Planners:
    """The processes that plan for the app."""
    return cast("Planners", current_app.extensions[PLANNERS])

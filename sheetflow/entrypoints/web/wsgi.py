"""The service for gunicorn and its like: `gunicorn 'sheetflow.entrypoints.web.wsgi:application()'`."""

from __future__ import annotations

import atexit
import os
import sys
from datetime import date
from typing import TYPE_CHECKING

from sheetflow.errors import UserError

if TYPE_CHECKING:
    from apiflask import APIFlask

    from sheetflow.wiring.settings import Settings

STOPPING_SECONDS = 60.0
CANNOT_BOOT = 3
"""With this status gunicorn gives up, in place of trying again and again."""


def application() -> APIFlask:
    """The app with the settings of the environment, its queue begun; it ends the process where they are not safe."""
    from sheetflow.entrypoints.web import create_app
    from sheetflow.entrypoints.web.logs import begin_logging
    from sheetflow.entrypoints.web.present import PLANNERS
    from sheetflow.wiring.service import service_from

    try:
        settings = _settings()
        service = service_from(settings)
    except UserError as error:
        print(_sentence(error), file=sys.stderr)  # noqa: T201  there is no log yet
        raise SystemExit(CANNOT_BOOT) from error
    begin_logging(settings.log_level, sys.stderr)
    app = create_app(service)
    service.queue.start()
    atexit.register(app.extensions[PLANNERS].stop)
    atexit.register(service.queue.stop, STOPPING_SECONDS)
    return app


def _settings() -> Settings:
    """Those of the environment; who listens is not told, so they must be safe for all to reach."""
    from sheetflow.wiring.settings import Settings

    settings = Settings.from_environment({"SHEETFLOW_HOST": "0.0.0.0", **os.environ})  # noqa: S104
    for danger in settings.unsafe():
        raise danger
    return settings


def _sentence(error: UserError) -> str:
    from sheetflow.domain.settings import CalendarSystem, Language
    from sheetflow.translate.language import Tongue

    tongue = Tongue(Language.EN, CalendarSystem.GREGORIAN, date.today())
    return " ".join(filter(None, tongue.told(error.code, error.facts)))

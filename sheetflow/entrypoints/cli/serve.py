"""serve: the service on this machine."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from sheetflow.entrypoints.cli.mishaps import NOTHING_DONE, sentence

if TYPE_CHECKING:
    from sheetflow.wiring.service import Service
    from sheetflow.wiring.settings import Settings

DONE = 0
STOPPING_SECONDS = 10.0
SWITCH_SECONDS = 0.0002
"""How long a thread that plans may keep one waiting that answers, each time that it has waited for the database."""


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 is one that is free.")
@click.option("--host", help="The address to listen on (default: this machine alone).")
def serve(*, port: int | None, host: str | None) -> int:
    """Start the service: a page to plan an .xlsx on, dashboards, and the interface for the panes.

    Settings are taken from the environment (SHEETFLOW_…); none is needed on a machine of your own.
    """
    settings = _settings(port, host)
    dangers = settings.unsafe()
    for danger in dangers:
        click.secho(sentence(danger), fg="red", err=True)
    if dangers:
        return NOTHING_DONE
    from sheetflow.wiring.service import service_from

    service = service_from(settings)
    try:
        _serve(service)
    finally:
        service.close()
    return DONE


def _settings(port: int | None, host: str | None) -> Settings:
    """Those of the environment; what was typed comes first."""
    from sheetflow.wiring.settings import Settings

    typed = {"SHEETFLOW_PORT": port, "SHEETFLOW_HOST": host}
    given = {name: str(value) for name, value in typed.items() if value is not None}
    return Settings.from_environment({**os.environ, **given})


def _serve(service: Service) -> None:
    from sheetflow.entrypoints.web import create_app
    from sheetflow.entrypoints.web.logs import begin_logging
    from sheetflow.entrypoints.web.present import PLANNERS
    from sheetflow.entrypoints.web.serving import Serving
    from sheetflow.entrypoints.web.uploads import sweep_uploads

    settings = service.settings
    app = create_app(service)
    serving = Serving(app, settings.host, settings.port)
    begin_logging(settings.log_level)
    sys.setswitchinterval(SWITCH_SECONDS)
    sweep_uploads(service.clock())
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: serving.stop())
    service.queue.start()
    _say_where(service, serving.address)
    try:
        serving.run()
    finally:
        service.queue.stop(STOPPING_SECONDS)
        app.extensions[PLANNERS].stop()


def _say_where(service: Service, address: str) -> None:
    from sheetflow.entrypoints.web.identity.addresses import local_address

    click.echo(f"SheetFlow listens on {address} (Ctrl-C ends it).")
    if service.settings.is_local:
        click.echo(
            f"Open this to see every workbook (once, within ten minutes): {local_address(service, address)}"
        )
    sys.stdout.flush()

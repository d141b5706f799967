"""sheetflow worker: carries out runs until it is told to stop."""

from __future__ import annotations

import os
import signal
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import click

from sheetflow.errors import UserError

if TYPE_CHECKING:
    from sheetflow.jobs.port import Worker
    from sheetflow.wiring.service import Service

DONE = 0
SETTING = "SHEETFLOW_METRICS_PORT"
STOPPING_SECONDS = 300.0
LOOK_SECONDS = 1.0


@click.command()
def worker() -> int:
    """Carry out runs until it is stopped (Ctrl-C, or SIGTERM): what runs then comes to its end first.

    With PostgreSQL any number of workers may run, on any number of machines; the service itself runs nothing then.
    SHEETFLOW_WORKERS says how many workbooks are run at the same time, SHEETFLOW_METRICS_PORT where monitoring asks.
    """
    from sheetflow.entrypoints.web.logs import begin_logging
    from sheetflow.wiring.queues import worker_of
    from sheetflow.wiring.service import desk_for, service_from
    from sheetflow.wiring.settings import Settings

    settings = Settings.from_environment(os.environ)
    begin_logging(settings.log_level)
    service = service_from(settings)
    working = worker_of(settings, desk_for(service))
    _show_figures(service, working)
    stopping = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    working.start()
    click.echo("Working.", err=True)
    while not stopping.wait(LOOK_SECONDS):
        pass
    click.echo("Stopping: what runs now comes to its end.", err=True)
    working.stop(STOPPING_SECONDS)
    service.close()
    return DONE


def _show_figures(service: Service, working: Worker) -> None:
    """Let monitoring ask, where a port is set."""
    port = service.settings.metrics_port
    if port is None:
        return
    from prometheus_client import CollectorRegistry, start_http_server

    from sheetflow.entrypoints.web.standing import Standing

    registry = CollectorRegistry()
    registry.register(Standing(service, lambda: working.ticked_at))
    try:
        start_http_server(port, service.settings.host, registry)
    except OSError as error:
        raise UserError("setting_wrong", setting=SETTING, example="9100") from error

"""sheetflow worker: carries out runs until it is told to stop."""

from __future__ import annotations

import os
import signal
from threading import Event
from types import FrameType

import click

DONE = 0
STOPPING_SECONDS = 300.0
LOOK_SECONDS = 1.0


@click.command()
def worker() -> int:
    """Carry out runs until it is stopped (Ctrl-C, or SIGTERM): what runs then comes to its end first.

    With PostgreSQL any number of workers may run, on any number of machines; the service itself runs nothing then.
    SHEETFLOW_WORKERS says how many workbooks are run at the same time.
    """
    from sheetflow.entrypoints.web.logs import begin_logging
    from sheetflow.wiring.queues import worker_of
    from sheetflow.wiring.service import desk_for, service_from
    from sheetflow.wiring.settings import Settings

    settings = Settings.from_environment(os.environ)
    begin_logging(settings.log_level)
    service = service_from(settings)
    working = worker_of(settings, desk_for(service))
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

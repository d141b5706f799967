"""What is written down: lines that machines can read, without cells and without secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, TypeAlias

import structlog
from flask import g, has_request_context

from sheetflow.entrypoints.web.faults import places
from sheetflow.errors import SheetFlowError

Line: TypeAlias = MutableMapping[str, Any]

SAFE_FACTS = ("kind", "at", "count")
"""Facts of our own mistakes that hold no cell."""


def log() -> Any:  # noqa: ANN401 - structlog's own type depends on its settings
    """The log of the service, with the request's number on each line."""
    number = g.get("request_id") if has_request_context() else None
    return structlog.stdlib.get_logger("sheetflow").bind(request_id=number)


def tell_fault(error: BaseException) -> None:
    """Write down a fault: its kind and where it happened, here and in a process that planned."""
    told: dict[str, Any] = {"error": type(error).__name__, "places": places(error)}
    if isinstance(error, SheetFlowError):
        facts = {name: error.facts[name] for name in SAFE_FACTS if name in error.facts}
        told |= {"code": error.code, **facts}
    log().error("fault", **told)


def begin_logging(level: str, stream: TextIO | None = None) -> None:
    """Write lines of JSON to standard error, or lines for eyes where it is a terminal; those of libraries too."""
    stream = stream or sys.stderr
    before: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: Any = (
        structlog.dev.ConsoleRenderer() if stream.isatty() else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def _without_words(_logger: Any, _name: str, line: Line) -> Line:  # noqa: ANN401 - as structlog has it
    """An exception as its kind and its places: its words may hold what stood in a cell."""
    error = line.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    elif error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        line.update(error=type(error).__name__, places=places(error))
    return line

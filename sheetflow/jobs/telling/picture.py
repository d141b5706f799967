"""Pictures of letters as PNG; nothing is fetched from elsewhere."""

from __future__ import annotations

from logging import getLogger

TWICE = 2.0
"""Pixels for each of the drawing: it stays sharp on any screen."""

log = getLogger(__name__)


def png(svg: str) -> bytes | None:
    """The picture; None where it cannot be drawn: a letter says everything without it."""
    try:
        import vl_convert

        return vl_convert.svg_to_png(svg, scale=TWICE)
    except Exception as error:  # noqa: BLE001  whatever the library does, the letter is sent
        log.warning("a picture could not be drawn: %s", type(error).__name__)
        return None

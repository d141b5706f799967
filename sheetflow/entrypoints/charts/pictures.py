"""Charts as files: PNG, SVG, or a page by itself; nothing is fetched from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from sheetflow.entrypoints.charts.layers import Spec

TWICE = 2.0
"""Pixels of a picture for each of the drawing: it stays sharp on any screen and in print."""

NOT_ANYWHERE: list[str] = []


def png(spec: Spec) -> bytes:
    """The chart as a PNG picture."""
    import vl_convert

    return vl_convert.vegalite_to_png(_on_paper(spec), scale=TWICE, allowed_base_urls=NOT_ANYWHERE)


def svg(spec: Spec) -> bytes:
    """The chart as an SVG picture; its texts stay texts."""
    import vl_convert

    return vl_convert.vegalite_to_svg(_on_paper(spec), allowed_base_urls=NOT_ANYWHERE).encode()


def html(spec: Spec) -> bytes:
    """The chart as a page that needs no other file; it tells more where somebody points."""
    import vl_convert

    return vl_convert.vegalite_to_html(_on_paper(spec), bundle=True, renderer="svg").encode()


DRAWN_AS: Mapping[str, Callable[[Spec], bytes]] = {".png": png, ".svg": svg, ".html": html}
"""What makes a picture of each kind, by the ending of its file."""


def _on_paper(spec: Spec) -> str:
    """White behind the chart, and a margin round it."""
    config = {**spec.get("config", {}), "background": "white"}
    return json.dumps({**spec, "config": config, "padding": 16})

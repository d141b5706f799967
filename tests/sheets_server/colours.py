"""Colours as Google keeps them: no zeros, a byte a part, and beside each colour its style."""

from __future__ import annotations

import struct
from typing import Any

from sheets_server.masks import Mask
from sheets_server.refusals import Json

_PARTS = {"red", "green", "blue", "alpha"}
_PLAIN = ("backgroundColor", "foregroundColor", "tabColor", "color", "headerColor", "footerColor",
          "firstBandColor", "secondBandColor")  # fmt: skip


def kept(part: Any) -> Any:
    """The same JSON with its colours as Google would give them back."""
    if isinstance(part, list):
        return [kept(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part and set(part) <= _PARTS:
        return {name: _rounded(share) for name, share in part.items() if share}
    return _with_styles({name: kept(each) for name, each in part.items()})


def paired(mask: Mask) -> Mask:
    """The mask that names a colour's style where it names the colour, and the other way round."""
    both = {name: paired(inner) for name, inner in mask.items()}
    for name in _PLAIN:
        style = f"{name}Style"
        if name in both or style in both:
            both = {**both, name: both.get(name, {}), style: both.get(style, {})}
    return both


def _rounded(share: float) -> float:
    """A part is one of 256 shades, told in the digits of a short float."""
    shade = int(share * 255 + 1e-6) / 255
    single: float = struct.unpack("f", struct.pack("f", shade))[0]
    return float(f"{single:.8g}")


def _with_styles(part: Json) -> Json:
    added: Json = {}
    for name in _PLAIN:
        style = f"{name}Style"
        if isinstance(part.get(name), dict) and style not in part:
            added[style] = {"rgbColor": part[name]}
        elif name not in part and "rgbColor" in (part.get(style) or {}):
            added[name] = part[style]["rgbColor"]
    return {**part, **added}

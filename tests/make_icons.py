"""Draws the Excel add-in's icons: three steps of a plan, one after another, and the day that they lead to.

python tests/make_icons.py      # writes them where the add-in keeps them
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sheetflow.translate.palette import ACCENT, PHASES, PUBLISH_FILL, WHITE

Pixel: TypeAlias = tuple[float, float, float, float]

ADDON = Path(__file__).parents[1] / "sheetflow" / "entrypoints" / "excel_addon"
SIDES = (16, 32, 64, 80, 128)

PNG = b"\x89PNG\r\n\x1a\n"
BITS, WITH_ALPHA = 8, 6
SAMPLES = 4
"""Points a pixel, across and down: edges come out smooth."""

NOTHING: Pixel = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar with round ends, in shares of the picture's side."""

    left: float
    top: float
    right: float
    bottom: float
    colour: str
    radius: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it."""
        across = max(self.left + self.radius - x, 0.0, x - self.right + self.radius)
        down = max(self.top + self.radius - y, 0.0, y - self.bottom + self.radius)
        return across * across + down * down <= self.radius * self.radius


def _bar(left: float, top: float, right: float, colour: str) -> Bar:
    return Bar(left=left, top=top, right=right, bottom=top + 0.15, colour=colour, radius=0.05)


GROUND = Bar(left=0.0, top=0.0, right=1.0, bottom=1.0, colour=ACCENT, radius=0.2)
COLOURED = (
    GROUND,
    _bar(0.16, 0.19, 0.52, PHASES["Specification"]),
    _bar(0.32, 0.425, 0.70, PHASES["Creation"]),
    _bar(0.48, 0.66, 0.74, PHASES["Build"]),
    Bar(left=0.79, top=0.65, right=0.96, bottom=0.82, colour=PUBLISH_FILL, radius=0.085),
    Bar(left=0.82, top=0.68, right=0.93, bottom=0.79, colour=WHITE, radius=0.055),
)
OUTLINED = (
    _bar(0.08, 0.19, 0.50, WHITE),
    _bar(0.28, 0.425, 0.70, WHITE),
    _bar(0.48, 0.66, 0.76, WHITE),
    Bar(left=0.81, top=0.65, right=0.98, bottom=0.82, colour=WHITE, radius=0.085),
)


ICONS = {
    **{ADDON / "pane" / "icons" / f"icon-{side}.png": (side, COLOURED) for side in SIDES},
    ADDON / "templates" / "color.png": (192, COLOURED),
    ADDON / "templates" / "outline.png": (32, OUTLINED),
}
"""By file its side and what is drawn."""


def drawn(side: int, bars: tuple[Bar, ...]) -> bytes:
    """The bars as a PNG of so many pixels a side."""
    rows = b"".join(b"\0" + b"".join(_row(side, row, bars)) for row in range(side))
    size = struct.pack(">IIBBBBB", side, side, BITS, WITH_ALPHA, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return PNG + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def _row(side: int, row: int, bars: tuple[Bar, ...]) -> Iterator[bytes]:
    for column in range(side):
        points = [
            _at((column + (i + 0.5) / SAMPLES) / side, (row + (j + 0.5) / SAMPLES) / side, bars)
            for j in range(SAMPLES)
            for i in range(SAMPLES)
        ]
        alpha = sum(point[3] for point in points)
        inks = [sum(point[k] for point in points) / alpha if alpha else 0.0 for k in range(3)]
        yield bytes([*(round(ink) for ink in inks), round(255 * alpha / len(points))])


def _at(x: float, y: float, bars: tuple[Bar, ...]) -> Pixel:
    """The colour of the last bar that holds the point."""
    top = next((bar for bar in reversed(bars) if bar.holds(x, y)), None)
    if top is None:
        return NOTHING
    red, green, blue = bytes.fromhex(top.colour)
    return (red, green, blue, 1.0)


if __name__ == "__main__":
    for file, (side, bars) in ICONS.items():
        file.write_bytes(drawn(side, bars))

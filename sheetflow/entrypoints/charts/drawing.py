"""Boxes, lines and texts on a sheet of pixels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["left", "center", "right"]
MIRRORED: dict[Side, Side] = {"left": "right", "right": "left", "center": "center"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle, filled, or outlined where it has a `stroke`; `told` shows where somebody points at it."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    told: str = ""
    round: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    ink: str
    thickness: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text on one line, in the middle of its height; longer ones are cut at `room`."""

    x: float
    y: float
    text: str
    ink: str = "ink"
    size: float = 11.0
    bold: bool = False
    align: Side = "left"
    room: float = 400.0
    told: str = ""


Part: TypeAlias = Box | Line | Text


@dataclass(slots=True, kw_only=True)
class Drawing:
    """Gathers what is drawn, the later in front; all of it is mirrored where people read from the right."""

    width: float
    height: float
    right_to_left: bool = False
    parts: list[Part] = field(default_factory=list)

    def put(self, *parts: Part) -> None:
        """Draw in front of what is there."""
        self.parts += map(self._mirrored, parts) if self.right_to_left else parts

    def _mirrored(self, part: Part) -> Part:
        if isinstance(part, Box):
            return replace(part, x=self.width - part.x - part.width)
        if isinstance(part, Line):
            return replace(part, x=self.width - part.x, x2=self.width - part.x2)
        return replace(part, x=self.width - part.x, align=MIRRORED[part.align])

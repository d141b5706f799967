"""The one palette of everything that SheetFlow draws, and the cell styles made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sheetflow.cells import Style
from sheetflow.domain.flag import Flag

INK, SOFT, FAINT = "1F2933", "52606D", "9AA5B1"
LINE, HEAD_FILL, COMPUTED_HEAD_FILL, COMPUTED_FILL = "D9E2EC", "F0F4F8", "E4EBF5", "F7F9FB"
OFF_FILL, WEEKEND_FILL, WHITE = "F1F2F4", "F5F7FB", "FFFFFF"
ACCENT, PUBLISH_FILL = "243B53", "0072B2"
RED_INK = "A61B1B"
TAB = "7FB3E0"
"""The colour of the tabs that SheetFlow draws."""

FLAGS = {
    Flag.GREEN: ("1B6E3A", "E3F5E8"),
    Flag.AMBER: ("8A5A00", "FFF3D6"),
    Flag.RED: (RED_INK, "FDE3E1"),
    Flag.GREY: ("5F6C72", "ECEFF1"),
}
PHASES = {
    "Specification": "CFE8F7",
    "Creation": "FCE3B0",
    "Approval": "F3D3E2",
    "Build": "BDE5D6",
    "Delivery": PUBLISH_FILL,
    "Follow-up": "E4E9EE",
}
FURTHER_TINTS = ("DCD6F2", "D9E8B5", "FAD6C4", "C7E6EA", "EADFC8", "E6D3EE")
LOAD_STEPS = ((0.4, "E6F0FA"), (0.7, "BBD7F0"), (0.9, "7FB3E0"), (1.0, "3879B9"))
FULL_LOAD, OVER_LOAD = "3879B9", RED_INK
"""A full load is a touch darker than the tint that its name calls for, so that white hours can be read on it."""

ROOM_FILL = "C9D6E4"
"""Hours that there are, behind those that are planned."""

ROUNDING = 1e-6

SIZE, LOAD_SIZE, SMALL = 10.0, 9.0, 8.0
BESIDE_BUTTON = 2
"""The indent that keeps a header clear of its filter button."""

HEAD = Style(ink=INK, fill=HEAD_FILL, bold=True, size=SIZE, under=FAINT)
HEAD_RIGHT = replace(HEAD, align="right", indent=BESIDE_BUTTON)
HEAD_CENTRE, HEAD_LONG = replace(HEAD, align="center"), replace(HEAD, align="left", indent=1)
TEXT = Style(ink=INK, size=SIZE, under=LINE)
SOFT_TEXT = replace(TEXT, ink=SOFT)
SET_IN_TEXT = replace(TEXT, align="left", indent=1)
WRAPPED_TEXT = replace(SOFT_TEXT, wrap=True)
LONG_TEXT = replace(SOFT_TEXT, align="left", indent=1, wrap=True)
DAY = replace(TEXT, align="right", indent=BESIDE_BUTTON)
# LibreOffice forgets this indent in a cell that differs from the one before it in its number format only.
SOFT_DAY = replace(DAY, ink=SOFT)
NUMBER = replace(SOFT_DAY, number_format="General")
FLAG = replace(TEXT, bold=True, align="center")
LOAD = Style(ink=INK, size=LOAD_SIZE, align="center", number_format="General", under=LINE)
COMPUTED_HEAD = Style(ink=ACCENT, fill=COMPUTED_HEAD_FILL, bold=True, under=FAINT)
COMPUTED = Style(ink=SOFT, fill=COMPUTED_FILL, under=LINE)
COMPUTED_FLAG = replace(COMPUTED, bold=True, align="center")
COMPUTED_DAY = replace(COMPUTED, align="right")
COMPUTED_NUMBER = replace(COMPUTED_DAY, ink=INK, number_format="0")
COMPUTED_TEXT = replace(COMPUTED, align="left", indent=1)


def flag_style(flag: Flag) -> Style:
    """What a cell that holds the flag's word looks like."""
    ink, fill = FLAGS[flag]
    return Style(ink=ink, fill=fill, bold=True)


def phase_fills(phases: Iterable[str]) -> dict[str, str]:
    """The colour of each phase; a team's own phases take further tints in their order."""
    own = [phase for phase in dict.fromkeys(phases) if phase not in PHASES]
    tints = {phase: FURTHER_TINTS[i % len(FURTHER_TINTS)] for i, phase in enumerate(own)}
    return PHASES | tints


def ink_on(fill: str | None) -> str:
    """The colour of a text that is read well on the fill."""
    return WHITE if fill in {PUBLISH_FILL, FULL_LOAD, OVER_LOAD, ACCENT} else INK
